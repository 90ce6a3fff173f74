"""Texts of templates are set as Polish typography wants; in English, and in what a person typed, nothing is changed."""

from __future__ import annotations

from flask import Flask, render_template_string
from markupsafe import Markup

from forms.formula import plain
from forms.wording import NBSP, say, speaking
from views.markdown import typographic
from views.steps.stencil import cut


def drawn(app: Flask, text: str, **more: object) -> str:
    """A template as it is drawn for a reader."""
    with app.test_request_context():
        return render_template_string(text, **more)


def test_no_line_ends_with_a_one_letter_word(app: Flask) -> None:
    assert drawn(app, '{{ _("Zapisz i dokończ później") }}') == f"Zapisz i{NBSP}dokończ później"


def test_a_value_within_a_text_stays_as_it_was_typed_and_is_escaped(app: Flask) -> None:
    text = drawn(app, '{{ _("Piszesz w sprawie: %(what)s", what=what) }}', what="Jan i <b>")
    assert text == f"Piszesz w{NBSP}sprawie: Jan i {Markup.escape('<b>')}"


def test_english_is_left_alone(app: Flask) -> None:
    with app.test_request_context(), speaking("en"):
        assert render_template_string('{{ _("Zapisz i dokończ później") }}') == "Save and finish later"


def test_words_that_a_page_is_given_are_set_as_well_and_what_was_typed_is_not(app: Flask) -> None:
    ours, typed = str(say("Podaj liczbę z zakresu {what}", what="a i b")), "Jan i Ewa"
    assert ours == "Podaj liczbę z zakresu a i b"
    said = drawn(app, "{{ ours }} {{ typed }}", ours=ours, typed=typed)
    assert said == f"Podaj liczbę z{NBSP}zakresu a{NBSP}i{NBSP}b Jan i Ewa"


def test_what_the_author_of_a_form_wrote_is_set_wherever_it_stands(app: Flask) -> None:
    label = plain("Windy i schody")
    in_a_slot = cut(lambda slot: drawn(app, '{{ slot("label", label) }}', slot=slot, label=label)).html
    assert in_a_slot == drawn(app, "{{ label }}", label=label) == f"Windy i{NBSP}schody"


def test_a_number_stays_with_what_it_counts_and_no_line_begins_with_a_dash() -> None:
    told = "Zdjęcia – najwyżej 3, 1 km² to 100 ha, do 4 kwietnia, przez 90 dni – potem 3 osoby"
    kept = f"Zdjęcia{NBSP}– najwyżej 3, 1{NBSP}km² to 100{NBSP}ha, do 4{NBSP}kwietnia, przez 90{NBSP}dni{NBSP}– potem 3 osoby"
    assert typographic(told) == kept

"""What holds for every field type: a tiny definition, calm behaviour on any text, a sound template, exports that fit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.settings import ROOT
from forms.definition import Field
from forms.types.base import REGISTRY
from forms.types.given import Refused
from tests.forms.definitions import codes, env, field_of, form_of, read, refusal
from tests.soundness import Page, faults
from views.steps.drawing import Facts, static
from views.steps.stencil import Stencil, cut

DEFINITIONS = Path(__file__).parent / "types"
ALL = sorted(REGISTRY)
ASKED = [name for name in ALL if REGISTRY[name].asks and name != "group"]
TYPED = [name for name in ASKED if REGISTRY[name].example and name != "file"]
SIMPLE = [name for name in ALL if REGISTRY[name].__module__.rsplit(".", 1)[1] in
          {"text", "phone", "numbers", "moments", "year", "choices", "marks", "identifiers", "gmina", "silent"}]  # fmt: skip


@cache
def field(name: str) -> Field:
    """The last field of that type in its tiny definition."""
    form = form_of((DEFINITIONS / f"{name}.yaml").read_text("utf-8"))
    return [each for each in form.fields if each.type.name == name][-1]


@cache
def drawn(name: str, **attributes: str) -> Stencil:
    """The type's template, cut at its slots."""
    jinja = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    jinja.install_null_translations()  # type: ignore[attr-defined]
    one = field(name)
    options = tuple(
        {"value": o.value, "label": static(o.label), "hint": o.hint and static(o.hint)} for o in one.type.offered(env())
    )
    facts = Facts(one, "pole", static(one.label), None, True, False, options)
    return cut(lambda slots: jinja.get_template(one.type.template).render(f=facts, slot=slots))


@pytest.mark.parametrize("name", ALL)
def test_every_type_has_a_tiny_definition_without_mistakes(name: str) -> None:
    found = read((DEFINITIONS / f"{name}.yaml").read_text("utf-8"))
    assert [problem.line() for problem in found.problems if problem.code != "no-privacy"] == []
    assert any(each.type.name == name for each in found.form.fields if found.form)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ALL)
def test_every_key_of_every_type_is_described_for_the_reference(name: str) -> None:
    assert [key for key, value in REGISTRY[name].keys.items() if not value.doc.endswith(".")] == []


@pytest.mark.parametrize("name", TYPED)
def test_the_example_of_a_type_is_an_answer_that_comes_back_from_disk_and_from_the_input(name: str) -> None:
    one = field(name)
    value = one.type.parse({"": [one.type.example]}, one)
    assert one.type.load(one.type.dump(value)) == value
    assert one.type.parse(one.type.typed(value), one) == value
    assert one.type.show(value)
    columns = one.type.columns(one)
    assert len(columns) == len(one.type.cells(value)) == len(one.type.words(value))


TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789.,- +:/zł%\u00a0\u202f", max_size=24),
    st.text(alphabet="abż@.,:/-<> \u00ad\u200b\x00\r\n", max_size=30),
    st.sampled_from(
        ["other", "none", "tak", "31.02.2027", "9" * 400, "1e999", "NaN", "+", "PL", "\ud800", "2027-02-30", "99:99"]
    ),
)


@pytest.mark.parametrize("name", ASKED)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_text_in_any_part_is_an_answer_or_is_refused(name: str, data: st.DataObject) -> None:
    one = field(name)
    if name == "file":
        return  # its part holds what the page itself wrote, never what a browser sent
    typed = {part: data.draw(st.lists(TEXTS, min_size=1, max_size=2)) for part in one.type.parts}
    one.type.blank(typed)
    list(one.type.fills(typed))
    try:
        value = one.type.parse(typed, one)
    except Refused:
        return
    one.type.verdict(value, one, env())
    assert one.type.load(one.type.dump(value)) == value
    assert one.type.parse(one.type.typed(value), one) == value
    assert isinstance(one.type.show(value), str)


@pytest.mark.parametrize("name", ASKED)
@given(
    kept=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=12), lambda inner: st.lists(inner, max_size=3)
    )
)
@settings(max_examples=40, deadline=None)
def test_what_another_type_kept_loads_as_an_answer_or_is_refused(name: str, kept: object) -> None:
    one = field(name)
    try:
        value = one.type.load(kept)
    except ValueError:
        return
    assert isinstance(one.type.show(value), str)


@pytest.mark.parametrize("name", SIMPLE)
def test_the_template_of_a_type_is_sound_html(name: str) -> None:
    blank = drawn(name).blank
    assert blank.lstrip().startswith('<fieldset class="field"') or 'id="f-pole"' in blank.lstrip().split(">")[0]
    assert faults(Page(f"<main>{blank}</main>", part=True), f"fields/{name}") == []


@pytest.mark.parametrize("name", [name for name in SIMPLE if name in ASKED])
def test_the_link_of_an_error_leads_to_the_first_input(name: str) -> None:
    page = Page(drawn(name).blank, part=True)
    target = page.by_id("pole")
    assert target is not None
    inputs = [each for each in page.all("input", "select", "textarea") if each.get("type") != "hidden"]
    assert inputs[0] is target
    assert target.get("name") == "pole"


@pytest.mark.parametrize("name", [name for name in SIMPLE if name in TYPED])
def test_an_answer_stands_in_its_input_and_what_was_typed_is_escaped(name: str) -> None:
    one, stencil = field(name), drawn(name)
    value = one.type.parse({"": [one.type.example]}, one)
    assert stencil.fill(one.type.fills(one.type.typed(value))) != stencil.blank
    hostile = stencil.fill(one.type.fills({part: ['"><script>alert(1)</script>'] for part in one.type.parts}))
    assert "<script" not in hostile


def test_a_too_short_text_is_told_as_in_the_catalogue_of_messages() -> None:
    said = refusal(field("long_text"), "Chcemy pojechać i zobaczyć dobre praktyki.")
    assert said == ("min", "Uzasadnienie powinno mieć co najmniej 100 znaków. Wpisano 42.")


def test_an_audit_of_tomorrow_is_told_what_day_it_is() -> None:
    said = refusal(field("date"), "14.10.2027")
    assert said == ("max", "Data audytu nie może być późniejsza niż dzisiaj (23.11.2026).")


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("type: text, min: 5, max: 3", "min-over-max"),
        ("type: text, min: -1", "wrong-value"),
        ("type: text, pattern: '('", "wrong-pattern"),
        ("type: integer, min: 5, max: 3", "min-over-max"),
        ("type: money, max: -1", "min-over-max"),
        ("type: date, hint: H, min: 2027-03-09, max: 2027-03-08", "min-over-max"),
        ("type: datetime, min: 2027-03-09 10:00, max: 2027-03-09 09:00", "min-over-max"),
        ("type: year, min: 2027, max: 2026", "min-over-max"),
        ("type: computed, value: 1 + 1, format: text, places: 2", "wrong-value"),
    ],
)
def test_limits_that_nothing_can_meet_are_seen_in_the_definition(keys: str, code: str) -> None:
    assert code in codes(f"title: Próba\nfields:\n  - {{name: pole, label: Pole, {keys}}}")


def test_the_minus_stays_on_the_keyboard_of_a_telephone_where_it_may_be_needed() -> None:
    assert field_of("type: integer, min: 0").type.attributes == {"inputmode": "numeric"}
    assert field_of("type: decimal, min: 0").type.attributes == {"inputmode": "decimal"}
    assert field_of("type: integer").type.attributes == {}
    assert field_of("type: percent, min: -50").type.attributes == {}

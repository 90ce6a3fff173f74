"""A form written in the browser: kept as it is typed, its mistakes at their lines, previewed, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, url_for

from forms.types.base import REGISTRY
from records import editing
from records.people import Person
from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office
from views.staff.editor.lines import difference

FORM = """# Komentarz, który ma zostać.
title: Piknik    # i ten
state: open
closes: 2027-03-01
fields:
  - {name: imie, type: text, label: Imię, required: true}
  - {name: dzieci, type: yes_no, label: Czy przyjdą dzieci?}
  - {name: ile, type: integer, label: Ile dzieci?, when: dzieci, required: true}
"""
BROKEN = FORM.replace("type: yes_no", "type: yes_noo")
EDITOR = "/biuro/formularze/piknik/edytor"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"piknik": FORM}


def write(desk: Conscience, text: str, button: str = "Zapisz i sprawdź") -> None:
    desk.get(EDITOR)
    assert desk.send({"tekst": text}, button=button, form="edytor").status_code == 200


def test_the_text_of_the_file_is_shown_and_looking_at_it_keeps_no_draft(desk: Conscience, anna: Person) -> None:
    desk.get(EDITOR)
    area = desk.page.by_id("tekst")
    assert area is not None
    assert (area.text or "").removeprefix("\n") == FORM
    assert "Tekst jest taki jak w pliku." in desk.page.text
    desk.send(button="Zapisz i sprawdź", form="edytor")
    assert editing.load("piknik", anna.id) is None


def test_a_mistake_is_listed_with_its_line_and_column_in_the_words_of_the_check(
    app: Flask, desk: Conscience, config_dir: Path
) -> None:
    write(desk, BROKEN)
    link = next(each for each in desk.page.all("a") if each.get("data-line"))
    assert (link.get("data-line"), link.get("data-column")) == ("7", "26")
    assert link.text == "wiersz 7, kolumna 26"
    (config_dir / "forms" / "piknik.yaml").write_text(BROKEN, encoding="utf-8")
    said = app.test_cli_runner().invoke(args=["forms", "check", str(config_dir / "forms" / "piknik.yaml")]).output
    what = "nieznany typ „yes_noo” – czy chodziło o „yes_no”?"
    assert what in said
    assert what in desk.page.text


def test_what_was_typed_is_kept_while_the_form_serves_as_before(desk: Conscience, app: Flask, anna: Person) -> None:
    write(desk, BROKEN)
    kept = editing.load("piknik", anna.id)
    assert kept is not None
    assert kept.text == BROKEN
    served = office.services(app).catalogue.get("piknik")
    assert served is not None
    assert served.bundle["file"] == FORM
    again = office.visitor(app, anna)
    with app.test_request_context():
        forms = url_for("staff.forms")
    again.get(forms)
    assert "Twoje nieopublikowane teksty" in again.page.text
    again.get(EDITOR)
    area = again.page.by_id("tekst")
    assert area is not None
    assert (area.text or "").removeprefix("\n") == BROKEN


def test_htmx_gets_the_mistakes_the_new_revision_and_the_preview_alone(desk: Conscience, anna: Person) -> None:
    desk.get(EDITOR)
    token = desk.page.csrf
    data = {"csrf_token": token, "tekst": FORM.replace("Piknik", "Festyn"), "poczatek": "x", "wydanie": "0"}
    answer = desk.post(EDITOR, data=data, headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert 'name="wydanie" value="1"' in answer.text
    assert "Nie ma błędów." in answer.text
    assert "/edytor/podglad?krok=formularz" in answer.text
    assert "Szkic zapisany" in answer.text


def test_a_text_saved_in_another_window_is_not_typed_over(desk: Conscience, app: Flask, anna: Person) -> None:
    other = office.visitor(app, anna)
    desk.get(EDITOR)
    other.get(EDITOR)
    desk.send({"tekst": FORM.replace("Piknik", "Festyn")}, button="Zapisz i sprawdź", form="edytor")
    other.send({"tekst": FORM.replace("Piknik", "Jarmark")}, button="Zapisz i sprawdź", form="edytor")
    assert "Ten szkic zmienił się gdzie indziej" in other.page.text
    kept = editing.load("piknik", anna.id)
    assert kept is not None
    assert "Festyn" in kept.text
    area = other.page.by_id("tekst")
    assert area is not None
    assert "Jarmark" in (area.text or "")
    other.send(button="mimo", form="edytor")
    kept = editing.load("piknik", anna.id)
    assert kept is not None
    assert "Jarmark" in kept.text


def test_the_preview_is_the_step_as_respondents_see_it_and_can_send_nothing(desk: Conscience, anna: Person) -> None:
    write(desk, FORM.replace("Imię", "Imię dziecka"), button="Pokaż podgląd")
    frame = desk.page.all("iframe")[0]
    assert frame.get("sandbox") == "allow-same-origin"
    answer = desk.get(frame.get("src") or "")
    assert "Imię dziecka" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "sandbox allow-same-origin" in policy
    assert "frame-ancestors 'self'" in policy
    kept = editing.load("piknik", anna.id)
    assert kept is not None
    assert kept.seen


def test_the_preview_can_be_filled_in_with_made_up_answers(desk: Conscience) -> None:
    write(desk, FORM.replace("Piknik", "Festyn"))
    desk.get(f"{EDITOR}/podglad")
    name = desk.page.by_id("imie")
    assert name is not None
    assert not name.get("value")
    desk.get(f"{EDITOR}/podglad?dane=tak")
    name = desk.page.by_id("imie")
    assert name is not None
    assert name.get("value")
    assert "Odpowiedzi są tu wymyślone." in desk.page.text


def test_previews_leave_nothing_behind_in_memory(desk: Conscience, app: Flask) -> None:
    from views.steps import drawing

    write(desk, FORM.replace("Piknik", "Festyn"))
    for _ in range(3):
        desk.get(f"{EDITOR}/podglad")
    served = office.services(app).catalogue.get("piknik")
    assert served is not None
    kept = [key for key in drawing._looks if key[0][0] == "piknik" and key[0] != served.version]
    assert kept == []
    assert [key for key in app.extensions.get("nabor-frames", {}) if key[0][0] == "piknik"] == []


def test_a_draft_is_one_persons_own_and_others_are_told_of_it(desk: Conscience, app: Flask) -> None:
    write(desk, FORM.replace("Piknik", "Festyn"))
    ewa = office.visitor(app, office.hire("Ewa", "editor"))
    ewa.get(EDITOR)
    assert "Anna też ma nieopublikowany tekst" in ewa.page.text
    area = ewa.page.by_id("tekst")
    assert area is not None
    assert "Piknik" in (area.text or "")


def test_a_draft_can_be_thrown_away(desk: Conscience, anna: Person) -> None:
    write(desk, BROKEN)
    desk.send(form="/edytor/porzuc")
    assert editing.load("piknik", anna.id) is None
    assert desk.page.heading == "Piknik"


def test_a_file_that_is_not_utf_8_is_not_opened_for_writing(desk: Conscience, config_dir: Path) -> None:
    (config_dir / "forms" / "piknik.yaml").write_bytes(FORM.encode("cp1250"))
    desk.get(EDITOR)
    assert "nie jest zapisany w UTF-8" in desk.page.text


@pytest.mark.parametrize("slug", ["brak", "Piknik", "..", "a.b"])
def test_there_is_no_editor_for_what_is_no_form(desk: Conscience, slug: str) -> None:
    assert desk.get(f"/biuro/formularze/{slug}/edytor").status_code == 404


def test_the_reference_of_the_language_is_at_hand_with_every_type(desk: Conscience) -> None:
    desk.get(EDITOR)
    link = next(each for each in desk.page.all("a") if words(each).startswith("Klucze i typy pytań"))
    desk.get(link.get("href") or "")
    headings = {each.text for each in desk.page.all("h3")}
    assert set(REGISTRY) <= headings
    assert desk.page.by_id("k-wyrazenia") is not None
    assert ".md" not in "".join(each.get("href") or "" for each in desk.page.all("a"))


def test_the_difference_of_two_texts_shows_changed_lines_with_some_around_them() -> None:
    old = "\n".join(str(n) for n in range(20))
    rows = difference(old, old.replace("10", "dziesięć"))
    assert [(row["kind"], row["text"]) for row in rows] == [
        ("skip", "7 wierszy bez zmian"),
        *(("", str(n)) for n in (7, 8, 9)),
        ("gone", "10"),
        ("new", "dziesięć"),
        *(("", str(n)) for n in (11, 12, 13)),
        ("skip", "6 wierszy bez zmian"),
    ]
    assert difference(old, old) == []


def test_the_preview_has_the_start_page_the_summary_and_what_is_said_after_sending(desk: Conscience) -> None:
    write(desk, FORM.replace("title: Piknik", "title: Festyn\nsummary: Dla wszystkich.\nthanks: Do zobaczenia!"))
    choice = desk.page.by_id("krok")
    assert choice is not None
    pages = [(words(each), each.get("selected") is not None) for each in choice.iter("option")]
    assert pages == [
        ("Strona początkowa", False),
        ("Festyn", True),
        ("Podsumowanie przed wysłaniem", False),
        ("Po wysłaniu", False),
    ]
    shown = {}
    for page in choice.iter("option"):
        answer = desk.get(f"{EDITOR}/podglad?krok={page.get('value')}")
        assert "form-action 'none'" in answer.headers["Content-Security-Policy"]
        assert "<script" not in answer.text
        shown[words(page)] = desk.page.text
    assert "Dla wszystkich." in shown["Strona początkowa"]
    assert "Rozpocznij" in shown["Strona początkowa"]
    assert "Wyloguj" not in shown["Strona początkowa"], "respondents see no menu for staff"
    assert "Odpowiedzi są tu wymyślone." in shown["Podsumowanie przed wysłaniem"]
    assert "Imię" in shown["Podsumowanie przed wysłaniem"]
    assert "Do zobaczenia!" in shown["Po wysłaniu"]


def test_the_start_page_of_a_form_that_is_not_open_yet_is_shown_as_it_will_be(desk: Conscience) -> None:
    write(desk, FORM.replace("state: open", "state: draft").replace("closes: 2027-03-01\n", ""))
    desk.get(f"{EDITOR}/podglad?krok=-poczatek")
    assert "Rozpocznij" in desk.page.text
    assert "nie przyjmuje" not in desk.page.text


def test_a_form_that_is_sent_at_once_has_no_summary_to_preview(desk: Conscience) -> None:
    write(desk, FORM + "confirm: false\n")
    choice = desk.page.by_id("krok")
    assert choice is not None
    assert "Podsumowanie przed wysłaniem" not in words(choice)


def test_the_list_of_steps_of_a_form_that_has_one_is_previewed_too(desk: Conscience) -> None:
    write(desk, FORM + "journey: tasks\n")
    choice = desk.page.by_id("krok")
    assert choice is not None
    assert "Lista kroków" in words(choice)
    assert desk.get(f"{EDITOR}/podglad?krok=-kroki").status_code == 200
    assert "nie rozpoczęto" in desk.page.text

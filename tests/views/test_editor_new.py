"""New forms: from the office's templates, as copies, from XLSForm workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from config.settings import ROOT
from forms.expressions import Env
from forms.plan import Plan
from forms.plausible.rehearsal import rehearse
from records import accounts, audit, editing
from records.people import Person
from tests.conscience import Conscience
from tests.views import office
from tests.workbooks import row, workbook
from views import services
from views.staff.editor.looking import look

TEMPLATES = sorted((ROOT / "config" / "templates").glob("*.yaml"))
NEW = "/biuro/formularze/nowy"
FORM = "# O czym to\ntitle: Piknik\nfields:\n  - {name: imie, type: text, label: Imię}\n"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"piknik": FORM}


@pytest.fixture
def anna(app: Flask) -> Person:
    return office.hire("Anna", "editor")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_reads_without_a_warning_serves_nobody_yet_and_can_be_filled_in(app: Flask, path: Path) -> None:
    with app.app_context():
        looked = look(path.stem, path.read_text(encoding="utf-8"))
        assert [problem.line() for problem in looked.problems] == []
        assert looked.form is not None
        assert looked.form.state == "draft"
        assert looked.form.examples
        env = Env({}, today=services.now().date(), limits=office.services(app).catalogue.limit)
        found = rehearse(Plan(looked.form), env, range(1, 6), seconds=30)
        assert len(found.made) == 5
        assert found.refused == {}


def test_there_is_a_template_of_each_kind(app: Flask) -> None:
    with app.app_context():
        kinds = {form.kind for path in TEMPLATES if (form := look(path.stem, path.read_text("utf-8")).form)}
    assert kinds == {"registration", "survey", "audit", "monitoring", "request"}


def test_a_form_made_from_a_template_opens_in_the_editor_under_a_name_made_of_its_title(
    desk: Conscience, anna: Person, config_dir: Path
) -> None:
    desk.get(NEW)
    answer = desk.send({"tytul": "Święto: łąka i rzeka", "od": "wzor:ankieta"}, form="nowy")
    assert answer.request.path == "/biuro/formularze/swieto-laka-i-rzeka/edytor"
    kept = editing.load("swieto-laka-i-rzeka", anna.id)
    assert kept is not None
    assert 'title: "Święto: łąka i rzeka"\n' in kept.text
    assert kept.text.startswith("# Wzór: anonimowa ankieta.")
    assert "Nie ma błędów." in desk.page.text
    assert not (config_dir / "forms" / "swieto-laka-i-rzeka.yaml").exists()
    desk.get("/biuro/formularze/swieto-laka-i-rzeka/edytor/podglad")
    desk.get("/biuro/formularze/swieto-laka-i-rzeka/edytor/publikacja")
    desk.send(form="publikacja")
    assert desk.page.heading == "Opublikowano"
    assert (config_dir / "forms" / "swieto-laka-i-rzeka.yaml").read_text("utf-8") == kept.text


def test_a_copy_keeps_all_but_the_title(desk: Conscience, anna: Person) -> None:
    desk.get(NEW)
    desk.send({"tytul": "Festyn", "adres": "festyn-2027", "od": "kopia", "kopia": "piknik"}, form="nowy")
    kept = editing.load("festyn-2027", anna.id)
    assert kept is not None
    assert kept.text == FORM.replace("Piknik", "Festyn")


def test_an_xlsform_workbook_becomes_a_draft(desk: Conscience, anna: Person, tmp_path: Path) -> None:
    data = workbook([row("text", "imie")], settings=[{"form_title": "Z pliku", "form_id": "z_pliku"}])
    desk.get(NEW)
    path = tmp_path / "ankieta.xlsx"
    path.write_bytes(data)
    with path.open("rb") as stream:
        desk.send({"od": "xlsform", "plik": (stream, "ankieta.xlsx")}, form="nowy")
    kept = editing.load("z-pliku", anna.id)
    assert kept is not None
    assert "title: Z pliku" in kept.text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"tytul": "", "od": "wzor:ankieta"}, "Wpisz tytuł formularza."),
        ({"tytul": "Festyn"}, "Wybierz, od czego zacząć."),
        ({"tytul": "Festyn", "adres": "Festyn 2027", "od": "wzor:ankieta"}, "Użyj tylko małych liter"),
        ({"tytul": "Festyn", "adres": "../festyn", "od": "wzor:ankieta"}, "Użyj tylko małych liter"),
        ({"tytul": "Piknik", "od": "wzor:ankieta"}, "Formularz „piknik” już jest."),
        ({"tytul": "!!!", "od": "wzor:ankieta"}, "Wpisz adres"),
        ({"tytul": "Festyn", "od": "xlsform"}, "Wybierz plik XLSForm"),
    ],
)
def test_what_makes_no_form_is_said_and_nothing_typed_is_lost(
    desk: Conscience, answers: dict[str, str], said: str
) -> None:
    desk.get(NEW)
    assert desk.send(answers, form="nowy").status_code == 422
    assert said in desk.page.text
    title = desk.page.by_id("tytul")
    assert title is not None
    assert title.get("value") == answers.get("tytul", "")


def test_a_name_that_somebody_is_writing_under_is_taken(desk: Conscience, app: Flask) -> None:
    other = office.hire("Ewa", "editor")
    editing.begin("festyn", other.id, FORM, "", services.now())
    desk.get(NEW)
    assert desk.send({"tytul": "Festyn", "od": "wzor:ankieta"}, form="nowy").status_code == 422
    assert "Ktoś już pisze formularz „festyn”." in desk.page.text


def test_whoever_works_with_some_forms_only_makes_no_new_one(app: Flask, anna: Person) -> None:
    limited = accounts.change(anna, "editor", False, {"piknik"}, services.now(), audit.SYSTEM)
    desk = office.visitor(app, limited)
    assert desk.get(NEW).status_code == 403
    assert desk.get("/biuro/formularze/piknik/edytor").status_code == 200

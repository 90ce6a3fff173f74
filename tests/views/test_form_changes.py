"""What an edit does to stored answers, told on the command line and on the staff page, with numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from records import versions
from tests.conscience import Conscience
from tests.views import office

FORM = """
title: Szkolenie
privacy: rodo-szkolenia
fields:
  - {name: osoba, type: text, label: Osoba}
  - {name: dieta, type: choice, label: Dieta, options: [{mieso: Mięso}, {wege: Wege}]}
  - {name: uwagi, type: long_text, label: Uwagi}
"""
NO_OPTION = FORM.replace(", {wege: Wege}", "")
WORDS = FORM.replace("label: Uwagi", "label: Uwagi, hint: Krótko.")


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": FORM}


@pytest.fixture
def answered(app: Flask) -> Flask:
    """Two sent responses and a draft under the first version."""
    office.receive(app, osoba="Anna", dieta="wege")
    office.receive(app, osoba="Beata", dieta="mieso")
    office.begin(app, osoba="Celina", dieta="wege")
    return app


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["forms", *arguments])


def write(app: Flask, config_dir: Path, text: str) -> None:
    (config_dir / "forms" / "szkolenie.yaml").write_text(text, encoding="utf-8")
    office.services(app).catalogue.refresh(now=True)


def test_the_stored_version_is_compared_with_the_file_and_stored_answers_are_counted(
    answered: Flask, config_dir: Path
) -> None:
    write(answered, config_dir, NO_OPTION)
    result = run(answered, "diff", "szkolenie")
    assert result.exit_code == 1
    assert "pole „Dieta” (dieta): nie ma już opcji „Wege” (wege)" in result.output
    assert "dotyczy: 1 wysłana odpowiedź, 1 szkic [option-removed]" in result.output


def test_a_change_of_words_alone_ends_with_0(answered: Flask, config_dir: Path) -> None:
    write(answered, config_dir, WORDS)
    result = run(answered, "diff", "szkolenie")
    assert (result.exit_code, "Bez wpływu" in result.output) == (0, True)


def test_a_limit_is_told_with_both_its_values(answered: Flask, config_dir: Path) -> None:
    write(answered, config_dir, FORM.replace("label: Uwagi", "label: Uwagi, max: 1500"))
    result = run(answered, "diff", "szkolenie")
    assert result.exit_code == 0
    assert "ostrzejszy limit „max” (– → 1\u00a0500) – nie dotyczy żadnej odpowiedzi" in result.output


def test_without_a_change_the_command_says_so(answered: Flask) -> None:
    result = run(answered, "diff", "szkolenie")
    assert (result.exit_code, "niczym się nie różnią" in result.output) == (0, True)


def test_two_files_are_compared_without_a_database_and_may_be_told_as_json(app: Flask, tmp_path: Path) -> None:
    old, new = tmp_path / "stary.yaml", tmp_path / "nowy.yaml"
    old.write_text(FORM, encoding="utf-8")
    new.write_text(NO_OPTION, encoding="utf-8")
    result = run(app, "diff", str(old), str(new), "--format", "json")
    told = json.loads(result.output)
    assert (result.exit_code, told["effect"]) == (1, "loss")
    assert [(each["kind"], each["path"], each["used"]) for each in told["changes"]] == [
        ("option-removed", "dieta", None)
    ]


def test_versions_are_listed_and_each_can_be_named_by_the_beginning_of_its_hash(
    answered: Flask, config_dir: Path
) -> None:
    write(answered, config_dir, NO_OPTION)
    office.receive(answered, osoba="Danuta")
    newer, older = (version.hash for version in versions.history("szkolenie"))
    listed = run(answered, "versions", "szkolenie").output.splitlines()
    assert [line[:8] for line in listed] == [newer[:8], older[:8]]
    assert [line.partition("wysłane: ")[2] for line in listed] == ["1, szkice: 0", "2, szkice: 1"]
    assert run(answered, "diff", f"szkolenie@{older[:6]}", f"szkolenie@{newer[:6]}").exit_code == 1
    assert run(answered, "diff", f"szkolenie@{newer[:6]}", "szkolenie").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("diff", "brak"), "Nie ma formularza „brak”. Są: szkolenie."),
        (("diff", "szkolenie@zzz"), "nie ma takiej wersji"),
        (("diff", "szkolenie", "nie-ma.yaml"), "Nie ma pliku nie-ma.yaml."),
        (("versions", "brak"), "nie ma jeszcze zapisanej wersji"),
        (("diff",), "OLD"),
    ],
)
def test_where_there_is_nothing_to_compare_the_command_ends_with_2(
    app: Flask, arguments: tuple[str, ...], why: str
) -> None:
    result = run(app, *arguments)
    assert (result.exit_code, why in result.output) == (2, True), result.output


def test_a_file_with_mistakes_cannot_be_compared(answered: Flask, config_dir: Path) -> None:
    write(answered, config_dir, office.BROKEN)
    result = run(answered, "diff", "szkolenie")
    assert result.exit_code == 2
    assert "ma błędy" in result.output
    assert "forms check" in result.output


@pytest.fixture
def editor(answered: Flask) -> Conscience:
    return office.visitor(answered, office.hire("Edyta", "editor"))


def test_staff_see_what_the_file_changes_against_the_last_stored_version(
    answered: Flask, editor: Conscience, config_dir: Path
) -> None:
    write(answered, config_dir, NO_OPTION)
    editor.get("/biuro/formularze/szkolenie/zmiany")
    text = editor.page.text
    assert "Nie ma już opcji „Wege” (wege)." in text
    assert "dotyczy: 1 wysłana odpowiedź, 1 szkic" in text
    assert "traci część zapisanych odpowiedzi" in text


def test_staff_choose_which_versions_to_compare(answered: Flask, editor: Conscience, config_dir: Path) -> None:
    write(answered, config_dir, NO_OPTION)
    office.receive(answered, osoba="Danuta")
    newer, older = (version.hash[:8] for version in versions.history("szkolenie"))
    editor.get(f"/biuro/formularze/szkolenie/zmiany?od={newer}&do={older}")
    assert "Nowa opcja „Wege” (wege)." in editor.page.text
    editor.get(f"/biuro/formularze/szkolenie/zmiany?od={newer}&do=plik")
    assert "Te wersje niczym się nie różnią." in editor.page.text
    editor.get("/biuro/formularze/szkolenie/zmiany?od=zzz&do=zzz")
    assert "Nie ma już opcji" in editor.page.text


def test_a_file_with_mistakes_is_named_and_the_last_good_version_compared(
    answered: Flask, editor: Conscience, config_dir: Path
) -> None:
    write(answered, config_dir, office.BROKEN)
    editor.get("/biuro/formularze/szkolenie/zmiany")
    assert "Plik ma" in editor.page.text
    assert "Te wersje niczym się nie różnią." in editor.page.text


def test_before_the_first_answer_there_is_nothing_to_compare(app: Flask) -> None:
    client = office.visitor(app, office.hire("Edyta", "editor"))
    client.get("/biuro/formularze/szkolenie/opis")
    link = next(each.get("href", "") for each in client.page.all("a") if each.get("href", "").endswith("/zmiany"))
    client.get(link)
    assert "Nie ma jeszcze czego porównać." in client.page.text


def test_a_form_that_is_not_there_has_no_changes(editor: Conscience) -> None:
    assert editor.get("/biuro/formularze/brak/zmiany").status_code == 404

"""A form published from the browser: looked at first, written whole, never over somebody else's change; and put back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask

from records import audit, editing, publishing, versions
from records.people import Person
from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office
from views import services

FORM = """# Komentarz, który ma zostać.
title: Piknik    # i ten
state: open
closes: 2027-03-01
fields:
  - {name: imie, type: text, label: Imię, required: true}
  - {name: dieta, type: choice, label: Dieta, options: [{mieso: Mięso}, {wege: Wege}]}
examples:
  - {name: zwykły, answers: {imie: Ewa}, expect: {valid: true}}
"""
NEW = FORM.replace("label: Imię", "label: Imię dziecka")
LOSS = FORM.replace(", {wege: Wege}", ", {ryba: Ryba}")
EDITOR = "/biuro/formularze/piknik/edytor"
PUBLISH = f"{EDITOR}/publikacja"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"piknik": FORM}


@pytest.fixture
def file(config_dir: Path) -> Path:
    return config_dir / "forms" / "piknik.yaml"


def write(desk: Conscience, text: str, *, look: bool = True) -> None:
    desk.get(EDITOR)
    desk.send({"tekst": text}, button="Zapisz i sprawdź", form="edytor")
    if look:
        desk.get(f"{EDITOR}/podglad")
    desk.get(PUBLISH)


def points(desk: Conscience) -> dict[str, str]:
    """The state of each point of the list, by its title."""
    found = {}
    for item in desk.page.all("li"):
        tag = next((each for each in item.iter("span") if "tag" in (each.get("class") or "").split()), None)
        title = next(iter(item.iter("strong")), None)
        if item.get("class") == "problem" and tag is not None and title is not None and title.text:
            found[title.text] = words(tag)
    return found


def test_a_published_text_is_the_file_and_serves_at_once(
    desk: Conscience, app: Flask, file: Path, anna: Person
) -> None:
    write(desk, NEW)
    assert set(points(desk).values()) == {"w porządku"}
    desk.send(form="publikacja")
    assert desk.page.heading == "Opublikowano"
    assert file.read_text(encoding="utf-8") == NEW
    desk.get("/f/piknik/wypelnij")
    assert "Imię dziecka" in desk.page.text
    assert editing.load("piknik", anna.id) is None
    kept = [version.bundle.file for version in versions.history("piknik")]
    assert kept == [NEW, FORM]


def test_a_button_pressed_twice_publishes_once(desk: Conscience) -> None:
    write(desk, NEW)
    page = desk.page
    for _ in range(2):
        desk.page = page
        desk.send(form="publikacja")
        assert desk.page.heading == "Opublikowano"
    assert len([each for each in audit.of_subject("piknik") if each.action == "form-published"]) == 1


def test_publishing_is_in_the_log_with_the_version_and_no_text(desk: Conscience, anna: Person) -> None:
    write(desk, NEW)
    desk.send(form="publikacja")
    entry = next(each for each in audit.of_subject("piknik") if each.action == "form-published")
    assert entry.actor == audit.staff(anna.id)
    assert entry.details == {"version": versions.history("piknik")[0].hash}


def test_a_text_with_mistakes_cannot_be_published(desk: Conscience, file: Path) -> None:
    write(desk, FORM.replace("type: text", "type: texxt"))
    assert points(desk)["Błędy"] == "do poprawy"
    assert "Opublikuj" not in [button.text for button in desk.page.all("button")]
    token = desk.page.csrf
    desk.post(PUBLISH, data={"csrf_token": token, "odcisk": editing.digest(FORM.replace("type: text", "type: texxt"))})
    assert file.read_text(encoding="utf-8") == FORM


def test_a_failing_example_stops_publishing(desk: Conscience) -> None:
    write(desk, FORM.replace("expect: {valid: true}", "expect: {valid: false}"))
    assert points(desk)["Przykłady"] == "do poprawy"


def test_what_is_doubtful_is_confirmed_point_by_point(desk: Conscience, file: Path) -> None:
    text = NEW.replace("closes: 2027-03-01\n", "")
    text = text.replace("- {name: dieta", '- {name: email, type: email, label: "E-mail:"}\n  - {name: dieta')
    write(desk, text, look=False)
    doubtful = {title for title, state in points(desk).items() if state == "do potwierdzenia"}
    assert doubtful == {"Ostrzeżenia", "Klauzula", "Zamknięcie", "Podgląd"}
    answer = desk.send({"mimo": ["klauzula"]}, form="publikacja")
    assert answer.status_code == 422
    links = [link.get("href") for link in desk.page.all("a") if (link.get("href") or "").startswith("#mimo-")]
    assert links == ["#mimo-uwagi", "#mimo-zamkniecie", "#mimo-podglad"]
    assert file.read_text(encoding="utf-8") == FORM
    desk.send({"mimo": ["klauzula", "uwagi", "zamkniecie", "podglad"]}, form="publikacja")
    assert desk.page.heading == "Opublikowano"


def test_what_the_change_does_to_stored_answers_is_said_with_numbers_and_confirmed(
    desk: Conscience, app: Flask
) -> None:
    office.receive(app, "piknik", imie="Anna", dieta="wege")
    write(desk, LOSS)
    assert points(desk)["Zapisane odpowiedzi"] == "do potwierdzenia"
    assert "dotyczy: 1 wysłana odpowiedź, 0 szkiców" in desk.page.text
    assert "built-in" not in desk.page.text
    assert desk.send(form="publikacja").status_code == 422


def test_a_change_on_disk_is_noticed_and_not_overwritten(desk: Conscience, file: Path, anna: Person) -> None:
    write(desk, NEW)
    page = desk.page
    theirs = FORM.replace("Piknik", "Jarmark")
    file.write_text(theirs, encoding="utf-8")
    desk.page = page
    desk.send(form="publikacja")
    assert file.read_text(encoding="utf-8") == theirs
    assert points(desk)["Plik"] == "do poprawy"
    desk.get(f"{EDITOR}/dwa-teksty")
    assert "Jarmark" in desk.page.text
    assert "Imię dziecka" in desk.page.text
    desk.send(button="Idę dalej od mojego tekstu", form=_form(desk, "moj"))
    desk.get(PUBLISH)
    desk.send(form="publikacja")
    assert file.read_text(encoding="utf-8") == NEW


def _form(desk: Conscience, choice: str) -> str:
    """Gives the form with this choice an id, so that it can be sent although both go to one address."""
    for form in desk.page.forms():
        if any(button.get("value") == choice for button in form.iter("button")):
            form.set("id", "wybrany")
    return "wybrany"


def test_one_can_start_again_from_the_file_that_changed(desk: Conscience, file: Path, anna: Person) -> None:
    write(desk, NEW)
    file.write_text(FORM.replace("Piknik", "Jarmark"), encoding="utf-8")
    desk.get(f"{EDITOR}/dwa-teksty")
    desk.send(button="plik", form=_form(desk, "plik"))
    assert editing.load("piknik", anna.id) is None
    area = desk.page.by_id("tekst")
    assert area is not None
    assert "Jarmark" in (area.text or "")


def test_the_last_check_is_made_at_the_moment_of_writing(app: Flask, file: Path, anna: Person) -> None:
    folder, bundle = file.parent, versions.Bundle(NEW)
    new = publishing.Publication("piknik", NEW, "not the digest of the file", bundle, None)
    with pytest.raises(publishing.FileChanged):
        publishing.publish(folder, new, anna.id, services.now())
    assert file.read_text(encoding="utf-8") == FORM
    assert [each.action for each in audit.of_subject("piknik")] == []
    assert versions.history("piknik") == []


def test_the_file_keeps_its_mode_and_line_ends_and_leaves_nothing_beside_it(desk: Conscience, file: Path) -> None:
    file.write_bytes(FORM.replace("\n", "\r\n").encode())
    file.chmod(0o640)
    write(desk, NEW)
    desk.send(form="publikacja")
    assert file.read_bytes() == NEW.replace("\n", "\r\n").encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in file.parent.iterdir()] == ["piknik.yaml"]


def test_a_link_to_a_file_elsewhere_is_left_alone(desk: Conscience, file: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "gdzie-indziej.yaml"
    elsewhere.write_text(FORM, encoding="utf-8")
    file.unlink()
    file.symlink_to(elsewhere)
    write(desk, NEW)
    assert points(desk)["Plik"] == "do poprawy"
    assert "dowiązaniem" in desk.page.text


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever runs everything may write everywhere")
def test_a_folder_that_takes_no_writing_says_so_calmly(desk: Conscience, file: Path) -> None:
    file.parent.chmod(0o555)
    try:
        write(desk, NEW)
        assert "Poproś administratora serwera o prawo zapisu" in desk.page.text
    finally:
        file.parent.chmod(0o755)


def test_a_disk_that_refuses_at_the_last_moment_says_so_and_keeps_the_draft(
    desk: Conscience, file: Path, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(desk, NEW)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "replace", refuse)
    desk.send(form="publikacja")
    assert "Poproś administratora serwera o prawo zapisu" in desk.page.text
    assert editing.load("piknik", anna.id) is not None
    assert file.read_text(encoding="utf-8") == FORM
    assert [each.name for each in file.parent.iterdir()] == ["piknik.yaml"]


def test_an_older_version_is_put_back_as_a_draft_and_says_who_published(
    desk: Conscience, file: Path, anna: Person
) -> None:
    write(desk, NEW)
    desk.send(form="publikacja")
    desk.get("/biuro/formularze/piknik/zmiany")
    assert "Anna" in desk.page.text
    assert "Imię dziecka" in desk.page.text  # the difference of the texts
    desk.send(form="/przywroc")
    kept = editing.load("piknik", anna.id)
    assert kept is not None
    assert kept.text == FORM
    desk.get(f"{EDITOR}/podglad")
    desk.get(PUBLISH)
    desk.send(form="publikacja")
    assert file.read_text(encoding="utf-8") == FORM


def test_the_archive_changes_one_value_of_the_file_and_the_draft_follows(
    desk: Conscience, app: Flask, file: Path, anna: Person
) -> None:
    write(desk, NEW)
    desk.get("/biuro/formularze/piknik/zmiany")
    desk.send(form="/stan")
    assert file.read_text(encoding="utf-8") == FORM.replace("state: open", "state: archived")
    assert "Formularz jest w archiwum." in desk.page.text
    kept = editing.load("piknik", anna.id)
    assert kept is not None
    assert kept.text == NEW.replace("state: open", "state: archived")
    assert kept.base == publishing.source(file.parent, "piknik").digest
    desk.send(form="/stan")
    assert file.read_text(encoding="utf-8") == FORM
    assert "Formularz nie jest już w archiwum." in desk.page.text
    desk.get("/biuro/formularze/piknik/zmiany?stan=archived")  # an address from before
    assert "Formularz jest w archiwum." not in desk.page.text
    actions = [each.action for each in audit.of_subject("piknik")]
    assert actions == ["form-archived", "form-reopened"]


def test_the_trial_fills_the_form_in_and_stores_nothing(desk: Conscience, app: Flask) -> None:
    write(
        desk,
        FORM.replace(
            "- {name: dieta", "- {name: nigdy, type: text, label: Nigdy, when: \"imie == 'Żaden'\"}\n  - {name: dieta"
        ),
    )
    desk.get(f"{EDITOR}/proba?ile=5")
    assert "5 z 5 wymyślonych odpowiedzi przechodzi." in desk.page.text
    assert "ani razu" in desk.page.text
    assert "wychodzi" in desk.page.text
    assert "zwykły" in desk.page.text
    rows = app.test_cli_runner().invoke(args=["forms", "versions", "piknik"])
    assert rows.exit_code == 2  # nothing was stored


def test_the_trial_of_a_broken_text_says_what_to_do(desk: Conscience) -> None:
    write(desk, "title: [")
    desk.get(f"{EDITOR}/proba")
    assert "Popraw je w edytorze" in desk.page.text

"""The commands: setting up, accounts, checking files, erasing drafts."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from records import people, responses
from tests.views import office
from views import services
from views.checking import overlap


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": office.TRAINING}


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def link_in(output: str) -> str:
    found = re.search(r"http://localhost(/biuro/zaproszenie/\S+)", output)
    assert found is not None, output
    return found[1]


def test_setting_up_again_changes_nothing_and_prints_a_link_as_long_as_nobody_has_a_password(app: Flask) -> None:
    first, second = run(app, "setup"), run(app, "setup")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert len(people.everyone()) == 1
    assert "Baza danych: aktualna." in second.output
    client = office.visitor(app)
    client.get(link_in(second.output))
    client.send({"password": office.PASSWORD})
    assert client.page.heading == "Dziś"
    third = run(app, "setup")
    assert "zaproszenie" not in third.output
    assert "Konta pracowników: 1." in third.output


def test_setting_up_tells_of_a_file_with_mistakes_and_goes_on(app: Flask, config_dir: Path) -> None:
    (config_dir / "forms" / "ankieta.yaml").write_text(office.BROKEN, encoding="utf-8")
    result = run(app, "setup")
    assert result.exit_code == 0
    assert "działa 1, plików z błędami: 1" in result.output


def test_a_new_member_of_staff_gets_in_by_the_printed_link_with_the_role_given(app: Flask) -> None:
    result = run(app, "staff", "add", "Beata Lis", "beata@urzad.example", "--role", "handler")
    assert result.exit_code == 0, result.output
    person = people.find("beata@urzad.example")
    assert person is not None
    assert (person.name, person.role) == ("Beata Lis", "handler")
    assert office.visitor(app).get(link_in(result.output)).status_code == 200


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "Anna", "ANNA@urzad.example"], "już jest"),
        (["add", "Ola", "ola"], "nie jest adresem e-mail"),
        (["add", " ", "ola@urzad.example"], "Podaj imię i nazwisko"),
        (["add", "Ola", "ola@urzad.example", "--role", "szef"], "administrator"),
        (["link", "nikt@urzad.example"], "Nie ma konta"),
        (["disable", "nikt@urzad.example"], "Nie ma konta"),
        (["link", "celina@urzad.example"], "zamknięte"),
    ],
)
def test_what_cannot_be_done_to_an_account_is_told_and_nothing_changes(
    app: Flask, arguments: list[str], told: str
) -> None:
    office.hire("Anna", "administrator")
    people.disable(office.hire("Celina", "viewer"))
    before = people.everyone()
    result = run(app, "staff", *arguments)
    assert result.exit_code != 0
    assert told in result.output
    assert people.everyone() == before


def test_a_new_link_lets_a_person_in_and_disabling_the_account_keeps_them_out(app: Flask) -> None:
    office.hire("Beata", "handler", office.PASSWORD)
    address = link_in(run(app, "staff", "link", "beata@urzad.example").output)
    assert office.visitor(app).get(address).status_code == 200
    assert run(app, "staff", "disable", "beata@urzad.example").exit_code == 0
    assert office.visitor(app).get(address).status_code == 410


def test_the_list_of_accounts_shows_who_can_sign_in(app: Flask) -> None:
    office.hire("Anna", "administrator", office.PASSWORD)
    office.hire("Beata", "handler")
    people.disable(office.hire("Celina", "viewer"))
    lines = [line.split() for line in run(app, "staff", "list").output.splitlines() if "urzad.example" in line]
    assert [line[0] for line in lines] == [f"{name}@urzad.example" for name in ("anna", "beata", "celina")]
    assert [" ".join(line[2:-1]) for line in lines] == ["działa", "bez hasła", "zamknięte"]


def test_checking_good_files_finds_nothing(app: Flask) -> None:
    result = run(app, "forms", "check")
    assert result.exit_code == 0, result.output
    assert "[" not in result.output


def test_checking_lists_every_mistake_of_every_file_with_a_caret_and_fails(app: Flask, config_dir: Path) -> None:
    (config_dir / "forms" / "ankieta.yaml").write_text(office.BROKEN, encoding="utf-8")
    (config_dir / "lists" / "kolory.csv").write_text("value,label\nr,czerwony\nr,różowy\n", encoding="utf-8")
    (config_dir / "limits.yaml").write_text("prog: {value: dużo}\n", encoding="utf-8")
    (config_dir / "site.yaml").write_text('name: Urząd\nname: Urząd\nregion: "32"\n', encoding="utf-8")
    result = run(app, "forms", "check")
    assert result.exit_code == 1
    told = [line.partition(":")[0] for line in result.output.splitlines() if line.endswith("]")]
    assert told == sorted(told)
    assert set(told) == {"ankieta.yaml", "limits.yaml", "lists/kolory.csv", "site.yaml"}
    assert "ankieta.yaml:4:23: " in result.output
    assert "| " + " " * 22 + "^~~~" in result.output


def test_checking_one_file_leaves_the_others_alone(app: Flask, config_dir: Path, tmp_path: Path) -> None:
    (config_dir / "forms" / "ankieta.yaml").write_text(office.BROKEN, encoding="utf-8")
    draft = tmp_path / "nowy.yaml"
    draft.write_text(office.TRAINING, encoding="utf-8")
    assert run(app, "forms", "check", str(draft)).exit_code == 0
    draft.write_text(office.BROKEN, encoding="utf-8")
    result = run(app, "forms", "check", str(draft))
    assert result.exit_code == 1
    assert f"{draft}:4:23: " in result.output
    assert "ankieta" not in result.output


def test_checking_speaks_the_language_asked_for_and_no_other(app: Flask) -> None:
    assert run(app, "forms", "check", "--lang", "en").exit_code == 0
    assert run(app, "forms", "check", "--lang", "de").exit_code == 2


def test_warnings_alone_do_not_fail(app: Flask, config_dir: Path) -> None:
    asks = office.TRAINING.replace("privacy: rodo-szkolenia\n", "") + "  - {name: poczta, type: email, label: E-mail}\n"
    (config_dir / "forms" / "szkolenie.yaml").write_text(asks, encoding="utf-8")
    result = run(app, "forms", "check")
    assert result.exit_code == 0
    assert "[no-privacy]" in result.output


def test_two_forms_that_could_give_the_same_number_are_noticed(app: Flask, config_dir: Path) -> None:
    again = office.TRAINING + "reference: SZKOLENIE-{year}-{number}\n"
    (config_dir / "forms" / "szkolenie-2.yaml").write_text(again, encoding="utf-8")
    result = run(app, "forms", "check")
    assert result.exit_code == 0
    assert "[same-reference]" in result.output
    assert f"szkolenie-2.yaml:{len(again.splitlines())}:12: " in result.output
    assert "szkolenie.yaml – zmień" in result.output


@pytest.mark.parametrize(
    ("one", "two", "meet"),
    [
        ("SZK-{year}-{number:04}", "SZK-{year}-{number}", True),
        ("SZK-{year}-{number:04}", "WIZ-{year}-{number:04}", False),
        ("{number}", "{year}{number}", True),
        ("{number}", "{year}/{number}", False),
        ("X7{number}", "X{number}3", True),
        ("X7{number}", "X8{number}", False),
        ("SZK-{number}", "SZK-1-{number}", False),
        ("{year}", "{number:05}", False),
        ("A{number}B", "A{number}", False),
    ],
)
def test_patterns_meet_when_one_number_fits_both(one: str, two: str, meet: bool) -> None:
    assert overlap(one, two) is meet
    assert overlap(two, one) is meet


def test_old_drafts_are_erased_and_what_was_sent_or_is_new_stays(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, sent = office.begin(app, osoba="Jan"), office.receive(app, osoba="Ewa")
    monkeypatch.setattr(services, "clock", lambda: office.SENT + timedelta(days=89))
    run(app, "drafts", "erase")
    assert responses.load(draft.key) is not None
    monkeypatch.setattr(services, "clock", lambda: office.SENT + timedelta(days=91))
    result = run(app, "drafts", "erase")
    assert result.exit_code == 0, result.output
    assert responses.load(draft.key) is None
    assert responses.load(sent.key) is not None

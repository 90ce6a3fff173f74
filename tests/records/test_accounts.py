"""Accounts: what administrators change, what each change leaves in the log, and the last administrator."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from records import accounts, audit, people
from records.accounts import LastAdministrator
from records.database import run
from records.people import Person
from tests.records.steps import NOW

pytestmark = pytest.mark.usefixtures("database")
ANNA = "staff:1"


def hire(name: str, role: str) -> Person:
    """Somebody who can sign in; with what does not matter here, and a real hash takes its time."""
    person = people.add(name, f"{name.lower()}@urzad.example", role)
    run("UPDATE person SET password_hash = 'x' WHERE id = ?", person.id)
    return people.known(person.id)


def actions() -> list[tuple[str, str, dict[str, Any]]]:
    return [(each.action, each.subject, each.details) for each in reversed(audit.recent())]


def test_an_invitation_gives_rights_and_a_link_and_tells_the_log_neither_name_nor_address() -> None:
    person, token = accounts.invite("Beata", "beata@urzad.example", "viewer", True, ["b", "a"], NOW, ANNA)
    assert (person.role, person.sensitive, person.forms) == ("viewer", True, frozenset({"a", "b"}))
    assert people.whose_link(token) == person
    told = {"role": "viewer", "sensitive": True, "forms": ["a", "b"]}
    assert actions() == [("account-added", f"staff:{person.id}", told)]
    assert audit.verify() is None


def test_who_is_limited_to_no_form_sees_all_of_them_and_an_empty_choice_is_refused() -> None:
    person = hire("Beata", "handler")
    assert person.forms is None
    with pytest.raises(ValueError, match="at least one form"):
        accounts.change(person, "handler", True, [], NOW, ANNA)
    assert accounts.change(person, "handler", True, ["a"], NOW, ANNA).forms == frozenset({"a"})
    assert accounts.change(person, "handler", True, None, NOW, ANNA).forms is None


def test_only_what_changed_is_in_the_log_and_nothing_when_nothing_did() -> None:
    person = hire("Beata", "handler")
    accounts.change(person, "handler", True, None, NOW, ANNA)
    assert actions() == []
    accounts.change(person, "viewer", True, ["a"], NOW, ANNA)
    assert actions() == [("account-changed", f"staff:{person.id}", {"role": "viewer", "forms": ["a"]})]


def test_an_administrator_is_never_limited_to_forms() -> None:
    other, person = hire("Anna", "administrator"), hire("Beata", "handler")
    accounts.change(person, "handler", True, ["a"], NOW, ANNA)
    assert accounts.change(person, "administrator", True, ["a"], NOW, ANNA).forms is None
    assert people.known(person.id).forms is None
    assert accounts.change(other, "administrator", True, ["a"], NOW, ANNA).forms is None


def test_the_last_open_administrator_stays_one() -> None:
    anna, beata = hire("Anna", "administrator"), hire("Beata", "administrator")
    people.disable(beata)
    with pytest.raises(LastAdministrator):
        accounts.change(anna, "viewer", False, None, NOW, ANNA)
    with pytest.raises(LastAdministrator):
        accounts.close(anna, True, NOW, ANNA)
    accounts.invite("Celina", "celina@urzad.example", "administrator", True, None, NOW, ANNA)
    with pytest.raises(LastAdministrator):  # who was only invited cannot sign in yet
        accounts.close(anna, True, NOW, ANNA)
    accounts.close(beata, False, NOW, ANNA)
    accounts.close(anna, True, NOW, ANNA)
    assert not people.known(anna.id).active


def test_of_two_administrators_who_step_down_at_once_one_stays(database: Any) -> None:
    team = [hire("Anna", "administrator"), hire("Beata", "administrator")]
    refused: list[Person] = []
    ready = threading.Barrier(2)

    def step_down(person: Person) -> None:
        try:
            ready.wait(5)
            accounts.change(person, "viewer", False, None, NOW, ANNA)
        except LastAdministrator:
            refused.append(person)
        finally:
            database.close()

    threads = [threading.Thread(target=step_down, args=(each,)) for each in team]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert [each.role for each in people.everyone()].count("administrator") == 1


def test_closing_an_account_ends_its_sessions_and_its_links() -> None:
    person, token = accounts.invite("Beata", "beata@urzad.example", "viewer", False, None, NOW, ANNA)
    accounts.close(person, True, NOW, ANNA)
    accounts.close(person, False, NOW, ANNA)
    assert people.whose_link(token) is None
    assert people.known(person.id).session_epoch > person.session_epoch
    assert [action for action, *_ in actions()] == ["account-added", "account-closed", "account-opened"]


def test_tries_to_sign_in_are_told_without_the_address_of_strangers() -> None:
    person = hire("Beata", "handler")
    accounts.not_signed_in("BEATA@urzad.example", NOW)
    accounts.not_signed_in("obcy@gdzies.example", NOW)
    accounts.signed_in(person, NOW)
    assert [(action, subject) for action, subject, _ in actions()] == [
        ("sign-in-failed", f"staff:{person.id}"),
        ("sign-in-failed", "unknown"),
        ("sign-in", f"staff:{person.id}"),
    ]
    assert "@" not in str(actions())

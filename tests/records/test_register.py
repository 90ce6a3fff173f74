"""The register: entries with their whole history, at most one in force for a gmina, and what that means for a gmina."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from forms.standing import DECLARED, ENTERED, NEITHER
from records import audit, register, responses
from records.database import run
from records.register import AlreadyEntered, Office, Programme, Stale, StandingBook
from records.register.changing import Change
from tests.records.steps import NOW, counting, draft, numbered, send

ANNA = "staff:1"
KARLINO, RESKO, BIAŁOGARD = "3201033", "3218043", "3201011"
LISTED = {
    KARLINO: {"wykaz": "w_wykazie", "program": "PR"},
    RESKO: {"wykaz": "brak", "program": "brak"},
    BIAŁOGARD: {"wykaz": "deklaracja", "program": "brak"},
}
LATER = NOW + timedelta(days=30)


def programme(gmina: str = KARLINO, **more: Any) -> Programme:
    return Programme(gmina, {"status": "wpisany", "basis": "GPR", "title": "Nowe centrum", **more})


def enter(gmina: str = KARLINO, now: datetime = NOW, **more: Any) -> register.Version:
    found = register.newest(register.add(programme(gmina, **more), "uchwała", now, ANNA))
    assert found is not None
    return found


def book(at: datetime = LATER, **more: Any) -> StandingBook:
    return StandingBook(lambda: Office(LISTED, "szkolenie", date(2024, 1, 1)), at, **more)


def declare(version: int, gmina: str, now: datetime = NOW) -> responses.Response:
    begun = draft(version, gmina=gmina)
    send(begun, version, gmina=gmina, now=now, number=numbered)
    found = responses.load(begun.key)
    assert found is not None
    return found


def words(stands: StandingBook, gmina: str) -> str:
    found = stands(gmina)
    assert found is not None
    return str(found.words).replace("\u00a0", " ")


def wykaz(stands: StandingBook, gmina: str) -> str:
    found = stands(gmina)
    assert found is not None
    return found.wykaz


def strike(base: register.Version, now: datetime = LATER) -> None:
    values = {**base.programme.values, "status": "wykreslony", "struck_on": now.date()}
    register.change(base, Programme(base.programme.gmina, values), "uchylony", now, ANNA)


def test_an_entry_holds_what_was_entered(database: Any) -> None:
    full = programme(
        number="5/2024",
        resolution="LX/1/2024",
        resolution_on=date(2024, 2, 3),
        link="https://bip.example.pl/1",
        entered_on=date(2024, 3, 12),
        valid_from=date(2024, 1, 1),
        valid_to=date(2030, 12, 31),
        area_ha=Decimal("214.30"),
        population=3650,
        note="Zmieniony w 2025 r.",
    )
    found = register.newest(register.add(full, "uchwała", NOW, ANNA))
    assert found is not None
    assert found.programme == full
    assert (found.entry, found.version, found.changed_by, found.reason, found.source) == (1, 1, ANNA, "uchwała", "hand")


def test_a_change_is_a_further_version_and_nothing_is_overwritten(database: Any) -> None:
    first = enter()
    assert register.change(first, programme(population=120), "spis ludności", LATER, "staff:2")
    newest, before = register.history(first.entry)
    assert (newest.version, newest.changed_by, newest.reason) == (2, "staff:2", "spis ludności")
    assert before == first
    assert [(column.name, was, now) for column, was, now in before.programme.differences(newest.programme)] == [
        ("population", "", "120")
    ]
    assert [each.action for each in audit.recent()] == ["register-changed", "register-added"]


def test_a_change_that_changes_nothing_is_no_version(database: Any) -> None:
    first = enter()
    assert not register.change(first, programme(), "nic", LATER, ANNA)
    assert len(register.history(first.entry)) == 1


def test_of_two_who_change_the_same_version_the_second_is_told(database: Any) -> None:
    first = enter()
    register.change(first, programme(title="Centrum"), "tytuł", LATER, ANNA)
    with pytest.raises(Stale) as stale:
        register.change(first, programme(population=9), "spis", LATER, "staff:2")
    assert stale.value.found.programme["title"] == "Centrum"
    assert len(register.history(first.entry)) == 2


def test_a_gmina_has_one_entry_in_the_wykaz_and_a_new_one_once_the_old_is_struck_off(database: Any) -> None:
    first = enter()
    with pytest.raises(AlreadyEntered) as already:
        enter(title="Drugi")
    assert already.value.found.entry == first.entry
    assert len(register.current()) == 1
    strike(first)
    second = enter(title="Drugi")
    assert [each.entry for each in register.current(KARLINO)] == [second.entry, first.entry]
    assert "register-struck" in [each.action for each in audit.recent()]
    struck = register.newest(first.entry)
    assert struck is not None
    with pytest.raises(AlreadyEntered):  # nor does taking the striking off back make two
        register.change(struck, programme(), "pomyłka", LATER, ANNA)


def test_many_changes_are_all_or_nothing_with_one_entry_in_the_log(database: Any) -> None:
    first = enter()
    swapped = Programme(KARLINO, {**first.programme.values, "status": "wykreslony"})
    many = [Change(programme(RESKO)), Change(programme(KARLINO, title="Nowy")), Change(swapped, first)]
    assert register.change_many(many, "import", LATER, ANNA, register.IMPORT) == 3
    assert [each.programme["title"] for each in register.current() if each.programme.entered] == [
        "Nowe centrum",
        "Nowy",
    ]
    entry = audit.recent()[0]
    assert (entry.action, entry.details) == ("register-imported", {"added": 2, "changed": 1, "source": "import"})
    with pytest.raises(AlreadyEntered):
        register.change_many([Change(programme(BIAŁOGARD)), Change(programme(RESKO))], "x", LATER, ANNA, "import")
    assert len(register.current()) == 3


def test_the_log_says_nothing_of_what_was_entered(database: Any) -> None:
    enter(title="Tytuł programu")
    assert "Tytuł" not in str([each.details for each in audit.recent()])


def test_while_the_register_is_empty_the_list_decides(database: Any, version: int) -> None:
    stands = book()
    found = [each for code in LISTED if (each := stands(code)) is not None]
    assert [(each.wykaz, each.program) for each in found] == [(ENTERED, "PR"), (NEITHER, "brak"), (DECLARED, "brak")]
    declare(version, RESKO)
    assert wykaz(book(), RESKO) == DECLARED
    assert book()("0000000") is None


def test_from_its_first_entry_the_register_decides_alone(database: Any, version: int) -> None:
    enter(RESKO, number="5/2024", entered_on=date(2024, 3, 12), resolution="LX/1", resolution_on=date(2024, 2, 3))
    stands = book()
    found = stands(RESKO)
    assert found is not None
    assert (found.wykaz, found.program) == (ENTERED, "GPR")
    assert words(stands, RESKO) == (
        "W Wykazie: program GPR, „Nowe centrum”, wpis nr 5/2024 z dnia 12 marca 2024 r., uchwała nr LX/1 z dnia 3 lutego 2024 r."
    )
    assert wykaz(stands, KARLINO) == NEITHER
    assert wykaz(stands, BIAŁOGARD) == NEITHER
    declare(version, BIAŁOGARD)
    assert wykaz(book(), BIAŁOGARD) == DECLARED
    assert words(book(), BIAŁOGARD) == "Od 23 listopada 2026 r. gmina ma złożoną deklarację udziału."


@pytest.mark.parametrize(("last", "expected"), [(date(2026, 12, 23), ENTERED), (date(2026, 12, 22), NEITHER)])
def test_a_programme_counts_to_its_last_day(database: Any, last: date, expected: str) -> None:
    enter(valid_to=last)
    assert wykaz(book(), KARLINO) == expected  # 23 December
    assert expected == ENTERED or "obowiązywał do 22 grudnia 2026 r." in words(book(), KARLINO)


def test_a_struck_off_programme_counts_until_then_and_the_reason_is_said(database: Any) -> None:
    first = enter()
    strike(first, LATER)
    assert wykaz(book(LATER - timedelta(days=1)), KARLINO) == ENTERED
    assert wykaz(book(LATER), KARLINO) == NEITHER
    assert "wykreślono z Wykazu 23 grudnia 2026 r." in words(book(LATER), KARLINO)


def test_a_declaration_counts_while_it_is_live_in_this_edition_and_never_before_itself(
    database: Any, version: int
) -> None:
    enter(KARLINO)
    sent = declare(version, RESKO)
    assert wykaz(book(), RESKO) == DECLARED
    assert wykaz(book(own=sent.id), RESKO) == NEITHER
    next_edition = StandingBook(lambda: Office(LISTED, "szkolenie", date(2026, 12, 1)), LATER)
    assert wykaz(next_edition, RESKO) == NEITHER
    run("UPDATE response SET state = 'withdrawn' WHERE id = ?", sent.id)
    assert wykaz(book(), RESKO) == NEITHER


def test_everyone_is_looked_up_in_three_queries_and_stands_as_one_by_one(database: Any, version: int) -> None:
    enter(KARLINO)
    declare(version, BIAŁOGARD)
    with counting(database) as statements:
        stands = book(everyone=True)
        found = {code: stands(code) for code in LISTED}
    assert len(statements) <= 3
    assert found == {code: book()(code) for code in LISTED}


def test_nothing_is_asked_until_somebody_wants_to_know(database: Any) -> None:
    with counting(database) as statements:
        StandingBook(lambda: pytest.fail("the office was asked"), datetime(2026, 11, 23, tzinfo=UTC))
    assert statements == []

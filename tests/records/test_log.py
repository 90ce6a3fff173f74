"""The audit log as a whole: old entries go without looking like tampering, tampering does not pass for that; searching."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from records import audit
from records.database import run, writing
from records.log.pruning import prune
from records.log.searching import Wanted, everything, found
from tests.records.steps import NOW, counting, draft, send

pytestmark = pytest.mark.usefixtures("database")
DAYS = 730


def record(n: int, *, age: int = 0, action: str = "accepted", slug: str | None = "szkolenie", actor: str = "") -> None:
    at = NOW - timedelta(days=age)
    audit.record(actor or audit.staff(1), action, f"r{n}", slug, {"n": n}, at)


def a_log_with_old_entries() -> None:
    for n, age in enumerate((900, 800, 740, 400, 20, 0)):
        record(n, age=age)


def test_entries_older_than_the_office_keeps_them_go_and_the_rest_is_still_proved() -> None:
    a_log_with_old_entries()
    assert prune(DAYS, NOW) == 3
    assert [each.subject for each in audit.recent()] == ["log", "r5", "r4", "r3"]
    assert audit.verify() is None
    gone = audit.pruned()
    assert gone is not None
    assert gone.details["until"][:10] == f"{NOW - timedelta(days=740):%Y-%m-%d}"
    record(6)
    assert audit.verify() is None


def test_it_goes_on_year_after_year() -> None:
    a_log_with_old_entries()
    prune(DAYS, NOW)
    later = NOW + timedelta(days=400)
    assert prune(DAYS, later) == 1
    assert prune(DAYS, later) == 0, "once is enough"
    assert prune(DAYS, later + timedelta(days=1000)) == 4, "also when all of it is old"
    assert [each.action for each in audit.recent()] == [audit.PRUNED]
    record(7)
    assert audit.verify() is None


def test_nothing_goes_where_the_log_is_kept_for_ever_or_nothing_is_old() -> None:
    a_log_with_old_entries()
    assert prune(0, NOW) == 0
    assert prune(1000, NOW) == 0
    assert audit.count() == 6


def test_a_log_that_somebody_has_changed_is_left_alone() -> None:
    a_log_with_old_entries()
    run("UPDATE audit_entry SET actor = 'staff:2' WHERE subject = 'r1'")
    assert prune(DAYS, NOW) == 0
    assert audit.count() == 6


@pytest.mark.parametrize(
    ("subject", "days"), [("r0", 0), ("r3", 0), ("r5", 0), ("r3", DAYS), ("r5", DAYS), ("log", DAYS)]
)
def test_whatever_entry_is_removed_it_is_missed(subject: str, days: int) -> None:
    a_log_with_old_entries()
    prune(days, NOW)
    run("DELETE FROM audit_entry WHERE subject = ?", subject)
    assert audit.verify() is not None


def test_the_oldest_entries_removed_without_telling_are_missed() -> None:
    a_log_with_old_entries()
    run("DELETE FROM audit_entry WHERE subject IN ('r0', 'r1')")
    assert audit.verify() is not None


def test_the_whole_log_removed_is_found() -> None:
    a_log_with_old_entries()
    run("DELETE FROM audit_entry")
    assert audit.verify() is not None


@pytest.mark.parametrize("lie", ["'hash'", "'last'"])
def test_an_entry_that_tells_of_removing_cannot_be_bent_to_what_somebody_removed(lie: str) -> None:
    a_log_with_old_entries()
    prune(DAYS, NOW)
    (third,) = run("SELECT id, hash FROM audit_entry WHERE subject = 'r3'").fetchall()
    run("DELETE FROM audit_entry WHERE subject = 'r3'")
    gone = audit.pruned()
    assert gone is not None
    bent = (
        {**gone.details, "last": third[0]} if lie == "'last'" else {**gone.details, "last": third[0], "hash": third[1]}
    )
    run("UPDATE audit_entry SET details = ? WHERE id = ?", audit.as_text(bent), gone.id)
    assert audit.verify() is not None


def test_an_entry_put_in_between_or_at_the_end_is_found() -> None:
    a_log_with_old_entries()
    columns = "at, actor, action, slug, subject, details, previous"
    run(
        f"INSERT INTO audit_entry (id, {columns}, hash) SELECT 1000000000, {columns}, 'podrobiony' FROM audit_entry "
        "WHERE subject = 'r2'"
    )
    assert audit.verify() == 1000000000


def test_searching_by_who_what_which_form_and_when(version: int) -> None:
    response = draft(version, gmina="3201011")
    sent = send(response, version)
    run("DELETE FROM audit_entry")
    run("DELETE FROM audit_head")
    record(1, age=3)
    record(2, age=2, action="export", slug="inny")
    record(3, age=1, actor=audit.SYSTEM)
    audit.record(audit.staff(2), "account-changed", audit.staff(1), None, {}, NOW)
    audit.record(audit.staff(2), "accepted", response.key, "szkolenie", {}, NOW)

    def subjects(**wanted: Any) -> list[str]:
        return [each.subject for each in found(Wanted(**wanted), 10)]

    assert subjects(who="staff:1") == ["staff:1", "r2", "r1"]
    assert subjects(who="system") == ["r3"]
    assert subjects(action="export") == ["r2"]
    assert subjects(slug="inny") == ["r2"]
    assert subjects(what="r1") == ["r1"]
    assert subjects(what=sent.reference) == [response.key]
    assert subjects(since=NOW - timedelta(days=2), until=NOW) == ["r3", "r2"]
    assert subjects(who="staff:1", slug="szkolenie") == ["r1"]


def test_a_page_goes_on_where_the_last_one_ended_and_all_of_it_is_read_in_batches(database: Any) -> None:
    with writing():
        for n in range(2003):
            record(n)
    first = found(Wanted(), 3)
    assert [each.subject for each in first] == ["r2002", "r2001", "r2000"]
    assert found(Wanted(), 1, before=first[-1].id)[0].subject == "r1999"
    with counting(database) as seen:
        assert sum(1 for _ in everything(Wanted(who="staff:1"))) == 2003
    assert len(seen) == 4

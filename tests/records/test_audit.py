"""The audit log: each entry sealed with the one before; whatever is changed afterwards is found."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from records import audit, models
from records.database import run, writing
from tests.records.steps import LATER, NOW

pytestmark = pytest.mark.usefixtures("database")


def record(subject: str, **details: Any) -> None:
    audit.record(audit.staff(1), "accepted", subject, "szkolenie", details, NOW)


def test_entries_are_told_as_they_were_written() -> None:
    record("abc", bookings=[1, 2])
    audit.record(audit.SYSTEM, "tick", "def", None, {"ż": "ó"}, LATER)
    assert audit.verify() is None
    (entry,) = audit.of_subject("abc")
    assert (entry.actor, entry.action, entry.slug, entry.at) == ("staff:1", "accepted", "szkolenie", NOW)
    assert entry.details == {"bookings": [1, 2]}
    assert [each.subject for each in audit.recent()] == ["def", "abc"]
    assert [each.subject for each in audit.recent(before=audit.recent()[0].id)] == ["abc"]


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE audit_entry SET details = '{}' WHERE id = ?",
        "UPDATE audit_entry SET actor = 'staff:2' WHERE id = ?",
        "UPDATE audit_entry SET at = '2026-01-01 00:00:00' WHERE id = ?",
        "DELETE FROM audit_entry WHERE id = ?",
    ],
)
def test_whatever_is_changed_or_removed_is_found(meddling: str) -> None:
    for n in range(5):
        record(f"r{n}", n=n)
    ids = [each.id for each in reversed(audit.recent())]
    run(meddling, ids[2])
    assert audit.verify() == (ids[3] if meddling.startswith("DELETE") else ids[2])


def test_an_entry_of_a_transaction_that_failed_is_not_there() -> None:
    with pytest.raises(RuntimeError), writing():
        record("abc")
        raise RuntimeError
    assert audit.recent() == []


def test_many_who_write_at_once_make_one_chain(database: Any) -> None:
    failures: list[BaseException] = []

    def work(n: int) -> None:
        try:
            for _ in range(5):
                record(f"r{n}")
        except BaseException as error:
            failures.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert models.AuditEntry.select().count() == 40
    assert audit.verify() is None

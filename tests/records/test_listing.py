"""The responses of a form: counted, and read whole in steady memory."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta
from typing import Any

import pytest

from records import listing
from records.database import run, writing
from records.listing import Filter, fold
from tests.records.steps import NOW, counting, draft, send


@pytest.fixture
def three(database: Any, version: int) -> list[str]:
    """Three sent responses (the oldest first) and a draft."""
    said = [("3262011", "Urząd Miasta Łódź Żabińska"), ("3212022", "Gmina Bielice 50%"), (None, "Zażółć gęślą_jaźń")]
    keys = []
    for n, (gmina, search) in enumerate(said):
        begun = draft(version)
        send(begun, version, now=NOW + timedelta(days=n), gmina=gmina, search=search)
        keys.append(begun.key)
    draft(version)
    return keys


def test_text_is_folded_for_searching() -> None:
    assert fold("  Zażółć \n GĘŚLĄ jaźń ") == "zazolc gesla jazn"


def test_counts_of_all_forms_take_one_query(three: list[str], version: int, database: Any) -> None:
    draft(version, slug="ankieta")
    with counting(database) as seen:
        assert listing.counts() == {"szkolenie": {"submitted": 3, "draft": 1}, "ankieta": {"draft": 1}}
    assert len(seen) == 1


def fill(version: int, count: int) -> None:
    """Many sent responses of 2 kB each, numbered backwards over two years."""
    at = "2026-11-23 09:05:00"
    with writing():
        for n in range(count, 0, -1):
            year, number = 2026 + (n > count // 2), n
            run(
                "INSERT INTO response (key, link_secret, slug, state, revision, language, correction, begun_at, "
                "saved_at, changed_at, sent_at, search, year, number, reference, version_id, answers) "
                "VALUES (?, '', 'wielki', 'submitted', 1, 'pl', 0, ?, ?, ?, ?, '', ?, ?, ?, ?, ?)",
                *(f"k{n:09}", at, at, at, at, year, number, f"W-{n:05}", version, f'{{"a":"{"x" * 2000}"}}'),
            )


def test_all_responses_come_once_in_the_order_of_their_numbers(database: Any, version: int) -> None:
    fill(version, 1203)
    rows = [row.reference for row in listing.iterate("wielki")]
    assert rows == [f"W-{n:05}" for n in range(1, 1204)]
    assert list(listing.iterate("wielki", Filter(state="withdrawn"))) == []
    first = next(listing.iterate("wielki", Filter(state="submitted")))
    assert (first.sent_at, first.version_id) == ("2026-11-23T09:05:00+00:00", version)


def test_reading_all_takes_no_more_memory_than_reading_a_part(database: Any, version: int) -> None:
    fill(version, 3000)
    next(listing.iterate("wielki"))
    tracemalloc.start()
    assert sum(1 for _ in listing.iterate("wielki")) == 3000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000, "3 000 responses of 2 kB are 6 MB; a batch of them is one"


def test_what_is_sent_while_all_are_read_comes_last(
    three: list[str], version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "BATCH", 1)
    reading = listing.iterate("szkolenie")
    next(reading)
    send(draft(version), version)
    assert [row.reference for row in reading] == ["SZK-2026-0002", "SZK-2026-0003", "SZK-2026-0004"]

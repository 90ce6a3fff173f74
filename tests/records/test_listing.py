"""The table that staff see: found as people type, sorted, paged, counted, and read whole in steady memory."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta
from typing import Any

import pytest

from records import listing, responses
from records.database import run, writing
from records.listing import Filter, fold
from tests.records.steps import LATER, NOW, counting, draft, send


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


def found(**wanted: Any) -> list[str | None]:
    return [row.reference for row in listing.listing("szkolenie", Filter(**wanted)).rows]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lodz", ["SZK-2026-0001"]),
        ("  ŻABIŃSKA   urząd ", ["SZK-2026-0001"]),
        ("50%", ["SZK-2026-0002"]),
        ("%", ["SZK-2026-0002"]),
        ("_", ["SZK-2026-0003"]),
        ("gesla", ["SZK-2026-0003"]),
        ("szk-2026-0003", ["SZK-2026-0003"]),
        ("'; DROP TABLE response; --", []),
        ("\\", []),
        ("", ["SZK-2026-0003", "SZK-2026-0002", "SZK-2026-0001"]),
    ],
)
def test_a_search_finds_what_people_mean(three: list[str], typed: str, expected: list[str]) -> None:
    assert found(search=typed) == expected


def test_text_is_folded_for_searching() -> None:
    assert fold("  Zażółć \n GĘŚLĄ jaźń ") == "zazolc gesla jazn"


def test_a_page_takes_two_queries(three: list[str], database: Any) -> None:
    with counting(database) as seen:
        page = listing.listing("szkolenie", Filter(search="a"))
    assert len(seen) == 2
    assert page.total == 3


def test_pages_are_cut_and_one_that_does_not_exist_shows_the_nearest(three: list[str]) -> None:
    last = listing.listing("szkolenie", Filter(page=9, per_page=2))
    assert (last.page, last.pages, last.total, [row.reference for row in last.rows]) == (2, 2, 3, ["SZK-2026-0001"])
    assert listing.listing("szkolenie", Filter(page=-1, per_page=2)).page == 1
    assert listing.listing("inny", Filter()).pages == 1


def test_the_table_sorts_by_its_columns_with_the_unanswered_last(three: list[str]) -> None:
    second, first, none = "SZK-2026-0002", "SZK-2026-0001", "SZK-2026-0003"
    assert found(sort="gmina", descending=False) == [second, first, none]
    assert found(sort="gmina") == [first, second, none]
    assert found(sort="sent_at") == [none, second, first]


def test_gminy_are_sorted_by_their_names_not_their_codes(three: list[str]) -> None:
    names = {"3262011": "Ińsko", "3212022": "Świdwin"}
    ascending = listing.listing("szkolenie", Filter(sort="gmina", descending=False), names.__getitem__)
    assert [row.reference for row in ascending.rows] == ["SZK-2026-0001", "SZK-2026-0002", "SZK-2026-0003"]
    descending = listing.listing("szkolenie", Filter(sort="gmina"), names.__getitem__)
    assert [row.reference for row in descending.rows] == ["SZK-2026-0002", "SZK-2026-0001", "SZK-2026-0003"]
    assert found(sort="no such column") == found(sort="reference")


def test_drafts_are_shown_only_to_who_asks_for_them(three: list[str]) -> None:
    assert listing.listing("szkolenie", Filter()).total == 3
    (only,) = listing.listing("szkolenie", Filter(state="draft")).rows
    assert (only.reference, only.sent_at, only.correcting) == (None, None, False)


def test_a_correction_in_progress_is_marked(three: list[str]) -> None:
    responses.correct(three[0], LATER)
    assert [row.correcting for row in listing.listing("szkolenie", Filter()).rows] == [False, False, True]


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
    assert list(listing.iterate("wielki", state="withdrawn")) == []
    first = next(listing.iterate("wielki", state="submitted"))
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

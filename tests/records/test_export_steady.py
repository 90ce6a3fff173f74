"""An export takes the same memory however much was sent, and gives the same bytes each time."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from records.database import run, writing
from records.export.exporter import FORMATS
from tests.records.exports import GROUPS, PERSON, answer, exported, publish


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_is_the_same_as_long_as_nothing_changes(database: Any, format: str) -> None:
    version = publish(GROUPS)
    answer(version, osoby=[PERSON, PERSON], jednostka="ROPS")
    first, second = (b"".join(exported(format, version).chunks()) for _ in range(2))
    assert first == second
    answer(version, jednostka="OPS")
    assert b"".join(exported(format, version).chunks()) != first


def many(version: int, count: int) -> None:
    """So many responses, each with two persons and half a kilobyte of text that occurs only there."""
    run("DELETE FROM response")
    text = "'{\"jednostka\":\"' || n || '" + "x" * 500 + '","osoby":[{"imie":"Anna"},{"imie":"Jan"}]}\''
    with writing():
        run(
            "INSERT INTO response (key, link_secret, slug, state, revision, language, correction, begun_at, saved_at, "
            "changed_at, sent_at, search, year, number, reference, version_id, answers) "
            f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) "
            "SELECT 'k' || n, '', 'szkolenie', 'submitted', 1, 'pl', 0, '2026-11-23 09:05:00', '2026-11-23 09:05:00', "
            "'2026-11-23 09:05:00', '2026-11-23 09:05:00', '', 2026, n, 'W-' || n, "
            f"{version}, {text} FROM numbers"
        )


def peak(make: Callable[[], Any]) -> int:
    tracemalloc.start()
    make()
    reached = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return reached


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_memory_does_not_grow_with_the_number_of_responses(database: Any, format: str) -> None:
    version = publish(GROUPS)

    def whole() -> int:
        return sum(map(len, exported(format, version).chunks()))

    many(version, 2_000)
    whole()
    few = peak(whole)
    many(version, 20_000)
    assert peak(whole) < few * 1.1 + 100_000

"""What a gmina said last before a period: the newest response that still holds, found on an index."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from records import responses, series
from records.database import run
from tests.records.steps import LATER, NOW, counting, draft, send

GMINA, OTHER = "3201011", "3263011"
NUMBERS = count(1)


def sent(version: int, period: str | None, gmina: str = GMINA, slug: str = "szkolenie", **more: Any) -> str:
    """Sends a response whose one answer is its own number in the order of sending; its key."""
    begun = draft(version, slug, koszt=next(NUMBERS))
    number = {"number": lambda year, n: f"{slug}-{year}-{n}"}
    send(begun, version, gmina=gmina, period=period, **number, **more)
    return begun.key


def said(gmina: str = GMINA, period: str = "2026") -> dict[str, Any] | None:
    found = series.previous("szkolenie", gmina, period)
    return None if found is None else found.answers


def answers(key: str) -> dict[str, Any] | None:
    found = responses.load(key)
    return None if found is None else found.answers


def test_the_response_of_the_gmina_and_the_period_is_found_with_its_version(database: Any, version: int) -> None:
    key = sent(version, "2025")
    sent(version, "2025", OTHER)
    sent(version, "2025", slug="inny")
    sent(version, "2024")
    found = series.previous("szkolenie", GMINA, "2026")
    assert found is not None
    assert (found.period, found.answers, found.version_id) == ("2025", answers(key), version)
    assert said(period="2024") is None


def test_a_gmina_that_missed_a_period_has_the_last_one_that_it_sent(database: Any, version: int) -> None:
    sent(version, "2022", now=LATER)
    key = sent(version, "2023")
    run("UPDATE response SET state = 'withdrawn' WHERE key = ?", sent(version, "2025"))
    found = series.previous("szkolenie", GMINA, "2026")
    assert found is not None
    assert (found.period, found.answers) == ("2023", answers(key))


def test_of_several_the_newest_counts(database: Any, version: int) -> None:
    newest = sent(version, "2025", now=LATER)
    sent(version, "2025")
    assert said() == answers(newest)


def test_a_draft_and_what_was_withdrawn_or_rejected_do_not_count(database: Any, version: int) -> None:
    draft(version, koszt=1)
    assert said() is None
    for state in ("withdrawn", "rejected"):
        run("UPDATE response SET state = ? WHERE key = ?", state, sent(version, "2025"))
    assert said() is None
    kept = sent(version, "2025")
    run("UPDATE response SET state = 'accepted' WHERE key = ?", kept)
    assert said() == answers(kept)


def test_a_correction_counts_once_it_is_sent_and_may_be_about_another_period(database: Any, version: int) -> None:
    key = sent(version, "2025")
    before = answers(key)
    opened = responses.correct(key, LATER)
    assert said() == before
    send(opened, version, answers={"koszt": 99}, gmina=GMINA, period="2024", now=LATER + timedelta(hours=1))
    found = series.previous("szkolenie", GMINA, "2026")
    assert found is not None
    assert (found.period, found.answers, said(period="2024")) == ("2024", {"koszt": 99}, None)


def test_an_anonymous_response_and_one_without_a_period_belong_to_no_series(database: Any, version: int) -> None:
    sent(version, "2025", anonymous=True)
    sent(version, None)
    assert said() is None


def test_it_is_one_statement_on_an_index(database: Any, version: int) -> None:
    sent(version, "2025", now=NOW)
    with counting(database) as statements:
        said()
    assert len(statements) == 1
    assert any(index.columns == ["slug", "gmina", "period"] for index in database.get_indexes("response"))

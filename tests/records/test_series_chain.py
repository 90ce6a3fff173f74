"""Reports that go on from one another: who began where is kept, and only along that line is anything told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from records import access, responses, series
from records.database import run
from records.responses import Response, Working
from tests.records.steps import LATER, NOW, counting, draft, send

GMINA, OTHER = "3201011", "3263011"
SECRET = "klucz tej instalacji"


def sent(version: int, period: str, follows: Response | None = None, gmina: str = GMINA, **more: Any) -> Response:
    """Sends a response that goes on from another; its one answer is the period."""
    id_ = follows.id if follows is not None else None
    begun = responses.begin("szkolenie", version, Working({"rok": period}), "pl", NOW, follows=id_)
    send(begun, version, gmina=gmina, period=period, **more)
    found = responses.load(begun.key)
    assert found is not None
    return found


def told(follows: Response, period: str, gmina: str = GMINA, besides: Response | None = None) -> str | None:
    found = series.continued(follows.id, gmina, period, besides=besides.id if besides is not None else None)
    return None if found is None else str(found.answers["rok"])


def test_a_draft_remembers_what_it_goes_on_from_also_when_it_is_begun_twice(database: Any, version: int) -> None:
    first = sent(version, "2025")
    key = responses.new_key()
    begun = responses.begin("szkolenie", version, Working(), "pl", NOW, key, first.id)
    again = responses.begin("szkolenie", version, Working(), "pl", NOW, key)
    assert (begun.follows, again.follows) == (first.id, first.id)
    assert (first.period, first.follows) == ("2025", None)
    assert draft(version).follows is None


def test_the_response_and_those_that_go_on_from_it_are_told_and_no_others(database: Any, version: int) -> None:
    first = sent(version, "2024")
    second = sent(version, "2025", first)
    sent(version, "2026", second, now=LATER)
    sent(version, "2027")
    sent(version, "2025", now=LATER)
    assert [told(first, str(year)) for year in range(2024, 2029)] == [None, "2024", "2025", "2026", "2026"]
    assert told(second, "2025") is None


def test_over_a_period_that_was_missed_the_last_one_before_it_is_told(database: Any, version: int) -> None:
    first = sent(version, "2022")
    later = sent(version, "2024", first)
    assert (told(first, "2024"), told(first, "2026"), told(later, "2026")) == ("2022", "2024", "2024")


def test_another_gmina_ends_it_and_so_does_what_no_longer_holds(database: Any, version: int) -> None:
    first = sent(version, "2024")
    elsewhere = sent(version, "2025", first, OTHER)
    sent(version, "2026", elsewhere)
    assert (told(first, "2025", OTHER), told(first, "2026", OTHER), told(first, "2027")) == (None, None, "2024")
    sent(version, "2025", first)
    assert told(first, "2026") == "2025"
    for state in ("withdrawn", "rejected"):
        run("UPDATE response SET state = ? WHERE id = ?", state, first.id)
        assert (told(first, "2025"), told(first, "2026")) == (None, None)


def test_a_response_is_not_its_own_previous_one(database: Any, version: int) -> None:
    first = sent(version, "2024")
    own = sent(version, "2025", first)
    assert (told(first, "2026", besides=own), told(first, "2026")) == ("2024", "2025")


def test_it_is_one_statement(database: Any, version: int) -> None:
    first = sent(version, "2025", now=NOW + timedelta(hours=1))
    with counting(database) as statements:
        told(first, "2026")
    assert len(statements) == 1
    assert any(index.columns == ["follows"] for index in database.get_indexes("response"))


def test_what_begins_the_next_report_is_no_private_link_and_ends_with_it(database: Any, version: int) -> None:
    first = sent(version, "2025")
    begun = responses.begin("szkolenie", version, Working(), "pl", NOW, follows=first.id)
    text = access.next_token(first, SECRET)
    assert access.open_next(text, SECRET) == first
    assert access.open_link(text, SECRET) is None
    assert access.open_next(access.token(first, SECRET), SECRET) is None
    assert access.open_next(text, "inny klucz") is None
    access.revoke(first.key)
    assert access.open_next(text, SECRET) is None
    later = responses.load(begun.key)
    assert later is not None
    assert later.follows is None

"""Saved views: a name for an address, one's own or shared; only the owner changes it; the log never quotes it."""

from __future__ import annotations

from typing import Any

import pytest

from records import audit, people
from records.desk import saved
from tests.records.steps import NOW

SLUG = "szkolenie"


def person(name: str = "Anna") -> int:
    return people.add(name, f"{name}@example.org", "handler").id


def names(who: int, kind: str = saved.TABLE) -> list[str]:
    return [view.name for view in saved.of(SLUG, kind, who)]


def test_a_view_is_its_owners_unless_it_is_shared(database: Any) -> None:
    anna, bartek = person(), person("Bartek")
    saved.add(SLUG, saved.TABLE, "Moje", "state=submitted", anna, NOW)
    saved.add(SLUG, saved.TABLE, "Łódzkie", "q=lodz", anna, NOW, shared=True)
    saved.add(SLUG, saved.EXPORT, "Do arkusza", "columns=a", anna, NOW)
    assert names(anna) == ["Łódzkie", "Moje"]
    assert names(bartek) == ["Łódzkie"]
    assert names(anna, saved.EXPORT) == ["Do arkusza"]
    (shared,) = saved.of(SLUG, saved.TABLE, bartek)
    assert (shared.query, shared.person, shared.shared) == ("q=lodz", anna, True)
    assert saved.get(shared.id, bartek) == shared
    own = saved.of(SLUG, saved.TABLE, anna)[1]
    assert saved.get(own.id, bartek) is None


def test_a_name_that_one_has_used_is_replaced(database: Any) -> None:
    anna = person()
    saved.add(SLUG, saved.TABLE, "Nowe", "q=a", anna, NOW)
    saved.add(SLUG, saved.TABLE, " Nowe ", "q=b", anna, NOW)
    assert [view.query for view in saved.of(SLUG, saved.TABLE, anna)] == ["q=b"]


def test_only_the_owner_renames_or_removes(database: Any) -> None:
    anna, bartek = person(), person("Bartek")
    view = saved.add(SLUG, saved.TABLE, "Nowe", "q=a", anna, NOW, shared=True)
    assert not saved.rename(view, "Zmienione", bartek, NOW)
    assert not saved.remove(view, bartek, NOW)
    assert saved.rename(view, "Zmienione", anna, NOW)
    assert names(bartek) == ["Zmienione"]
    assert saved.remove(view, anna, NOW)
    assert names(anna) == []


@pytest.mark.parametrize(
    ("kind", "name", "query"), [("other", "a", ""), ("table", " ", ""), ("table", "a", "x" * 4001)]
)
def test_what_makes_no_sense_is_refused(database: Any, kind: str, name: str, query: str) -> None:
    with pytest.raises(ValueError, match=r"kind|name|characters"):
        saved.add(SLUG, kind, name, query, person(), NOW)


def test_the_log_tells_of_a_view_but_not_what_it_asks(database: Any) -> None:
    anna = person()
    view = saved.add(SLUG, saved.TABLE, "Kowalska", "q=kowalska", anna, NOW)
    saved.remove(view, anna, NOW)
    entries = audit.of_subject(str(view))
    assert {each.action for each in entries} == {"view_saved", "view_removed"}
    assert "kowalska" not in str([each.details for each in entries]).lower()

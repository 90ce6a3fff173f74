"""Tokens of the API: only their hash is kept; they end by themselves or are revoked; their last use is known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from records import accounts, audit, people, tokens
from records.database import run
from tests.records.steps import NOW

LATER = NOW + timedelta(days=30)


@pytest.fixture
def anna(database: Any) -> int:
    return people.add("Anna", "anna@urzad.example", "administrator").id


def test_a_token_opens_its_forms_until_its_day(anna: int) -> None:
    secret = tokens.make("Power BI", ["b", "a"], LATER, anna, NOW, sensitive=True)
    found = tokens.find(secret, NOW)
    assert found is not None
    assert (found.name, found.sensitive, found.created_by) == ("Power BI", True, anna)
    assert [slug for slug in "abc" if found.reads(slug)] == ["a", "b"]
    assert tokens.find(secret, LATER) is None
    assert tokens.find(secret[:-1], NOW) is None


def test_the_database_and_the_log_do_not_know_the_secret(anna: int) -> None:
    secret = tokens.make("X", None, LATER, anna, NOW)
    assert secret not in str(run("SELECT * FROM api_token").fetchall())
    (entry,) = audit.recent(1)
    assert (entry.action, entry.details) == ("token_made", {"forms": None, "sensitive": False})
    assert audit.verify() is None


def test_a_revoked_token_opens_nothing_and_is_revoked_once(anna: int) -> None:
    secret = tokens.make("X", None, LATER, anna, NOW)
    (token,) = tokens.everything()
    assert tokens.revoke(token.id, anna, NOW)
    assert not tokens.revoke(token.id, anna, NOW)
    assert tokens.find(secret, NOW) is None


def test_the_last_use_is_noted_at_most_once_a_minute(anna: int) -> None:
    secret = tokens.make("X", None, LATER, anna, NOW)
    for seconds in (0, 59, 61):
        tokens.find(secret, NOW + timedelta(seconds=seconds))
        used = tokens.everything()[0].last_used_at
        assert used == (NOW if seconds < 60 else NOW + timedelta(seconds=61)), seconds


@pytest.mark.parametrize(
    ("name", "forms", "ends"), [(" ", None, LATER), ("x" * 81, None, LATER), ("X", [], LATER), ("X", None, NOW)]
)
def test_a_token_needs_a_name_a_form_and_an_end_to_come(anna: int, name: str, forms: Any, ends: Any) -> None:
    with pytest.raises(ValueError, match="a token has"):
        tokens.make(name, forms, ends, anna, NOW)
    assert tokens.everything() == []


@pytest.fixture
def boss(anna: int) -> int:
    """Another administrator, so that Anna may leave."""
    boss = people.add("Barbara", "barbara@urzad.example", "administrator")
    people.set_password(boss, "haslo-barbary-2026")
    return boss.id


def test_a_token_stops_with_the_account_that_made_it_and_comes_back_with_it(anna: int, boss: int) -> None:
    secret = tokens.make("X", None, LATER, anna, NOW)
    others = tokens.make("Y", None, LATER, boss, NOW)
    assert tokens.kept_by(anna, NOW) == 1
    accounts.close(people.known(anna), True, NOW, audit.staff(boss))
    assert tokens.find(secret, NOW) is None
    assert tokens.find(others, NOW) is not None
    assert tokens.kept_by(anna, NOW) == 0
    accounts.close(people.known(anna), False, NOW, audit.staff(boss))
    assert tokens.find(secret, NOW) is not None


def test_a_token_revoked_while_the_account_was_closed_stays_revoked(anna: int, boss: int) -> None:
    secret = tokens.make("X", None, LATER, anna, NOW)
    accounts.close(people.known(anna), True, NOW, audit.staff(boss))
    (token,) = tokens.everything()
    assert token.revivable(NOW)
    assert tokens.revoke(token.id, boss, NOW)
    accounts.close(people.known(anna), False, NOW, audit.staff(boss))
    assert tokens.find(secret, NOW) is None


@pytest.mark.parametrize("role", ["editor", "handler", "viewer"])
def test_a_token_stops_when_its_maker_no_longer_manages_accounts(anna: int, boss: int, role: str) -> None:
    secret = tokens.make("X", None, LATER, anna, NOW)
    accounts.change(people.known(anna), role, True, None, NOW, audit.staff(boss))
    assert tokens.find(secret, NOW) is None


def test_a_token_opens_sensitive_answers_only_while_its_maker_may_see_them(anna: int, boss: int) -> None:
    secret = tokens.make("X", None, LATER, anna, NOW, sensitive=True)
    accounts.change(people.known(anna), "administrator", False, None, NOW, audit.staff(boss))
    found = tokens.find(secret, NOW)
    assert found is not None
    assert not found.sensitive

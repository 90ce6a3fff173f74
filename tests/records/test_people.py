"""Staff accounts: Anna administers, Hubert handles responses, and links and passwords let in only whom they should."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher

from records import models, people
from records.people import EmailTaken, Person

PASSWORD = "zielony kajak na Odrze"


@pytest.fixture(autouse=True)
def light_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its cheapest: these tests are about who gets in, not about how long guessing takes."""
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people._nobodys_hash.cache_clear()


@pytest.fixture
def anna(database: Any) -> Person:
    return people.add(" Anna Admińska ", " Anna@Urzad.example ", "administrator")


def test_an_address_is_one_however_it_is_written(anna: Person) -> None:
    assert (anna.name, anna.email, anna.has_password) == ("Anna Admińska", "anna@urzad.example", False)
    assert people.find("ANNA@urzad.example ") == anna
    with pytest.raises(EmailTaken) as caught:
        people.add("Druga", "anna@URZAD.example", "viewer")
    assert "anna" not in str(caught.value).lower()
    assert people.everyone() == [anna]


def test_a_role_is_one_of_four(anna: Person) -> None:
    with pytest.raises(ValueError, match="administrator, editor, handler, viewer"):
        people.add("Hubert", "hubert@urzad.example", "boss")


def test_a_password_lets_its_owner_in_and_nobody_else(anna: Person) -> None:
    assert people.check(anna.email, "") is None
    with_password = people.set_password(anna, PASSWORD)
    assert people.check("Anna@urzad.example", PASSWORD) == with_password
    assert people.check(anna.email, PASSWORD + " ") is None
    assert people.check("nikt@urzad.example", PASSWORD) is None
    kept = models.Person.get().password_hash
    assert kept is not None
    assert PASSWORD not in kept


def test_an_unknown_address_costs_as_much_as_a_wrong_password(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Any:
            verified.append(str(hash)[:9])
            return super().verify(hash, password)

    monkeypatch.setattr(people, "hasher", Watched(time_cost=1, memory_cost=8, parallelism=1))
    people.check("nikt@urzad.example", PASSWORD)
    people.check(anna.email, PASSWORD)
    assert verified == ["$argon2id", "$argon2id"]


def test_a_new_password_ends_all_sessions_and_all_links(anna: Person) -> None:
    link = people.make_link(anna)
    changed = people.set_password(anna, PASSWORD)
    assert changed.session_epoch == anna.session_epoch + 1
    assert people.use_link(link) is None
    people.sign_out_everywhere(changed)
    assert people.get(anna.id).session_epoch == anna.session_epoch + 2  # type: ignore[union-attr]


def test_a_closed_account_lets_nobody_in(anna: Person) -> None:
    people.set_password(anna, PASSWORD)
    link = people.make_link(anna)
    people.disable(anna)
    assert people.check(anna.email, PASSWORD) is None
    assert people.use_link(link) is None
    assert not people.get(anna.id).active  # type: ignore[union-attr]
    people.disable(anna, disabled=False)
    assert people.check(anna.email, PASSWORD) is not None


def test_a_link_works_once_and_looking_does_not_use_it_up(anna: Person) -> None:
    link = people.make_link(anna)
    assert people.whose_link(link) == anna
    assert people.use_link(link) == anna
    assert people.use_link(link) is None
    assert people.whose_link(link) is None
    assert people.use_link("wymyślony") is None


def test_a_link_is_kept_only_as_a_hash_and_lasts_a_day(anna: Person) -> None:
    link = people.make_link(anna)
    row = models.SignInLink.get()
    assert link not in row.hash
    assert abs(row.expires_at - datetime.now(UTC) - timedelta(hours=24)) < timedelta(minutes=1)
    models.SignInLink.update(expires_at=datetime.now(UTC) - timedelta(seconds=1)).execute()
    assert people.use_link(link) is None


def test_of_two_who_use_a_link_at_once_one_gets_in(anna: Person, database: Any) -> None:
    link, got, barrier = people.make_link(anna), [], threading.Barrier(6)

    def work() -> None:
        barrier.wait()
        got.append(people.use_link(link))
        database.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [person for person in got if person] == [anna]
    assert len(got) == 6


def test_a_password_is_hashed_anew_when_the_cost_of_hashing_was_raised(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.set_password(anna, PASSWORD)
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert people.check(anna.email, PASSWORD) is not None
    assert "m=16,t=2" in (models.Person.get().password_hash or "")
    assert people.check(anna.email, PASSWORD) is not None


def test_nothing_printed_by_accident_shows_who_it_is(anna: Person) -> None:
    assert "anna" not in repr(anna).lower()

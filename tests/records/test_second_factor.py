"""The second factor: codes by the clock, each good once; recovery codes; what the database alone gives away."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from records import audit, models, people, second_factor
from records.database import run
from records.people import Person
from tests.records.steps import NOW

pytestmark = pytest.mark.usefixtures("database")
KEY = "klucz urzędu, którego nikt nie zna"
SEED = "ziarno"
THEN = NOW + timedelta(minutes=5)


def code(at: object = NOW, seed: str = SEED) -> str:
    return pyotp.TOTP(second_factor.secret(seed, KEY)).at(at)  # type: ignore[arg-type]


@pytest.fixture
def anna() -> Person:
    return people.add("Anna", "anna@urzad.example", "administrator")


def test_a_right_code_turns_it_on_ends_sessions_and_gives_ten_recovery_codes(anna: Person) -> None:
    assert second_factor.turn_on(anna, SEED, KEY, "000000", NOW) is None
    assert not people.known(anna.id).two_factor
    codes = second_factor.turn_on(anna, SEED, KEY, f" {code()[:3]} {code()[3:]} ", NOW)
    assert codes is not None
    assert len(set(codes)) == second_factor.codes_left(anna) == 10
    after = people.known(anna.id)
    assert after.two_factor
    assert after.session_epoch == anna.session_epoch + 1


def test_a_code_is_good_once_and_around_its_time(anna: Person) -> None:
    second_factor.turn_on(anna, SEED, KEY, code(), NOW)
    assert not second_factor.check(anna, KEY, code(), NOW), "the one that turned it on"
    assert second_factor.check(anna, KEY, code(THEN), THEN)
    assert not second_factor.check(anna, KEY, code(THEN), THEN)
    assert not second_factor.check(anna, KEY, code(THEN - timedelta(seconds=30)), THEN), "older than the last one taken"
    assert second_factor.check(anna, KEY, code(THEN + timedelta(seconds=30)), THEN), "a telephone that is ahead"
    assert not second_factor.check(anna, KEY, code(THEN + timedelta(seconds=300)), THEN)


def test_a_recovery_code_is_good_once_however_it_is_written(anna: Person) -> None:
    codes = second_factor.turn_on(anna, SEED, KEY, code(), NOW) or []
    assert second_factor.check(anna, KEY, codes[0].upper().replace("-", " "), THEN)
    assert not second_factor.check(anna, KEY, codes[0], THEN)
    assert second_factor.codes_left(anna) == 9
    fresh = second_factor.new_codes(anna, KEY, THEN)
    assert not second_factor.check(anna, KEY, codes[1], THEN)
    assert second_factor.check(anna, KEY, fresh[1], THEN)


def test_a_code_of_somebody_else_is_no_good(anna: Person) -> None:
    beata = people.add("Beata", "beata@urzad.example", "handler")
    codes = second_factor.turn_on(anna, SEED, KEY, code(), NOW) or []
    second_factor.turn_on(beata, "inne", KEY, code(seed="inne"), NOW)
    assert not second_factor.check(beata, KEY, codes[0], THEN)
    assert not second_factor.check(beata, KEY, code(THEN), THEN)


def test_what_the_database_keeps_makes_no_codes(anna: Person) -> None:
    codes = second_factor.turn_on(anna, SEED, KEY, code(), NOW) or []
    kept = str(run("SELECT * FROM person").fetchall()) + str(run("SELECT * FROM recovery_code").fetchall())
    assert second_factor.secret(SEED, KEY) not in kept
    assert all(each not in kept and each.replace("-", "") not in kept for each in codes)
    assert second_factor.secret(SEED, "inny klucz") != second_factor.secret(SEED, KEY)
    assert not second_factor.check(anna, "inny klucz", code(THEN), THEN)


def test_turning_it_off_forgets_everything_and_the_log_says_who_did_it(anna: Person) -> None:
    codes = second_factor.turn_on(anna, SEED, KEY, code(), NOW) or []
    after = second_factor.turn_off(anna, NOW, audit.SYSTEM)
    assert not after.two_factor
    assert models.RecoveryCode.select().count() == 0
    assert not second_factor.check(anna, KEY, code(THEN), THEN)
    assert not second_factor.check(anna, KEY, codes[0], THEN)
    second_factor.turn_on(anna, SEED, KEY, code(THEN), THEN)
    second_factor.turn_off(anna, NOW, audit.staff(anna.id))
    told = [(each.action, each.actor) for each in reversed(audit.recent())]
    assert told[1] == ("two-factor-reset", "system")
    assert told[3] == ("two-factor-off", f"staff:{anna.id}")

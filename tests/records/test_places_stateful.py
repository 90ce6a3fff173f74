"""Whatever people, staff and time do in whatever order: the ledger is right, nobody who could be served waits."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from forms.definition import Form
from forms.events import FORM, Event
from forms.events.claims import Claim
from forms.formula import plain
from records import audit, bookings
from records import database as db
from records.bookings import booked, places
from records.bookings.booked import Booking
from records.bookings.lifecycle import HOLDING, OFFERED, WAITING
from tests.postgres import PostgresServer
from tests.records.registrations import (
    BIALOGARD,
    KOLOBRZEG,
    OLA,
    SLUG,
    SZCZECIN,
    assert_sound,
    claim,
    correct,
    event,
    form_of,
    register,
    states,
)
from tests.records.steps import NOW

GMINY = st.sampled_from([BIALOGARD, KOLOBRZEG, SZCZECIN])
WHO = st.sampled_from(["ola", "jan", "ewa"])
WANTED = st.lists(
    st.tuples(st.sampled_from(["M1", "M2"]), WHO, st.integers(0, 1)), max_size=2, unique_by=lambda w: (w[0], w[2])
)


class Registrations(RuleBasedStateMachine):
    """A form with two events, of which one offers its places and releases its shares."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.keys: list[str] = []
        self.limits = (2, 1, 2)
        self.queue: list[int] = []
        self.form = self._form()

    whole: tuple[Event, ...] = ()

    def _form(self) -> Form:
        total, share, second = self.limits
        until = NOW + timedelta(days=4)
        return form_of(
            event("M1", total, per_gmina=share, per_gmina_until=until, offer_for=timedelta(hours=30)),
            event("M2", second, promote_until=NOW + timedelta(days=1.5)),
            *self.whole,
            text=f"{self.limits}",
        )

    @rule(wanted=WANTED, gmina=GMINY)
    def registers(self, wanted: list[tuple[str, str, int]], gmina: str) -> None:
        newcomers = self._claims(wanted)
        before = {each.id for each in self._all()}
        able = {each.id for each in self._all() if each.state == WAITING and self._could_be_served(each)}
        self.keys.append(register(self.form, *newcomers or [claim("M2", "x", "osoby-0")], gmina=gmina, now=self.now))
        for new in (each for each in self._all() if each.id not in before and each.state in HOLDING):
            passed = [
                each for each in self._all() if each.id in able and each.event == new.event and each.state == WAITING
            ]
            assert not passed, "a newcomer has overtaken somebody who could be served"

    @precondition(lambda self: self.keys)
    @rule(data=st.data(), wanted=WANTED, gmina=GMINY)
    def corrects(self, data: st.DataObject, wanted: list[tuple[str, str, int]], gmina: str) -> None:
        key = data.draw(st.sampled_from(self.keys))
        if states(key) != ["withdrawn"]:
            correct(key, self.form, *self._claims(wanted), gmina=gmina, now=self.now)

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def withdraws(self, data: st.DataObject) -> None:
        bookings.withdraw(data.draw(st.sampled_from(self.keys)), self.form, self.now, "respondent")

    @rule(take=st.booleans(), first=st.booleans())
    def answers_an_offer(self, take: bool, first: bool) -> None:
        bookings.tick(self.form, self.now)
        offers = [each for each in self._all() if each.state == OFFERED]
        if offers:
            bookings.answer_offer(offers[0 if first else -1].id, self.form, self.now, "respondent", take=take)

    @rule(n=st.integers(0, 2))
    def is_put_first(self, n: int) -> None:
        waiting = [each for each in self._all() if each.state == WAITING]
        if waiting:
            bookings.set_priority(waiting[-1].id, self.form, self.now, OLA, n)

    @rule(hours=st.sampled_from([1, 20, 40]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        bookings.tick(self.form, self.now)
        offers = [each.offered_until for each in self._all() if each.state == OFFERED]
        assert all(until is not None and until > self.now for until in offers), "an offer has outlived its time"

    @rule(limits=st.tuples(st.integers(1, 4), st.integers(1, 2), st.integers(1, 3)))
    def limits_change(self, limits: tuple[int, int, int]) -> None:
        self.limits = limits
        self.form = self._form()
        bookings.sync_limits(self.form, self.now)

    @invariant()
    def all_is_sound(self) -> None:
        assert_sound(self.form, self.now)
        assert audit.verify() is None

    def _claims(self, wanted: list[tuple[str, str, int]]) -> list[Claim]:
        return [*(claim(each.id) for each in self.whole), *(claim(id_, who, f"osoby-{n}") for id_, who, n in wanted)]

    def _all(self) -> list[Booking]:
        return booked.select("slug = ?", SLUG)

    def _could_be_served(self, each: Booking) -> bool:
        left = places.available(self.form, self.now, each.gmina)[each.event]
        return 0 not in (left.left, left.gmina_left)


class Gated(Registrations):
    """The same behind places on the form itself."""

    whole = (Event(FORM, plain("Całość"), kind="form", places=2, waiting_list=True, offer_for=timedelta(hours=20)),)

    def _could_be_served(self, each: Booking) -> bool:
        return each.event == FORM and super()._could_be_served(each)


@pytest.fixture(params=["sqlite", "postgres"])
def on_fresh(
    request: pytest.FixtureRequest, sqlite_template: Path
) -> Iterator[Callable[[type[Registrations]], object]]:
    """Makes of a machine one that begins each run with an empty database."""
    folder = Path(tempfile.mkdtemp())
    server: PostgresServer | None = request.getfixturevalue("postgres_server") if request.param == "postgres" else None

    def fresh(machine: type[Registrations]) -> object:
        class Fresh(machine):  # type: ignore[misc, valid-type]
            def __init__(self) -> None:
                places._known.clear()
                if server is None:
                    db.connect(f"sqlite:///{shutil.copy(sqlite_template, folder / 'nabor.db')}")
                else:
                    db.connect(server.clean())
                super().__init__()

            def teardown(self) -> None:
                db.database.close()
                for left in folder.glob("nabor.db*"):
                    left.unlink()

        return Fresh

    yield fresh
    shutil.rmtree(folder)


@pytest.mark.parametrize("machine", [Registrations, Gated])
def test_the_rules_hold_whatever_happens(
    on_fresh: Callable[[type[Registrations]], Any], machine: type[Registrations]
) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        on_fresh(machine),
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, database=None, suppress_health_check=checks
        ),
    )

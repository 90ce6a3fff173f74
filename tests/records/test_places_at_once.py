"""Many threads that register, correct, withdraw and answer offers at once: no error, no deadlock, a sound ledger."""

from __future__ import annotations

import random
import threading
from datetime import timedelta
from typing import Any

from records import audit, bookings, responses
from records.bookings import Illegal, Late
from records.bookings.lifecycle import summary
from records.responses import Conflict
from tests.records.registrations import (
    BIALOGARD,
    KOLOBRZEG,
    OLA,
    SZCZECIN,
    assert_sound,
    claim,
    correct,
    event,
    form_of,
    live,
    register,
    states,
)
from tests.records.steps import NOW

EXPECTED = (Illegal, Late, Conflict)  # somebody else was quicker, and was told so
THREADS, TURNS = 8, 12


def test_whatever_many_do_at_once_the_ledger_is_sound_and_nothing_locks_up(database: Any) -> None:
    form = form_of(
        event("M1", 6, per_gmina=2, offer_for=timedelta(hours=1)),
        event("M2", 4),
    )
    keys = [register(form, gmina=BIALOGARD)]
    failures: list[BaseException] = []

    def turn(chance: random.Random, turn: int) -> None:
        key = chance.choice(keys)
        wanted = [
            claim(f"M{n}", chance.choice("abc"), f"osoby-{n}") for n in chance.sample([1, 2], chance.randint(1, 2))
        ]
        act = chance.randrange(6)
        if act < 2:
            keys.append(register(form, *wanted, gmina=chance.choice([BIALOGARD, KOLOBRZEG, SZCZECIN])))
        elif act == 2 and states(key) != ["withdrawn"]:
            correct(key, form, *wanted, gmina=chance.choice([BIALOGARD, SZCZECIN]))
        elif act == 3:
            bookings.withdraw(key, form, NOW, "respondent")
        elif act == 4:
            for each in [each for each in live(key) if each.state == "offered"]:
                bookings.answer_offer(each.id, form, NOW, "respondent", take=chance.random() < 0.5)
        else:
            bookings.extend(key, form, NOW, NOW, OLA)
            bookings.tick(form, NOW + timedelta(minutes=turn))

    def work(n: int) -> None:
        chance = random.Random(n)
        for number in range(TURNS):
            try:
                turn(chance, number)
            except EXPECTED:
                pass
            except BaseException as error:
                failures.append(error)
        database.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert_sound(form, NOW)
    assert audit.verify() is None
    for key in keys:
        response = responses.load(key)
        assert response is not None
        assert response.state in (
            {summary([each.state for each in live(key)])} if live(key) else {"submitted", "withdrawn"}
        )

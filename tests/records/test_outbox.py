"""The outbox: a message is put down once, sent once, tried again with patience, and never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from records import outbox
from records.database import writing
from records.outbox import Written
from tests.records.steps import NOW

TEXT = Written(("anna@gmina.example",), "Temat", "Treść", "<p>Treść</p>")


def put(once: str = "abc:received:1", **more: Any) -> None:
    given = {"slug": "szkolenie", "response_id": None, "language": "pl", "facts": {"n": 1}, "now": NOW} | more
    outbox.put("received", once=once, **given)


def test_a_message_said_twice_is_stored_once(database: Any) -> None:
    put()
    put(facts={"n": 2})
    assert [letter.facts for letter in outbox.recent()] == [{"n": 1}]


def test_a_message_is_stored_with_what_it_tells_or_not_at_all(database: Any) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        put()
        raise ZeroDivisionError
    assert outbox.recent() == []


def test_a_message_is_claimed_by_one_worker_only_and_in_order(database: Any) -> None:
    put("first")
    put("second")
    claimed = [outbox.claim(NOW), outbox.claim(NOW), outbox.claim(NOW)]
    assert [letter and letter.once for letter in claimed] == ["first", "second", None]


def test_a_message_waits_for_its_time(database: Any) -> None:
    put(due=NOW + timedelta(hours=2))
    assert outbox.claim(NOW + timedelta(hours=1)) is None
    assert outbox.claim(NOW + timedelta(hours=2)) is not None


def test_a_sent_message_is_kept_as_it_went_out_and_never_claimed_again(database: Any) -> None:
    put()
    letter = outbox.claim(NOW)
    assert letter is not None
    outbox.write(letter, TEXT)
    outbox.sent(letter, NOW)
    (kept,) = outbox.recent(state="sent")
    assert (kept.recipients, kept.subject, kept.text) == (TEXT.recipients, "Temat", "Treść")
    assert outbox.claim(NOW + timedelta(days=30)) is None


def test_a_message_left_by_a_dead_worker_is_taken_again_and_marked_as_possibly_repeated(database: Any) -> None:
    put()
    first = outbox.claim(NOW)
    assert first is not None
    assert not first.repeated
    assert outbox.claim(NOW + outbox.ABANDONED - timedelta(seconds=1)) is None
    second = outbox.claim(NOW + outbox.ABANDONED + timedelta(seconds=1))
    assert second is not None
    assert second.repeated
    assert second.id == first.id


def test_a_message_that_fails_is_tried_later_and_later_until_it_is_given_up(database: Any) -> None:
    put()
    moment, waits = NOW, []
    while True:
        letter = outbox.claim(moment)
        assert letter is not None
        if outbox.put_off(letter, "smtp-451", moment):
            break
        waits.append(outbox.recent()[0].due_at - moment)
        assert outbox.claim(moment) is None
        moment = outbox.recent()[0].due_at
    assert tuple(waits) == outbox.BACKOFF
    assert outbox.counts() == {"failed": 1}
    assert outbox.failed_since(NOW) == 1


def test_a_message_that_the_server_will_never_take_is_given_up_at_once_and_staff_can_try_it_again(
    database: Any,
) -> None:
    put()
    letter = outbox.claim(NOW)
    assert letter is not None
    assert outbox.put_off(letter, "smtp-550", NOW, lasting=True)
    assert outbox.recent()[0].error == "smtp-550"
    outbox.again(letter.id, NOW)
    assert outbox.claim(NOW) is not None


def test_the_list_of_messages_goes_page_by_page(database: Any) -> None:
    for n in range(5):
        put(f"m{n}")
    first = outbox.recent(limit=2)
    second = outbox.recent(limit=2, before=first[-1].id)
    assert [letter.once for letter in (*first, *second)] == ["m4", "m3", "m2", "m1"]

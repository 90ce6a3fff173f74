"""The life of a response: begun, saved, sent once, corrected; and who gets what when many want it at once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from records import database as db
from records import listing, models, responses
from records.responses import Conflict, Missing, ReferenceTaken, Sent, Taken, Working
from tests.records.steps import LATER, NOW, counting, draft, numbered, send

ROOT = Path(__file__).resolve().parents[2]


def at_once(database: Any, count: int, work: Callable[[int], Any]) -> list[Any]:
    """What each of `count` threads got (or the exception it met), started together."""
    barrier, got = threading.Barrier(count), [None] * count

    def run(n: int) -> None:
        database.connect(reuse_if_open=True)
        barrier.wait()
        try:
            got[n] = work(n)
        except Exception as error:
            got[n] = error  # type: ignore[call-overload]
        finally:
            database.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_a_draft_comes_back_as_it_was_saved(database: Any, version: int) -> None:
    begun = draft(version, imie="Żaneta")
    working = Working({"imie": "Żaneta"}, {"kwota": "1.234"}, ("dane",))
    saved = responses.save(begun, working, version_id=version, revision=1, now=LATER)
    loaded = responses.load(begun.key)
    assert loaded == saved
    assert loaded is not None
    assert loaded.working == working
    assert (loaded.revision, loaded.begun_at, loaded.saved_at) == (2, NOW, LATER)
    assert (loaded.state, loaded.answers, loaded.reference, loaded.version_id) == ("draft", None, None, None)


def test_saving_a_draft_is_one_statement(database: Any, version: int) -> None:
    begun = draft(version)
    with counting(database) as seen:
        responses.save(begun, Working({"a": 1}), version_id=version, revision=1, now=LATER)
    assert len(seen) == 1


def test_whoever_saves_second_from_the_same_page_is_told_how_it_stands(database: Any, version: int) -> None:
    begun = draft(version)
    responses.save(begun, Working({"a": "first"}), version_id=version, revision=1, now=LATER)
    with pytest.raises(Conflict) as caught:
        responses.save(begun, Working({"a": "second"}), version_id=version, revision=1, now=LATER)
    assert caught.value.current.working == Working({"a": "first"})
    assert "first" not in str(caught.value)


def test_an_erased_draft_cannot_be_saved_or_sent(database: Any, version: int) -> None:
    begun = draft(version)
    models.Response.delete().execute()
    with pytest.raises(Missing):
        responses.save(begun, Working(), version_id=version, revision=1, now=LATER)
    with pytest.raises(Missing):
        send(begun, version)


def test_a_sent_response_holds_its_answers_number_and_version(database: Any, version: int) -> None:
    sent = send(draft(version, imie="Łucja"), version, gmina="3212022", privacy="abc", search="Łucja Żak")
    assert sent == Sent("SZK-2026-0001", already=False)
    row = models.Response.get()
    loaded = responses.load(row.key)
    assert loaded is not None
    assert (loaded.state, loaded.answers, loaded.working) == ("submitted", {"imie": "Łucja"}, None)
    assert (loaded.version_id, loaded.gmina, loaded.privacy, loaded.sent_at) == (version, "3212022", "abc", NOW)
    assert row.search == "szk-2026-0001 lucja zak"
    assert row.answers == '{"imie":"Łucja"}'


def test_sending_takes_at_most_five_statements(database: Any, version: int) -> None:
    begun = draft(version)
    with counting(database) as seen:
        send(begun, version)
    assert len(seen) <= 5
    opened = responses.correct(begun.key, LATER)
    with counting(database) as seen:
        send(opened, version)
    assert len(seen) <= 5


def test_sending_twice_gives_the_same_number_once(database: Any, version: int) -> None:
    begun = draft(version)
    first = send(begun, version)
    assert send(begun, version) == Sent(first.reference, already=True)
    assert models.Counter.get().last == 1


def test_what_was_sent_cannot_be_saved_over_by_a_page_left_open(database: Any, version: int) -> None:
    begun = draft(version, a=1)
    send(begun, version)
    for revision in (1, 2):
        with pytest.raises(Conflict):
            responses.save(begun, Working({"a": 2}), version_id=version, revision=revision, now=LATER)


def test_a_response_changed_since_the_summary_was_shown_is_not_sent(database: Any, version: int) -> None:
    begun = draft(version, a=1)
    responses.save(begun, Working({"a": 2}), version_id=version, revision=1, now=LATER)
    with pytest.raises(Conflict):
        send(begun, version)
    assert models.Counter.select().count() == 0


def test_the_year_of_a_number_is_the_year_in_poland(database: Any, version: int) -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert send(draft(version), version, now=new_year).reference == "SZK-2027-0001"
    assert send(draft(version), version).reference == "SZK-2026-0001"


def test_a_correction_keeps_its_number_and_the_history_what_stood_before(database: Any, version: int) -> None:
    begun = draft(version, a=1)
    send(begun, version)
    opened = responses.correct(begun.key, LATER, seen=["dane"])
    assert opened.working == Working({"a": 1}, {}, ("dane",))
    assert opened.answers == {"a": 1}
    assert responses.correct(begun.key, LATER) == opened
    sent = send(opened, version, answers={"a": 2}, now=LATER)
    assert sent == Sent("SZK-2026-0001", already=False)
    now = responses.load(begun.key)
    assert now is not None
    assert (now.answers, now.correction, now.working, now.sent_at) == ({"a": 2}, 1, None, LATER)
    assert [(e.correction, e.answers, e.sent_at) for e in responses.history(now.id)] == [(0, {"a": 1}, NOW)]
    assert models.Counter.get().last == 1


def test_a_correction_can_be_dropped(database: Any, version: int) -> None:
    begun = draft(version, a=1)
    send(begun, version)
    opened = responses.correct(begun.key, LATER)
    responses.discard(begun.key, LATER)
    now = responses.load(begun.key)
    assert now is not None
    assert (now.working, now.answers, now.reference) == (None, {"a": 1}, "SZK-2026-0001")
    assert send(opened, version, answers={"a": 2}).already


def test_a_draft_never_sent_is_not_a_correction_to_drop(database: Any, version: int) -> None:
    begun = draft(version, a=1)
    responses.discard(begun.key, LATER)
    assert responses.load(begun.key) == begun


def test_only_one_response_per_combination_of_answers(database: Any, version: int) -> None:
    first, second, elsewhere = draft(version), draft(version), draft(version, slug="ankieta")
    send(first, version, one_per="3212022")
    with pytest.raises(Taken) as caught:
        send(second, version, one_per="3212022")
    assert caught.value.slug == "szkolenie"
    assert caught.value.__cause__ is None
    assert "3212022" not in str(caught.value)
    assert send(second, version, one_per="3212023").reference == "SZK-2026-0002", "the refused one used up a number"
    send(elsewhere, version, one_per="3212022", number=lambda year, n: f"ANK-{n}")
    send(responses.correct(first.key, LATER), version, one_per="3212022")


def test_two_forms_that_number_alike_are_found_out(database: Any, version: int) -> None:
    send(draft(version), version)
    with pytest.raises(ReferenceTaken):
        send(draft(version, slug="ankieta"), version)


def test_an_anonymous_response_keeps_only_the_day(database: Any, version: int) -> None:
    begun = draft(version)
    send(begun, version, now=NOW + timedelta(hours=3), gmina="3212022", anonymous=True)
    now = responses.load(begun.key)
    assert now is not None
    day = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # midnight in Poland
    assert {now.begun_at, now.saved_at, now.sent_at, now.changed_at} == {day}
    assert now.gmina is None


def test_what_fails_after_sending_in_the_same_transaction_takes_it_back(database: Any, version: int) -> None:
    begun = draft(version)
    with pytest.raises(RuntimeError), db.writing():
        send(begun, version)
        raise RuntimeError
    assert responses.load(begun.key) == begun
    assert send(begun, version).reference == "SZK-2026-0001"


def test_eight_people_who_send_at_once_get_eight_numbers_in_a_row(database: Any, version: int) -> None:
    begun = [[draft(version) for _ in range(5)] for _ in range(8)]
    got = at_once(database, 8, lambda n: [send(response, version).reference for response in begun[n]])
    assert sorted(reference for each in got for reference in each) == [numbered(2026, n) for n in range(1, 41)]


def test_a_double_click_sends_once(database: Any, version: int) -> None:
    begun = draft(version)

    def slowly(year: int, n: int) -> str:
        time.sleep(0.02)  # so that the others come while the first has not finished
        return numbered(year, n)

    got = at_once(database, 6, lambda n: send(begun, version, number=slowly))
    assert {sent.reference for sent in got} == {"SZK-2026-0001"}
    assert [sent.already for sent in got].count(False) == 1
    assert models.Counter.get().last == 1


def test_of_many_at_once_exactly_one_takes_what_is_there_once(database: Any, version: int) -> None:
    begun = [draft(version) for _ in range(8)]
    got = at_once(database, 8, lambda n: send(begun[n], version, one_per="3212022"))
    assert [type(each) for each in got].count(Sent) == 1
    assert [type(each) for each in got].count(Taken) == 7
    assert [row.reference for row in listing.iterate("szkolenie")] == ["SZK-2026-0001"]


WORKER = """
import os, signal, sys
from records import database as d, responses as r
from tests.records.steps import draft, send
d.connect(sys.argv[1])
for _ in range(5):
    print(send(draft(int(sys.argv[2]), a="ę"), int(sys.argv[2])).reference, flush=True)
if sys.argv[3] == "die":
    os.kill(os.getpid(), signal.SIGKILL)
"""


def worker(url: str, version: int, end: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "ignore", "-c", WORKER, url, str(version), end]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def test_a_process_killed_after_sending_has_lost_nothing(url: str, database: Any, version: int) -> None:
    killed = worker(url, version, "die")
    said = killed.communicate(timeout=60)[0].decode().split()
    assert killed.returncode == -signal.SIGKILL
    kept = list(listing.iterate("szkolenie"))
    assert [row.reference for row in kept] == said == [numbered(2026, n) for n in range(1, 6)]
    assert json.loads(kept[0].answers) == {"a": "ę"}


def test_several_processes_number_without_a_gap(url: str, database: Any, version: int) -> None:
    workers = [worker(url, version, "end") for _ in range(3)]
    said = [reference for each in workers for reference in each.communicate(timeout=60)[0].decode().split()]
    assert sorted(said) == [numbered(2026, n) for n in range(1, 16)]

"""Gminy: who acts for each, what stands on its page, what was signed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from records import responses
from records.database import run
from records.gminy import people, signing, work
from records.gminy.people import COLLEAGUE, COORDINATOR, AlreadyThere, LastCoordinator, Person
from records.gminy.signing import Changed, SamePerson, SignOff
from records.gminy.work import BEGUN, TAKEN_OVER, Elsewhere
from records.responses import Response, Working
from records.shapes import Missing

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BIALOGARD, KARLINO = "3201011", "3201033"


def hire(name: str, gmina: str = BIALOGARD, role: str = COORDINATOR) -> Person:
    return people.add(gmina, name, f"{name.lower()}@gmina.example", role, NOW, "staff:1")


def begin(version: int) -> Response:
    return responses.begin("szkolenie", version, Working({"imie": "Anna"}), "pl", NOW)


def send(stored: Response, version: int) -> Response:
    """The response as it was sent (or corrected)."""
    responses.send(
        stored.key,
        version_id=version,
        answers={"imie": "Anna"},
        revision=stored.revision,
        number=lambda year, n: f"SZK-{year}-{n}",
        now=NOW,
        gmina=BIALOGARD,
    )
    found = responses.load(stored.key)
    assert found is not None
    return found


@pytest.mark.usefixtures("database")
def test_an_address_acts_for_a_gmina_once_and_for_several_gminy() -> None:
    hire("Anna")
    with pytest.raises(AlreadyThere):
        people.add(BIALOGARD, "Anna N.", " ANNA@gmina.example", COLLEAGUE, NOW, "staff:1")
    hire("Anna", KARLINO)
    assert {each.gmina for each in people.with_address("Anna@gmina.example ")} == {BIALOGARD, KARLINO}
    assert "anna" not in repr(people.of_gmina(BIALOGARD)).lower()


@pytest.mark.usefixtures("database")
def test_a_link_lets_in_once_and_not_for_long() -> None:
    anna = hire("Anna")
    first, second = people.make_link(anna, NOW), people.make_link(anna, NOW)
    assert people.whose_link(first, NOW) == anna
    assert people.use_link(first, NOW) == anna
    assert people.use_link(first, NOW) is None
    assert people.use_link(second, NOW + timedelta(minutes=31)) is None
    assert people.use_link("nothing", NOW) is None


@pytest.mark.usefixtures("database")
def test_who_has_ended_has_no_links_and_may_come_back_anew() -> None:
    anna, jan = hire("Anna"), hire("Jan", role=COLLEAGUE)
    token = people.make_link(jan, NOW)
    people.end(jan, NOW, people.actor(anna))
    assert people.use_link(token, NOW) is None
    assert [each.name for each in people.of_gmina(BIALOGARD)] == ["Anna"]
    with pytest.raises(LastCoordinator):
        people.end(anna, NOW, people.actor(anna))
    assert hire("Jan", role=COLLEAGUE).id != jan.id


def test_handing_over_moves_steps_and_voids_links(database: Any, version: int) -> None:
    anna, stored = hire("Anna"), begin(version)
    work.bring(stored.id, BIALOGARD, anna, BEGUN, NOW)
    work.give(stored.id, "liczby", anna, anna, NOW)
    ewa = people.hand_over(anna, "Ewa", "ewa@gmina.example", NOW, people.actor(anna))
    assert work.given_to(ewa) == {(stored.id, "liczby")}
    assert work.given_to(anna) == set()
    now_there = people.get(anna.id)
    assert now_there is not None
    assert not now_there.active
    assert now_there.session_epoch == anna.session_epoch + 1
    again = responses.load(stored.key)
    assert again is not None
    assert again.link_secret != stored.link_secret


def test_a_response_stands_on_one_page(database: Any, version: int) -> None:
    anna, ola, stored = hire("Anna"), hire("Ola", KARLINO), begin(version)
    work.bring(stored.id, BIALOGARD, anna, TAKEN_OVER, NOW)
    work.bring(stored.id, BIALOGARD, anna, TAKEN_OVER, NOW)
    with pytest.raises(Elsewhere):
        work.bring(stored.id, KARLINO, ola, TAKEN_OVER, NOW)
    assert work.whose(stored.id) == BIALOGARD
    (listed,) = work.of_gmina(BIALOGARD)
    assert (listed.key, listed.filling, listed.reference) == (stored.key, True, None)
    assert work.of_gmina(KARLINO) == []


def test_of_many_who_begin_the_same_report_at_once_all_get_one_draft(database: Any, version: int) -> None:
    both, found = [hire("Anna"), hire("Ewa")], []
    start = threading.Barrier(8)

    def begin_one(person: Person) -> None:
        start.wait()
        found.append(work.begin(person, "szkolenie", version, Working(), "pl", NOW, "2025"))
        database.close()

    threads = [threading.Thread(target=begin_one, args=(both[n % 2],)) for n in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 8
    assert len(set(found)) == len(work.of_gmina(BIALOGARD)) == 1


def test_a_report_begun_on_the_page_goes_on_from_the_last_one_that_holds(database: Any, version: int) -> None:
    anna, sent = hire("Anna"), {}
    for period, state in (("2022", "submitted"), ("2023", "accepted"), ("2024", "withdrawn"), ("2026", "submitted")):
        stored = send(begin(version), version)
        run("UPDATE response SET period = ?, state = ? WHERE id = ?", period, state, stored.id)
        work.bring(stored.id, BIALOGARD, anna, BEGUN, NOW)
        sent[period] = stored.id
    begun = responses.load(work.begin(anna, "szkolenie", version, Working(), "pl", NOW, "2025"))
    assert begun is not None
    assert (begun.follows, begun.page) == (sent["2023"], BIALOGARD)
    first = responses.load(work.begin(anna, "szkolenie", version, Working(), "pl", NOW, "2021"))
    assert first is not None
    assert first.follows is None


def test_who_filled_in_what_is_remembered_by_step(database: Any, version: int) -> None:
    anna, jan, stored = hire("Anna"), hire("Jan", role=COLLEAGUE), begin(version)
    work.note(stored.id, "kto", anna, NOW)
    work.note(stored.id, "kto", anna, NOW + timedelta(hours=1))
    work.note(stored.id, "liczby", jan, NOW)
    done = {(each.step, each.name, each.at) for each in work.done([stored.id])[stored.id]}
    assert done == {("kto", "Anna", NOW + timedelta(hours=1)), ("liczby", "Jan", NOW)}


def test_two_different_people_sign_and_the_paper_is_frozen(database: Any, version: int) -> None:
    anna, ewa, stored = hire("Anna"), hire("Ewa"), send(begin(version), version)

    def paper(signed: SignOff) -> bytes:
        return f"PDF {signed.prepared_name} {signed.approved_name}".encode()

    with pytest.raises(Missing):
        signing.approve(stored.id, 0, ewa, paper, NOW)
    signing.prepare(stored.id, 0, anna, NOW)
    signing.prepare(stored.id, 0, ewa, NOW)
    with pytest.raises(SamePerson):
        signing.approve(stored.id, 0, anna, paper, NOW)
    signed = signing.approve(stored.id, 0, ewa, paper, NOW)
    assert (signed.prepared_name, signed.approved_name) == ("Anna", "Ewa")
    assert signing.paper_of(signed.id) == b"PDF Anna Ewa"
    assert signing.by_checksum(signed.sha256 or "") == signed
    assert signing.approve(stored.id, 0, anna, paper, NOW) == signed
    signing.forget(stored.id, whole=True)
    assert signing.paper_of(signed.id) is None
    assert signing.by_checksum(signed.sha256 or "") is not None


def test_a_correction_is_signed_anew(database: Any, version: int) -> None:
    anna, stored = hire("Anna"), send(begin(version), version)
    signing.prepare(stored.id, 0, anna, NOW)
    corrected = send(responses.correct(stored.key, NOW), version)
    with pytest.raises(Changed):
        signing.approve(stored.id, 0, anna, lambda _: b"PDF", NOW, alone=True)
    signing.prepare(stored.id, corrected.correction, anna, NOW)
    signing.approve(stored.id, corrected.correction, anna, lambda _: b"PDF", NOW, alone=True)
    assert [each.correction for each in signing.of_responses([stored.id])[stored.id]] == [0, 1]

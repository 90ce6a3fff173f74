"""What staff put beside a response, as it is stored: labels, notes, what they return, what they correct themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from records import audit, responses
from records.bookings import reject, withdraw
from records.database import run, writing
from records.desk import asking, forgetting, labels, notes, office, related, returned, table
from records.desk.questions import Questions
from records.desk.returned import Asked
from records.responses import Response
from records.shapes import Missing, Working
from tests.forms.definitions import form_of
from tests.records import registrations
from tests.records.steps import LATER, NOW, counting, draft, send

BEATA, ACTOR = 7, "staff:7"
UNTIL = NOW + timedelta(days=7)
COST = Asked("koszt", "Koszt", "Za mało.")


def received(version: int, slug: str = "szkolenie", **more: Any) -> Response:
    begun = draft(version, slug, koszt="100")
    send(begun, version, **more)
    return loaded(begun.key)


def loaded(key: str) -> Response:
    found = responses.load(key)
    assert found is not None
    return found


def actions() -> list[str]:
    return [row[0] for row in run("SELECT action FROM audit_entry ORDER BY id").fetchall()]


def test_a_label_is_put_on_many_at_once_and_only_where_it_was_not(database: Any, version: int) -> None:
    keys = [received(version).key for _ in range(3)]
    other = draft(version).key
    assert labels.add(keys[:2], " pilne  sprawy ", ACTOR, NOW) == 2
    assert labels.add([*keys, other, "nieznany"], "pilne sprawy", ACTOR, NOW) == 1
    assert labels.add([keys[0]], "inne", ACTOR, NOW) == 1
    assert labels.of_form("szkolenie") == [("pilne sprawy", 3), ("inne", 1)]
    assert sorted(labels.of(keys[0])) == ["inne", "pilne sprawy"]
    assert labels.remove(keys, "pilne sprawy", ACTOR, NOW) == 3
    assert labels.of_form("szkolenie") == [("inne", 1)]
    assert "pilne" not in str(run("SELECT * FROM audit_entry").fetchall())
    with pytest.raises(ValueError, match="name"):
        labels.add(keys, "  ", ACTOR, NOW)


def test_a_note_sent_twice_at_once_is_one(database: Any, version: int) -> None:
    response = received(version)
    for later in (0, 1, 120):
        notes.add(response.key, "Zadzwonić.", 1, NOW + timedelta(seconds=later))
    notes.add(response.key, "Zadzwonić.", 2, NOW)
    assert len(notes.of(response.id)) == 3


def test_notes_go_only_with_their_author_and_their_response(database: Any, version: int) -> None:
    one, other = received(version), received(version)
    notes.add(one.key, " Dzwonić. ", BEATA, NOW)
    notes.add(one.key, "Oddzwonili.", 8, LATER)
    assert [(each.person, each.text) for each in notes.of(one.id)] == [(8, "Oddzwonili."), (BEATA, "Dzwonić.")]
    first = notes.of(one.id)[-1].id
    for key, person in ((one.key, 8), (other.key, BEATA), ("nieznany", BEATA)):
        with pytest.raises(Missing):
            notes.remove(key, first, person, NOW)
    notes.remove(one.key, first, BEATA, NOW)
    assert [each.text for each in notes.of(one.id)] == ["Oddzwonili."]
    with pytest.raises(ValueError, match="text"):
        notes.add(one.key, " ", BEATA, NOW)
    with pytest.raises(Missing):
        notes.add(draft(version).key, "szkic", BEATA, NOW)


def test_what_is_returned_is_one_request_until_it_is_answered(database: Any, version: int) -> None:
    response = received(version)
    returned.give_back(response.key, [COST], UNTIL, BEATA, NOW)
    more = [Asked("plan", "Plan", "Też."), Asked("koszt", "Koszt", "Jednak inaczej.")]
    request = returned.give_back(response.key, more, UNTIL, BEATA, LATER)
    assert [(each.path, each.remark) for each in request.questions] == [("koszt", "Jednak inaczej."), ("plan", "Też.")]
    assert [(each.key, each.questions) for each in returned.waiting(None)] == [(response.key, 2)]
    assert returned.answered(None) == []
    kinds = [row[0] for row in run("SELECT kind FROM message").fetchall()]
    assert kinds == ["returned", "returned", "returned"]  # two messages, and one reminder for both
    assert loaded(response.key).state == "submitted"
    with writing():
        assert not returned.settle(response, {"koszt"}, LATER)  # an ordinary correction of one of the two
        assert returned.settle(response, set(), LATER, "Dobrze jest.")
    assert [each.key for each in returned.answered({"szkolenie"})] == [response.key]
    assert returned.waiting(None) == returned.answered({"inny"}) == []
    returned.check(response.key, BEATA, LATER)
    returned.check(response.key, BEATA, LATER)
    assert returned.answered(None) == []
    assert [each.state for each in returned.of(response.id)] == ["done"]
    assert actions() == ["returned", "returned", "returned-answered", "returned-checked"]


def test_what_is_returned_keeps_the_place_and_ends_with_the_response(database: Any) -> None:
    form = registrations.form_of(registrations.event())
    key = registrations.register(form)
    returned.give_back(key, [COST], UNTIL, BEATA, NOW)
    assert registrations.used("M1") == 1
    assert registrations.states(key) == ["accepted"]
    assert [each.key for each in returned.waiting(None)] == [key]
    withdraw(key, form, NOW, "respondent")
    assert returned.waiting(None) == []
    with pytest.raises(Missing):
        returned.give_back(key, [COST], UNTIL, BEATA, NOW)


def test_nothing_is_returned_of_a_draft_or_without_a_question(database: Any, version: int) -> None:
    with pytest.raises(Missing):
        returned.give_back(draft(version).key, [COST], UNTIL, BEATA, NOW)
    with pytest.raises(ValueError, match="nothing"):
        returned.give_back(received(version).key, [], UNTIL, BEATA, NOW)


def test_what_was_taken_back_does_not_wait_any_more(database: Any, version: int) -> None:
    response = received(version)
    returned.give_back(response.key, [COST], UNTIL, BEATA, NOW)
    returned.cancel(response.key, BEATA, NOW)
    assert returned.of_open(response.id) is None
    assert not returned.settle(response, {"koszt"}, LATER, "")


def test_the_office_corrects_in_the_working_copy_and_it_is_kept_who_did(database: Any, version: int) -> None:
    response = received(version)
    with pytest.raises(ValueError, match="reason"):
        office.begin(response.key, BEATA, " ", NOW, tell=False, seen=[])
    begun = office.begin(response.key, BEATA, "Pomyłka.", NOW, tell=False, seen=["dane"])
    assert responses.with_office(begun)
    assert begun.working is not None
    assert begun.working.answers == {"koszt": "100"}
    saved = responses.save(
        begun, Working({"koszt": "90"}, {}, ("dane",), {}, begun.working.office), version_id=version,
        revision=begun.revision, now=NOW,
    )  # fmt: skip
    assert responses.with_office(loaded(response.key))
    with writing():
        send(saved, version)
        assert saved.working is not None
        office.sent(saved, saved.working.office, LATER)
    made = office.of(response.id)[1]
    assert (made.person, made.reason) == (BEATA, "Pomyłka.")
    assert loaded(response.key).answers == {"koszt": "90"}
    assert not responses.with_office(loaded(response.key))
    assert audit.verify() is None


def test_what_a_respondent_types_is_not_taken_away_from_under_their_hands(database: Any, version: int) -> None:
    response = received(version)
    responses.correct(response.key, NOW, ["dane"])
    for later, displace, typing in ((timedelta(), True, True), (timedelta(hours=2), False, False)):
        with pytest.raises(office.Busy) as busy:
            office.begin(response.key, BEATA, "Pomyłka.", NOW + later, tell=False, seen=[], displace=displace)
        assert busy.value.typing is typing
    begun = office.begin(response.key, BEATA, "Pomyłka.", NOW + timedelta(hours=2), tell=False, seen=[], displace=True)
    assert responses.with_office(begun)
    office.discard(response.key, BEATA, LATER)
    assert loaded(response.key).working is None


def test_a_response_that_is_over_is_not_corrected(database: Any) -> None:
    form = registrations.form_of(registrations.event(), review="staff")
    key = registrations.register(form)
    reject(key, form, NOW, ACTOR, "Nie.")
    with pytest.raises(Missing):
        office.begin(key, BEATA, "Pomyłka.", NOW, tell=False, seen=[])


def test_what_a_gmina_has_sent_is_found_with_one_query_and_only_in_these_forms(database: Any, version: int) -> None:
    one = received(version, gmina="3201011")
    second = received(version, gmina="3201011")
    received(version, gmina="3202011")
    with counting(database) as seen:
        assert [each.key for each in related.of_gmina("3201011", ["szkolenie"], one.id)] == [second.key]
    assert len(seen) == 1
    assert related.of_gmina("3201011", ["inny"], one.id) == related.of_gmina("3201011", [], one.id) == []


def test_the_table_tells_what_is_returned_and_finds_it(database: Any, version: int) -> None:
    keys = [received(version).key for _ in range(3)]
    for key in keys[:2]:
        returned.give_back(key, [COST], UNTIL, BEATA, NOW)
    with writing():
        returned.settle(loaded(keys[1]), {"koszt"}, LATER, "")
    form = form_of("title: Szkolenie\nfields: [{name: koszt, type: text, label: Koszt}]")
    questions = Questions(form, lambda version_id: form)

    def found(*states: str) -> dict[str, str]:
        page = table.look("szkolenie", table.Wanted(asking.Asked(states=states)), questions)
        return {each.key: each.returned for each in page.rows}

    assert found() == {keys[0]: "open", keys[1]: "answered", keys[2]: ""}
    assert found("returned") == {keys[0]: "open"}
    assert found("answered") == {keys[1]: "answered"}
    assert set(found("returned", "submitted")) == set(keys)


def test_what_staff_wrote_goes_when_the_response_is_made_anonymous(database: Any, version: int) -> None:
    response, other = received(version), received(version)
    for each in (response, other):
        labels.add([each.key], "pilne", ACTOR, NOW)
        notes.add(each.key, "Pani Ewa.", BEATA, NOW)
        returned.give_back(each.key, [COST], UNTIL, BEATA, NOW)
        begun = office.begin(each.key, BEATA, "Pani Ewa.", NOW, tell=False, seen=[])
        with writing():
            assert begun.working is not None
            office.sent(begun, begun.working.office, NOW)
    with writing():
        forgetting.forget(response.id)
    assert (labels.of(response.key), notes.of(response.id), returned.of(response.id)) == ([], [], [])
    assert office.of(response.id)[1].reason == ""
    assert [each.text for each in notes.of(other.id)] == ["Pani Ewa."]
    assert labels.of(other.key) == ["pilne"]

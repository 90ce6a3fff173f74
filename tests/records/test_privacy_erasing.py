"""A person's data erased: everywhere, with a protocol that names nobody, and nothing of the others."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from records import audit, outbox, responses
from records.database import run
from records.desk import notes
from records.export import jobs
from records.gminy import people as gminy
from records.models import moment
from records.privacy import protocols
from records.privacy.requests import LEAVE, NOBODY, PERSON, WHOLE, Wish
from records.responses import Working
from tests.records.persons import ANSWERS, LOS, NOWAK, Office, book, loaded, write
from tests.records.steps import LATER, NOW


@pytest.fixture
def office(database: Any, tmp_path: Path) -> Office:
    return Office(tmp_path / "files")


def test_one_person_is_erased_everywhere_and_the_others_stay(office: Office) -> None:
    draft = responses.begin(office.form.slug, office.version, Working(ANSWERS), "pl", NOW)
    whole = {**ANSWERS, "osoby": [{**LOS, "skan": office.attach(draft, "osoby-0-skan")}, NOWAK]}
    stored = office.send(draft, **whole)
    stored = office.send(responses.correct(stored.key, NOW), **whole)
    book(stored, "osoby-0", "z.los@gmina.example")
    book(stored, "osoby-1", "jan@gmina.example")
    write(stored, "x", "Zgłoszono: Żaneta Łoś")
    write(stored, "y", "Zapraszamy: Jan Nowak")
    notes.add(stored.key, "Dzwoniła p. Łoś (Żaneta)", 1, NOW)
    notes.add(stored.key, "Dzwonił Nowak", 1, NOW)
    done = office.erase("Żaneta Łoś", {stored.key: Wish(PERSON)})
    left = loaded(stored.key)
    assert left.answers == {**ANSWERS, "osoby": [{"nocleg": True}, NOWAK]}
    assert responses.history(stored.id)[0].answers == left.answers
    assert (left.reference, left.changed_at) == (stored.reference, LATER)
    assert left.link_secret == stored.link_secret, "whoever sent it still sees it"
    assert [row[0] for row in run("SELECT person FROM booking ORDER BY item").fetchall()] == ["", "jan@gmina.example"]
    assert [letter.text for letter in outbox.of_response(stored.id)] == ["Zapraszamy: Jan Nowak", None]
    assert [each.text for each in notes.of(stored.id)] == ["Dzwonił Nowak"]
    assert run("SELECT search FROM response").fetchone()[0].endswith("urzad miejski maria wilk 601 602 603 jan nowak")
    assert office.find("Żaneta Łoś") == []
    assert office.find("z.los@gmina.example") == []
    assert len(office.find("Jan Nowak")) == 1
    assert done.counts == Counter(
        responses=1, answers=6, earlier=1, files=1, bookings=1, certificates=1, messages=1, notes=1
    )


def test_a_whole_response_keeps_its_number_and_what_statistics_need(office: Office) -> None:
    stored = office.receive(**ANSWERS)
    office.erase("Maria Wilk", {stored.key: Wish(WHOLE)})
    left = loaded(stored.key)
    assert left.answers == {"liczba": 7, "osoby": [{"nocleg": True}, {"nocleg": False}]}
    assert (left.reference, left.link_secret) == (stored.reference, "")
    assert run("SELECT erased, search FROM response").fetchone() == ("*", "")


def test_a_message_that_was_not_sent_yet_is_not_sent_any_more(office: Office) -> None:
    stored = office.receive(**ANSWERS)
    outbox.put("received", once="x", slug=stored.slug, response_id=stored.id, language="pl", facts={"a": 1}, now=NOW)
    office.erase("Maria Wilk", {stored.key: Wish(WHOLE)})
    assert outbox.claim(LATER + timedelta(days=1)) is None


def test_a_draft_goes_altogether(office: Office) -> None:
    draft = responses.begin(office.form.slug, office.version, Working(ANSWERS), "pl", NOW)
    done = office.erase("Maria Wilk", {draft.key: Wish(PERSON)})
    assert responses.load(draft.key) is None
    assert done.counts == Counter(drafts=1)


def test_a_person_of_a_gmina_loses_access_and_name(office: Office) -> None:
    person = gminy.add("3201011", "Żaneta Łoś", "z.los@gmina.example", gminy.COORDINATOR, NOW, "system")
    office.erase("Żaneta Łoś", {}, (person.id,))
    left = gminy.get(person.id)
    assert left is not None
    assert (left.active, left.name, left.email) == (False, NOBODY, NOBODY)


def test_exports_kept_of_the_form_go_with_the_person(office: Office) -> None:
    stored = office.receive(**ANSWERS)
    run("INSERT INTO person (name, email, role, session_epoch, created_at, sensitive, totp_step) "
        "VALUES ('Anna', 'a@urzad.example', 'administrator', 0, '2026-11-23 09:00:00', 1, 0)")  # fmt: skip
    (anna,) = run("SELECT id FROM person").fetchone()
    jobs.ask(stored.slug, anna, "csv", "", 1, NOW)
    job = jobs.claim(NOW)
    assert job is not None
    jobs.finish(job, "1-1.csv", 10, 1, NOW)
    done = office.erase("Maria Wilk", {stored.key: Wish(PERSON)})
    assert done.exports == ["1-1.csv"]
    assert jobs.files() == set()


def test_the_protocol_says_what_went_and_what_was_left_and_why_and_names_nobody(office: Office) -> None:
    first, second = office.receive(**ANSWERS), office.receive(**ANSWERS)
    done = office.erase("Żaneta Łoś", {first.key: Wish(PERSON), second.key: Wish(LEAVE, "art. 17 ust. 3 lit. b RODO")})
    (protocol,) = protocols.recent(10)
    assert protocol == done.protocol == protocols.get(protocol.id)
    assert (protocol.basis, protocol.request, protocol.made_at) == (protocols.REQUEST, "DO.1.2026", LATER)
    assert protocol.references == (first.reference,)
    assert [(each.reference, each.reason) for each in protocol.kept] == [
        (second.reference, "art. 17 ust. 3 lit. b RODO")
    ]
    assert loaded(second.key).answers == ANSWERS
    (facts,) = run("SELECT facts FROM erasure").fetchone()
    logged = " ".join(f"{each.subject} {each.details}" for each in audit.recent())
    assert not any(word in f"{facts} {logged}".lower() for word in ("łoś", "żaneta", "gmina.example"))
    assert [each.action for each in audit.of_subject(first.key)] == ["erased"]
    assert audit.verify() is None


def test_what_goes_by_rule_in_a_day_is_one_protocol_of_the_form(office: Office) -> None:
    for n in (1, 2):
        protocols.add_by_rule("szkolenie", Counter(responses=1, answers=n), NOW)
    protocols.add_by_rule("szkolenie", Counter(responses=1), NOW + timedelta(days=1))
    newest, older = protocols.recent(10)
    assert (older.counts, older.basis, older.slug) == ({"responses": 2, "answers": 3}, protocols.RULE, "szkolenie")
    assert [newest.number, older.number] == ["2/2026", "1/2026"]
    assert protocols.recent(10, frozenset({"inny"})) == []
    assert moment(run("SELECT MAX(made_at) FROM erasure").fetchone()[0]) == NOW + timedelta(days=1)

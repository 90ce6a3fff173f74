"""Certificates: numbers without gaps, one that holds for each participant, replacing and revoking, and what is forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from records import audit, certificates, responses
from records.certificates import REASON, Certificate, NumberTaken
from records.responses import ALPHABET
from records.shapes import Missing
from tests.records.registrations import OLA, SLUG, claim, event, form_of, register
from tests.records.steps import LATER, NOW

PATTERN = "ZASW-{year}-{number:04}"
JAN = {"name": "Jan Nowak", "title": "Zaświadczenie"}


def somebody() -> int:
    found = responses.load(register(form_of(event("M1")), claim("M1")))
    assert found is not None
    return found.id


def issue(response_id: int, item: str = "osoby-0", pattern: str = PATTERN, slug: str = SLUG) -> Certificate | None:
    return certificates.issue(slug, response_id, item, JAN, pattern, NOW, OLA)


def issued(*args: Any, **more: Any) -> Certificate:
    found = issue(*args, **more)
    assert found is not None
    return found


def test_numbers_follow_one_another_and_each_paper_has_a_code_of_its_own(database: Any) -> None:
    person = somebody()
    papers = [issued(person, f"osoby-{index}") for index in range(3)]
    assert [each.number for each in papers] == ["ZASW-2026-0001", "ZASW-2026-0002", "ZASW-2026-0003"]
    assert len({each.code for each in papers}) == 3
    assert all(len(each.code) == 12 and set(each.code) <= set(ALPHABET) for each in papers)
    assert certificates.find(papers[0].code) == papers[0]


def test_a_participant_has_one_that_holds_and_a_second_takes_no_number(database: Any) -> None:
    person = somebody()
    first = issued(person)
    assert issue(person) is None
    certificates.revoke(first.code, "pomyłka", NOW, OLA)
    assert issued(person).number == "ZASW-2026-0002"


def test_forms_with_the_same_pattern_count_on_together_and_others_by_themselves(database: Any) -> None:
    person = somebody()
    assert issued(person).number == "ZASW-2026-0001"
    assert issued(person, slug="inne").number == "ZASW-2026-0002"
    assert issued(person, "osoby-1", pattern="Z/{number}").number == "Z/1"


def test_a_pattern_that_makes_a_number_again_is_refused_and_nothing_is_stored(database: Any) -> None:
    person = somebody()
    issued(person)
    with pytest.raises(NumberTaken):
        issue(person, "osoby-1", pattern="ZASW-2026-{number:04}")
    assert len(certificates.of_form(SLUG)) == 1


def test_a_new_one_in_place_of_the_old_keeps_the_history(database: Any) -> None:
    person = somebody()
    old = issued(person)
    new = certificates.replace(old.code, {**JAN, "name": "Jan Nowakowski"}, PATTERN, LATER, OLA)
    kept = certificates.of_response(person)
    assert [(each.number, each.valid) for each in kept] == [("ZASW-2026-0001", False), ("ZASW-2026-0002", True)]
    assert kept[0].replaced_by == new.id
    assert kept[0].facts["name"] == "Jan Nowak"
    with pytest.raises(Missing):
        certificates.replace(old.code, JAN, PATTERN, LATER, OLA)


def test_why_one_was_revoked_is_kept_with_it_and_not_in_the_log(database: Any) -> None:
    paper = issued(somebody())
    certificates.revoke(paper.code, "wydane przez pomyłkę", LATER, OLA)
    certificates.revoke(paper.code, "jeszcze raz", LATER, OLA)
    found = certificates.find(paper.code)
    assert found is not None
    assert (found.valid, found.facts[REASON], found.facts["name"]) == (False, "wydane przez pomyłkę", "Jan Nowak")
    entries = audit.of_subject(paper.number)
    assert [each.action for each in entries] == ["certificate-issued", "certificate-revoked"]
    assert "pomyłk" not in str(entries)
    assert "Nowak" not in str(entries)

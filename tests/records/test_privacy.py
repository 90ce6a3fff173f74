"""A person's data: found wherever they are kept, and given out without those of others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from records import responses
from records.database import run
from records.desk import notes
from records.gminy import people as gminy
from records.privacy import finding
from records.privacy.copying import Copy
from records.privacy.needles import TooShort, needle
from records.responses import Working
from tests.records.persons import ANSWERS, LOS, NOWAK, Office, book, kinds, write
from tests.records.steps import NOW


@pytest.fixture
def office(database: Any, tmp_path: Path) -> Office:
    return Office(tmp_path / "files")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("zaneta los", "Łoś, Żaneta"),
        ("ŁOŚ", "p. Łoś"),
        ("z.los@GMINA.example", "adres: Z.Los@gmina.example."),
        ("601 602 603", "+48601602603"),
        ("+48 601-602-603", "tel. 601602603"),
        ("0048601602603", "601 602 603"),
        ("44051401359", "PESEL 44051401359"),
    ],
)
def test_a_person_is_recognised_however_it_is_written(typed: str, text: str) -> None:
    assert needle(typed).maybe(text)
    assert needle(typed).inside(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Jan Nowak", "Janina Nowakowska"),
        ("jan@gmina.example", "bogdan.jan@gmina.example"),
        ("jan@gmina.pl", "jan@gmina.pl.example"),
        ("601602603", "1601602603"),
        ("601602603", "6016026034"),
    ],
)
def test_somebody_else_is_not(typed: str, text: str) -> None:
    assert not needle(typed).inside(text)


@pytest.mark.parametrize("typed", ["", "  ", "A", "12 34", "@", "a."])
def test_what_would_be_found_nearly_everywhere_is_not_looked_for(typed: str) -> None:
    with pytest.raises(TooShort):
        needle(typed)


def test_a_person_is_found_in_every_place_that_keeps_words(office: Office) -> None:
    stored = office.receive(**ANSWERS)
    opened = responses.correct(stored.key, NOW)
    stored = office.send(opened, **ANSWERS)
    book(stored, "osoby-0", "Żaneta Łoś")
    write(stored, "x", "Zgłoszono: Żaneta Łoś")
    notes.add(stored.key, "Dzwoniła Żaneta Łoś", 1, NOW)
    run("INSERT INTO response_label (response_id, name, slug) VALUES (?, 'Łoś Żaneta', ?)", stored.id, stored.slug)
    office.receive(**{**ANSWERS, "osoby": [NOWAK]})
    (found,) = office.find("Łoś Żaneta")
    assert kinds([found]) == [["answers", "booking", "certificate", "earlier", "label", "message", "note"]]
    assert found.levels == {"osoby-0"}
    assert next(each.fields for each in found.places if each.kind == "answers") == ("Imię", "Nazwisko", "E-mail")


def test_a_draft_is_found_too_with_what_was_typed_and_not_understood(office: Office) -> None:
    responses.begin(office.form.slug, office.version, Working({}, {"telefon": "tel: 601 602 603 wew. 2"}), "pl", NOW)
    assert kinds(office.find("601602603")) == [["working"]]


def test_without_the_right_what_stands_only_in_sensitive_answers_is_not_found(office: Office) -> None:
    office.receive(**{**ANSWERS, "osoby": [{"dieta": "jak Adam Mickiewicz"}]})
    assert kinds(office.find("Adam Mickiewicz")) == [["answers"]]
    assert office.find("Adam Mickiewicz", sensitive=False) == []
    assert office.find("Adam Mickiewicz", slugs=frozenset({"inny"})) == []


def test_people_of_gminy_and_saved_views_are_told_apart_from_responses(office: Office) -> None:
    person = gminy.add("3201011", "Żaneta Łoś", "z.los@gmina.example", gminy.COORDINATOR, NOW, "system")
    found = finding.others(needle("Żaneta Łoś"), None)
    assert [(each.kind, each.id, each.about) for each in found] == [("gmina-person", person.id, "3201011")]
    assert finding.others(needle("Żaneta Łoś"), frozenset({"szkolenie"})) == []


def test_a_copy_holds_what_the_person_said_and_nothing_of_the_others(office: Office) -> None:
    draft = responses.begin(office.form.slug, office.version, Working(ANSWERS), "pl", NOW)
    whole = {
        **ANSWERS,
        "osoby": [
            {**LOS, "skan": office.attach(draft, "osoby-0-skan")},
            {**NOWAK, "skan": office.attach(draft, "osoby-1-skan")},
        ],
    }
    stored = office.send(draft, **whole)
    book(stored, "osoby-0", "Żaneta Łoś")
    book(stored, "osoby-1", "Jan Nowak")
    copy = Copy(needle("Żaneta Łoś"), office.find("Żaneta Łoś"), (), office.forms, sensitive=True)
    (one,) = copy.responses
    text = str(one)
    assert "Nowak" not in text
    assert "Wilk" not in text, "the person for contact is somebody else"
    assert one["said"][0]["answers"]["osoby"][0]["dieta"] == "wege"
    assert one["others_left_out"] == 1
    assert (len(one["bookings"]), len(one["certificates"]), len(copy.files)) == (1, 1, 1)
    plain = Copy(needle("Żaneta Łoś"), office.find("Żaneta Łoś"), (), office.forms, sensitive=False)
    assert "wege" not in str(plain.responses)
    assert plain.hidden

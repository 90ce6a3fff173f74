"""The keys `certificate` and `survey`: what their expressions know, and the mistakes in them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from forms.answers import Outcome
from forms.certificates.attended import Attended, participants, scope, written
from forms.certificates.key import Certificate
from forms.describing.outline import describe_form
from forms.expressions import Env
from forms.reader import Read, read_form
from forms.wording import speaking

FORM = """
title: Szkolenie
languages: [pl, en]
privacy: rodo
events:
  - {id: M1-T1, title: {pl: Moduł 1, en: Module 1}, group: M1, starts: 2027-03-09 09:00}
  - {id: M2-T1, title: {pl: Moduł 2, en: Module 2}, group: M2, starts: 2027-04-09 09:00}
  - {id: M3, title: {pl: Moduł 3, en: Module 3}, starts: 2027-05-09 09:00}
survey: ankieta
certificate:
  title: {pl: Zaświadczenie, en: Certificate}
  text: {pl: "{stanowisko}: {modules} ({hours} godz.), {present}", en: "{modules}: {hours} hours"}
  rule: RULE
  hours: 6.5 * count(modules)
steps:
  - id: osoby
    title: {pl: Osoby, en: People}
    fields:
      - name: osoby
        type: group
        label: {pl: Osoby, en: People}
        fields:
          - {name: stanowisko, type: text, label: {pl: Stanowisko, en: Post}}
          - {name: termin, type: event, label: {pl: Termin, en: Date}, none: {pl: nie, en: no}}
"""
BOTH = "\"present >= 0.8 or ('M1' in modules and 'M2' in modules)\""


def read(rule: str = BOTH, text: str = FORM) -> Read:
    return read_form("szkolenie.yaml", text.replace("RULE", rule).replace("privacy: rodo\n", ""))


def certificate(rule: str = BOTH) -> Certificate:
    found = read(rule).form
    assert found is not None
    assert found.certificate is not None
    return found.certificate


def mistakes(found: Read) -> list[tuple[int, str]]:
    return [(each.place.line, each.code) for each in found.problems if each.level == "error"]


def somebody(present: str, *events: str) -> Env:
    item = {"stanowisko": "Inspektor"}
    found: Any = Outcome.__new__(Outcome)
    found.items, found.env = {"osoby-0": Env({}, item=item)}, Env({})
    modules = tuple(dict.fromkeys(each.partition("-")[0] for each in events))
    return scope(found, "osoby-0", Attended(Decimal(present), modules, events))


@pytest.mark.parametrize(
    ("rule", "env", "expected"),
    [
        (BOTH, somebody("0.8", "M1-T1"), True),
        (BOTH, somebody("0.75", "M1-T1"), False),
        (BOTH, somebody("0.5", "M1-T1", "M2-T1"), True),
        (BOTH, somebody("0"), False),
        ("\"'M2-T1' in events\"", somebody("0.1", "M2-T1"), True),
        ("\"'M3' in modules\"", somebody("1", "M1-T1", "M3"), True),
        ("count(modules) >= 2", somebody("0.1", "M1-T1", "M2-T1"), True),
        ("present > 0 and stanowisko == 'inspektor'", somebody("0.1", "M1-T1"), True),
    ],
)
def test_a_rule_weighs_what_one_person_attended(rule: str, env: Env, expected: bool) -> None:
    assert (certificate(rule).rule(env) is True) is expected


def test_the_text_has_the_persons_answers_the_titles_of_the_events_and_the_hours_in_the_language_in_force() -> None:
    found, env = certificate(), somebody("0.5", "M1-T1", "M2-T1")
    assert found.hours is not None
    hours = found.hours(env)
    assert written(found.text, env, ["Moduł 1", "Moduł 2"], hours) == "Inspektor: Moduł 1, Moduł 2 (13 godz.), 0,5"
    with speaking("en"):
        assert written(found.text, env, ["Module 1"], hours) == "Module 1: 13 hours"
    assert found.number.format(year=2027, number=7) == "ZASW-2027-0007"


@pytest.mark.parametrize(
    ("wrong", "line", "code"),
    [
        ("\"'M4' in modules\"", 13, "not-an-option"),
        ("\"'M1' in events\"", 13, "not-an-option"),
        ("present >= 'dużo'", 13, "wrong-type"),
        ("count(modules)", 13, "wrong-type"),
        ("obecnosc > 0.8", 13, "unknown-name"),
        ("hours > 3", 13, "unknown-name"),
        ("present > 3 and present < 2", 13, "never-holds"),
    ],
)
def test_a_rule_that_makes_no_sense_is_told_where_it_stands(wrong: str, line: int, code: str) -> None:
    assert (line - 1, code) in mistakes(read(wrong))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("rule: RULE", "regula: present > 0", "unknown-key"),
        ("rule: RULE", "number: stały", "wrong-value"),
        ("survey: ankieta", "survey: Ankieta po szkoleniu", "wrong-value"),
        ("{stanowisko}", "{stanowizko}", "unknown-name"),
    ],
)
def test_other_mistakes_in_the_keys_are_told(old: str, new: str, code: str) -> None:
    assert code in [found for _, found in mistakes(read(text=FORM.replace(old, new)))]


def test_without_an_event_on_a_date_both_keys_are_mistakes() -> None:
    undated = FORM.replace(", starts: 2027-03-09 09:00", "").replace(", starts: 2027-04-09 09:00", "")
    found = mistakes(read(text=undated.replace(", starts: 2027-05-09 09:00", "")))
    assert [code for _, code in found] == ["nobody-attends", "nobody-attends"]


def test_participants_are_the_items_of_the_group_that_takes_places_else_the_response_itself() -> None:
    found = read().form
    assert found is not None
    assert participants(found.steps) == "osoby"
    alone = FORM.replace("type: group", "type: group\n        repeat: false").replace("{stano", "{osoby.stano")
    single = read(text=alone).form
    assert single is not None
    assert participants(single.steps) == ""


def test_the_description_says_in_words_who_gets_a_certificate_and_what_is_asked_after() -> None:
    found = read("\"present >= 0.8 or stanowisko == 'radny'\"").form
    assert found is not None
    facts = describe_form(found).facts
    assert "Po wydarzeniu uczestnicy dostają anonimową ankietę „ankieta”." in facts
    rule = "*udział w zajęciach (od 0 do 1)* to co najmniej *0,8* lub *Stanowisko* to *radny*"
    assert f"Zaświadczenie dostaje osoba, która spełnia warunek: {rule}." in facts

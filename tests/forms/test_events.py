"""Events in a definition: what is read, which mistakes are found where, what answers claim."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from forms.answers import Outcome, Working, walk
from forms.definition import Form
from forms.events import Event, shares
from forms.events.claims import Claim, claims
from forms.plan import Plan
from forms.spans import WARSAW
from forms.wording import speaking
from tests.forms.definitions import codes, env, form_of, read, said

BIALOGARD = "3201011"
TWO = """
  - id: A-1
    title: Pierwszy
    group: A
    starts: 2027-03-09 09:00
    ends: 2027-03-10 15:00
    place: Szczecin
    places: 30
    per_gmina: 2
    per_gmina_until: 2027-02-01
    waiting_list: true
    offer_for: 48 hours
    promote_until: 2027-03-07
    closes: 2027-03-01
  - {id: A-2, title: Drugi, group: A}
"""
GROUP = f"""
title: Szkolenie
privacy: rodo
events:{TWO}
fields:
  - {{name: gmina, type: gmina, label: Gmina}}
  - name: osoby
    type: group
    label: Osoby
    fields:
      - {{name: imie, type: text, label: Imię}}
      - {{name: email, type: email, label: E-mail, hint: jan@gmina.pl}}
      - {{name: jedzie, type: yes_no, label: Czy jedzie?}}
      - {{name: a, type: event, label: Termin, group: A, none: nie, when: jedzie}}
"""


def outcome(form: Form, answers: Mapping[str, Any]) -> Outcome:
    return walk(Plan(form), Working(dict(answers), seen={step.id for step in form.steps}), env())


def one(keys: str, field: str = "{name: a, type: event, label: Termin}") -> list[str]:
    """The codes of a definition with one event of these keys."""
    return codes(f"title: P\nevents:\n  - {{id: A, title: A, {keys}}}\nfields:\n  - {field}\n")


def test_an_event_is_read_with_moments_in_warsaw_and_its_place() -> None:
    event = form_of(GROUP).places["A-1"]
    assert (event.kind, event.group, event.places, event.per_gmina) == ("event", "A", 30, 2)
    assert event.starts == datetime(2027, 3, 9, 9, tzinfo=WARSAW)
    assert event.closes == datetime(2027, 3, 1, 23, 59, 59, tzinfo=WARSAW)
    assert event.offer_for == timedelta(hours=48)
    assert form_of(GROUP).events == (event, form_of(GROUP).places["A-2"])


def test_a_form_without_places_has_none_and_claims_none() -> None:
    form = form_of("fields:\n  - {name: a, type: text, label: A}")
    assert not form.places
    assert claims(form, outcome(form, {"a": "x"})) == ()


def test_events_may_stand_after_the_fields_that_offer_them() -> None:
    assert (
        codes(
            f"title: P\nfields:\n  - {{name: g, type: gmina, label: G}}\n  - {{name: a, type: event, label: A, group: A}}\nevents:{TWO}"
        )
        == []
    )


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("ends: 2027-03-10", "missing-key"),
        ("starts: 2027-03-10 15:00, ends: 2027-03-10 09:00", "ends-before-starts"),
        ("places: 2, per_gmina: 3", "share-over-places"),
        ("places: 3, per_gmina: 2", "no-gmina"),
        ("per_gmina_until: 2027-01-01", "no-share"),
        ("waiting_list: true", "waiting-without-places"),
        ("places: 3, offer_for: 2 days", "no-waiting-list"),
        ("places: 3, promote_until: 2027-01-01", "no-waiting-list"),
        ("starts: 2027-03-10 15:00, closes: 2027-03-10", "after-start"),
        ("starts: 2027-03-10, places: 1, waiting_list: true, promote_until: 2027-03-11", "after-start"),
        ("places: 0", "not-a-number"),
        ("online: spotkanie", "wrong-value"),
        ("miejsca: 3", "unknown-key"),
        ("place: 'Sala {numer}'", "event-text"),
        ("starts: jutro", "not-a-moment"),
    ],
)
def test_a_mistake_in_an_event_has_its_code(keys: str, code: str) -> None:
    assert code in one(keys)


def test_mistakes_stand_at_the_key_that_is_wrong_and_name_the_event() -> None:
    fields = "fields:\n  - {name: g, type: gmina, label: G}\n  - {name: a, type: event, label: A}\n"
    found = read(f"title: P\nevents:\n  - id: A\n    title: A\n    places: 2\n    per_gmina: 3\n{fields}")
    problem = next(each for each in found.problems.errors if each.code == "share-over-places")
    assert problem.line().startswith("proba.yaml:6:16: wydarzenie „A”: ")


def test_two_events_of_one_id_and_the_id_of_the_form_are_refused() -> None:
    text = "title: P\nevents:\n  - {id: A, title: A}\n  - {id: A, title: B}\n  - {id: form, title: C}\nfields:\n  - {name: a, type: event, label: A}\n"
    assert codes(text) == ["duplicate-event", "reserved-name"]


def test_an_event_that_no_field_offers_is_a_warning() -> None:
    text = "title: P\nevents:\n  - {id: A, title: A, group: X}\n  - {id: B, title: B}\nfields:\n  - {name: a, type: event, label: A, group: X}\n"
    found = read(text)
    assert [(problem.code, problem.level) for problem in found.problems] == [("event-unused", "warning")]
    assert found.form is not None


@pytest.mark.parametrize(
    ("field", "said_"),
    [
        ("group: B", "Nie ma grupy wydarzeń „B”. Możliwe: A."),
        ("group: modul", "Nie ma grupy wydarzeń „modul”. Możliwe: A."),
        ("events: [A-1, wizyt]", ":52: pole „a”: nie ma wydarzenia „wizyt” – czy chodziło o „wizyta”?"),
        ("events: [zupełnie]", "nie pasuje"),
    ],
)
def test_an_unknown_event_is_answered_with_the_nearest(field: str, said_: str) -> None:
    more = "  - {id: wizyta, title: Wizyta}\n"
    text = f"title: P\nevents:{TWO}{more}fields:\n  - {{name: g, type: gmina, label: G}}\n  - {{name: a, type: event, label: A, {field}}}\n"
    lines = [problem.line().lower() for problem in read(text).problems.errors]
    assert any(said_.lower() in line for line in lines), lines


def test_a_field_of_events_needs_events_and_one_way_to_choose_them() -> None:
    assert codes("title: P\nfields:\n  - {name: a, type: event, label: A}\n") == ["no-events"]
    assert "group-and-events" in codes(GROUP.replace("group: A, none", "group: A, events: [A-1], none"))


def test_two_questions_about_one_person_must_not_both_offer_an_event() -> None:
    second = "      - {name: b, type: event, label: Drugi, events: [A-2]}\n"
    assert codes(GROUP + second) == ["event-twice"]
    assert codes(GROUP + second.replace("}\n", ", when: not jedzie}\n")) == []


def test_an_anonymous_form_has_no_events() -> None:
    assert "anonymous-events" in codes(GROUP.replace("title:", "anonymous: true\ntitle:", 1))


def test_a_waiting_list_of_the_form_needs_places() -> None:
    assert codes("title: P\nwaiting_list: true\nfields:\n  - {name: a, type: text, label: A}\n") == [
        "waiting-without-places"
    ]


def test_a_broken_event_is_reported_once_and_its_fields_are_not_to_blame() -> None:
    text = "title: P\nevents:\n  - {id: A}\nfields:\n  - {name: a, type: event, label: A, events: [A]}\n"
    assert codes(text) == ["missing-key"]


def test_comparisons_with_an_event_are_checked_like_those_with_an_option() -> None:
    assert codes(f"{GROUP}      - {{name: x, type: text, label: X, when: \"a == 'A-9'\"}}\n") == ["not-an-option"]
    assert codes(f"{GROUP}      - {{name: x, type: text, label: X, when: \"a in ('A-1', 'A-2')\"}}\n") == []


def test_an_event_has_attributes_in_expressions() -> None:
    form = form_of(
        f"{GROUP}      - {{name: x, type: computed, label: X, value: \"a.title if a.starts < '2027-06-01' else 'potem'\"}}\n"
    )
    item = {"jedzie": True, "a": "A-1"}
    assert outcome(form, {"osoby": [item]}).values["osoby"][0]["x"] == "Pierwszy"


def test_an_event_is_shown_with_its_days_and_place() -> None:
    field = next(
        each for each in form_of(GROUP.replace(", when: jedzie", "")).steps[0].fields if each.name == "osoby"
    ).fields[-1]
    assert (
        said(field.type.show("A-1"))
        == "Pierwszy, wtorek, 9 marca – środa, 10 marca 2027 r., godz. 9:00–15:00, Szczecin"
    )
    assert field.type.show("A-2") == "Drugi"
    with speaking("en"):
        assert said(field.type.show("A-1")).startswith(
            "Pierwszy, Tuesday, 9 March – Wednesday, 10 March 2027, 9:00–15:00"
        )
    assert field.type.cells("A-2") == ("A-2", "Drugi")


def test_claims_follow_the_answers_and_name_the_person_by_the_address() -> None:
    form = form_of(GROUP)
    people = [
        {"imie": "Jan", "email": "Jan@gmina.pl", "jedzie": True, "a": "A-2"},
        {"imie": "Ewa", "jedzie": True, "a": "A-1"},
        {"imie": "Ola", "jedzie": True},
    ]
    assert claims(form, outcome(form, {"osoby": people})) == (
        Claim("A-2", "osoby-0", "jan@gmina.pl"),
        Claim("A-1", "osoby-1", "osoby-1"),
    )


def test_an_answer_that_is_not_asked_claims_nothing() -> None:
    form = form_of(GROUP)
    assert claims(form, outcome(form, {"osoby": [{"jedzie": False, "a": "A-1"}]})) == ()


def test_options_and_the_form_itself_have_places_of_their_own() -> None:
    form = form_of(
        "places: 100\nwaiting_list: true\nfields:\n"
        "  - {name: obiad, type: choice, label: Obiad, options: [{value: ryba, label: Ryba, places: 5}, {value: sos, label: Sos}]}\n"
        "  - {name: warsztaty, type: choices, label: W, options: [{value: x, label: X, places: 2}, {value: y, label: Y, places: 3}]}\n"
    )
    assert [(event.id, event.kind, event.places, event.waiting_list) for event in form.places.values()] == [
        ("form", "form", 100, True), ("obiad=ryba", "option", 5, False),
        ("warsztaty=x", "option", 2, False), ("warsztaty=y", "option", 3, False),
    ]  # fmt: skip
    found = outcome(form, {"obiad": "sos", "warsztaty": ("x", "y")})
    assert [claim.event for claim in claims(form, found)] == ["form", "warsztaty=x", "warsztaty=y"]


def test_a_share_of_the_gmina_is_asked_for_until_it_is_released() -> None:
    event = form_of(GROUP).places["A-1"]
    until = datetime(2027, 2, 1, 23, 59, 59, tzinfo=WARSAW)
    assert event.per_gmina_until == until
    assert shares(event, BIALOGARD, until - timedelta(seconds=1)) == (("A-1", 30), (f"A-1@{BIALOGARD}", 2))
    assert shares(event, BIALOGARD, until) == (("A-1", 30),)
    assert shares(event, None, until - timedelta(days=9)) == (("A-1", 30),)
    assert shares(Event("X", event.title), BIALOGARD, until) == ()


FOR = GROUP.replace(
    "fields:\n  - {name: gmina", "fields:\n  - {name: t, type: event, label: T, for: osoby}\n  - {name: gmina", 1
)


def test_one_choice_may_take_a_place_for_every_item_of_a_group() -> None:
    text = FOR.replace("      - {name: a, type: event, label: Termin, group: A, none: nie, when: jedzie}\n", "")
    form = form_of(text)
    found = outcome(form, {"t": "A-2", "osoby": [{"imie": "Jan", "email": "Jan@gmina.pl"}, {"imie": "Ewa"}]})
    assert claims(form, found) == (Claim("A-2", "osoby-0", "jan@gmina.pl"), Claim("A-2", "osoby-1", "osoby-1"))
    assert claims(form, outcome(form, {"osoby": [{"imie": "Jan"}]})) == ()


def test_a_choice_for_a_group_needs_that_group_and_stands_outside_groups() -> None:
    assert (
        codes(FOR.replace("for: osoby", "for: osoba").replace("group: A, none", "events: [A-1], when: n > 9, none"))[0]
        == "unknown-name"
    )
    assert "for-in-group" in codes(GROUP.replace("group: A, none", "for: osoby, none"))
    assert "event-twice" in codes(FOR)


def test_a_condition_on_an_event_is_described_by_its_title() -> None:
    form = form_of(f"{GROUP}      - {{name: x, type: text, label: X, when: \"a == 'A-2'\"}}\n")
    field = next(each for each in form.fields if each.name == "osoby").fields[-1]
    assert field.when is not None
    assert field.when.expression.describe(str).endswith("*Drugi*")

"""What gminy owe: obligations come into being by themselves, and where each stands is read from its responses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from forms.definition import Form
from records import audit, obligations, responses
from records.database import run
from records.desk import returned
from records.shapes import Missing, Working
from tests.forms.definitions import read
from tests.records.steps import NOW, counting, numbered, send

REPORT = """
title: Raport
audience: gminy
opens: 2026-11-01
closes: 2027-03-31
period: {field: rok, every: year, open: 2025}
fields:
  - {name: rok, type: year, label: Rok}
  - {name: gmina, type: gmina, label: Gmina, region: '3216'}
  - {name: koszt, type: money, label: Koszt}
"""
GMINA, OTHER, THIRD = "3216011", "3216022", "3216033"
DUE = datetime(2027, 3, 31, 21, 59, 59, tzinfo=UTC)
ANNA = "staff:1"


@pytest.fixture
def form() -> Form:
    found = read(REPORT).form
    assert found is not None
    return replace(found, slug="szkolenie")


@pytest.fixture
def opened(database: Any, form: Form) -> Form:
    """The form with its obligations."""
    obligations.keep(form, NOW)
    return form


def begun(version: int, gmina: str, rok: int = 2025, **more: Any) -> responses.Response:
    return responses.begin("szkolenie", version, Working({"rok": rok, "gmina": gmina, **more}), "pl", NOW)


def sent(version: int, gmina: str, rok: int = 2025, now: datetime = NOW) -> responses.Response:
    draft = begun(version, gmina, rok)
    send(draft, version, gmina=gmina, period=str(rok), now=now, number=numbered)
    found = responses.load(draft.key)
    assert found is not None
    return found


def states(form: Form, now: datetime = NOW) -> dict[str, str]:
    return {each.gmina: each.state for each in obligations.board(form, "2025", now)}


def one(form: Form, gmina: str = GMINA, now: datetime = NOW) -> obligations.Obligation:
    return next(each for each in obligations.board(form, "2025", now) if each.gmina == gmina)


def test_each_gmina_owes_the_period_that_the_form_collects_once(database: Any, form: Form) -> None:
    owed = obligations.owing(form)
    assert len(owed) == len(set(owed)) > 3
    assert obligations.keep(form, NOW) == len(owed)
    assert obligations.keep(form, NOW) == 0
    assert states(form) == dict.fromkeys(owed, obligations.NOT_BEGUN)
    assert {each.due_at for each in obligations.board(form, "2025", NOW)} == {DUE}
    assert [each.action for each in audit.recent()] == ["period-opened"]


def test_before_it_opens_nothing_is_owed_and_nobody_owes_a_form_for_everyone(database: Any, form: Form) -> None:
    assert obligations.keep(form, datetime(2026, 10, 1, tzinfo=UTC)) == 0
    assert obligations.keep(replace(form, audience="everyone"), NOW) == 0
    assert obligations.keep(replace(form, state="draft"), NOW) == 0


def test_a_form_for_programmes_obliges_those_that_have_one() -> None:
    text = REPORT.replace("audience: gminy", "audience: programme").replace(", region: '3216'", "")
    few, all_ = read(text).form, read(REPORT.replace(", region: '3216'", "")).form
    assert few is not None
    assert all_ is not None
    assert 0 < len(obligations.owing(few)) < len(obligations.owing(all_))


def test_a_new_date_in_the_form_is_the_date_of_all_that_have_none_of_their_own(opened: Form) -> None:
    later = datetime(2027, 4, 30, 12, tzinfo=UTC)
    obligations.extend("szkolenie", "2025", GMINA, later + timedelta(days=9), "Choroba", NOW, ANNA)
    obligations.keep(replace(opened, closes=later), NOW)
    assert one(opened, OTHER).due_at == later
    assert one(opened).due_at == later + timedelta(days=9)


def test_keeping_up_to_date_asks_once_and_writes_nothing(database: Any, opened: Form) -> None:
    with counting(database) as statements:
        obligations.keep(opened, NOW)
    assert len(statements) == 1


def test_a_report_goes_from_not_begun_to_accepted_and_back_when_it_is_returned(opened: Form, version: int) -> None:
    assert one(opened).state == "not-begun"
    draft = begun(version, GMINA)
    assert (one(opened).state, one(opened).key) == ("draft", draft.key)
    send(draft, version, gmina=GMINA, period="2025", number=numbered)
    assert (one(opened).state, one(opened).reference) == ("sent", numbered(2026, 1))
    run("UPDATE response SET state = 'accepted' WHERE key = ?", draft.key)
    assert one(opened).state == "accepted"
    asked = returned.Asked("koszt", "Koszt", "Sprawdź kwotę.")
    returned.give_back(draft.key, [asked], NOW + timedelta(days=7), 1, NOW)
    assert one(opened).state == "returned"
    run("UPDATE response SET state = 'withdrawn' WHERE key = ?", draft.key)
    assert one(opened).state == "not-begun"


def test_a_draft_counts_for_the_gmina_and_the_period_that_it_names(opened: Form, version: int) -> None:
    begun(version, GMINA, 2024)
    begun(version, OTHER)
    assert [gmina for gmina, state in states(opened).items() if state == "draft"] == [OTHER]


def test_late_is_what_was_first_sent_after_its_day_and_what_is_missing_then(opened: Form, version: int) -> None:
    after = DUE + timedelta(days=1)
    sent(version, GMINA)
    sent(version, OTHER, now=after)
    late = {each.gmina: each.late for each in obligations.board(opened, "2025", after)}
    assert (late[GMINA], late[OTHER], late[THIRD]) == (False, True, True)
    assert not any(each.late for each in obligations.board(opened, "2025", DUE) if each.gmina != OTHER)


def test_a_correction_after_the_day_does_not_make_a_report_late(opened: Form, version: int) -> None:
    response = sent(version, GMINA)
    again = responses.correct(response.key, DUE + timedelta(days=3))
    send(again, version, gmina=GMINA, period="2025", now=DUE + timedelta(days=3))
    assert (one(opened).late, one(opened).sent_at) == (False, NOW)


def test_an_extension_is_one_gminas_own_day(opened: Form, version: int) -> None:
    later = DUE + timedelta(days=14)
    obligations.extend("szkolenie", "2025", GMINA, later, "Awaria systemu", NOW, ANNA)
    assert (one(opened).due_at, one(opened).extended, one(opened).reason) == (later, True, "Awaria systemu")
    assert not one(opened, now=DUE + timedelta(days=1)).late
    assert one(opened, now=later + timedelta(days=1)).late
    assert obligations.deadline("szkolenie", GMINA, "2025") == later
    assert obligations.deadline("szkolenie", OTHER, "2025") is None
    obligations.restore("szkolenie", "2025", GMINA, NOW, ANNA)
    assert (one(opened).due_at, one(opened).reason) == (DUE, "")


def test_an_excused_gmina_is_not_missing(opened: Form) -> None:
    assert GMINA in obligations.missing("szkolenie", "2025")
    obligations.excuse("szkolenie", "2025", GMINA, "Połączona z sąsiednią", NOW, ANNA)
    assert GMINA not in obligations.missing("szkolenie", "2025")
    assert (one(opened).state, one(opened).missing) == ("excused", False)


def test_what_staff_grant_is_in_the_log_without_their_words(opened: Form) -> None:
    obligations.excuse("szkolenie", "2025", GMINA, "Powód wójta", NOW, ANNA)
    obligations.extend("szkolenie", "2025", OTHER, DUE, "Choroba", NOW, ANNA)
    assert obligations.add("szkolenie", "2025", "3201011", "Prosi o to", NOW, ANNA)
    assert not obligations.add("szkolenie", "2025", "3201011", "Prosi o to", NOW, ANNA)
    newest = audit.recent(3)
    assert [each.action for each in newest] == ["obligation-added", "obligation-extended", "obligation-excused"]
    assert {each.actor for each in newest} == {ANNA}
    assert not any("wójta" in str(each.details) or "Choroba" in str(each.details) for each in newest)


def test_what_nobody_owes_cannot_be_extended(opened: Form) -> None:
    with pytest.raises(Missing):
        obligations.extend("szkolenie", "2019", GMINA, DUE, "", NOW, ANNA)


def test_a_gmina_sees_all_that_it_owes_the_newest_first(opened: Form, version: int) -> None:
    obligations.open_period("szkolenie", "2024", [GMINA, OTHER], NOW - timedelta(days=365))
    sent(version, GMINA, 2024)
    begun(version, GMINA)
    found = obligations.of_gmina(GMINA, [opened], NOW)
    assert [(each.period, each.state) for each in found] == [("2025", "draft"), ("2024", "sent")]
    assert obligations.periods("szkolenie") == ["2025", "2024"]


def test_who_is_missing_is_counted_for_the_newest_period_of_each_form(opened: Form, version: int) -> None:
    obligations.open_period("szkolenie", "2024", [GMINA], NOW)
    obligations.open_period("inny", "2025", [GMINA], NOW)
    sent(version, GMINA)
    found = {each.slug: each for each in obligations.missing_counts()}
    assert (found["szkolenie"].missing, found["szkolenie"].owed) == (len(states(opened)) - 1, len(states(opened)))
    assert (found["szkolenie"].period, found["inny"].missing) == ("2025", 1)
    assert [each.slug for each in obligations.missing_counts(frozenset({"inny"}))] == ["inny"]
    assert len(obligations.missing("szkolenie", "2025")) == len(states(opened)) - 1


def test_a_board_is_two_queries_and_walks_each_draft_once(database: Any, opened: Form, version: int) -> None:
    walked = []
    for gmina in (GMINA, OTHER):
        begun(version, gmina)

    def how_far(working: Working) -> float:
        walked.append(working.answers["gmina"])
        return 0.5

    for _ in range(2):
        with counting(database) as statements:
            found = obligations.board(opened, "2025", NOW, how_far)
        assert len(statements) == 2
    assert sorted(walked) == [GMINA, OTHER]
    assert {each.share for each in found if each.state == "draft"} == {0.5}

"""Until when responses are kept, counted; consents with the text that was read; the texts as they stood."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.personal import personal, rules
from forms.spans import Span
from records import responses
from records.database import run
from records.privacy import consents, keeping, texts
from records.privacy.keeping import Kept
from records.privacy.people import Forms
from tests.forms.definitions import form_of
from tests.records.persons import Office
from tests.records.steps import NOW

TODAY = NOW.date()
DAYS = st.dates(date(2001, 1, 1), date(2060, 12, 31))
SPANS = st.builds(Span, st.integers(1, 40), st.sampled_from(["days", "weeks", "months", "years"]))


@pytest.fixture
def office(database: Any, tmp_path: Path) -> Office:
    return Office(tmp_path / "files")


def received(office: Office, *days: date) -> None:
    for day in days:
        stored = office.receive(liczba=1)
        at = datetime.combine(day, time(12), UTC).isoformat(" ")[:19]
        run("UPDATE response SET sent_at = ? WHERE id = ?", at, stored.id)


def test_responses_are_counted_by_when_a_rule_comes_to_them(office: Office) -> None:
    for ago in (400, 366, 364, 340, 100):
        received(office, TODAY - timedelta(days=ago))
    rule = (office.form.slug, Span(365, "days"))
    assert keeping.kept([rule], {}, TODAY) == {rule: Kept(past=2, soon=2, within_year=1, later=0)}
    later = {office.form.slug: TODAY + timedelta(days=10)}
    assert keeping.kept([rule], later, TODAY) == {rule: Kept(past=0, soon=0, within_year=0, later=5)}
    assert keeping.kept([], {}, TODAY) == {}


@given(span=SPANS, target=DAYS, more=st.integers(-5, 5))
def test_the_last_day_that_a_rule_has_reached_is_found_also_at_the_ends_of_months(
    span: Span, target: date, more: int
) -> None:
    border = datetime.fromisoformat(keeping._sent_before(span, None, target)).date()
    day = border + timedelta(days=more)
    assert (span.after(day) <= target) is (day < border)


def test_a_form_says_which_of_its_questions_are_about_people_and_what_it_forgets() -> None:
    form = form_of(
        "title: A\nretain: 5 years\nfields:\n  - {name: urzad, type: text, label: Urząd, autocomplete: organization}\n"
        "  - {name: imie, type: text, label: Imię}\n  - {name: tel, type: phone, label: Telefon, retain: 30 days}\n"
        "  - {name: dieta, type: text, label: Dieta, sensitive: true, retain: 30 days}\n"
    )
    assert [each.path for each in personal(form)] == ["imie", "tel", "dieta"]
    assert [(str(rule.span), [each.name for each in rule.fields]) for rule in rules(form)] == [
        ("30 days", ["tel", "dieta"]),
        ("5 years", []),
    ]


@pytest.mark.usefixtures("database")
def test_a_text_is_kept_once_as_it_stood() -> None:
    first = texts.keep("rodo", "Pierwsza", NOW)
    assert texts.keep("rodo", "Pierwsza", NOW + timedelta(days=1)) == first
    second = texts.keep("rodo", "Druga", NOW)
    assert [texts.of([first, second])[each].text for each in (first, second)] == ["Pierwsza", "Druga"]
    assert texts.get("0") is None


def test_a_consent_counts_from_when_it_was_given_last_and_ends_with_the_correction_that_takes_it_back(
    office: Office,
) -> None:
    office.form = form_of(
        "title: A\nfields:\n  - {name: zgoda, type: consent, label: Zgoda, text: Tak.}\n"
        "  - {name: foto, type: consent, label: Foto, text: Tak., sensitive: true}\n"
    )
    forms = Forms(lambda slug, version: office.form, lambda slug: office.form)
    stored = office.receive(zgoda=True, foto=True)
    office.send(responses.correct(stored.key, NOW), foto=True)
    (row,) = consents.rows(office.form, forms, sensitive=True)
    assert {each.field.name: each.withdrawn_at for each in row.consents} == {"zgoda": NOW, "foto": None}
    office.send(responses.correct(stored.key, NOW), zgoda=True, foto=True)
    (row,) = consents.rows(office.form, forms)
    assert [(each.field.name, each.withdrawn_at) for each in row.consents] == [("zgoda", None)]
    assert consents.without_text(office.form.slug) == 1
    assert consents.texts_read(office.form.slug) == []

"""The full circle of the yearly monitoring: 113 gminy, five years, the whole form – opened, filled in, returned, corrected, accepted.

Answers are made up by forms.plausible and pass the form's own checks; everything is stored through the doors that people's
answers go through. What should have come of it is kept beside, as plain values, for tests to recompute figures from.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from config.settings import ROOT
from forms.answers import Working, clean, dump, walk
from forms.definition import Form
from forms.expressions import Env
from forms.judging import judge
from forms.plan import Plan
from forms.plausible.filling import EXPLANATION, fill
from forms.reader import read_form
from records import bookings, obligations, responses, versions
from records import database as db
from records.bookings import places
from records.database import writing
from records.desk import returned
from records.shapes import Working as Kept
from records.versions import Bundle
from tests.forms.definitions import CATALOGUE

SLUG = "monitoring"
YEARS = (2021, 2022, 2023, 2024, 2025)
TEMPLATES = 24  # forms that are filled in from the start; the others are theirs with other numbers
TODAY = date(2027, 4, 30)
ANNA = "staff:1"


@dataclass
class Circle:
    """What was stored, and what should be found: answers are JSON values as they hold now."""

    forms: dict[int, Form] = field(default_factory=dict)  # by year
    versions: dict[int, Form] = field(default_factory=dict)  # by the id of the stored version
    gminy: list[str] = field(default_factory=list)
    answers: dict[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)  # (TERYT code, year)
    keys: dict[tuple[str, int], str] = field(default_factory=dict)
    first: dict[tuple[str, int], Mapping[str, Any]] = field(
        default_factory=dict
    )  # of those corrected: what stood before
    accepted: set[tuple[str, int]] = field(default_factory=set)
    late: set[tuple[str, int]] = field(default_factory=set)
    missing: set[tuple[str, int]] = field(default_factory=set)
    excused: set[tuple[str, int]] = field(default_factory=set)

    @property
    def newest(self) -> Form:
        """The form of the last year."""
        return self.forms[YEARS[-1]]

    def version(self, version_id: int) -> Form:
        """The form of a stored version."""
        return self.versions[version_id]


@contextmanager
def connected(request: pytest.FixtureRequest, folder: Path) -> Iterator[None]:
    """The migrated database of `request.param` (sqlite or postgres), for a fixture that serves a whole module."""
    places._known.clear()
    if request.param == "postgres":
        url = str(request.getfixturevalue("postgres_server").clean())
    else:
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), folder / 'nabor.db')}"
    chosen = db.connect(url)
    yield
    chosen.close()


def stored_circle() -> Circle:
    """All five years in the connected database, each in a few transactions."""
    circle = Circle()
    for year in YEARS:
        form = form_of(year)
        version = versions.store(SLUG, Bundle(form.bundle["file"], form.bundle["lists"]))
        circle.forms[year] = circle.versions[version.id] = form
        _year(circle, year, form, version.id)
    return circle


@cache
def form_of(year: int) -> Form:
    """The form of the repository as it would be in that year: it opens in November of the next and closes in March."""
    text = (ROOT / "config" / "forms" / f"{SLUG}.yaml").read_text()
    for old, new in (("open: 2025", f"open: {year}"), ("2026-11-16", f"{year + 1}-11-16"), ("2027-03-31", f"{year + 2}-03-31")):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    read = read_form(f"{SLUG}.yaml", text.split("\nexamples:")[0] + "\n", CATALOGUE.surroundings())
    assert read.form is not None, [problem.line() for problem in read.problems.errors]
    return read.form


def leaves(answers: Mapping[str, Any], *path: str) -> Iterator[Any]:
    """The values at the end of a path of names, through every item of every list on the way."""
    found: list[Any] = [answers]
    for name in path:
        found = [each.get(name) for each in found if each is not None]
        found = [one for each in found for one in (each if isinstance(each, list) else [each]) if one is not None]
    yield from found


def _year(circle: Circle, year: int, form: Form, version_id: int) -> None:
    opens = datetime(year + 1, 11, 16, 8, tzinfo=UTC)
    due = form.due
    assert due is not None
    with writing():
        obligations.keep(form, opens)
        circle.gminy = obligations.owing(form)
        for index, gmina in enumerate(circle.gminy):
            if (index + year) % 23 == 7:
                circle.missing.add((gmina, year))
                continue
            sent_at = due + timedelta(days=5) if (index + year) % 17 == 3 else opens + timedelta(days=index)
            if sent_at > due:
                circle.late.add((gmina, year))
            _send(circle, form, version_id, (gmina, year), made_up(year, index), sent_at)
    with writing():
        for gmina, about in sorted(circle.missing):
            if about == year and circle.gminy.index(gmina) % 2:
                obligations.excuse(SLUG, str(year), gmina, "Połączenie gmin", due, ANNA)
                circle.excused.add((gmina, year))
        for index, gmina in enumerate(circle.gminy):
            if (gmina, year) in circle.keys and index % 9 == 0:
                _return(circle, form, version_id, (gmina, year), index, due + timedelta(days=10))
    with writing():
        for index, gmina in enumerate(circle.gminy):
            if (gmina, year) in circle.keys and index % 10 != 4:
                bookings.accept(circle.keys[gmina, year], form, due + timedelta(days=30), ANNA)
                circle.accepted.add((gmina, year))


def _send(
    circle: Circle, form: Form, version_id: int, whose: tuple[str, int], kept: Mapping[str, Any], now: datetime
) -> None:
    answers = {**kept, "gmina": whose[0]}
    key = circle.keys.get(whose)
    if key is None:
        response = responses.begin(SLUG, version_id, Kept(answers), "pl", now)
        circle.keys[whose] = response.key
    else:
        response = responses.correct(key, now)
    responses.send(
        response.key,
        version_id=version_id,
        answers=answers,
        revision=response.revision,
        number=lambda year, n: form.reference.format(year=year, number=n),
        now=now,
        gmina=whose[0],
        period=str(whose[1]),
        one_per=f"{whose[0]}|{whose[1]}",
    )
    circle.answers[whose] = answers


def _return(circle: Circle, form: Form, version_id: int, whose: tuple[str, int], index: int, now: datetime) -> None:
    """Staff return a question; the gmina answers the whole form anew."""
    key = circle.keys[whose]
    asked = returned.Asked("program-rodzaj", "Jaki program ma gmina?", "Sprawdź, czy program nadal obowiązuje.")
    returned.give_back(key, [asked], now + timedelta(days=7), 1, now)
    before = responses.load(key)
    assert before is not None
    circle.first[whose] = circle.answers[whose]
    _send(circle, form, version_id, whose, made_up(whose[1], index + 1), now + timedelta(days=2))
    returned.settle(before, {"program-rodzaj"}, now + timedelta(days=2), "Poprawione")


@cache
def _templates() -> list[Working]:
    plan, env = Plan(form_of(YEARS[-1])), _env()
    return [fill(plan, env, seed).working for seed in range(1, TEMPLATES + 1)]


@cache
def made_up(year: int, index: int) -> Mapping[str, Any]:
    """Answers of the gmina at that place for a year, as JSON values: they pass every check of the form."""
    form, plan = form_of(year), _plan(year)
    base = _templates()[(index * 5 + year) % TEMPLATES]
    for share in (100 + (index * 7 + year * 3) % 20, 100):  # other numbers where they still pass, else the same
        working = copy.copy(base)
        working.answers = {**_scaled(base.answers, Decimal(share) / 100), "rok": year}
        found = walk(plan, working, _env())
        failures = [each for each in judge(plan, working, found) if not each.explained]
        working.explained = {**base.explained, **{each.key: EXPLANATION for each in failures if each.key}}
        if all(each.level == "warning" for each in failures):
            return dump(form.fields, clean(form, found))
    raise AssertionError([each.text for each in failures])


@cache
def _plan(year: int) -> Plan:
    return Plan(form_of(year))


def _env() -> Env:
    return Env({}, today=TODAY, limits=CATALOGUE.limit)


def _scaled(value: Any, share: Decimal) -> Any:
    """The same answers with every number so many times as great, whole numbers whole."""
    if isinstance(value, Mapping):
        return {name: _scaled(each, share) for name, each in value.items()}
    if isinstance(value, list):
        return [_scaled(each, share) for each in value]
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return (value * share).quantize(Decimal(1) if whole else Decimal("0.01"))
    return value

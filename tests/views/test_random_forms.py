"""What holds for any form: its pages render, scripts change nothing about what is stored, and an export gives it back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from forms.answers import clean, dump
from forms.definition import Field, Form
from forms.plausible.filling import Filled, Unfillable, fill
from forms.plausible.spoiling import spoil
from forms.wording import NBSP
from records.database import run
from records.export.asked import Asked
from records.export.exporter import export
from tests.conscience import filled
from tests.forms.random_forms import definitions
from tests.journeys import Journey, as_typed
from tests.views.office import services, visitor

FEW = settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
SLUG = "losowy"
WIRED = 3  # how many answers of a page are sent as they are given


def serve(app: Flask, config_dir: Path, text: str) -> Form:
    """The definition, serving alone; what was answered to those before it is gone."""
    with app.app_context():
        run("DELETE FROM response")
    (config_dir / "forms" / f"{SLUG}.yaml").write_text(text, encoding="utf-8")
    catalogue = services(app).catalogue
    catalogue.refresh(now=True)
    entry = catalogue.entry(SLUG)
    assert entry is not None
    assert entry.errors == []
    assert entry.form is not None
    return entry.form


def made_up(app: Flask, form: Form, seed: int = 1) -> Filled:
    with app.app_context():
        return fill(services(app).catalogue.plan(form), services(app).env(), seed)


class Wired(Journey):
    """The same person with scripts: answers are sent one by one as they are given, then the page."""

    def page(self) -> Any:
        names = self.names()
        given = list(self.here(names))[:WIRED]
        for number in range(1, len(given) + 1):
            form = self.client.page.by_id("form")
            assert form is not None
            data = filled(form, {name: self.inputs[name] for name in given[:number] if name in self.names()})
            headers = {"HX-Request": "true", "HX-Trigger": f"f-{given[number - 1].partition('--')[0]}"}
            address, page = form.get("action", ""), self.client.page
            response = self.client.post(address, data=data, headers=headers)
            assert response.status_code == 200
            self.client.page = page
            self.client.get(response.headers.get("HX-Replace-Url", address))
        return super().page()


def journey(app: Flask, form: Form, answers: Mapping[str, Any], kind: type[Journey] = Journey) -> dict[str, Any]:
    """Fills the form in page by page and sends it; the answers as they are stored."""
    person = kind(visitor(app), form, {})
    person.inputs = dict(as_typed(form.fields, answers))
    person.fill()
    page = person.client.page
    assert page.heading == "Sprawdź odpowiedzi i wyślij", page.text
    person.client.send()
    return stored(app, form.slug)


def stored(app: Flask, slug: str) -> dict[str, Any]:
    with app.app_context():
        sql = "SELECT answers FROM response WHERE slug = ? AND reference IS NOT NULL ORDER BY id DESC LIMIT 1"
        row = run(sql, slug).fetchone()
    assert row is not None, "nothing was sent"
    answers: dict[str, Any] = json.loads(row[0])
    return answers


@given(text=definitions())
@FEW
def test_every_page_of_a_form_renders_and_all_that_was_asked_and_nothing_else_is_stored(
    text: str, app: Flask, config_dir: Path
) -> None:
    form = serve(app, config_dir, text)
    made = made_up(app, form)
    expected = json.loads(json.dumps(dump(form.fields, clean(form, made.found))))
    assert journey(app, form, made.working.answers) == expected


@given(text=definitions(most_steps=2))
@FEW
def test_answers_sent_one_by_one_by_a_script_are_stored_as_those_sent_by_the_page(
    text: str, app: Flask, config_dir: Path
) -> None:
    form = serve(app, config_dir, text)
    answers = made_up(app, form, seed=2).working.answers
    assert journey(app, form, answers, Wired) == journey(app, form, answers)


@given(text=definitions(most_steps=2))
@FEW
def test_answers_with_a_mistake_are_never_sent_and_the_page_says_what_is_wrong(
    text: str, app: Flask, config_dir: Path
) -> None:
    form = serve(app, config_dir, text)
    with app.app_context():
        try:
            made = spoil(services(app).catalogue.plan(form), services(app).env(), 4)
        except Unfillable:
            return  # nothing in this form can be answered wrongly
    person = Journey(visitor(app), form, {})
    person.inputs = dict(as_typed(form.fields, made.working.answers))
    person.inputs |= {path: list(typed[""]) for path, typed in made.working.typed.items()}
    person.fill()
    said = words(person.client.page.text)
    assert all(words(failure.text) in said for failure in made.failures), made.failures
    with app.app_context():
        assert run("SELECT count(*) FROM response WHERE reference IS NOT NULL").fetchone()[0] == 0


def words(text: str) -> str:
    """A text with plain blanks and without the marks that the page adds."""
    return " ".join(text.replace(NBSP, " ").split())


@given(text=definitions())
@FEW
def test_an_export_gives_back_what_was_answered(text: str, app: Flask, config_dir: Path) -> None:
    form = serve(app, config_dir, text)
    made = made_up(app, form, seed=3)
    answers = clean(form, made.found)
    journey(app, form, made.working.answers)
    with app.app_context():
        files = export(form.slug, form, lambda version: form, "csv", Asked(sensitive=True)).files()
        tables = {name: list(csv.DictReader(io.StringIO(b"".join(pieces).decode()))) for name, pieces in files}
    (main,) = tables.pop(f"{form.slug}.csv")
    for each in form.fields:
        if not (each.fields and each.type.repeats):
            holds(main, [each], answers, "")
        elif answers.get(each.name):
            rows = tables[f"{form.slug}_{each.name}.csv"]
            assert len(rows) == len(answers[each.name])
            for row, item in zip(rows, answers[each.name], strict=True):
                holds(row, each.fields, item, "")


def holds(row: Mapping[str, str], fields: Iterable[Field], answers: Mapping[str, Any], path: str) -> None:
    """The row of an export has the cells of these answers, and nothing where there is no answer."""
    for each in fields:
        if not each.type.stores:
            continue
        value = answers.get(each.name)
        if each.fields:
            holds(row, each.fields, value or {}, f"{path}{each.name}.")
            continue
        columns = each.type.columns(each)
        cells = [None] * len(columns) if value is None else each.type.cells(value)
        for column, cell in zip(columns, cells, strict=True):
            name = f"{path}{each.name}.{column.key}".rstrip(".")
            assert row[name] == text_of(cell), name


def text_of(cell: Any) -> str:
    """A cell as CSV for programs writes it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, datetime | time):
        return cell.isoformat(timespec="minutes" if isinstance(cell, time) else "auto")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


@pytest.fixture
def forms() -> dict[str, str]:
    return {}

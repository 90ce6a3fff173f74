"""The office's own forms, filled in from the first page to the reference with the samples; without JavaScript."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask

from config.settings import ROOT
from forms.definition import Form
from records.export.asked import Asked
from records.export.exporter import export
from tests.conscience import Conscience
from tests.journeys import Journey, changed, samples
from views.services import Services

VALID = samples("valid")
INVALID = samples("invalid")


@pytest.fixture
def forms() -> dict[str, Any]:
    """The office's own."""
    return {path.stem: path for path in (ROOT / "config" / "forms").glob("*.yaml")}


def of(app: Flask, slug: str) -> Form:
    services: Services = app.extensions["nabor"]
    form = services.catalogue.get(slug)
    assert form is not None, f"{slug} does not read"
    return form


@pytest.mark.parametrize("sample", VALID, ids=[sample["id"] for sample in VALID])
def test_a_valid_sample_goes_through_every_page_and_gets_a_number(
    sample: dict[str, Any], app: Flask, client: Conscience
) -> None:
    form = of(app, sample["form"])
    journey = Journey(client, form, sample["answers"])
    journey.fill()
    page = client.page
    wrong = [element for element in page.elements if element.get("class") == "error"]
    assert not wrong, [" ".join("".join(element.itertext()).split()) for element in wrong]
    if form.confirm:
        assert page.heading == "Sprawdź odpowiedzi i wyślij"
        client.send()
    number = next(element for element in client.page.elements if "sent__number" in element.get("class", ""))
    assert number.text == form.reference.format(year=2026, number=1)


@pytest.mark.parametrize("sample", INVALID, ids=[sample["id"] for sample in INVALID])
def test_an_invalid_sample_is_refused_with_its_message(sample: dict[str, Any], app: Flask, client: Conscience) -> None:
    base = next(each for each in VALID if each["id"] == sample["base"])
    journey = Journey(client, of(app, sample["form"]), changed(base["answers"], sample["changes"]))
    said = journey.insist()
    for expected in sample["expect"]:
        message = " ".join(expected["message"].split())
        assert message in said, f"{expected['field']}: {message}"


@pytest.mark.parametrize("sample", VALID, ids=[sample["id"] for sample in VALID])
def test_what_a_sample_answered_comes_out_of_the_csv_equal(
    sample: dict[str, Any], app: Flask, client: Conscience
) -> None:
    form = of(app, sample["form"])
    Journey(client, form, sample["answers"]).fill()
    if form.confirm:
        client.send()
    with app.app_context():
        made = export(form.slug, form, lambda version_id: form, "csv", Asked(sensitive=True))
        tables = {name: rows(pieces) for name, pieces in made.files()}
    main = tables.pop(f"{form.slug}.csv")
    assert len(main) == 1
    for name, value in sample["answers"].items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            table = tables[f"{form.slug}_{name}.csv"]
            assert [row["lp"] for row in table] == [str(n) for n in range(1, len(value) + 1)]
            for row, item in zip(table, value, strict=True):
                assert row["reference"] == main[0]["reference"]
                assert {key: number(row[key]) for key in plain(item)} == plain(item)
        elif isinstance(value, dict):
            inner = {f"{name}.{key}": each for key, each in plain(value).items()}
            assert {key: number(main[0][key]) for key in inner} == inner
        else:
            assert number(main[0][name]) == text(value), name


def rows(pieces: Iterable[bytes]) -> list[dict[str, str]]:
    """A CSV file as a list of rows by column name."""
    return list(csv.DictReader(io.StringIO(b"".join(pieces).decode("utf-8"))))


def plain(item: dict[str, Any]) -> dict[str, str]:
    """The single answers of an item as the CSV writes them; what has tables of its own is compared elsewhere."""
    return {key: text(value) for key, value in item.items() if not isinstance(value, dict) and not nested(value)}


def nested(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def text(value: Any) -> str:
    """A sample's value as the CSV writes it: codes, dots, ISO dates."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "|".join(text(each) for each in value)
    if isinstance(value, float):
        return number(str(value))
    words = str(value)
    return f"+48{words}" if len(words) == 9 and words.isdecimal() else words


def number(cell: str) -> str:
    """A decimal without the zeros that say nothing; any other text as it is."""
    return cell.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", cell) else cell

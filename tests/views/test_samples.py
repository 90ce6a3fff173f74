"""The office's own forms, filled in from the first page to the reference with the samples; without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from config.settings import ROOT
from forms.definition import Form
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
def test_an_invalid_sample_is_refused_with_its_message(
    sample: dict[str, Any], app: Flask, client: Conscience
) -> None:
    base = next(each for each in VALID if each["id"] == sample["base"])
    journey = Journey(client, of(app, sample["form"]), changed(base["answers"], sample["changes"]))
    said = journey.insist()
    for expected in sample["expect"]:
        message = " ".join(expected["message"].split())
        assert message in said, f"{expected['field']}: {message}"

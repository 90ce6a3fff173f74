"""Staff let one response be corrected after its time; what was withdrawn is not corrected at all."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from forms.definition import Form
from records import bookings
from records.database import run
from tests.conscience import Conscience
from tests.views import office
from tests.views.small import ALL, begin
from views import services


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return dict(ALL)


@pytest.fixture
def moment() -> datetime:
    return datetime(2027, 2, 10, 12, 0, tzinfo=services.WARSAW)


def correctable(client: Conscience, token: str) -> bool:
    """Whether the private page offers to correct what was sent."""
    return re.search(r'action="[^"]*/popraw"', client.get(f"/z/{token}/").text) is not None


def sent(app: Flask, client: Conscience) -> tuple[str, str, Form]:
    """Somebody sends the form: the token of the private link, the key of the response, the form."""
    token = begin(client)
    client.send({"osoby": "2"})
    client.send()
    key, slug = run("SELECT key, slug FROM response").fetchone()
    form = office.services(app).catalogue.get(slug)
    assert form is not None
    return token, key, form


def test_one_response_is_corrected_after_its_time_as_long_as_staff_allow(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    token, key, form = sent(app, client)
    assert correctable(client, token)
    clock[0] += timedelta(days=30)
    assert not correctable(client, token)
    bookings.extend(key, form, clock[0] + timedelta(days=1), clock[0], "staff:1")
    assert correctable(client, token)
    clock[0] += timedelta(days=2)
    assert not correctable(client, token)


def test_a_withdrawn_response_is_shown_and_not_corrected(client: Conscience, app: Flask, clock: list[datetime]) -> None:
    token, key, form = sent(app, client)
    bookings.withdraw(key, form, clock[0], "respondent")
    assert not correctable(client, token)
    assert "Wycofane" in client.page.text


def test_a_correction_that_is_open_ends_when_the_response_is_withdrawn(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    token, key, form = sent(app, client)
    client.get(f"/z/{token}/")
    client.send(form="popraw")
    bookings.withdraw(key, form, clock[0], "respondent")
    client.send()
    assert run("SELECT state, correction, working FROM response").fetchone() == ("withdrawn", 0, None)

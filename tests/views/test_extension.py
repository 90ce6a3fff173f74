"""Staff let one response be corrected after its time; what was withdrawn is not corrected at all."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from records import bookings
from records.database import run
from tests.conscience import Conscience
from tests.views.small import ALL, begin
from views import services


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return dict(ALL)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment it is, to be moved: `clock[0] = …`."""
    moments = [datetime(2027, 2, 10, 12, 0, tzinfo=services.WARSAW)]
    monkeypatch.setattr(services, "clock", lambda: moments[0])
    return moments


def correctable(client: Conscience, token: str) -> bool:
    """Whether the private page offers to correct what was sent."""
    return re.search(r'action="[^"]*/popraw"', client.get(f"/z/{token}/").text) is not None


def test_one_response_is_corrected_after_its_time_as_long_as_staff_allow(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    token = begin(client)
    client.send({"osoby": "2"})
    client.send()
    key, slug = run("SELECT key, slug FROM response").fetchone()
    form = app.extensions["nabor"].catalogue.get(slug)
    assert correctable(client, token)
    clock[0] += timedelta(days=30)
    assert not correctable(client, token)
    bookings.extend(key, form, clock[0] + timedelta(days=1), clock[0], "staff:1")
    assert correctable(client, token)
    clock[0] += timedelta(days=2)
    assert not correctable(client, token)


def test_a_withdrawn_response_is_shown_and_not_corrected(client: Conscience, app: Flask, clock: list[datetime]) -> None:
    token = begin(client)
    client.send({"osoby": "2"})
    client.send()
    key, slug = run("SELECT key, slug FROM response").fetchone()
    bookings.withdraw(key, app.extensions["nabor"].catalogue.get(slug), clock[0], "respondent")
    assert not correctable(client, token)
    assert "Wycofane" in client.page.text


def test_a_correction_that_is_open_ends_when_the_response_is_withdrawn(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    token = begin(client)
    client.send({"osoby": "2"})
    client.send()
    key, slug = run("SELECT key, slug FROM response").fetchone()
    client.get(f"/z/{token}/")
    client.send(form="popraw")
    bookings.withdraw(key, app.extensions["nabor"].catalogue.get(slug), clock[0], "respondent")
    client.send()
    assert run("SELECT state, correction, working FROM response").fetchone() == ("withdrawn", 0, None)

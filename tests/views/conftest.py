"""What tests of pages share: a clock; Anna, who runs everything, and Beata, who handles responses, at their desks."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask

from forms.spans import WARSAW
from records.people import Person
from tests.conscience import Conscience
from tests.views import office
from views import services


@pytest.fixture(autouse=True)
def on_the_day(day: None) -> None:
    """Before all that a test sets up: whoever moves the clock moves it from the day of the tests."""


@pytest.fixture
def moment() -> datetime:
    """When a test with a clock begins; override it where another day is needed."""
    return datetime(2027, 1, 20, 12, 0, tzinfo=WARSAW)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> list[datetime]:
    """The moment it is, to be moved: `clock[0] = …`."""
    moments = [moment]
    monkeypatch.setattr(services, "clock", lambda: moments[0])
    return moments


@pytest.fixture
def person(app: Flask) -> Person:
    return office.hire("Beata", "handler")


@pytest.fixture
def beata(app: Flask, person: Person) -> Conscience:
    """Beata's browser."""
    return office.visitor(app, person)


@pytest.fixture
def anna(app: Flask) -> Person:
    return office.hire("Anna", "administrator")


@pytest.fixture
def desk(app: Flask, anna: Person) -> Conscience:
    """Anna's browser."""
    return office.visitor(app, anna)

"""The API does what its description says, whatever a program sends: schemathesis tries it out on the real application."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from records import tokens
from tests.views import office
from views import programs, services
from views.api.routes import ROUTES

EXAMPLES = 25  # for each route and kind of request


@pytest.fixture
def forms() -> dict[str, str]:
    group = "  - {name: osoby, type: group, label: Osoby, fields: [{name: imie, type: text, label: Imię}]}\n"
    return {"szkolenie": office.TRAINING + group}


@pytest.fixture
def headers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a program with a good token sends, as often as it likes."""
    for name in ("BY_PROGRAM", "BY_ADDRESS"):
        monkeypatch.setattr(programs, name, "100000 per minute")
    anna = office.hire("Anna", "administrator")
    office.receive(app, gmina=office.BIALOGARD, osoba="Zofia Żabińska", osoby=[{"imie": "Ola"}])
    office.receive(app, gmina=office.SWINOUJSCIE, osoba="Jan Nowak")
    ends = services.now() + timedelta(days=30)
    return {"Authorization": f"Bearer {tokens.make('próba', None, ends, anna.id, services.now())}"}


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_every_route_keeps_to_its_description(
    app: Flask, headers: dict[str, str], path: str, mode: schemathesis.GenerationMode
) -> None:
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operation = described[path.replace("<", "{").replace(">", "}")]["get"]
    cases: Any = operation.as_strategy(generation_mode=mode)

    @settings(
        max_examples=EXAMPLES,
        phases=(Phase.explicit, Phase.generate),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def holds(case: schemathesis.Case) -> None:
        if mode is schemathesis.GenerationMode.POSITIVE and "slug" in case.path_parameters:
            case.path_parameters["slug"] = "szkolenie"  # which no generator would guess
        case.call_and_validate(headers=headers)

    holds()

"""Commands about registrations: the audit log verified, limits put in force when the program is set up again."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from records import audit
from records.database import run as sql
from records.log.pruning import prune
from tests.conscience import Conscience
from tests.views import office
from tests.views.test_commands import run
from views import services

PLACES = """
title: Szkolenie
journey: page
confirm: false
events:
  - {{id: M1, title: Moduł 1, places: {places}, waiting_list: true}}
fields:
  - {{name: termin, type: event, label: Termin, events: [M1], required: true}}
"""


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": PLACES.format(places=2)}


def register(app: Flask) -> None:
    visitor: Conscience = office.visitor(app)
    visitor.get("/f/szkolenie/wypelnij")
    visitor.send({"termin": "M1"})
    assert visitor.page.heading == "Przyjęliśmy zgłoszenie"


def test_a_log_that_nobody_touched_is_told_with_the_number_of_its_entries(app: Flask) -> None:
    assert run(app, "audit", "verify").output == "Dziennik jest nienaruszony: 1 wpis.\n", "the first account"
    register(app)
    result = run(app, "audit", "verify")
    assert (result.exit_code, result.output) == (0, "Dziennik jest nienaruszony: 2 wpisy.\n")


def test_an_entry_that_was_changed_is_named(app: Flask) -> None:
    register(app)
    register(app)
    entry = audit.recent()[0].id
    with app.app_context():
        sql("UPDATE audit_entry SET actor = 'staff:7' WHERE id = ?", entry)
    result = run(app, "audit", "verify")
    assert result.exit_code == 1
    assert f"Wpis {entry} dziennika" in result.output


def test_setting_up_again_puts_limits_in_force_and_tells_what_lies_above_them(app: Flask, config_dir: Path) -> None:
    for _ in range(3):
        register(app)
    assert sql("SELECT used, size FROM place").fetchall() == [(2, 2)]
    path = config_dir / "forms" / "szkolenie.yaml"
    for places, told in ((1, "limit 1, a zajętych miejsc jest 2"), (3, "")):
        path.write_text(PLACES.format(places=places), encoding="utf-8")
        os.utime(path, (places, places))
        app.extensions["nabor"].catalogue.refresh(now=True)
        result = run(app, "setup")
        assert result.exit_code == 0
        assert told in result.output
    assert sql("SELECT used, size FROM place").fetchall() == [(3, 3)], "whoever waited has a place"


def test_a_log_whose_oldest_entries_went_by_rule_says_until_when(app: Flask) -> None:
    register(app)
    with app.app_context():
        assert prune(1, services.now() + timedelta(days=30)) == 2
    result = run(app, "audit", "verify")
    assert result.exit_code == 0
    assert f"Wpisy do dnia {services.now():%d.%m.%Y} usunięto po okresie przechowywania." in result.output

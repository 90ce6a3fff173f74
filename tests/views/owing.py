"""A yearly form that gminy owe, and what the tests of completeness do with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask

from records.database import run
from tests.conscience import Conscience
from tests.views import office
from views import services
from views.mail import worker

FORM = """
title: Monitoring
audience: gminy
kind: monitoring
opens: 2026-11-01
closes: 2027-03-31
review: staff
one_per: [gmina, rok]
period: {field: rok, every: year, open: 2025}
languages: [pl, en]
steps:
  - id: gmina
    title: {pl: Gmina, en: Gmina}
    fields:
      - {name: rok, type: year, label: {pl: Rok, en: Year}, required: true}
      - {name: gmina, type: gmina, label: {pl: Gmina, en: Gmina}, region: '3216', required: true}
      - {name: email, type: email, label: {pl: E-mail, en: Email}}
  - id: dane
    title: {pl: Dane, en: Data}
    fields:
      - {name: koszt, type: money, label: {pl: Koszt, en: Cost}, compare: true, required: true}
      - {name: uwagi, type: text, label: {pl: Uwagi, en: Remarks}}
"""
SWIDWIN, BRZEZNO, POLCZYN = "3216011", "3216022", "3216033"
COUNT = 6
BOARD = "/biuro/formularze/monitoring/kompletnosc"


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    """A moment in Warsaw."""
    return datetime(year, month, day, hour, tzinfo=services.WARSAW)


def turn(app: Flask) -> None:
    """What the worker does by itself, the language that it starts from being nobody's."""
    with app.app_context():
        worker.turn(app)


def begin(app: Flask, gmina: str, email: str = "", **more: Any) -> tuple[Conscience, str]:
    """Somebody begins the report of a gmina; the browser and the token of the private link."""
    client = office.visitor(app)
    client.get("/f/monitoring/wypelnij")
    token = client.send({"gmina": gmina, "email": email, **more}).request.path.split("/")[2]
    return client, token


def report(app: Flask, gmina: str, email: str = "", **more: Any) -> str:
    """Somebody sends the report of a gmina; the token of the private link."""
    client, token = begin(app, gmina, email, **more)
    client.send({"koszt": "100"})
    client.send()
    return token


def messages(app: Flask, *kinds: str) -> list[tuple[str, str, str]]:
    """(recipients, subject, text) of what has gone out after a turn of the worker; of these kinds only."""
    turn(app)
    query = "SELECT kind, recipients, subject, text FROM message WHERE state = 'sent' ORDER BY id"
    with app.app_context():
        return [tuple(row[1:]) for row in run(query).fetchall() if row[0] in kinds]

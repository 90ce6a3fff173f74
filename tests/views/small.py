"""Tiny forms, and a person who fills them in."""

from __future__ import annotations

from flask import Flask

from records.database import run
from tests.conscience import Conscience

SMALL = """
title: Zgłoszenie
closes: 2027-02-10 15:00
grace: 15 minutes
reference: ZGL-{year}-{number:04}
steps:
  - id: kto
    title: Kto się zgłasza
    fields:
      - {name: imie, type: text, label: Imię, required: true}
      - {name: nocleg, type: yes_no, label: Czy potrzebny jest nocleg?, required: true}
      - {name: noce, type: integer, label: Ile nocy?, required: true, when: nocleg, min: 1, max: 3}
  - id: ile
    title: Ile osób
    fields:
      - {name: osoby, type: integer, label: Ile osób?, required: true, min: 1}
      - name: koszt
        type: money
        label: Koszt
        checks:
          - {that: koszt <= osoby * 100, level: warning, code: DROGO, message: "To więcej niż {osoby * 100} zł."}
"""

ONE = """
title: Pytanie
confirm: false
one_per: [gmina]
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: tresc, type: long_text, label: Treść, required: true}
"""

HIDDEN = """
title: Ankieta
steps:
  - id: jeden
    title: Pierwszy
    fields: [{name: ocena, type: scale, label: Ocena, from: 1, to: 5, required: true}]
  - id: dwa
    title: Drugi
    fields:
      - {name: termin, type: hidden, from_query: termin}
      - {name: edycja, type: hidden, value: E3}
      - {name: uwagi, type: text, label: Uwagi}
"""

FILES = """
title: Pismo
fields:
  - {name: pismo, type: file, label: Pismo, accept: [pdf], required: true}
"""
ALL = {"zgloszenie": SMALL, "pytanie": ONE, "pismo": FILES, "ankieta": HIDDEN}


def sent_responses(app: Flask) -> list[tuple[str, int]]:
    with app.app_context():
        rows = run(
            "SELECT reference, correction FROM response WHERE reference IS NOT NULL ORDER BY reference"
        ).fetchall()
    return [tuple(row) for row in rows]


def reference(client: Conscience) -> str:
    return next(each.text for each in client.page.elements if "sent__number" in each.get("class", "")) or ""


def begin(client: Conscience, **answers: str) -> str:
    """Fills in the first step; the private link's token."""
    client.get("/f/zgloszenie/wypelnij")
    response = client.send({"imie": "Anna", "nocleg": "nie", **answers})
    return response.request.path.split("/")[2]


def finish(client: Conscience, osoby: str = "2") -> str:
    client.send({"osoby": osoby})
    client.send()
    return reference(client)

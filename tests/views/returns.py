"""A form with all sorts of questions that may be returned, somebody who fills it in, and what is done with it afterwards."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import datetime
from typing import Any

from flask import Flask

from config.settings import Settings
from forms.spans import WARSAW
from records.database import run
from tests.conscience import Answer, Conscience
from tests.views import office
from views.mail import worker

FORM = """
title: Sprawozdanie
closes: 2027-02-10 15:00
edit_until: never
steps:
  - id: kto
    title: Kto
    fields:
      - {name: gmina, type: gmina, label: Gmina, required: true}
      - {name: email, type: email, label: E-mail, required: true}
      - {name: dochod, type: money, label: Dochód, sensitive: true}
  - id: dane
    title: Dane
    fields:
      - {name: plan, type: money, label: Plan, required: true}
      - name: koszt
        type: money
        label: Koszt
        required: true
      - {name: dotacja, type: yes_no, label: Czy jest dotacja?, required: true}
      - {name: zrodlo, type: text, label: Źródło dotacji, required: true, when: dotacja}
      - name: projekty
        type: group
        label: Projekt
        item: "Projekt {n}: {nazwa}"
        fields:
          - {name: nazwa, type: text, label: Nazwa, required: true}
          - {name: wydatki, type: money, label: Wydatki, required: true}
      - name: wskazniki
        type: table
        label: Wskaźniki
        rows: [{B: Bezrobotni}, {M: Mieszkańcy}]
        columns: [{name: gmina, type: integer, label: W gminie}]
      - name: zgoda
        type: matrix
        label: Czy się zgadzasz?
        rows: [{a: Z pierwszym}, {b: Z drugim}]
        options: [{tak: tak}, {nie: nie}]
      - name: ocena
        type: checklist
        label: Ocena
        scale: [{value: 1, label: spełnia, points: 1}, {value: 0, label: nie spełnia, points: 0}]
        areas:
          - {id: A, title: Wejście, items: [{id: A01, label: Próg}, {id: A02, label: Drzwi}]}
    checks:
      - {that: koszt <= plan, on: plan, message: Koszt nie może być wyższy niż plan., code: PONAD_PLAN}
"""
CLOSED = datetime(2027, 3, 1, 12, 0, tzinfo=WARSAW)
ANSWERS = {"plan": "200", "koszt": "100", "dotacja": "nie", "wskazniki--B.gmina": "5", "wskazniki--M.gmina": "7"}
RATED = {"zgoda--a": "tak", "zgoda--b": "nie", "ocena--A01": "1", "ocena--A02": "1"}


def sent(app: Flask, *, projects: int = 1, **more: str) -> tuple[str, str]:
    """Somebody sends the report; (token of the private link, key of the response)."""
    client = office.visitor(app)
    client.get("/f/raport/wypelnij")
    token = client.send({"gmina": office.BIALOGARD, "email": "urzad@gmina.example", "dochod": "7"}).request.path.split(
        "/"
    )[2]
    for _ in range(projects):
        client.send(button="_add")
    named = {f"projekty-{n}-nazwa": name for n, name in enumerate(("Park", "Rynek", "Las")[:projects])}
    spent = {f"projekty-{n}-wydatki": "10" for n in range(projects)}
    client.send({**ANSWERS, **RATED, **named, **spent, **more})
    client.send()
    return token, token.partition("-")[0]


def give_back(staff: Conscience, key: str, remarks: dict[str, str]) -> None:
    """Staff return the questions at these paths, each with its remark."""
    staff.get(f"/biuro/odpowiedzi/{key}/do-poprawy")
    answers: dict[str, Answer] = {f"uwaga--{path}": text for path, text in remarks.items()}
    staff.send({**answers, "pytanie": list(remarks)}, form="/do-poprawy")


def answers(app: Flask, key: str) -> str:
    """What the response says now, as it is stored."""
    with app.app_context():
        return str(run("SELECT answers FROM response WHERE key = ?", key).fetchone()[0])


def inputs(client: Conscience) -> set[str]:
    """The names of the questions that stand on the page to be answered."""
    names = {field.get("name", "") for field in client.page.all("input", "textarea", "select")}
    return {re.split("--", name)[0] for name in names if name and not name.startswith("_") and name != "csrf_token"}


def page_of(app: Flask, token: str) -> Conscience:
    """Whoever holds the private link, in front of the returned questions."""
    client = office.visitor(app)
    client.get(f"/z/{token}/do-poprawy")
    return client


def state(app: Flask) -> list[str]:
    """The states of all that was returned."""
    with app.app_context():
        return [row[0] for row in run("SELECT state FROM returned_request ORDER BY id").fetchall()]


def mails(app: Flask, settings: Settings) -> dict[str, str]:
    """Subject to text of each message, in plain blanks, after the worker has done what is due."""
    worker.turn(app)
    files = (settings.data_dir / "mail").glob("*.eml")
    found: list[Any] = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    return {
        str(each["Subject"]).replace("\xa0", " "): each.get_body(("plain",)).get_content().replace("\xa0", " ")
        for each in found
    }

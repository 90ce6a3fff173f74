"""A training as offices have it: people with names, nights, diets and needs, for what staff do on the day and after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask

from tests.views import office
from tests.views.training import RESKO
from views import services

TRAINING = """
title: Szkolenie
review: automatic
events:
  - {id: M1, title: Moduł 1, group: M1, starts: 2027-03-09 09:00, ends: 2027-03-10 15:00, place: Szczecin, places: 30, waiting_list: true}
  - {id: M2, title: Moduł 2, group: M2, starts: 2027-04-20 09:00, ends: 2027-04-20 13:00, place: Koszalin, places: 30, waiting_list: true}
steps:
  - id: gmina
    title: Gmina
    fields:
      - {name: gmina, type: gmina, label: Gmina, required: true}
      - {name: jednostka, type: text, label: Jednostka, autocomplete: organization}
      - {name: email, type: email, label: E-mail}
  - id: osoby
    title: Osoby
    fields:
      - name: osoby
        type: group
        label: Osoby
        min: 1
        item: "Osoba {n}: {imie} {nazwisko}"
        fields:
          - {name: imie, type: text, label: Imię, required: true}
          - {name: nazwisko, type: text, label: Nazwisko, required: true}
          - {name: adres, type: email, label: E-mail uczestnika}
          - {name: m1, type: event, label: Moduł 1, group: M1, none: nie biorę udziału}
          - {name: m2, type: event, label: Moduł 2, group: M2, none: nie biorę udziału}
          - name: noce
            type: choices
            label: Noce
            options: [{value: "2027-03-09", label: z 9 na 10 marca}, {value: "2027-04-19", label: z 19 na 20 kwietnia}]
          - {name: pokoj, type: choice, label: Pokój, options: [{jeden: jednoosobowy}, {dwa: dwuosobowy}], other: true}
          - {name: dieta, type: choice, label: Dieta, options: [{miesna: mięsna}, {wege: wegetariańska}], sensitive: true}
          - {name: potrzeby, type: text, label: Potrzeby, sensitive: true}
"""
PLAN = "/biuro/formularze/szkolenie/terminy/M1"
BEFORE, AFTER = (
    datetime(2027, 1, 20, 12, 0, tzinfo=services.WARSAW),
    datetime(2027, 4, 22, 12, 0, tzinfo=services.WARSAW),
)


def register(app: Flask, *people: dict[str, Any], gmina: str = RESKO, email: str = "urzad@gmina.example") -> str:
    """Somebody registers these people; the token of the private link."""
    client = office.visitor(app)
    client.get("/f/szkolenie/wypelnij")
    sent = client.send({"gmina": gmina, "jednostka": "Urząd Miejski", "email": email})
    token = sent.request.path.split("/")[2]
    for _ in people[1:]:
        client.send(button="_add")
    answers: dict[str, Any] = {}
    for index, person in enumerate(people):
        answers |= {f"osoby-{index}-{name}": value for name, value in person.items()}
    client.send(answers)
    client.send()
    return token


def person(imie: str, nazwisko: str, m1: str = "M1", **more: Any) -> dict[str, Any]:
    """Somebody who comes to the first module, unless told otherwise."""
    return {"imie": imie, "nazwisko": nazwisko, "m1": m1, **more}

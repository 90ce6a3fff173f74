"""A small training with two dates, a lunch that is soon gone, and people who register for them page by page."""

from __future__ import annotations

from typing import Any

from flask import Flask

from records.database import run
from tests.conscience import Conscience
from tests.views import office

TRAINING = """
title: Szkolenie
opens: 2027-01-15 08:00
closes: 2027-02-10 15:00
grace: 15 minutes
events:
  - id: T1
    title: Termin pierwszy
    starts: 2027-03-09 09:00
    ends: 2027-03-10 15:00
    place: Szczecin
    places: 3
    per_gmina: 2
    per_gmina_until: 2027-02-05 12:00
    waiting_list: true
  - {id: T2, title: Termin drugi, starts: 2027-03-16 09:00, place: Koszalin, places: 1, closes: 2027-02-01 12:00}
steps:
  - id: gmina
    title: Gmina
    fields:
      - {name: gmina, type: gmina, label: Gmina, required: true}
  - id: osoby
    title: Osoby
    fields:
      - name: osoby
        type: group
        label: Osoby
        min: 1
        item: "Osoba {n}: {imie}"
        fields:
          - {name: imie, type: text, label: Imię, required: true}
          - {name: email, type: email, label: E-mail}
          - {name: termin, type: event, label: Termin, none: nie biorę udziału}
"""

LUNCH = """
title: Obiad
confirm: false
fields:
  - {name: imie, type: text, label: Imię, required: true}
  - name: obiad
    type: choice
    label: Obiad
    options: [{value: ryba, label: Ryba, places: 1}, {value: sos, label: Makaron}]
"""

CLUB = """
title: Klub
places: 1
waiting_list: true
fields:
  - {name: imie, type: text, label: Imię, required: true}
"""

ONE_PAGE = """
title: Wszystko naraz
journey: page
events:
  - {id: T1, title: Termin, places: 30, per_gmina: 2, waiting_list: true}
fields:
  - {name: gmina, type: gmina, label: Gmina}
  - {name: termin, type: event, label: Termin, none: nie}
"""

TABLE = CLUB.replace("waiting_list: true\n", "")

PLAIN = """
title: Spacer
fields:
  - {name: imie, type: text, label: Imię, required: true}
"""

FORMS = {"stolik": TABLE, "spacer": PLAIN, "szkolenie": TRAINING, "obiad": LUNCH, "klub": CLUB, "strona": ONE_PAGE}
BIALOGARD, RESKO, BARLINEK = "3201011", "3218043", "3210013"


def people(client: Conscience, gmina: str, *dates: str) -> str:
    """Fills in the training for so many people, one for each date; the token of the private link. The summary is open."""
    client.get("/f/szkolenie/wypelnij")
    token = client.send({"gmina": gmina}).request.path.split("/")[2]
    for _ in dates[1:]:
        client.send(button="_add")
    answers: dict[str, Any] = {}
    for index, date in enumerate(dates):
        answers |= {f"osoby-{index}-imie": f"Osoba {index}", f"osoby-{index}-termin": date}
        answers[f"osoby-{index}-email"] = f"osoba{index}@gmina.example"
    client.send(answers)
    return token


def register(client: Conscience, gmina: str, *dates: str) -> str:
    """As `people`, and sends it."""
    token = people(client, gmina, *dates)
    client.send()
    return token


def others(app: Flask, gmina: str, *dates: str) -> str:
    """Somebody else registers, in another browser."""
    return register(office.visitor(app), gmina, *dates)


def booked(app: Flask) -> list[tuple[str, str, str]]:
    """(event, item, state) of every booking, in the order in which they were made."""
    with app.app_context():
        return [tuple(row) for row in run("SELECT event, item, state FROM booking ORDER BY id").fetchall()]

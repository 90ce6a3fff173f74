"""A small audit, and what the tests of audits do with it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from PIL import Image

from records.responses import Response
from tests.views import office

FORM = """
title: Audyt obiektu
kind: audit
audience: gminy
privacy: rodo-monitoring
reference: AUD-{year}-{number:04}
offline: true
audit:
  ratings: oceny
  building: obiekt
  date: dzien
  recommendations: {group: zalecenia, item: pozycja, text: opis, priority: priorytet, cost: koszt, due: termin}
  photos: {group: zdjecia, file: plik, text: opis}
steps:
  - id: obiekt
    title: Obiekt
    fields:
      - {name: gmina, type: gmina, label: Gmina, required: true}
      - {name: obiekt, type: text, label: Obiekt, required: true}
      - {name: dzien, type: date, label: Dzień, required: true}
      - {name: opiekun, type: text, label: Opiekun, sensitive: true}
  - id: oceny
    title: Oceny
    fields:
      - name: oceny
        type: checklist
        label: Oceny
        required: true
        scale:
          - {value: "2", label: spełnia, points: 2}
          - {value: "0", label: nie spełnia, points: 0}
          - {value: nd, label: nie dotyczy, remark: 3}
        areas:
          - id: A
            title: Budynek
            items:
              - {id: A01, label: Dojście jest równe, critical: true, weight: 3, photo: true}
              - {id: A02, label: Wejście jest oznaczone}
          - id: K
            title: Kontakt
            items:
              - {id: K01, label: Jest pętla indukcyjna, critical: true, weight: 3}
        classes: [{from: 70, label: dobra}, {from: 0, label: niska}]
        critical_caps: niska
  - id: zalecenia
    title: Rekomendacje
    fields:
      - name: zalecenia
        type: group
        label: Rekomendacje
        item: "Rekomendacja {n}: {pozycja}"
        fields:
          - {name: pozycja, type: text, label: Pozycja, required: true}
          - {name: opis, type: long_text, label: Co zrobić, required: true}
          - {name: priorytet, type: choice, label: Priorytet, options: [wysoki, niski]}
          - {name: koszt, type: money, label: Koszt}
          - {name: termin, type: month, label: Termin}
      - name: zdjecia
        type: group
        label: Zdjęcia
        item: "Zdjęcie {n}"
        fields:
          - {name: plik, type: file, label: Plik, accept: [jpg, png]}
          - {name: opis, type: text, label: Co widać}
"""
BIALOGARD, SWINOUJSCIE = office.BIALOGARD, office.SWINOUJSCIE
LIFT = {
    "pozycja": "A01",
    "opis": "Wyrównać dojście.",
    "priorytet": "wysoki",
    "koszt": "240000.00",
    "termin": "2026-10",
}


def rated(**ratings: str) -> dict[str, Any]:
    """Ratings of the three items as they are stored; „nd” has its reason."""
    return {
        item: {"rating": rating, **({"remark": "nie ma"} if rating == "nd" else {})} for item, rating in ratings.items()
    }


def audit(
    app: Flask,
    day: str = "2026-10-14",
    *advice: dict[str, Any],
    gmina: str = BIALOGARD,
    building: str = "Urząd Miasta",
    **ratings: str,
) -> Response:
    """A sent audit of a building."""
    answers = {
        "gmina": gmina,
        "obiekt": building,
        "dzien": day,
        "opiekun": "Jan Tajny",
        "oceny": rated(**(ratings or {"A01": "0", "A02": "2", "K01": "2"})),
        "zalecenia": list(advice),
    }
    with app.app_context():
        return office.receive(app, "audyt", at=datetime(2026, 11, 20, 9, 5, tzinfo=UTC), **answers)


def picture(kind: str = "JPEG") -> io.BytesIO:
    """A real photograph, with what a camera writes about itself."""
    exif = Image.Exif()
    exif[0x010F] = "Aparat z GPS"
    made = io.BytesIO()
    Image.new("RGB", (1600, 1200), (30, 90, 60)).save(made, kind, **({"exif": exif} if kind == "JPEG" else {}))
    made.seek(0)
    return made

"""What tests of exports do, in one word each: publish a form, answer it, read what an export holds."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

from forms.definition import Form
from forms.reader import read_form
from records import responses, versions
from records.export.asked import Asked
from records.export.exporter import Export, export
from records.responses import Working
from records.versions import Bundle
from tests.records.steps import NOW, numbered

EVERYTHING = """
title: Wszystko
fields:
  - {name: nazwa, type: text, label: Nazwa}
  - {name: opis, type: long_text, label: Opis}
  - {name: telefon, type: phone, label: Telefon}
  - {name: liczba, type: integer, label: Liczba}
  - {name: kwota, type: money, label: Kwota}
  - {name: dzien, type: date, label: Dzień}
  - {name: godzina, type: time, label: Godzina}
  - {name: nocleg, type: yes_no, label: Nocleg}
  - {name: dieta, type: choice, label: Dieta, other: true, options: [{miesna: mięsna}, {weganska: wegańska}]}
  - {name: potrzeby, type: choices, label: Potrzeby, options: [{wozek: wózek}, {pjm: tłumacz PJM}]}
"""
GROUPS = """
title: Szkolenie
fields:
  - {name: jednostka, type: text, label: Jednostka}
  - name: osoby
    type: group
    label: Osoby
    fields:
      - {name: imie, type: text, label: Imię}
      - {name: dieta, type: text, label: Dieta, sensitive: true}
      - name: noce
        type: group
        label: Noce
        fields:
          - {name: dzien, type: date, label: Dzień}
  - name: siedziba
    type: group
    repeat: false
    label: Siedziba
    fields:
      - {name: miejscowosc, type: text, label: Miejscowość}
      - {name: dostepna, type: yes_no, label: Dostępna}
"""

NIGHTS = [{"dzien": "2027-03-09"}, {"dzien": "2027-03-10"}]
PERSON: dict[str, Any] = {"imie": "Anna", "dieta": "koszerna", "noce": NIGHTS}

forms: dict[int, Form] = {}


def publish(text: str, slug: str = "szkolenie") -> int:
    """The id of a version of the form, stored and readable."""
    read = read_form(f"{slug}.yaml", text)
    assert read.form is not None, [str(problem.what) for problem in read.problems.sorted()]
    stored = versions.store(slug, Bundle(read.form.bundle["file"], read.form.bundle["lists"]))
    forms[stored.id] = read.form
    return stored.id


def answer(version: int, slug: str = "szkolenie", **answers: Any) -> str:
    """The reference of a response that says this (JSON values)."""
    begun = responses.begin(slug, version, Working({}), "pl", NOW)
    sent = responses.send(
        begun.key, version_id=version, answers=answers, revision=begun.revision, now=NOW, number=numbered
    )
    return sent.reference


def exported(format: str, newest: int, **more: Any) -> Export:
    return export("szkolenie", forms[newest], forms.__getitem__, format, Asked(**more))


def files(format: str, newest: int, **more: Any) -> dict[str, list[dict[str, str]]]:
    """Each file of an export, its rows by the names of their columns."""
    found = {}
    for name, pieces in exported(format, newest, **more).files():
        text = b"".join(pieces).decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if format == "csv-excel" else ",")
        found[name] = list(reader)
    return found


def whole(format: str, newest: int, **more: Any) -> str:
    """All that stands in an export, as one text."""
    pieces = [piece for _, pieces in exported(format, newest, **more).files() for piece in pieces]
    if format != "xlsx":
        return b"".join(pieces).decode()
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def rows(newest: int, **more: Any) -> list[dict[str, str]]:
    """The rows of the responses, as programs read them."""
    return files("csv", newest, **more)["szkolenie.csv"]


def objects(newest: int, **more: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(exported("jsonl", newest, **more).chunks()).splitlines()]

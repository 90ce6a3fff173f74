"""An office whose responses name people, for tests of a person's data: found, copied, erased."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from forms.definition import Form
from records import audit, outbox, responses, versions
from records.files import FileStore
from records.models import Booking, Certificate
from records.privacy import finding
from records.privacy.finding import Found
from records.privacy.needles import needle
from records.privacy.people import Forms
from records.privacy.requests import Done, Wish, carry_out
from records.responses import Response, Working
from records.versions import Bundle
from tests.forms.definitions import form_of
from tests.records.steps import LATER, NOW, numbered

FORM = """\
title: Zgłoszenie
fields:
  - {name: urzad, type: text, label: Urząd}
  - {name: kontakt, type: text, label: Osoba do kontaktu}
  - {name: telefon, type: phone, label: Telefon}
  - {name: program, type: file, label: Program, accept: [pdf]}
  - {name: liczba, type: integer, label: Liczba}
  - name: osoby
    type: group
    label: Osoby
    fields:
      - {name: imie, type: text, label: Imię}
      - {name: nazwisko, type: text, label: Nazwisko}
      - {name: email, type: email, label: E-mail}
      - {name: nocleg, type: yes_no, label: Nocleg}
      - {name: dieta, type: text, label: Dieta, sensitive: true}
      - {name: skan, type: file, label: Skan, accept: [pdf]}
"""
LOS: dict[str, Any] = {
    "imie": "Żaneta",
    "nazwisko": "Łoś",
    "email": "Z.Los@gmina.example",
    "nocleg": True,
    "dieta": "wege",
}
NOWAK: dict[str, Any] = {"imie": "Jan", "nazwisko": "Nowak", "email": "jan@gmina.example", "nocleg": False}
ANSWERS: dict[str, Any] = {
    "urzad": "Urząd Miejski",
    "kontakt": "Maria Wilk",
    "telefon": "+48601602603",
    "liczba": 7,
    "osoby": [LOS, NOWAK],
}


class Office:
    """A form, its responses and the folder of files."""

    def __init__(self, folder: Path) -> None:
        self.form: Form = form_of(FORM)
        self.version = versions.store(self.form.slug, Bundle(self.form.bundle["file"], {})).id
        self.store = FileStore(folder)
        self.forms = Forms(lambda slug, version: self.form, lambda slug: self.form)

    def receive(self, **answers: Any) -> Response:
        begun = responses.begin(self.form.slug, self.version, Working(answers), "pl", NOW)
        return self.send(begun, **answers)

    def send(self, begun: Response, **answers: Any) -> Response:
        responses.send(
            begun.key,
            version_id=self.version,
            answers=answers,
            revision=begun.revision,
            number=numbered,
            now=NOW,
            search="urzad miejski maria wilk 601 602 603 żaneta łoś jan nowak",
        )
        return loaded(begun.key)

    def attach(self, stored: Response, path: str) -> dict[str, Any]:
        kept = self.store.keep(
            io.BytesIO(b"%PDF-1.7"),
            name="a.pdf",
            accept=("pdf",),
            max_size=99,
            response_id=stored.id,
            path=path,
            now=NOW,
        )
        return {"id": kept.id, "name": kept.name}

    def find(self, text: str, *, sensitive: bool = True, slugs: frozenset[str] | None = None) -> list[Found]:
        return finding.responses(needle(text), self.forms, slugs, sensitive=sensitive)

    def erase(self, text: str, wishes: dict[str, Wish], people: tuple[int, ...] = ()) -> Done:
        found = self.find(text)
        return carry_out(
            needle(text), found, wishes, people, self.forms, self.store, LATER, audit.staff(1), "DO.1.2026"
        )


def loaded(key: str) -> Response:
    found = responses.load(key)
    assert found is not None
    return found


def kinds(found: list[Found]) -> list[list[str]]:
    return [sorted({place.kind for place in each.places}) for each in found]


def book(stored: Response, item: str, person: str) -> None:
    at = {"booked_at": NOW, "changed_at": NOW}
    Booking.create(response=stored.id, slug=stored.slug, event="M1", item=item, person=person, state="accepted", **at)
    facts = f'{{"name":"{person}"}}'
    code = f"{stored.key}{item}"
    Certificate.create(
        number=code,
        code=code,
        slug=stored.slug,
        response=stored.id,
        item=item,
        facts=facts,
        issued_at=NOW,
        issued_by="x",
    )


def write(stored: Response, once: str, text: str) -> None:
    outbox.put("received", once=once, slug=stored.slug, response_id=stored.id, language="pl", facts={}, now=NOW)
    letter = outbox.claim(NOW)
    assert letter is not None
    outbox.write(letter, outbox.Written(("urzad@gmina.example",), "Zgłoszenie", text, text))

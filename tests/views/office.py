"""The office of the tests: three people with names, a form, and responses that have come in."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from records import accounts, people, responses
from records.people import Person
from records.responses import Response, Working
from tests.conscience import Conscience
from views.services import Services, now

PASSWORD = "zielona ławka nad Odrą"
TRAINING = """
title: Szkolenie
privacy: rodo-szkolenia
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: osoba, type: text, label: Osoba}
  - {name: dieta, type: text, label: Dieta, sensitive: true}
  - {name: program, type: file, label: Program, accept: [pdf]}
  - {name: orzeczenie, type: file, label: Orzeczenie, accept: [pdf], sensitive: true}
"""
BROKEN = """
title: Ankieta
fields:
  - {name: nip, type: nipp, label: NIP}
"""
PDF = b"%PDF-1.4\n%%EOF\n"
BIALOGARD, SWINOUJSCIE = "3201011", "3263011"
SENT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)


def hire(name: str, role: str, password: str = "") -> Person:
    """A new member of staff, `name@urzad.example`."""
    person = people.add(name, f"{name.lower()}@urzad.example", role)
    return people.set_password(person, password) if password else person


def limit(person: Person, *slugs: str) -> Person:
    """The person, from now on limited to these forms."""
    return accounts.change(person, person.role, person.sensitive, slugs, SENT, "system")


def team() -> dict[str, Person]:
    """Anna runs everything, Beata handles responses, Celina only looks."""
    return {
        "Anna": hire("Anna", "administrator"),
        "Beata": hire("Beata", "handler"),
        "Celina": hire("Celina", "viewer"),
    }


def visitor(app: Flask, person: Person | None = None) -> Conscience:
    """A browser, with this person signed in."""
    app.test_client_class = Conscience
    client = app.test_client()
    assert isinstance(client, Conscience)
    if person is not None:
        with client.session_transaction() as session:
            session["person"] = [person.id, person.session_epoch, int(now().timestamp())]
    return client


def services(app: Flask) -> Services:
    """The services of the application, without a context: requests within one would share its `g`."""
    found: Services = app.extensions["nabor"]
    return found


def publish(app: Flask, slug: str, text: str) -> None:
    """The form as it is from now on."""
    (services(app).settings.config_dir / "forms" / f"{slug}.yaml").write_text(text, encoding="utf-8")
    services(app).catalogue.refresh(now=True)


def begin(app: Flask, slug: str = "szkolenie", **answers: Any) -> Response:
    """A draft of the form."""
    form = services(app).catalogue.get(slug)
    assert form is not None
    return responses.begin(slug, services(app).version_id(form), Working(answers), "pl", SENT)


def receive(app: Flask, slug: str = "szkolenie", *, at: datetime = SENT, **answers: Any) -> Response:
    """A response that somebody has sent; staff find it by its gmina and person."""
    return send(app, begin(app, slug, **answers), at=at, **answers)


def send(app: Flask, draft: Response, *, at: datetime = SENT, **answers: Any) -> Response:
    """Sends a draft or a correction with these answers."""
    form = services(app).catalogue.get(draft.slug)
    assert form is not None
    responses.send(
        draft.key,
        version_id=services(app).version_id(form),
        answers=answers,
        revision=draft.revision,
        number=lambda year, n: form.reference.format(year=year, number=n),
        now=at,
        gmina=answers.get("gmina"),
        search=answers.get("osoba", ""),
    )
    found = responses.load(draft.key)
    assert found is not None
    return found


def attach(app: Flask, response: Response, path: str, name: str) -> dict[str, Any]:
    """A file put beside an answer, as the answer names it."""
    kept = services(app).files.keep(
        io.BytesIO(PDF), name=name, accept=("pdf",), max_size=1000, response_id=response.id, path=path, now=SENT
    )
    return {"id": kept.id, "name": kept.name, "size": kept.size, "type": kept.media_type}

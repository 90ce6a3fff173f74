"""What may not be kept longer is forgotten on its day, once, and what statistics need stays."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from forms.definition import Form
from records import files, outbox, responses, retention, versions
from records.files import FileStore
from records.models import Response
from records.responses import Working
from records.versions import Bundle
from tests.forms.definitions import form_of
from tests.records.steps import NOW, numbered

FORM = """\
title: Zgłoszenie
retain: 1 year
fields:
  - {name: imie, type: text, label: Imię}
  - {name: rola, type: choice, label: Rola, options: [radny, pracownik], other: true}
  - {name: obszar, type: decimal, label: Obszar}
  - {name: dieta, type: choice, label: Dieta, options: [miesna, wege], sensitive: true, retain: 30 days}
  - {name: skan, type: file, label: Skan, retain: 30 days}
  - name: osoby
    type: group
    label: Osoby
    fields:
      - {name: email, type: email, label: E-mail}
      - {name: nocleg, type: yes_no, label: Nocleg}
      - {name: uwagi, type: text, label: Uwagi, retain: 30 days}
"""
ANSWERS: dict[str, Any] = {
    "imie": "Anna",
    "rola": "other:sołtyska",
    "obszar": "12.50",
    "dieta": "wege",
    "osoby": [{"email": "anna@gmina.example", "nocleg": True, "uwagi": "alergia"}],
    "_explained": {"obszar": "tak podał geodeta"},
}
SENT = NOW.date()


@pytest.fixture
def form() -> Form:
    return form_of(FORM)


def sent(form: Form) -> responses.Response:
    version = versions.store(form.slug, Bundle(form.bundle["file"], {})).id
    begun = responses.begin(form.slug, version, Working(ANSWERS), "pl", NOW)
    responses.send(
        begun.key, version_id=version, answers=ANSWERS, revision=1, number=numbered, now=NOW, search="Anna sołtyska"
    )
    outbox.put("received", once="x", slug=form.slug, response_id=begun.id, language="pl", facts={}, now=NOW)
    letter = outbox.claim(NOW)
    assert letter is not None
    outbox.write(letter, outbox.Written(("anna@gmina.example",), "Anna", "Anna", "Anna"))
    found = responses.load(begun.key)
    assert found is not None
    return found


def forget(form: Form, store: FileStore, day: date, ended: date | None = None) -> int:
    return retention.forget_due(form, lambda version: form, store, datetime.combine(day, time(), UTC), ended)


def answers(key: str) -> dict[str, Any]:
    found = responses.load(key)
    assert found is not None
    return found.answers or {}


def test_a_field_is_forgotten_on_its_day_with_its_files_and_nothing_else(
    database: Any, form: Form, tmp_path: Path
) -> None:
    store, stored = FileStore(tmp_path), sent(form)
    for path in ("skan", "skan--A01.photo", "inny"):
        store.keep(
            io.BytesIO(b"%PDF-1.7"),
            name="a.pdf",
            accept=("pdf",),
            max_size=100,
            response_id=stored.id,
            path=path,
            now=NOW,
        )
    assert forget(form, store, SENT + timedelta(days=29)) == 0
    assert forget(form, store, SENT + timedelta(days=30)) == 1
    left = answers(stored.key)
    assert "dieta" not in left
    assert left["imie"] == "Anna"
    assert left["osoby"] == [{"email": "anna@gmina.example", "nocleg": True}]
    assert [kept.path for kept in files.of_responses([stored.id])] == ["inny"]
    assert forget(form, store, SENT + timedelta(days=31)) == 0


def test_the_time_runs_from_the_end_of_the_last_event(database: Any, form: Form, tmp_path: Path) -> None:
    stored, event = sent(form), SENT + timedelta(days=100)
    assert forget(form, FileStore(tmp_path), SENT + timedelta(days=60), event) == 0
    assert forget(form, FileStore(tmp_path), event + timedelta(days=30), event) == 1
    assert "dieta" not in answers(stored.key)


def test_an_anonymised_response_keeps_what_statistics_need_and_names_nobody(
    database: Any, form: Form, tmp_path: Path
) -> None:
    stored = sent(form)
    assert forget(form, FileStore(tmp_path), SENT + timedelta(days=366)) == 1
    assert answers(stored.key) == {"obszar": "12.50", "osoby": [{"nocleg": True}]}
    row = Response.get_by_id(stored.id)
    whole = " ".join(str(value) for value in row.__data__.values())
    (letter,) = outbox.of_response(stored.id)
    assert "Anna" not in whole
    assert "anna" not in whole
    assert "sołtyska" not in whole
    assert (letter.recipients, letter.text) == ((), None)
    assert row.link_secret != stored.link_secret
    assert row.reference == stored.reference


def test_what_was_said_before_a_correction_is_forgotten_too(database: Any, form: Form, tmp_path: Path) -> None:
    stored = sent(form)
    opened = responses.correct(stored.key, NOW)
    responses.send(
        stored.key,
        version_id=stored.version_id or 0,
        answers=ANSWERS,
        revision=opened.revision,
        number=numbered,
        now=NOW,
        search="",
    )
    forget(form, FileStore(tmp_path), SENT + timedelta(days=366))
    assert [earlier.answers for earlier in responses.history(stored.id)] == [
        {"obszar": "12.50", "osoby": [{"nocleg": True}]}
    ]


def test_a_form_that_keeps_everything_is_not_even_looked_at(database: Any, tmp_path: Path) -> None:
    form = form_of("title: A\nfields:\n  - {name: imie, type: text, label: Imię}\n")
    assert forget(form, FileStore(tmp_path), SENT + timedelta(days=9999)) == 0

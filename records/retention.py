"""What is kept no longer than it may be: fields erased and responses made anonymous when their time has come.

Each response remembers what has been forgotten of it, so the daily round touches a response once for each date. The
audit log tells how many, never of whom.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from forms.definition import Form
from forms.forgetting import ALL, due, forget, forgets
from records import files
from records.database import run, writing
from records.files import FileStore
from records.models import moment
from records.shapes import DRAFT, as_json

BATCH = 200


def forget_due(form: Form, version: Callable[[int], Form], store: FileStore, today: date, ended: date | None) -> int:
    """Forgets what is due by today of all sent responses of the form; how many responses changed.

    `form` decides what is kept how long; `version` gives the form of a stored version, under which old answers are read.
    `ended` is the day of the form's last event; without one each response counts from its own sending.
    """
    if not forgets(form):
        return 0
    changed = after = 0
    while rows := run(
        "SELECT id, version_id, sent_at, erased FROM response WHERE slug = ? AND state <> ? AND id > ? "
        "AND answers IS NOT NULL ORDER BY id LIMIT ?",
        *(form.slug, DRAFT, after, BATCH),
    ).fetchall():
        after = rows[-1][0]
        for row in rows:
            names = due(form, max(ended, _day(row[2])) if ended else _day(row[2]), today)
            if names and not names <= frozenset((row[3] or "").split()):
                _forget(row[0], version(row[1]), store, names)
                changed += 1
    return changed


def _forget(response_id: int, form: Form, store: FileStore, names: frozenset[str]) -> None:
    whole = ALL in names
    with writing():
        row = run("SELECT answers, working FROM response WHERE id = ?", response_id).fetchone()
        kept = forget(form, json.loads(row[0]), names)
        run(
            "UPDATE response SET answers = ?, working = NULL, working_version_id = NULL, revision = revision + 1, "
            "search = CASE WHEN ? = 1 THEN '' ELSE search END, erased = ? WHERE id = ?",
            *(as_json(kept), int(whole), " ".join(sorted(names)), response_id),
        )
        for correction, answers in run(
            "SELECT correction, answers FROM sent_version WHERE response_id = ?", response_id
        ).fetchall():
            earlier = as_json(forget(form, json.loads(answers), names))
            where = "response_id = ? AND correction = ?"
            run(f"UPDATE sent_version SET answers = ? WHERE {where}", earlier, response_id, correction)  # noqa: S608
        if whole:
            _unname(response_id)
    dropped = [kept for kept in files.of_responses([response_id]) if whole or _dotted(kept.path) in names]
    store.remove(dropped)


def _unname(response_id: int) -> None:
    """What else names people: who has a place, what was written to whom. The private link opens nothing any more."""
    run("UPDATE booking SET person = '' WHERE response_id = ?", response_id)
    run("UPDATE certificate SET facts = '{}' WHERE response_id = ?", response_id)
    run(
        "UPDATE message SET recipients = NULL, subject = NULL, text = NULL, html = NULL, calendar = NULL, facts = '{}' "
        "WHERE response_id = ?",
        response_id,
    )
    run("UPDATE response SET link_secret = '', one_per = NULL WHERE id = ?", response_id)


def _dotted(path: str) -> str:
    """`uczestnicy-0-skan` is the field `uczestnicy.skan`, `oceny--A04.photo` (of an item) the field `oceny`."""
    return ".".join(part for part in path.partition("--")[0].split("-") if not part.isdecimal())


def _day(kept: Any) -> date:
    day: datetime = moment(kept)
    return day.date()

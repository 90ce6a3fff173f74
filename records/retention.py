"""What is kept no longer than it may be: fields erased and responses made anonymous when their time has come.

Each response remembers what has been forgotten of it, so the daily round touches a response once for each date. A
protocol tells what kinds of data went and how many, never whose.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from forms.definition import Form
from forms.forgetting import ALL, due, forget, forgets
from records.database import run, writing
from records.files import FileStore, StoredFile
from records.gminy import signing
from records.models import moment
from records.privacy import erasing, protocols
from records.shapes import DRAFT

BATCH = 200


def forget_due(form: Form, version: Callable[[int], Form], store: FileStore, now: datetime, ended: date | None) -> int:
    """Forgets what is due today (the day of `now`) of all sent responses of the form; how many responses changed.

    `form` decides what is kept how long; `version` gives the form of a stored version, under which old answers are read.
    `ended` is the day of the form's last event; without one each response counts from its own sending. What went is added
    to the day's protocol.
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
            names = due(form, max(ended, _day(row[2])) if ended else _day(row[2]), now.date())
            if names and not names <= frozenset((row[3] or "").split()):
                _forget(row[0], version(row[1]), store, names, now)
                changed += 1
    return changed


def _forget(response_id: int, form: Form, store: FileStore, names: frozenset[str], now: datetime) -> None:
    whole = ALL in names

    def drops(file: StoredFile, _named: frozenset[str]) -> bool:
        return whole or _dotted(file.path) in names

    with writing():
        how = partial(forget, form, names=names)
        gone = erasing.cut(response_id, how, drops, store, now, erased=" ".join(sorted(names)))
        if whole:
            gone += erasing.unname(response_id)
        else:
            gone["papers"] += signing.forget(response_id, whole=False)
        protocols.add_by_rule(form.slug, gone, now)


def _dotted(path: str) -> str:
    """`uczestnicy-0-skan` is the field `uczestnicy.skan`, `oceny--A04.photo` (of an item) the field `oceny`."""
    return ".".join(part for part in path.partition("--")[0].split("-") if not part.isdecimal())


def _day(kept: Any) -> date:
    day: datetime = moment(kept)
    return day.date()

"""Data of one response erased, everywhere it is kept: answers, earlier corrections, files, messages, places, certificates.

What remains names nobody: the response's number and dates, and the answers that statistics need. Every function runs in
the caller's transaction and says what went, counted by kind (protocols.KINDS); the bytes of files go once it is on disk.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from records import files
from records.audits import keeping as audits
from records.database import run
from records.desk import columns, forgetting
from records.files import FileStore, StoredFile
from records.gminy import signing
from records.listing import fold
from records.models import stored
from records.outbox import SENDING, SKIPPED, WAITING
from records.shapes import STALE, as_json

Cut = Callable[[Mapping[str, Any]], dict[str, Any]]
"""Stored answers to what is left of them."""
Drops = Callable[[StoredFile, frozenset[str]], bool]
"""Whether a file goes: the file, and the ids of the files that the remaining answers still name."""
SHORTEST = 3  # characters of an erased value by which a message or a place is known to speak of the same person
TELLING = 6  # digits of a number that tells by itself whose it is


def cut(
    response_id: int, how: Cut, drops: Drops, store: FileStore, now: datetime, *, erased: str | None
) -> Counter[str]:
    """Leaves of the answers, of a correction begun and of earlier ones what `how` leaves. `erased`: what the response
    remembers of it from now on (None: as before). Its messages and names elsewhere: `unname`, `unwrite`.
    """
    gone: Counter[str] = Counter(responses=1)
    row = run("SELECT answers, working, search FROM response WHERE id = ?", response_id).fetchone()
    before = json.loads(row[0])
    kept = how(before)
    gone["answers"] = len(texts(before)) - len(texts(kept))
    gone["drafts"] = int(row[1] is not None)
    named = set(ids(kept))
    for correction, answers in run(
        "SELECT correction, answers FROM sent_version WHERE response_id = ?", response_id
    ).fetchall():
        was = json.loads(answers)
        left = how(was)
        named |= set(ids(left))
        if left != was:
            gone["earlier"] += 1
            where = "response_id = ? AND correction = ?"
            run(f"UPDATE sent_version SET answers = ? WHERE {where}", as_json(left), response_id, correction)  # noqa: S608
    run(
        "UPDATE response SET answers = ?, working = NULL, working_version_id = NULL, revision = revision + 1, "  # noqa: S608
        f"search = ?, erased = COALESCE(?, erased), changed_at = ?, stale = {STALE} WHERE id = ?",
        *(as_json(kept), _search(row[2], before, kept), erased, stored(now), response_id),
    )
    columns.forget(response_id)
    audits.forget(response_id, whole=False)
    dropped = [each for each in files.of_responses([response_id]) if drops(each, frozenset(named))]
    gone["files"] = len(dropped)
    store.remove(dropped)
    return gone


def unname(response_id: int) -> Counter[str]:
    """What else names people: who has a place, what was written to whom, staff's words. The private link opens nothing."""
    gone: Counter[str] = Counter()
    gone["bookings"] = _count("UPDATE booking SET person = '' WHERE response_id = ? AND person <> ''", response_id)
    gone["certificates"] = _count(
        "UPDATE certificate SET facts = '{}' WHERE response_id = ? AND facts <> '{}'", response_id
    )
    gone["messages"] = _messages("WHERE response_id = ? AND (facts <> '{}' OR recipients IS NOT NULL)", response_id)
    gone["notes"] = forgetting.forget(response_id) + audits.forget(response_id, whole=True)
    gone["papers"] = signing.forget(response_id, whole=True)
    run(
        f"UPDATE response SET link_secret = '', one_per = NULL, search = '', stale = {STALE} WHERE id = ?",  # noqa: S608
        response_id,
    )
    return gone


def unwrite(response_id: int, values: Iterable[str], items: Iterable[str]) -> Counter[str]:
    """Of one person in a response: their places and certificates (by the items of groups they stood in, such as
    `osoby-0`, or by the values that were erased), and what was written or noted that quotes one of the values.
    """
    gone: Counter[str] = Counter(papers=signing.forget(response_id, whole=False))
    said = _Said(values)
    here = set(items)
    for table, column, kind, empty in (
        ("booking", "person", "bookings", ""),
        ("certificate", "facts", "certificates", "{}"),
    ):
        query = f"SELECT id, item, {column} FROM {table} WHERE response_id = ? AND {column} <> ?"  # noqa: S608
        for row in run(query, response_id, empty).fetchall():
            if row[1] in here or said.quoted(row[2]):
                run(f"UPDATE {table} SET {column} = ? WHERE id = ?", empty, row[0])  # noqa: S608
                gone[kind] += 1
    letter = "COALESCE(recipients, '') || ' ' || COALESCE(subject, '') || ' ' || COALESCE(text, '') || ' ' || facts"
    for row in run(f"SELECT id, {letter} FROM message WHERE response_id = ?", response_id).fetchall():  # noqa: S608
        if said.quoted(row[1]):
            gone["messages"] += _messages("WHERE id = ?", row[0])
    for table, column in (("note", "text"), ("returned_request", "questions || ' ' || COALESCE(reply, '')")):
        for row in run(f"SELECT id, {column} FROM {table} WHERE response_id = ?", response_id).fetchall():  # noqa: S608
            if said.quoted(row[1]):
                gone["notes"] += _count(f"DELETE FROM {table} WHERE id = ?", row[0])  # noqa: S608
    for (name,) in run("SELECT name FROM response_label WHERE response_id = ?", response_id).fetchall():
        if said.quoted(name):
            gone["notes"] += _count("DELETE FROM response_label WHERE response_id = ? AND name = ?", response_id, name)
    where = "WHERE response_id = ?"
    for number, reason in run(f"SELECT correction, reason FROM office_correction {where}", response_id).fetchall():  # noqa: S608
        if said.quoted(reason):
            emptied = f"UPDATE office_correction SET reason = '' {where} AND correction = ?"  # noqa: S608
            gone["notes"] += _count(emptied, response_id, number)
    (one_per,) = run("SELECT COALESCE(one_per, '') FROM response WHERE id = ?", response_id).fetchone()
    if said.quoted(one_per):
        run("UPDATE response SET one_per = NULL WHERE id = ?", response_id)
    gone["notes"] += audits.unwrite(response_id, said.quoted)
    return gone


def texts(answers: Any) -> list[str]:
    """Every value in stored answers, as text."""
    if isinstance(answers, Mapping):
        return [text for value in answers.values() for text in texts(value)]
    if isinstance(answers, list):
        return [text for value in answers for text in texts(value)]
    return [] if answers is None else [str(answers)]


def _messages(where: str, value: int) -> int:
    """Messages without their words and addressees; one that was not sent yet is not sent any more."""
    return _count(
        "UPDATE message SET recipients = NULL, subject = NULL, text = NULL, html = NULL, calendar = NULL, facts = '{}', "  # noqa: S608
        f"state = CASE WHEN state IN ('{WAITING}', '{SENDING}') THEN '{SKIPPED}' ELSE state END {where}",
        value,
    )


def _search(search: str, before: Mapping[str, Any], kept: Mapping[str, Any]) -> str:
    """The words by which the response is found, without those that stand only in what was erased."""
    left = texts(kept)
    rest = Counter(texts(before))
    rest.subtract(left)
    gone = fold(" ".join(text for text, times in rest.items() if times > 0))
    if not gone:
        return search
    digits = "".join(filter(str.isdigit, gone))
    stays = fold(" ".join(left))
    return " ".join(
        word for word in search.split() if word in stays or not (word in gone or (word.isdigit() and word in digits))
    )


class _Said:
    """What was erased of a person, to know by it what else speaks of them."""

    def __init__(self, values: Iterable[str]) -> None:
        plain = {folded for value in values if len(folded := fold(value)) >= SHORTEST}
        self._values = [(re.compile(rf"(?<!\w){re.escape(each)}(?!\w)"), _telling(each)) for each in sorted(plain)]

    def quoted(self, text: str) -> bool:
        """Whether the text quotes an address, a number or several words, or two of the single words (name and surname)."""
        plain, words = fold(text), 0
        for pattern, telling in self._values:
            if pattern.search(plain):
                words += 1
                if telling or words > 1:
                    return True
        return False


def _telling(value: str) -> bool:
    return "@" in value or " " in value or sum(map(str.isdigit, value)) >= TELLING


def ids(answers: Any) -> list[str]:
    """The ids of files that stored answers name."""
    found: list[str] = []
    if isinstance(answers, Mapping):
        if "id" in answers and "name" in answers:
            found.append(str(answers["id"]))
        answers = list(answers.values())
    for value in answers if isinstance(answers, list) else ():
        found += ids(value)
    return found


def _count(sql: str, *params: Any) -> int:
    return int(run(sql, *params).rowcount)

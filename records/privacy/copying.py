"""A copy of a person's data for the person (GDPR, art. 15): what was found, without what others have said of themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from records import files
from records.database import run
from records.files import StoredFile
from records.gminy import people as gminy
from records.models import iso
from records.privacy.erasing import ids
from records.privacy.finding import Found, Other
from records.privacy.needles import Needle
from records.privacy.people import Forms, levels, only


class Copy:
    """The copy: `responses` and `others` as JSON values, `files` to go with it. Without `sensitive` sensitive answers are
    left out, and `hidden` says so.
    """

    def __init__(
        self, wanted: Needle, found: Sequence[Found], others: Sequence[Other], forms: Forms, *, sensitive: bool
    ) -> None:
        self.wanted, self.forms, self.sensitive = wanted, forms, sensitive
        self.files: list[StoredFile] = []
        self.hidden = False
        self.responses = [self._response(each) for each in found]
        self.others = list(_people(others))

    def _response(self, each: Found) -> dict[str, Any]:
        row = run(
            "SELECT gmina, period, version_id, answers, working_version_id, working, privacy, language FROM response WHERE id = ?",
            each.id,
        ).fetchone()
        said: list[dict[str, Any]] = []
        left_out, named = 0, set[str]()
        for kind, at, version_id, text in self._versions(each, row):
            form = self.forms.version(each.slug, version_id)
            answers = text["answers"] if kind == "draft" else text
            shown = self.forms.shown(each.slug, form, answers, sensitive=self.sensitive)
            self.hidden = self.hidden or shown != answers
            paths = frozenset(level.path for level in levels(form.fields, shown) if level.holds(self.wanted))
            if not paths and not each.places:  # asked for by its number: what its sender said
                paths = frozenset({""})
            if not paths:
                continue
            mine, others = only(form.fields, shown, paths)
            left_out = max(left_out, others)
            named |= set(ids(mine))
            said.append({"kind": kind, "at": at, "version": version_id, "answers": mine, "levels": sorted(paths)})
        here = {level for one in said for level in one["levels"]}
        own = "" in here
        attached = [kept for kept in files.of_responses([each.id]) if str(kept.id) in named]
        self.files += attached
        return {
            "id": each.id,
            "slug": each.slug,
            "number": each.reference,
            "state": each.state,
            "begun_at": each.begun_at.isoformat(),
            "sent_at": each.sent_at.isoformat() if each.sent_at else None,
            "gmina": row[0],
            "period": row[1],
            "privacy_text": row[6],
            "said": said,
            "others_left_out": left_out,
            "bookings": self._bookings(each.id, here),
            "certificates": self._certificates(each.id, here),
            "messages": self._messages(each.id, own=own),
            "notes": self._notes(each.id, own=own),
            "files": [{"name": kept.name, "size": kept.size, "sha256": kept.sha256} for kept in attached],
        }

    def _versions(self, each: Found, row: Sequence[Any]) -> Iterator[tuple[str, str | None, int, Any]]:
        """(kind, moment, version, JSON) of what the response says now, is being made, and said before."""
        if row[3]:
            yield "sent", each.sent_at.isoformat() if each.sent_at else None, row[2], json.loads(row[3])
        if row[5]:
            yield "draft", None, row[4], json.loads(row[5])
        earlier = run(
            "SELECT sent_at, version_id, answers FROM sent_version WHERE response_id = ? ORDER BY correction DESC",
            each.id,
        )
        for at, version_id, answers in earlier.fetchall():
            yield "earlier", iso(at), version_id, json.loads(answers)

    def _bookings(self, response_id: int, here: set[str]) -> list[dict[str, Any]]:
        rows = run(
            "SELECT booking.id, event, item, person, state, booked_at FROM booking WHERE response_id = ? ORDER BY booking.id",
            response_id,
        ).fetchall()
        found = []
        for id_, event, item, person, state, booked_at in rows:
            if item not in here and not self.wanted.inside(person):
                continue
            asked = run("SELECT slug, created_at, used_on FROM invitation WHERE booking_id = ?", id_).fetchall()
            parts = run("SELECT part, present FROM attendance WHERE booking_id = ? ORDER BY part", id_).fetchall()
            found.append(
                {
                    "event": event,
                    "state": state,
                    "booked_at": iso(booked_at),
                    "attendance": [{"part": part, "present": bool(present)} for part, present in parts],
                    "surveys": [
                        {"form": one[0], "asked_at": iso(one[1]), "answered": one[2] is not None} for one in asked
                    ],
                }
            )
        return found

    def _certificates(self, response_id: int, here: set[str]) -> list[dict[str, Any]]:
        rows = run(
            "SELECT number, item, facts, issued_at FROM certificate WHERE response_id = ? ORDER BY id", response_id
        ).fetchall()
        return [
            {"number": number, "issued_at": iso(at), "facts": json.loads(facts)}
            for number, item, facts, at in rows
            if item in here or self.wanted.inside(facts)
        ]

    def _messages(self, response_id: int, *, own: bool) -> list[dict[str, Any]]:
        rows = run(
            "SELECT kind, recipients, subject, text, created_at FROM message WHERE response_id = ? ORDER BY id",
            response_id,
        ).fetchall()
        return [
            {"kind": kind, "recipients": recipients or "", "subject": subject or "", "text": text or "", "at": iso(at)}
            for kind, recipients, subject, text, at in rows
            if own or self.wanted.inside(f"{recipients} {subject} {text}")
        ]

    def _notes(self, response_id: int, *, own: bool) -> list[dict[str, Any]]:
        rows = run("SELECT written_at, text FROM note WHERE response_id = ? ORDER BY id", response_id).fetchall()
        asked = run(
            "SELECT returned_at, questions, reply FROM returned_request WHERE response_id = ? ORDER BY id", response_id
        ).fetchall()
        notes = [(at, text) for at, text in rows if own or self.wanted.inside(text)]
        for at, questions, reply in asked:
            text = "\n".join([*(str(one.get("remark", "")) for one in json.loads(questions)), reply or ""]).strip()
            if own or self.wanted.inside(text):
                notes.append((at, text))
        return [{"at": iso(at), "text": text} for at, text in notes]


def _people(others: Sequence[Other]) -> Iterator[dict[str, Any]]:
    """Whoever acts for a gmina; what else names the person belongs to the office and is not given out."""
    for each in others:
        person = gminy.get(each.id) if each.kind == "gmina-person" else None
        if person is not None:
            yield {
                "gmina": person.gmina,
                "name": person.name,
                "email": person.email,
                "role": person.role,
                "since": person.created_at.isoformat(),
                "until": person.ended_at.isoformat() if person.ended_at else None,
            }

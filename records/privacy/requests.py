"""What a person asks to be erased: of each response all that names people, or what is about this person; or it is left.

One transaction erases, writes the protocol and notes it in the log. What is left is named with the reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forms.definition import Form
from forms.forgetting import ALL, anonymous
from records import audit, files
from records.bookings.booked import marks
from records.database import run, writing
from records.drafts import erase_draft
from records.files import FileStore, StoredFile
from records.gminy import people as gminy
from records.privacy import erasing, protocols
from records.privacy.erasing import texts
from records.privacy.finding import Found
from records.privacy.needles import Needle
from records.privacy.people import Forms, levels, without
from records.privacy.protocols import Kept, Protocol
from records.shapes import DRAFT

WHOLE, PERSON, LEAVE = "whole", "person", "leave"
NOBODY = "–"  # what stands instead of the name of a person of a gmina


@dataclass(frozen=True, slots=True)
class Wish:
    """What becomes of one response; `reason` why it is left."""

    scope: str
    reason: str = ""


@dataclass(slots=True)
class Done:
    """What was done: the protocol, and the names of files in the folder of exports, the caller's to remove."""

    protocol: Protocol | None = None
    counts: Counter[str] = field(default_factory=Counter)
    exports: list[str] = field(default_factory=list)


def carry_out(
    wanted: Needle,
    found: Sequence[Found],
    wishes: Mapping[str, Wish],
    people: Collection[int],
    forms: Forms,
    store: FileStore,
    now: datetime,
    actor: str,
    request: str = "",
) -> Done:
    """Erases what is wished for (by the key of a response; without a wish it is left and not in the protocol).

    `people` are ids of people of gminy who lose their access and their names. Exports kept of the forms go whole, as
    nobody can take one person out of them. `request` is the number of the letter that asks for it.
    """
    done = Done()
    with writing():
        changed: list[tuple[Found, Wish]] = []
        kept = []
        for each in found:
            wish = wishes.get(each.key)
            if wish is None:
                continue
            if wish.scope == LEAVE:
                kept.append(Kept(each.reference, wish.reason))
                continue
            done.counts += _erase(each, wish.scope, wanted, forms, store, now)
            changed.append((each, wish))
        for person_id in people:
            done.counts += _forget_person(person_id, now, actor)
        done.exports = _forget_exports(sorted({each.slug for each, _ in changed}))
        done.counts["exports"] += len(done.exports)
        references = [each.reference for each, _ in changed if each.reference]
        done.protocol = made = protocols.write(actor, +done.counts, references, kept, now, request=request)
        for each, wish in changed:
            audit.record(actor, "erased", each.key, each.slug, {"scope": wish.scope, "protocol": made.number}, now)
        audit.record(actor, "erasure", made.number, None, {"responses": len(changed), "kept": len(kept)}, now)
    return done


def _erase(each: Found, scope: str, wanted: Needle, forms: Forms, store: FileStore, now: datetime) -> Counter[str]:
    if each.state == DRAFT:
        attached = len(files.of_responses([each.id]))
        return Counter(drafts=1, files=attached) if erase_draft(store, each.key) else Counter()
    form = forms.version(each.slug, each.version_id)
    return _whole(each, form, store, now) if scope == WHOLE else _person(each, form, wanted, store, now)


def _whole(each: Found, form: Form, store: FileStore, now: datetime) -> Counter[str]:
    row = run("SELECT COALESCE(erased, '') FROM response WHERE id = ?", each.id).fetchone()
    erased = " ".join(sorted({*row[0].split(), ALL}))

    def how(answers: Mapping[str, Any]) -> dict[str, Any]:
        return anonymous(form.fields, answers)

    gone = erasing.cut(each.id, how, lambda *_: True, store, now, erased=erased)
    return gone + erasing.unname(each.id)


def _person(each: Found, form: Form, wanted: Needle, store: FileStore, now: datetime) -> Counter[str]:
    values: set[str] = {wanted.text}

    def how(answers: Mapping[str, Any]) -> dict[str, Any]:
        theirs = {level.path for level in levels(form.fields, answers) if level.holds(wanted)}
        left = without(form.fields, answers, frozenset(theirs))
        values.update(set(texts(answers)) - set(texts(left)))
        return left

    def drops(file: StoredFile, named: frozenset[str]) -> bool:
        return str(file.id) not in named

    (answers,) = run("SELECT answers FROM response WHERE id = ?", each.id).fetchone()
    items = [level.path for level in levels(form.fields, json.loads(answers)) if level.path and level.holds(wanted)]
    gone = erasing.cut(each.id, how, drops, store, now, erased=None)
    return gone + erasing.unwrite(each.id, values, items)


def _forget_person(person_id: int, now: datetime, actor: str) -> Counter[str]:
    person = gminy.get(person_id)
    if person is None or person.name == NOBODY:
        return Counter()
    if person.active:
        gminy.end(person, now, actor, staff=True)
    run("UPDATE gmina_person SET name = ?, email = ? WHERE id = ?", NOBODY, NOBODY, person_id)
    return Counter(people=1)


def _forget_exports(slugs: Sequence[str]) -> list[str]:
    """Exports that are kept, or being made; the names of their files."""
    if not slugs:
        return []
    rows = run(
        f"DELETE FROM export_job WHERE state <> 'waiting' AND slug IN ({marks(slugs)}) RETURNING file",  # noqa: S608
        *slugs,
    ).fetchall()
    return [row[0] for row in rows if row[0]]

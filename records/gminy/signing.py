"""Sign-off: one person of a gmina prepared a report, another approves it, and the paper is frozen with its checksum.

Each correction is signed anew; what was signed before stays, and says that it was replaced.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from records import audit
from records.bookings.booked import marks
from records.database import database, run, writing
from records.gminy.people import Person, actor
from records.models import moment, stored
from records.shapes import Missing

_COLUMNS = (
    "one.id, one.response_id, one.correction, one.prepared_by_id, prepared.name, one.prepared_at, one.approved_by_id, "
    "approved.name, one.approved_at, one.sha256, CASE WHEN one.pdf IS NULL THEN 0 ELSE 1 END"
)
_FROM = (
    "FROM sign_off AS one JOIN gmina_person AS prepared ON prepared.id = one.prepared_by_id "
    "LEFT JOIN gmina_person AS approved ON approved.id = one.approved_by_id"
)


class SamePerson(Exception):
    """Who prepared the report cannot approve it."""


class Changed(Exception):
    """What is to be signed is not what stands now: it was corrected or withdrawn meanwhile."""


@dataclass(frozen=True, slots=True, repr=False)
class SignOff:
    """A report as one person prepared it, and as another approved it, if they did."""

    id: int
    response_id: int
    correction: int
    prepared_by: int
    prepared_name: str
    prepared_at: datetime
    approved_by: int | None
    approved_name: str | None
    approved_at: datetime | None
    sha256: str | None
    kept: bool  # whether the paper is still there: it goes when something in it may not be kept any longer

    @classmethod
    def of(cls, row: Sequence[Any]) -> SignOff:
        """Read back from a row of _COLUMNS."""
        whole: Any = (*row[:5], moment(row[5]), *row[6:8], moment(row[8]) if row[8] else None, row[9], bool(row[10]))
        return cls(*whole)


def prepare(response_id: int, correction: int, person: Person, now: datetime) -> None:
    """This person signs that they prepared the report as it was sent last; once for each correction. Raises Changed."""
    with writing():
        key, slug = _standing(response_id, correction)
        made = run(
            "INSERT INTO sign_off (response_id, correction, prepared_by_id, prepared_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (response_id, correction) DO NOTHING",
            *(response_id, correction, person.id, stored(now)),
        ).rowcount
        if made:
            audit.record(actor(person), "signed-prepared", key, slug, {"correction": correction}, now)


def approve(
    response_id: int,
    correction: int,
    person: Person,
    paper: Callable[[SignOff], bytes],
    now: datetime,
    *,
    alone: bool = False,
) -> SignOff:
    """This person approves the report; the PDF that `paper` makes of it (not in a transaction) is kept as it is, for ever.

    `alone`: the office lets one person do both. Raises Missing (nobody prepared it), SamePerson, Changed; approved twice it
    stays as it was.
    """
    found = of_response(response_id, correction)
    if found is None:
        raise Missing
    if found.sha256 is not None:
        return found
    if found.prepared_by == person.id and not alone:
        raise SamePerson
    signed = replace(found, approved_by=person.id, approved_name=person.name, approved_at=now)
    pdf = paper(signed)
    digest = hashlib.sha256(pdf).hexdigest()
    with writing():
        key, slug = _standing(response_id, correction)
        made = run(
            "UPDATE sign_off SET approved_by_id = ?, approved_at = ?, sha256 = ?, pdf = ? "
            "WHERE id = ? AND approved_at IS NULL",
            *(person.id, stored(now), digest, pdf, found.id),
        ).rowcount
        if made:
            audit.record(actor(person), "signed-approved", key, slug, {"correction": correction, "sha256": digest}, now)
    return of_response(response_id, correction) or signed


def of_response(response_id: int, correction: int) -> SignOff | None:
    """The sign-off of a correction (0: as first sent); None while nobody has signed."""
    row = run(
        f"SELECT {_COLUMNS} {_FROM} WHERE one.response_id = ? AND one.correction = ?",
        *(response_id, correction),
    ).fetchone()
    return SignOff.of(row) if row else None


def of_responses(ids: Sequence[int]) -> dict[int, list[SignOff]]:
    """Every sign-off of these responses, by response, the oldest first. One SELECT."""
    found: dict[int, list[SignOff]] = {}
    if ids:
        rows = run(f"SELECT {_COLUMNS} {_FROM} WHERE one.response_id IN ({marks(ids)}) ORDER BY one.correction", *ids)
        for row in rows.fetchall():
            found.setdefault(row[1], []).append(SignOff.of(row))
    return found


def by_checksum(sha256: str) -> SignOff | None:
    """The approved report whose paper has this SHA-256 (hexadecimal); None without one."""
    row = run(f"SELECT {_COLUMNS} {_FROM} WHERE one.sha256 = ?", sha256).fetchone()
    return SignOff.of(row) if row else None


def paper_of(sign_off_id: int) -> bytes | None:
    """The frozen PDF; None while it is not approved."""
    row = run("SELECT pdf FROM sign_off WHERE id = ?", sign_off_id).fetchone()
    return bytes(row[0]) if row and row[0] is not None else None


def forget(response_id: int, whole: bool) -> int:
    """In the caller's transaction: the papers of a response go, as something in them may not be kept any longer; how many.

    Their checksums stay. With `whole` nothing leads from the response to people of the gmina any more.
    """
    gone: int = run("UPDATE sign_off SET pdf = NULL WHERE response_id = ? AND pdf IS NOT NULL", response_id).rowcount
    for table in ("gmina_response", "gmina_work", "gmina_step") if whole else ():
        run(f"DELETE FROM {table} WHERE response_id = ?", response_id)  # noqa: S608
    return gone


def _standing(response_id: int, correction: int) -> tuple[str, str]:
    """Key and form of the response, as long as that correction is what stands."""
    lock = " FOR UPDATE" if database.for_update else ""
    row = run(
        f"SELECT key, slug FROM response WHERE id = ? AND correction = ? AND reference IS NOT NULL{lock}",  # noqa: S608
        *(response_id, correction),
    ).fetchone()
    if row is None:
        raise Changed
    return row[0], row[1]

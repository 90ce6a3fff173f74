"""What stands on the page of a gmina: its responses, who of its people filled in which step, and who was given which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from records import audit, responses
from records.bookings.booked import marks
from records.bookings.lifecycle import OVER
from records.database import run, writing
from records.gminy.people import Person, actor, alone
from records.models import moment, stored
from records.shapes import Working

BEGUN, TAKEN_OVER = "begun", "taken-over"


class Elsewhere(Exception):
    """The response stands on the page of another gmina."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A response on the page of a gmina, as lists need it."""

    id: int
    key: str
    slug: str
    state: str
    reference: str | None
    period: str | None
    correction: int
    saved_at: datetime
    sent_at: datetime | None
    filling: bool  # whether something in it is being filled in: a draft, or a correction
    about: str | None  # the period for which it was begun from the page
    version_id: int  # of the form as it was answered, or is filled in

    @classmethod
    def of(cls, row: Sequence[Any]) -> Listed:
        """Read back from a row of `of_gmina`."""
        whole: Any = (*row[:7], moment(row[7]), moment(row[8]) if row[8] else None, bool(row[9]), *row[10:])
        return cls(*whole)


@dataclass(frozen=True, slots=True)
class Part:
    """A step and a person: who filled it in, or to whom it was given."""

    step: str
    person: int
    name: str
    at: datetime


def bring(response_id: int, gmina: str, person: Person, how: str, now: datetime, about: str = "") -> None:
    """The response stands on the page of this gmina from now on; said again it changes nothing. Raises Elsewhere.

    `about` is the period for which it was begun, where that is known before it is sent.
    """
    with writing():
        made = run(
            "INSERT INTO gmina_response (response_id, gmina, how, person_id, at, about) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (response_id) DO NOTHING",
            *(response_id, gmina, how, person.id, stored(now), about or None),
        ).rowcount
        if not made and whose(response_id) != gmina:
            raise Elsewhere
        if made:
            key, slug = run("SELECT key, slug FROM response WHERE id = ?", response_id).fetchone()
            audit.record(actor(person), f"gmina-{how}", key, slug, {"gmina": gmina}, now)


def begin(
    person: Person, slug: str, version_id: int, working: Working, language: str, now: datetime, period: str = ""
) -> str:
    """The key of the draft of this form and period that stands on the page: the one that is there, else one begun now.

    Two coordinators, or two tabs, who begin at once get the same one. A report of a series goes on from the last one on the
    page that holds and is of an earlier period.
    """
    with writing():
        alone(person.gmina)
        there = [each for each in of_gmina(person.gmina) if each.slug == slug]
        begun = next((each for each in there if each.reference is None and (each.about or "") == period), None)
        if begun is not None:
            return begun.key
        sent = [(each.period, each.id) for each in there if each.period and each.state not in OVER]
        follows = max((pair for pair in sent if pair[0] < period), default=(None, None))[1]
        drafted = responses.begin(slug, version_id, working, language, now, follows=follows)
        bring(drafted.id, person.gmina, person, BEGUN, now, period)
    return drafted.key


def whose(response_id: int) -> str | None:
    """The gmina (TERYT code) on whose page the response stands; None for none."""
    row = run("SELECT gmina FROM gmina_response WHERE response_id = ?", response_id).fetchone()
    return row[0] if row else None


def about(response_id: int) -> str | None:
    """The period for which the response was begun from the page; None where that is not known."""
    row = run("SELECT about FROM gmina_response WHERE response_id = ?", response_id).fetchone()
    return row[0] if row else None


def of_gmina(gmina: str) -> list[Listed]:
    """Every response on the page of a gmina, the one last changed first. One SELECT."""
    rows = run(
        "SELECT response.id, key, slug, state, reference, period, correction, saved_at, sent_at, "
        "CASE WHEN working IS NULL THEN 0 ELSE 1 END, about, COALESCE(version_id, working_version_id) FROM gmina_response "
        "JOIN response ON response.id = gmina_response.response_id WHERE gmina_response.gmina = ? "
        "ORDER BY changed_at DESC, response.id DESC",
        gmina,
    ).fetchall()
    return [Listed.of(row) for row in rows]


def papers(ids: Sequence[int]) -> dict[int, int]:
    """How many certificates that hold were issued to the people of these responses. One SELECT."""
    if not ids:
        return {}
    rows = run(
        "SELECT response_id, COUNT(*) FROM certificate WHERE replaced_by_id IS NULL AND revoked_at IS NULL "  # noqa: S608
        f"AND response_id IN ({marks(ids)}) GROUP BY response_id",
        *ids,
    ).fetchall()
    return {row[0]: int(row[1]) for row in rows}


def note(response_id: int, step: str, person: Person, now: datetime) -> None:
    """This person has saved the step; in the transaction of saving it."""
    with writing():
        run(
            "INSERT INTO gmina_work (response_id, step, person_id, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (response_id, step, person_id) DO UPDATE SET at = excluded.at",
            *(response_id, step, person.id, stored(now)),
        )


def give(response_id: int, step: str, person: Person, by: Person, now: datetime) -> None:
    """Gives a step to a colleague; twice does nothing more."""
    with writing():
        made = run(
            "INSERT INTO gmina_step (response_id, step, person_id, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (response_id, step, person_id) DO NOTHING",
            *(response_id, step, person.id, stored(now)),
        ).rowcount
        if made:
            _log(response_id, "gmina-step-given", step, person, by, now)


def take_back(response_id: int, step: str, person: Person, by: Person, now: datetime) -> None:
    """The step is no longer that colleague's; nothing where it was not."""
    with writing():
        gone = run(
            "DELETE FROM gmina_step WHERE response_id = ? AND step = ? AND person_id = ?",
            *(response_id, step, person.id),
        ).rowcount
        if gone:
            _log(response_id, "gmina-step-taken-back", step, person, by, now)


def given_to(person: Person) -> set[tuple[int, str]]:
    """(response id, step) of all that this person was given."""
    rows = run("SELECT response_id, step FROM gmina_step WHERE person_id = ?", person.id).fetchall()
    return {(row[0], row[1]) for row in rows}


def given(ids: Sequence[int]) -> dict[int, list[Part]]:
    """Which steps of these responses were given to whom, by response. One SELECT."""
    return _parts("gmina_step", ids)


def done(ids: Sequence[int]) -> dict[int, list[Part]]:
    """Who filled in which steps of these responses, by response; the latest last. One SELECT."""
    return _parts("gmina_work", ids)


def _parts(table: str, ids: Sequence[int]) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = {}
    if not ids:
        return found
    rows: Iterable[tuple[Any, ...]] = run(
        f"SELECT part.response_id, part.step, part.person_id, one.name, part.at FROM {table} AS part "  # noqa: S608
        f"JOIN gmina_person AS one ON one.id = part.person_id WHERE part.response_id IN ({marks(ids)}) ORDER BY part.at",
        *ids,
    ).fetchall()
    for id_, step, person, name, at in rows:
        found.setdefault(id_, []).append(Part(step, person, name, moment(at)))
    return found


def _log(response_id: int, action: str, step: str, person: Person, by: Person, now: datetime) -> None:
    key, slug = run("SELECT key, slug FROM response WHERE id = ?", response_id).fetchone()
    audit.record(actor(by), action, key, slug, {"page": step, "to": actor(person)}, now)

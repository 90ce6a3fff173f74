"""What a person says has become of a recommendation, and who they were, for staff and for the gmina alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, request

from forms.wording import Say, say
from records import audits
from records.gminy import people
from records.responses import Response
from records.shapes import Missing
from views.auditing import drawing
from views.services import now, services

GMINA, STAFF = "gmina:", "staff:"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why it was not taken; what was typed stays on the page."""

    id: int
    text: str
    state: str
    typed: str


def take(stored: Response, recommendation_id: int, actor: str) -> Problem | None:
    """Keeps what was sent about a recommendation of this audit; None when it is kept. 404 for one of another."""
    state, text = request.form.get("stan", ""), request.form.get("opis", "")
    why: Say
    try:
        audits.follow(stored.id, recommendation_id, state, text, actor, now())
    except Missing:
        abort(404)
    except audits.NoWords:
        why = drawing.NO_WORDS
    except audits.Same:
        why = drawing.SAME_AGAIN
    else:
        return None
    return Problem(recommendation_id, str(why), state, text)


def typed(rows: list[dict[str, Any]], problem: Problem | None) -> dict[str, Any]:
    """What the page needs of a problem; the state that was chosen stays chosen."""
    for row in rows:
        if problem is not None and row["id"] == problem.id:
            row["states"] = [{**each, "selected": each["value"] == problem.state} for each in row["states"]]
    return {
        "recommendations": rows,
        "problem": {"id": problem.id, "text": problem.text} if problem is not None else None,
        "typed": problem.typed if problem is not None else "",
        "most": audits.LONGEST,
        "done": str(drawing.DONE) if "zapisano" in request.args else "",
    }


def of_office(actor: str) -> str:
    """Whoever acted, as a gmina reads it: its own people by name, staff as the office."""
    if actor.startswith(GMINA):
        return of_gmina(actor)
    return str(services().site["team"])


def of_gmina(actor: str) -> str:
    """A person of a gmina by name."""
    number = actor.removeprefix(GMINA)
    person = people.get(int(number)) if number.isdecimal() else None
    return str(say("{name} (gmina)", name=person.name)) if person is not None else actor

"""What the pages of an audit show to staff and to a gmina alike: its result, the choice of another one, two compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import abort

from forms.auditing.comparing import compare
from forms.auditing.reading import Findings
from records import audits
from records.audits import Audited
from records.responses import Response
from views.auditing import drawing, following, reading
from views.auditing.following import Problem
from views.markdown import typographic

Audit = tuple[Response, Findings]


def one(
    audit: Audit,
    every: Sequence[Audited],
    who: Callable[[str], str],
    url: Callable[[int], str],
    problem: Problem | None,
) -> dict[str, Any]:
    """One audit: result, recommendations and who follows them (`who` names an actor, `url` takes what is noted), `every` other."""
    stored, found = audit
    rows = drawing.recommended(audits.recommendations([stored.id]), who, url, drawing.today())
    return {
        "status": 422 if problem is not None else 200,
        "title": typographic(found.building) or str(stored.reference),
        "reference": stored.reference,
        "result": drawing.result(found),
        **following.typed(rows, problem),
        "choices": drawing.choices(every, stored.id),
    }


def two(audit: Audit, other: Audit) -> dict[str, Any]:
    """Two audits of one gmina in one form, the earlier one first. 404 for any others."""
    if (other[0].slug, other[0].gmina) != (audit[0].slug, audit[0].gmina):
        abort(404)
    before, after = reading.in_order(other, audit)
    return {
        "title": typographic(after.building) or str(audit[0].reference),
        "compared": drawing.compared(compare(before, after), before, after),
        "apart": before.building.casefold() != after.building.casefold(),
    }

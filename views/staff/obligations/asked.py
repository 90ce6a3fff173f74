"""What the address of the completeness page asks for: a form, one of its periods, a powiat, a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for

from forms.definition import Form
from forms.periods.series import spoken
from forms.polish import sort_key
from forms.wording import Say, say
from records import obligations
from records.obligations import Obligation
from records.reporting.coverage import gmina_type
from views import owed
from views.services import now, services
from views.staff import ways
from views.steps.drawing import static

LATE, MISSING = "late", "missing"  # filters that are not states
STATES: dict[str, tuple[Say, str]] = {
    obligations.NOT_BEGUN: (say("nie zaczęła"), "bad"),
    obligations.DRAFT: (say("szkic"), "warning"),
    obligations.SENT: (say("wysłane"), ""),
    obligations.RETURNED: (say("zwrócone do poprawy"), "warning"),
    obligations.ACCEPTED: (say("przyjęte"), "good"),
    obligations.EXCUSED: (say("zwolniona"), "plain"),
}
"""Each state in words, and the kind of its tag."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: a period ("" when none was opened yet) and the filters."""

    form: Form
    period: str
    periods: list[str]
    powiat: str = ""
    state: str = ""

    def narrowed(self, rows: list[Obligation]) -> list[Obligation]:
        """Those that the filters let through."""
        return [
            each
            for each in rows
            if (not self.powiat or attribute(self.form, each.gmina, "powiat") == self.powiat)
            and (not self.state or self.state == each.state or (self.state == LATE and each.late) or (self.state == MISSING and each.missing))
        ]  # fmt: skip


def asked_for(slug: str) -> Asked:
    """What the request asks for; whatever makes no sense counts as not there. 404 for a form without periods or gminy."""
    form = form_or_404(slug)
    periods = obligations.periods(slug)
    period = request.values.get("okres", "")
    if period not in periods:
        collected = form.period.open if form.period is not None else ""
        period = collected if collected in periods else (periods or [""])[0]
    state = request.args.get("stan", "")
    return Asked(
        form, period, periods, request.args.get("powiat", ""), state if state in (*STATES, LATE, MISSING) else ""
    )


def form_or_404(slug: str) -> Form:
    """The form, if it comes again and asks for a gmina."""
    form = services().catalogue.get(slug)
    if form is None or form.period is None or gmina_type(form) is None:
        abort(404)
    return form


def board(asked: Asked) -> list[Obligation]:
    """Every obligation of the period, in the order of the Polish alphabet."""
    rows = obligations.board(asked.form, asked.period, now(), owed.how_far(asked.form)) if asked.period else []
    return sorted(rows, key=lambda each: sort_key(name(asked.form, each.gmina)))


def name(form: Form, gmina: str) -> str:
    """A gmina as the form calls it; its code when the form does not know it any more."""
    kind = gmina_type(form)
    option = kind.options.get(gmina) if kind is not None else None
    return str(option.label) if option is not None else gmina


def attribute(form: Form, gmina: str, column: str) -> str:
    """What the list of gminy says in a column; "" for nothing."""
    kind = gmina_type(form)
    return (kind.attribute(gmina, column) or "") if kind is not None else ""


def crumbs(form: Form, *more: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page about completeness: `more` are (title, address) from the completeness page on."""
    return ways.crumbs(form.slug, static(form.title), *more)


def here(asked: Asked, endpoint: str = "staff.completeness", **more: Any) -> str:
    """The address of the page, or of another about the same period."""
    return url_for(endpoint, slug=asked.form.slug, okres=asked.period or None, **more)


def said(period: str) -> str:
    """A period as people say it."""
    return str(spoken(period)) if period else ""

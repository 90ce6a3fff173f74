"""For staff: what one gmina owes in a form – its periods, more time for it alone, letting it off."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.spans import WARSAW
from forms.wording import Say, say, short_date
from records import audit, obligations
from records.obligations import Obligation
from records.shapes import Missing
from views import owed, wording
from views.access import Right, may, requires
from views.pages import page, see, written
from views.security import csrf_token
from views.services import now
from views.staff.obligations.asked import STATES, Asked, asked_for, attribute, crumbs, here, name, said
from views.steps.drawing import static

EXTEND, EXCUSE, RESTORE = "extend", "excuse", "restore"
LONGEST = 500  # characters of a reason
DONE: dict[str, Say] = {
    EXTEND: say("Zapisano nowy termin tej gminy. Do tego dnia może wysłać i poprawiać formularz."),
    EXCUSE: say("Gmina jest zwolniona z tego okresu. Nie będziemy jej przypominać."),
    RESTORE: say("Gmina ma znów wspólny termin."),
}
NO_DATE = say("Podaj dzień od dziś, na przykład 30.04.2027.")
NO_REASON = say("Napisz powód – zostanie na tej stronie, dla pracowników.")


@requires(Right.READ_RESPONSES)
def completeness_of(slug: str, gmina: str) -> Response:
    """The periods of one gmina, and what can be granted for the one looked at."""
    asked = asked_for(slug)
    return _page(asked, gmina, _found(asked, gmina))


@requires(Right.DECIDE)
def completeness_grant(slug: str, gmina: str) -> Response:
    """Gives one gmina more time, lets it off, or takes that back."""
    asked = asked_for(slug)
    found = _found(asked, gmina)
    action, reason = (
        request.form.get("akcja", ""),
        written("powod-zwolnienia" if request.form.get("akcja") == EXCUSE else "powod", LONGEST),
    )
    until = _end_of(request.form.get("dzien", "").strip())
    problems = []
    if action == EXTEND and (until is None or until < now()):
        problems.append(("dzien", NO_DATE))
    if action in (EXTEND, EXCUSE) and not reason:
        problems.append(("powod" if action == EXTEND else "powod-zwolnienia", NO_REASON))
    if problems:
        return _page(asked, gmina, found, problems)
    where, who = (slug, asked.period, gmina), (now(), audit.staff(g.person.id))
    try:
        if action == EXTEND and until is not None:
            obligations.extend(*where, until, reason, *who)
        elif action == EXCUSE:
            obligations.excuse(*where, reason, *who)
        elif action == RESTORE:
            obligations.restore(*where, *who)
        else:
            abort(404)
    except Missing:
        abort(404)
    return see(here(asked, "staff.completeness_of", gmina=gmina, zrobiono=action))


def _found(asked: Asked, gmina: str) -> list[Obligation]:
    """The obligations of the gmina in this form, the newest period first; 404 when there are none."""
    how_far = {asked.form.slug: owed.how_far(asked.form)}
    every = obligations.of_gmina(gmina, [asked.form], now(), how_far)
    found = [each for each in every if each.slug == asked.form.slug]
    if not found:
        abort(404)
    return found


def _page(asked: Asked, gmina: str, found: list[Obligation], problems: list[tuple[str, Say]] | None = None) -> Response:
    this = next((each for each in found if each.period == asked.period), found[0])
    wrong = {id_: str(text) for id_, text in problems or []}
    changes = may(Right.DECIDE)
    whole = name(asked.form, gmina)
    begin = this.missing and changes
    return page(
        "staff/obligations/one.html",
        status=422 if problems else 200,
        title=whole,
        powiat=attribute(asked.form, gmina, "powiat"),
        form_title=static(asked.form.title),
        period=said(this.period),
        crumbs=crumbs(asked.form, (str(say("Kompletność")), here(asked)), (whole, "")),
        problems=[(f"#{id_}", text) for id_, text in wrong.items()],
        problems_title=wording.problems_title(len(wrong)),
        done=str(DONE[request.args["zrobiono"]]) if request.args.get("zrobiono") in DONE else "",
        rows=[_row(each) for each in found],
        reason=this.reason,
        granted=this.extended or this.excused_at is not None,
        begin_url=owed.address(asked.form, gmina, this.period, external=True) if begin else "",
        action_url=url_for("staff.completeness_grant", slug=asked.form.slug, gmina=gmina) if changes else "",
        okres=this.period,
        values={each: request.form.get(each, "") for each in ("dzien", "powod", "powod-zwolnienia")},
        errors={each: wrong.get(each, "") for each in ("dzien", "powod", "powod-zwolnienia")},
        excused=this.excused_at is not None,
        csrf=csrf_token(),
    )


def _row(each: Obligation) -> dict[str, Any]:
    text, kind = STATES[each.state]
    return {
        "period": said(each.period),
        "state": {"text": str(text), "kind": kind},
        "late": each.late,
        "due": short_date(each.due_at.astimezone(WARSAW)) if each.due_at else "",
        "extended": each.extended,
        "sent": short_date(each.sent_at.astimezone(WARSAW)) if each.sent_at else "",
        "reference": each.reference,
        "url": url_for("staff.response", key=each.key) if each.reference else "",
    }


def _end_of(day: str) -> datetime | None:
    """The last second of a day typed into a date input, in Warsaw; None for anything else."""
    try:
        return datetime.combine(datetime.strptime(day, "%Y-%m-%d").date(), time(23, 59, 59), WARSAW)
    except ValueError:
        return None

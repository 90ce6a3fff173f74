"""For staff: a period opened by hand, for all gminy of the form, and one more gmina obliged."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask import Response, g, request, url_for

from forms.periods.series import LIKE
from forms.spans import WARSAW
from forms.wording import Say, say, say_n
from records import audit, obligations
from records.reporting import coverage
from views import wording
from views.access import Right, requires
from views.pages import page, see, written
from views.security import csrf_token
from views.services import now, services
from views.staff.obligations.asked import Asked, asked_for, crumbs, here, said
from views.steps.drawing import static

LONGEST = 500  # characters of a reason
MOST_DIGITS = 6
ALREADY = say("Ta gmina ma już ten okres na liście.")
NO_GMINA = say("Wybierz gminę z listy.")
NO_REASON = say("Napisz powód – zostanie przy gminie, dla pracowników.")


@requires(Right.DECIDE)
def completeness_open(slug: str) -> Response:
    """Opens a period (`akcja` okres) or adds a gmina to the one looked at (`akcja` gmina)."""
    asked = asked_for(slug)
    if request.method == "GET":
        return _page(asked, [])
    if request.form.get("akcja") == "gmina":
        return _add(asked)
    return _open(asked)


def _open(asked: Asked) -> Response:
    typed, day = request.form.get("nowy", "").strip(), request.form.get("termin", "").strip()
    series = asked.form.period
    period = series.of(typed) if series is not None else None
    problems: list[tuple[str, Say]] = []
    if period is None or series is None:
        problems.append(("nowy", say("Wpisz okres tak: {like}.", like=LIKE[series.every] if series else "")))
    try:
        due = datetime.combine(datetime.strptime(day, "%Y-%m-%d").date(), time(23, 59, 59), WARSAW) if day else None
    except ValueError:
        due = None
        problems.append(("termin", say("Podaj dzień, na przykład 31.03.2027, albo zostaw pole puste.")))
    if problems or period is None:
        return _page(asked, problems)
    standing = services().standings(now(), everyone=True)
    gminy = obligations.owing(asked.form, standing) or [each.value for each in coverage.gminy(asked.form)]
    made = obligations.open_period(asked.form.slug, period, gminy, now(), due, audit.staff(g.person.id))
    return see(url_for("staff.completeness_open", slug=asked.form.slug, okres=period, dodano=made))


def _add(asked: Asked) -> Response:
    gmina, reason = request.form.get("gmina", ""), written("powod", LONGEST)
    problems: list[tuple[str, Say]] = []
    if gmina not in {each.value for each in coverage.gminy(asked.form)}:
        problems.append(("gmina", NO_GMINA))
    if not reason:
        problems.append(("powod", NO_REASON))
    if not problems and not obligations.add(
        asked.form.slug, asked.period, gmina, reason, now(), audit.staff(g.person.id)
    ):
        problems.append(("gmina", ALREADY))
    if problems:
        return _page(asked, problems)
    return see(here(asked, "staff.completeness_of", gmina=gmina))


def _page(asked: Asked, problems: list[tuple[str, Say]]) -> Response:
    wrong = {id_: str(text) for id_, text in problems}
    made = request.args.get("dodano", "")
    series = asked.form.period
    fields = ("nowy", "termin", "gmina", "powod")
    return page(
        "staff/obligations/open.html",
        status=422 if problems else 200,
        form_title=static(asked.form.title),
        crumbs=crumbs(asked.form, (str(say("Kompletność")), here(asked)), (str(say("Okresy i gminy")), "")),
        problems=[(f"#{id_}", text) for id_, text in wrong.items()],
        problems_title=wording.problems_title(len(wrong)),
        done=_done(made),
        collected=said(series.open) if series is not None and series.open else "",
        like=LIKE[series.every] if series is not None else "",
        period=said(asked.period),
        okres=asked.period,
        gminy=[{"value": each.value, "text": str(each.label)} for each in coverage.gminy(asked.form)],
        values={each: request.form.get(each, "") for each in fields},
        errors={each: wrong.get(each, "") for each in fields},
        action_url=url_for("staff.completeness_open", slug=asked.form.slug),
        csrf=csrf_token(),
    )


def _done(made: Any) -> str:
    if not (made.isdecimal() and len(made) <= MOST_DIGITS):
        return ""
    return str(say_n("Dopisano okres {n} gminie.", "Dopisano okres {n} gminom.", int(made)))

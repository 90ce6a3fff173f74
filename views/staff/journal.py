"""For administrators: the audit log – who did what, when, to what – searched, page by page, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from flask import Response, current_app, g, request, url_for
from werkzeug.datastructures import MultiDict

from forms.polish import sort_key
from forms.spans import WARSAW
from forms.wording import clock as hour
from forms.wording import say, say_n, short_date
from records import audit, people
from records.accounts import UNKNOWN
from records.audit import Entry
from records.log import searching
from records.log.searching import Wanted
from views.access import Right, requires
from views.pages import page
from views.services import now, services
from views.staff import journal_words as words
from views.staff.roles import title_of

PER_PAGE = 100
LONGEST = 100  # characters of a value in the address
MOST_DIGITS = 10  # of an id
FIELDS = ("kto", "czynnosc", "co", "formularz", "od", "do")
OTHERS = (audit.RESPONDENT, audit.SYSTEM, audit.VISITOR)


@requires(Right.MANAGE_STAFF)
def journal() -> Response:
    """The newest entries that fit, a page at a time; older ones from where the page ended."""
    args = given(request.args)
    before = request.args.get("przed", "")
    entries = searching.found(
        wanted(args), PER_PAGE + 1, int(before) if before.isdecimal() and len(before) < MOST_DIGITS else None
    )
    shown, team, filters = entries[:PER_PAGE], _team(), {name: value for name, value in args.items() if value}
    references = searching.references({each.subject for each in shown if each.slug})
    return page(
        "staff/journal.html",
        args=args,
        **_choices(team),
        rows=[_row(each, team, references) for each in shown],
        count_text=str(say_n("{n} wpis na tej stronie", "{n} wpisów na tej stronie", len(shown))),
        older=_url("journal", {**filters, "przed": str(shown[-1].id)}) if len(entries) > PER_PAGE else "",
        newest=_url("journal", filters) if before else "",
        here=url_for("staff.journal"),
        csv_url=_url("journal_csv", filters),
        kept_text=_kept(),
    )


@requires(Right.MANAGE_STAFF)
def journal_csv() -> Response:
    """The entries that fit as CSV, made while it is read; that somebody took it is an entry itself."""
    args = given(request.args)
    audit.record(audit.staff(g.person.id), "log-export", "log", args["formularz"] or None, {}, now())
    response = current_app.response_class(_lines(wanted(args)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="dziennik-{now():%Y-%m-%d}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def given(args: MultiDict[str, str]) -> dict[str, str]:
    """The filters of the address; what makes no sense in them counts as not there."""
    found = {name: args.get(name, "").strip()[:LONGEST] for name in FIELDS}
    for name in ("od", "do"):
        found[name] = found[name] if _day(found[name]) else ""
    if not (found["kto"] in OTHERS or (found["kto"].isdecimal() and found["kto"].isascii())):
        found["kto"] = ""
    return found


def wanted(args: dict[str, str]) -> Wanted:
    """The filters as records take them; the last day is still among what is shown."""
    until = _day(args["do"])
    return Wanted(
        who=args["kto"] if args["kto"] in OTHERS or not args["kto"] else audit.staff(int(args["kto"])),
        action=args["czynnosc"],
        what=args["co"],
        slug=args["formularz"],
        since=_day(args["od"]),
        until=until + timedelta(days=1) if until else None,
    )


def _choices(team: dict[str, str]) -> dict[str, Any]:
    staff = sorted(team.items(), key=lambda each: sort_key(each[1]))
    slugs = sorted((entry.slug for entry in services().catalogue.entries()), key=lambda slug: sort_key(title_of(slug)))
    actions = sorted(((name, str(text)) for name, text in words.ACTIONS.items()), key=lambda each: sort_key(each[1]))
    return {
        "people": [
            *({"value": name.rpartition(":")[2], "text": text} for name, text in staff),
            *({"value": name, "text": str(words.ACTORS[name])} for name in OTHERS),
        ],
        "actions": [{"value": name, "text": text} for name, text in actions],
        "forms": [{"value": slug, "text": title_of(slug)} for slug in slugs],
    }


def _row(entry: Entry, team: dict[str, str], references: dict[str, str]) -> dict[str, str]:
    reference, at = references.get(entry.subject, ""), entry.at.astimezone(WARSAW)
    return {
        "when": f"{short_date(at)}, {hour(at.timetz())}",
        "who": words.actor(entry.actor, team),
        "what": words.action(entry.action),
        "details": words.details(entry),
        "object": reference or _object(entry, team),
        "url": url_for("staff.response", key=entry.subject) if reference else "",
        "form": title_of(entry.slug) if entry.slug else "",
    }


def _object(entry: Entry, team: dict[str, str]) -> str:
    """What it was done to, where that is no response: an account, or what the log calls it; a form stands by itself."""
    if entry.subject in (entry.slug, "log", "privacy", "register") or entry.subject == entry.actor:
        return ""
    return str(say("nieznany adres")) if entry.subject == UNKNOWN else team.get(entry.subject, entry.subject)


def _lines(asked: Wanted) -> Iterator[str]:
    """Codes as the log has them, so that the file says in ten years what it says today."""
    line = io.StringIO()
    writer = csv.writer(line)

    def written(row: tuple[Any, ...]) -> str:
        writer.writerow(row)
        text = line.getvalue()
        line.seek(0)
        line.truncate()
        return text

    yield written(("id", "at", "actor", "action", "form", "subject", "details"))
    for each in searching.everything(asked):
        text = audit.as_text(each.details)
        yield written((each.id, each.at.isoformat(), each.actor, each.action, each.slug or "", each.subject, text))


def _team() -> dict[str, str]:
    """The names of staff by how the log calls them."""
    return {audit.staff(each.id): each.name for each in people.everyone()}


def _kept() -> str:
    days = services().settings.audit_days
    if not days:
        return str(say("Dziennik przechowujemy bez ograniczeń."))
    return str(say_n("Dziennik przechowujemy przez {n} dzień.", "Dziennik przechowujemy przez {n} dni.", days))


def _day(text: str) -> datetime | None:
    try:
        return datetime.combine(datetime.strptime(text, "%Y-%m-%d").date(), time(), WARSAW)
    except ValueError:
        return None


def _url(view: str, args: dict[str, Any]) -> str:
    return url_for(f"staff.{view}", **args)

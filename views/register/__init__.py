"""The Wykaz of revitalisation programmes, for everyone: the list with its search, one gmina, the same as a file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, url_for
from markupsafe import Markup

from forms.spans import WARSAW
from forms.standing import DECLARED, ENTERED, NEITHER
from forms.wording import Say, long_date, say, say_n
from records import register as records
from records.register import COLUMNS, Column, Programme, Version
from records.register.sheet import written
from views.audience import way_out
from views.pages import page
from views.presenting import Row
from views.register.searching import Wanted, labels, row, tag, wanted
from views.services import now, services

register = Blueprint("register", __name__)
FACTS = tuple(each for each in COLUMNS if each.name not in ("status", "title"))
STATES: dict[str, tuple[Say, str]] = {
    ENTERED: (say("w Wykazie"), "good"),
    DECLARED: (say("deklaracja"), ""),
    NEITHER: (say("brak programu i deklaracji"), "plain"),
}
"""How a gmina stands, in words, and the kind of the tag."""


@register.get("/wykaz")
def programmes() -> Response:
    """All entries that the reader asks for, in the order of the Polish alphabet by gmina. One query."""
    known = records.current()
    asked = wanted()
    found = asked.narrowed(known)
    return page(
        "register/list.html",
        part="register/_rows.html",
        shown_url=asked.url("register.programmes"),
        rows=[row(each, asked, url_for("register.gmina", gmina=each.programme.gmina)) for each in found],
        count_text=str(say_n("{n} wpis", "{n} wpisów", len(found))),
        empty=not known,
        updated=long_date(max(each.changed_at for each in known).astimezone(WARSAW).date()) if known else "",
        csv_url=asked.url("register.programmes_csv") if found else "",
        **asked.fields(),
        here=url_for("register.programmes"),
    )


@register.get("/wykaz.csv")
def programmes_csv() -> Response:
    """The same entries as a file, of the shape that staff bring back."""
    return as_file(wanted())


@register.get("/wykaz/<gmina>")
def gmina(gmina: str) -> Response:
    """How one gmina stands and why, what its entries say, and how they came to say it."""
    asked = wanted()
    if gmina not in asked.gminy:
        abort(404)
    stands = services().standings(now())(gmina) or abort(404)
    text, kind = STATES[stands.wykaz]
    return page(
        "register/gmina.html",
        title=asked.label(gmina),
        powiat=asked.powiat_of(gmina),
        code=gmina,
        state={"text": str(text), "kind": kind},
        words=str(stands.words) if stands.wykaz != ENTERED else "",
        declare=way_out() if stands.wykaz == NEITHER else "",
        entries=[entry(each) for each in records.current(gmina)],
        list_url=url_for("register.programmes"),
    )


def as_file(asked: Wanted) -> Response:
    """Entries as a CSV for a spreadsheet."""
    response = Response(written(asked.narrowed(records.current()), labels()), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="wykaz-{now():%Y-%m-%d}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def entry(version: Version) -> dict[str, Any]:
    """One entry for everyone: what it says, and what was changed when – not by whom."""
    one = version.programme
    return {
        "title": str(one["title"] or untitled(version)),
        "state": tag(version),
        "rows": facts(version),
        "history": [
            {"when": long_date(each.changed_at.astimezone(WARSAW).date()), "what": what}
            for each, what in told(records.history(version.entry))
        ],
    }


def untitled(version: Version) -> Say:
    """What stands in place of a title that nobody has entered yet."""
    return say("Wpis nr {n} – tytuł do uzupełnienia", n=version.programme["number"] or version.entry)


def facts(version: Version) -> list[Row]:
    """What an entry says, a row for each column that says something."""
    one = version.programme
    return [Row(str(each.label), _shown(one, each)) for each in FACTS if one[each.name] is not None]


def _shown(one: Programme, column: Column) -> Markup | str:
    text = one.shown(column)
    return Markup('<p><a href="{0}" rel="noreferrer">{0}</a></p>').format(text) if column.name == "link" else text


def told(versions: list[Version]) -> list[tuple[Version, list[str]]]:
    """Each version, the newest first, with its differences from the one before it in words."""
    found = []
    for at, each in enumerate(versions):
        before = versions[at + 1] if at + 1 < len(versions) else None
        if before is None:
            found.append((each, [str(say("Dodano wpis."))]))
            continue
        lines = before.programme.differences(each.programme)
        found.append((each, [str(_line(str(column.label), was, is_)) for column, was, is_ in lines]))
    return found


def _line(label: str, was: str, is_: str) -> Say:
    if was and is_:
        return say("{label}: było „{was}”, jest „{now}”", label=label, was=was, now=is_)
    if is_:
        return say("{label}: dopisano „{now}”", label=label, now=is_)
    return say("{label}: usunięto „{was}”", label=label, was=was)

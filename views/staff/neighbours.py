"""For staff: the responses before and after this one in the list that one came from, as its filters and order say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import g, request, url_for
from werkzeug.datastructures import MultiDict

from forms.polish import sort_key
from forms.wording import Say, number, say
from records import audit
from records.desk import table
from views.access import Right, may
from views.guests import gmina_name
from views.services import now, services
from views.staff.table.asking import Address, read

PLACE = "nr"  # in the address: which row of the list this response was, counted from 1 (see table.drawing.row)
MOST_DIGITS = 7
NONE: dict[str, Any] = {"list_url": "", "previous_url": "", "next_url": "", "place": ""}


def neighbours(key: str, slug: str) -> dict[str, Any]:
    """Where the list is and the responses beside this one are, as the address of the page says; "" for none.

    The list is asked anew. A response that has left it (it was accepted, and the list is of those to decide) is followed
    by the one that stands in its row now, so that nobody is passed over.
    """
    text, form = request.args.get(PLACE, ""), services().catalogue.get(slug)
    if form is None or not text.isdecimal() or len(text) > MOST_DIGITS or int(text) < 1:
        return NONE
    args = MultiDict((name, value) for name, value in request.args.items(multi=True) if name != PLACE)
    address = read(form, args, sensitive=may(Right.READ_SENSITIVE))
    if used := address.sensitive():
        audit.record(audit.staff(g.person.id), "read-sensitive", slug, slug, {"columns": used}, now())
    row, per_page = int(text), address.wanted.per_page
    before, total = _row(address, row - 1) if row > 1 else (None, 0)
    here, total = _row(address, row)
    stays = here is not None and here.key == key
    following = row + 1 if stays else row
    after = (_row(address, following)[0] if stays else here) if following <= total else None
    place = say("{n} z {total}", n=number(row), total=number(total)) if stays else _left(total)
    query = address.query(page=max(1, -(-row // per_page)))
    return {
        "list_url": url_for("staff.responses", slug=slug) + (f"?{query}" if query else ""),
        "previous_url": _url(address, before, row - 1),
        "next_url": _url(address, after, following),
        "place": str(place),
    }


def _left(total: int) -> Say:
    """How many are still in the list, for whoever looks at a response that is not in it any more."""
    return say("Na liście jest jeszcze: {n}.", n=number(total)) if total else say("Na liście nie ma już nic.")


def _row(address: Address, row: int) -> tuple[table.Row | None, int]:
    """The response in this row of the list, and how many there are."""
    wanted: Any = replace(address.wanted, page=row, per_page=1, shown=(), labels=False)
    by_gmina = address.sort == table.GMINA
    gminy = table.occurring(address.form.slug, lambda code: sort_key(gmina_name(code))) if by_gmina else []
    found = table.look(address.form.slug, wanted, address.questions, gminy)
    return (found.rows[0] if found.rows else None), found.total


def _url(address: Address, row: table.Row | None, at: int) -> str:
    return f"{url_for('staff.response', key=row.key)}?{address.query(page=1, **{PLACE: at})}" if row is not None else ""

"""For staff: the responses before and after this one in the list that one came from, as its filters and order say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import g, request, url_for
from werkzeug.datastructures import MultiDict

from forms.polish import sort_key
from forms.wording import Say, number, say
from records import audit
from records.desk import paging, table
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
    rows, total = _rows(address, row)
    here = rows.get(row)
    stays = here is not None and here.key == key
    previous, following = min(row - 1, total), row + 1 if stays else row
    place = say("{n} z {total}", n=number(row), total=number(total)) if stays else _left(total)
    query = address.query(page=max(1, -(-row // per_page)))
    return {
        "list_url": url_for("staff.responses", slug=slug) + (f"?{query}" if query else ""),
        "previous_url": _url(address, rows.get(previous), previous),
        "next_url": _url(address, rows.get(following), following),
        "place": str(place),
    }


def _left(total: int) -> Say:
    """How many are still in the list, for whoever looks at a response that is not in it any more."""
    return say("Na liście jest jeszcze: {n}.", n=number(total)) if total else say("Na liście nie ma już nic.")


def _rows(address: Address, row: int) -> tuple[dict[int, table.Row], int]:
    """The responses in this row of the list and beside it, and how many there are."""
    wanted: Any = replace(address.wanted, shown=(), labels=False)
    by_gmina = address.sort == paging.GMINA
    gminy = table.occurring(address.form.slug, lambda code: sort_key(gmina_name(code))) if by_gmina else []
    return table.beside(address.form.slug, wanted, address.questions, gminy, row)


def _url(address: Address, row: table.Row | None, at: int) -> str:
    return f"{url_for('staff.response', key=row.key)}?{address.query(page=1, **{PLACE: at})}" if row is not None else ""

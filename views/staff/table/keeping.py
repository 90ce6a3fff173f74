"""For staff: views of the table that are kept under a name, for oneself or for all who see the form."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Response, abort, g, request, url_for
from werkzeug.datastructures import MultiDict

from records.desk import saved
from views.access import Right, may, requires
from views.pages import see
from views.services import now, services
from views.staff.table.asking import read


@requires(Right.READ_RESPONSES)
def save(slug: str) -> Response:
    """Keeps the table as it is under a name; what makes no sense in the address is not kept."""
    form = services().catalogue.get(slug) or abort(404)
    query = MultiDict(parse_qsl(request.form.get("adres", "")[: saved.LONGEST_QUERY]))
    address = read(form, query, sensitive=may(Right.READ_SENSITIVE)).query(page=1)
    name = request.form.get("nazwa", "").strip()[: saved.LONGEST_NAME]
    if name and len(address) <= saved.LONGEST_QUERY:
        saved.add(slug, saved.TABLE, name, address, g.person.id, now(), shared="wspolny" in request.form)
    return _back(slug, address)


@requires(Right.READ_RESPONSES)
def change(slug: str, view_id: int) -> Response:
    """Another name for one's own view, or its end."""
    view = saved.get(view_id, g.person.id)
    if view is None or view.slug != slug or view.person != g.person.id:
        abort(404)
    name = request.form.get("nazwa", "").strip()[: saved.LONGEST_NAME]
    if request.form.get("akcja") == "usun":
        saved.remove(view_id, g.person.id, now())
    elif name:
        saved.rename(view_id, name, g.person.id, now())
    return _back(slug, view.query)


def _back(slug: str, query: str) -> Response:
    return see(url_for("staff.responses", slug=slug) + (f"?{query}" if query else ""), anchor="widoki")

"""For staff: the responses of one form in a table; which, how sorted and with what columns, all stands in the address."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, request, url_for

from forms.definition import Form
from records import audit
from records.desk import labels, saved, table
from views.access import Right, may, requires
from views.pages import page
from views.security import csrf_token
from views.services import now, services
from views.staff.table import bulk_words, drawing
from views.staff.table.asking import Address, read
from views.staff.ways import crumbs
from views.steps.drawing import static


@requires(Right.READ_RESPONSES)
def responses(slug: str) -> Response:
    """A page of the table; for htmx, while someone types or chooses, only the table."""
    form = services().catalogue.get(slug) or abort(404)
    address = read(form, request.args, sensitive=may(Right.READ_SENSITIVE))
    gminy = table.occurring(slug, drawing.gmina_rank) if has_gmina(form) else []
    found = table.look(slug, address.wanted, address.questions, gminy)
    if sensitive := address.sensitive():
        audit.record(audit.staff(g.person.id), "read-sensitive", slug, slug, {"columns": sensitive}, now())
    title = static(form.title)
    return page(
        "staff/responses.html",
        part="staff/_response_rows.html",
        shown_url=drawing.url(address),
        form_title=title,
        crumbs=crumbs(slug, title),
        search_url=url_for("staff.responses", slug=slug),
        q=address.asked.search,
        sort=address.sort,
        order="desc" if address.wanted.order.descending else "asc",
        count_text=drawing.count_text(found, address),
        today_url=url_for("staff.today") if drawing.all_decided(found, address) else "",
        problems=list(address.problems),
        chips=drawing.chips(address),
        columns=drawing.columns(address),
        rows=[
            drawing.row(address, each, nr)
            for nr, each in enumerate(found.rows, start=(found.page - 1) * address.wanted.per_page + 1)
        ],
        pages=drawing.pages(address, found),
        views=_views(address),
        choices=drawing.choices(address, gminy, labels.of_form(slug)),
        bulk=bulk_words.offered(address, found.total),
        done=bulk_words.done(address),
        csrf=csrf_token(),
    )


def has_gmina(form: Form) -> bool:
    """Whether the form asks which gmina answers."""
    return any(each.type.names_gmina for each in form.fields)


def _views(address: Address) -> dict[str, Any]:
    """The saved views of the table, and where the one at hand is saved."""
    slug, me = address.form.slug, g.person.id
    return {
        "saved": [
            {
                "id": each.id,
                "name": each.name,
                "url": url_for("staff.responses", slug=slug) + (f"?{each.query}" if each.query else ""),
                "shared": each.shared,
                "change_url": url_for("staff.view_change", slug=slug, view_id=each.id) if each.person == me else "",
            }
            for each in saved.of(slug, saved.TABLE, me)
        ],
        "save_url": url_for("staff.view_save", slug=slug),
        "query": address.query(page=1),
    }

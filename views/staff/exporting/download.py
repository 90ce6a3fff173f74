"""For staff: an export as a download that is made while it is being read; long ones are left to the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import copy_context
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.definition import Form
from records import audit
from records.export.asked import Asked
from records.export.exporter import Export
from records.export.exporter import export as exporting
from views.access import Right, may, requires
from views.pages import see
from views.services import now, services
from views.staff.exporting.asking import wish, with_format
from views.staff.exporting.formats import NAMES

# Responses that are written while one waits. A workbook begins only when all of it is written, and takes some 0.4 ms for
# a response to 20 questions; the other formats begin at once and take a quarter of that or less.
LONG, LONG_WORKBOOK = 50_000, 5_000
END = b""  # no piece of an export is empty


@requires(Right.EXPORT)
def export(slug: str, format: str) -> Response:
    """What the address asks for of what was sent to a form, as a file; a long one is offered on the page of exports."""
    form = form_or_404(slug)
    if format not in NAMES:
        abort(404)
    asked = wish(form, request.args, sensitive=may(Right.READ_SENSITIVE))
    made = export_of(form, format, asked.asked)
    if long(format, made.responses.count()):
        return see(f"{url_for('staff.export_page', slug=slug)}?{with_format(asked.query, format)}")
    details: dict[str, Any] = {"format": format}
    details |= {"sensitive": True} if asked.secret else {}
    details |= {"filtered": True} if asked.filters else {}
    audit.record(audit.staff(g.person.id), "export", slug, slug, details, now())
    return download(made.chunks(), made.media_type, file_name(slug, made.ending))


def form_or_404(slug: str) -> Form:
    """The form as it serves."""
    return services().catalogue.get(slug) or abort(404)


def export_of(form: Form, format: str, asked: Asked, told: Callable[[int], None] | None = None) -> Export:
    """The export that is asked for; nothing is read yet."""
    here = services()
    return exporting(form.slug, form, lambda version_id: here.version(form.slug, version_id), format, asked, told)


def long(format: str, count: int) -> bool:
    """Whether so many responses take longer than anybody waits for."""
    return count > (LONG_WORKBOOK if format == "xlsx" else LONG)


def file_name(slug: str, ending: str) -> str:
    """What the file is called where it is saved: `szkolenie-2026-11-23.csv`."""
    return f"{slug}-{now():%Y-%m-%d}.{ending}"


def download(chunks: Iterator[bytes], media_type: str, name: str) -> Response:
    """The pieces as a file. The first is made before the answer begins, so that what fails at the start shows as an error
    and not as half a file.
    """
    response = Response(in_this_context(chunks), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def in_this_context(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each made in the language of this request, which is over by the time the server reads them."""
    context = copy_context()
    first = context.run(next, chunks, END)

    def rest() -> Iterator[bytes]:
        piece = first
        while piece:
            yield piece
            piece = context.run(next, chunks, END)

    return rest()

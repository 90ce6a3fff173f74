"""For staff: an export as a download that is made while it is being read."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import copy_context

from flask import Response, abort

from records.export.exporter import FORMATS, export
from views.services import now, services

END = b""  # no piece of an export is empty


def export_response(slug: str, format: str, *, sensitive: bool = False) -> Response:
    """All that was sent to a form, as a file such as `szkolenie-2026-11-23.csv`; 404 for another form or format.

    Access is the caller's matter. The first piece is made before the answer begins, so that what fails at the start
    shows as an error and not as half a file.
    """
    here = services()
    form = here.catalogue.get(slug)
    if form is None or format not in FORMATS:
        abort(404)
    made = export(slug, form, lambda version_id: here.version(slug, version_id), format, sensitive=sensitive)
    response = Response(_in_this_context(made.chunks()), content_type=made.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{now():%Y-%m-%d}.{made.ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _in_this_context(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each made in the language of this request, which is over by the time the server reads them."""
    context = copy_context()
    first = context.run(next, chunks, END)

    def rest() -> Iterator[bytes]:
        piece = first
        while piece:
            yield piece
            piece = context.run(next, chunks, END)

    return rest()

"""What the API answers: forms, their columns and versions, and responses as the export gives them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request

from forms.definition import Form
from forms.wording import say
from records import audit, listing
from records.export import package
from records.export.asked import Asked, stamp
from records.export.exporter import MEDIA_TYPES, Export
from records.export.shape import SHORT_HASH
from records.export.sheets import Files
from records.listing import START, Filter
from records.shapes import DRAFT
from records.tokens import Token
from views.access import for_programs
from views.api.parameters import LINES, Unknown, cursor, read
from views.comparing import history
from views.programs import token
from views.services import now, services
from views.staff.exporting.asking import shape_of
from views.staff.exporting.download import export_of, form_or_404, in_this_context
from views.steps.drawing import static

SETTLED = timedelta(seconds=2)  # a state that is younger may still change within the second that its stamp tells


@for_programs
def forms() -> Response:
    """The forms that the token opens."""
    counts = listing.counts()
    entries = services().catalogue.entries()
    found = [entry.form for entry in entries if entry.form is not None and token().reads(entry.slug)]
    return _json({"forms": [_form(form, counts.get(form.slug, {})) for form in found]})


@for_programs
def form(slug: str) -> Response:
    """One form, with the columns of each of its tables."""
    found = form_or_404(slug)
    shape = shape_of(found, Asked(sensitive=token().sensitive))
    tables = [{"name": ".".join(each.path), "schema": package.schema(slug, each)} for each in shape.tables]
    return _json({**_form(found, listing.counts().get(slug, {})), "tables": tables})


@for_programs
def form_versions(slug: str) -> Response:
    """The versions of a form, the newest first."""
    form_or_404(slug)
    found = [
        {"hash": each.hash[:SHORT_HASH], "stored_at": each.stored_at.isoformat(), "responses": used.sent}
        for each, used in history(slug)
    ]
    return _json({"versions": found})


@for_programs
def rows(slug: str) -> Response:
    """Responses, streamed; 304 when nothing has changed."""
    found, asked = form_or_404(slug), read(request.args)
    made = export_of(found, asked["format"], _wanted(asked, token()))
    table = _table(made, asked)
    response = Response(content_type=MEDIA_TYPES["jsonl" if asked["format"] == LINES else "csv"])
    response.automatically_set_content_length = False  # make_conditional would count what is not there yet: 0 bytes
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Authorization")
    if _unchanged(response, found):
        return response
    if asked["limit"] and (last := made.responses.last_of(asked["limit"])) is not None:
        made = replace(made, responses=replace(made.responses, asked=replace(made.responses.asked, until=last)))
        args = urlencode(
            [*((name, text) for name, text in request.args.items() if name != "after"), ("after", cursor(last))]
        )
        response.headers["Link"] = f'<{request.base_url}?{args}>; rel="next"'
    what = {"format": asked["format"], "api": True, **({"sensitive": True} if token().sensitive else {})}
    audit.record(audit.token(token().id), "export", slug, slug, what, now())
    response.response = in_this_context(_pieces(made.files(), table))
    return response


def _wanted(asked: dict[str, Any], by: Token) -> Asked:
    return Asked(
        filter=Filter(state=asked["state"]),
        columns=asked["columns"],
        words=asked["labels"],
        newest=asked["newest"],
        sensitive=by.sensitive,
        since=asked["changed_since"],
        after=asked["after"] or START,
    )


def _table(made: Export, asked: dict[str, Any]) -> int:
    """Which of the tables; Unknown when there is none of that name."""
    names = [".".join(each.path) for each in made.shape.tables]
    wanted = asked["table"]
    if wanted and asked["format"] == LINES:
        raise Unknown(say("Tabele są tylko w CSV: w wierszu JSON grupy są wewnątrz odpowiedzi."))
    if wanted not in names:
        known = ", ".join(filter(None, names)) or "–"
        raise Unknown(say("Nie ma tabeli „{name}”. Są: {known}.", name=wanted, known=known))
    return names.index(wanted)


def _pieces(files: Files, wanted: int) -> Iterator[bytes]:
    """One of the files; those before it are read and thrown away, for all of them come from one run."""
    for at, (_, pieces) in enumerate(files):
        if at == wanted:
            yield from pieces
            return
        for _ in pieces:
            pass


def _unchanged(response: Response, found: Form) -> bool:
    """Gives the answer its ETag and Last-Modified; whether the program has what it would get."""
    state, last = stamp(found.slug)
    if last is None:
        return False
    if now() - last < SETTLED:
        return False
    words = (state, found.hash, str(token().sensitive), request.query_string.decode("latin-1"))
    response.set_etag(hashlib.sha256("\n".join(words).encode()).hexdigest()[:32])
    response.last_modified = last
    response.make_conditional(request)
    return response.status_code == 304


def _form(found: Form, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "slug": found.slug,
        "title": static(found.title),
        "state": found.state,
        "version": found.hash[:SHORT_HASH],
        "responses": sum(n for state, n in counts.items() if state != DRAFT),
    }


def _json(content: dict[str, Any]) -> Response:
    """JSON with an ETag, or 304."""
    response = jsonify(content)
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Authorization")
    response.make_conditional(request)
    return response

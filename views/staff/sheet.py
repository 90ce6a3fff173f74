"""For staff: a list as a table that a Polish Excel opens by a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, g

from forms.wording import Say
from records import audit
from records.export.excel import cell
from views.services import now

BOM = "\ufeff"


def as_csv(
    name: str,
    heads: Iterable[Say],
    rows: Iterable[Sequence[Any]],
    *,
    what: str = "",
    slug: str | None = None,
    **details: str,
) -> Response:
    """The table as a file of this name: BOM, semicolons, Polish words; the log tells who took it, `what`, of which form."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(str(each) for each in heads)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    what = what or name
    audit.record(audit.staff(g.person.id), "export", slug or what, slug, {"what": what, **details}, now())
    response = Response((BOM + text.getvalue()).encode(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response

"""Papers as PDF/UA-1: a template of templates/pdf set by Typst, with data that it reads and never runs."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Response, current_app

from config.settings import ROOT
from forms.wording import language, say
from views import qr as codes
from views import wording
from views.services import now, services

FOLDER = ROOT / "templates" / "pdf"


def paper(
    template: str, filename: str, title: str, /, *, pictures: Mapping[str, bytes] | None = None, **data: Any
) -> Response:
    """The paper `templates/pdf/<template>.typ` with these data (JSON values), as a download that no shared cache keeps."""
    whole = {
        "title": title,
        "heading": title,
        "office": str(services().site["office"]),
        "lang": language.get(),
        "page": str(say("Strona")),
        "made": str(say("Stan na: {when}", when=wording.local(now()))),
        **data,
    }
    answer = current_app.response_class(pdf(template, whole, pictures), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def pdf(name: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The template set with these data; fonts come with Typst, so that it looks the same on every server.

    `pictures` are JPEG files by the names under which the template shows them.
    """
    if not pictures:
        return _set(FOLDER, name, data)
    with tempfile.TemporaryDirectory() as folder:  # Typst reads pictures from files beside the template, and no others
        place = Path(folder)
        for file in (f"{name}.typ", "common.typ"):
            shutil.copy(FOLDER / file, place)
        for file, picture in pictures.items():
            (place / file).write_bytes(picture)
        return _set(place, name, data)


def _set(folder: Path, name: str, data: Mapping[str, Any]) -> bytes:
    import typst  # noqa: PLC0415 – 40 MB that a server needs only once somebody prints

    return typst.compile(
        folder / f"{name}.typ",
        root=folder,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],  # ISO 14289-1: tagged, with a title, a language and a reading order
        ignore_system_fonts=True,
    )


def qr(address: str) -> str:
    """The address as a QR code: the text of an SVG picture."""
    return codes.picture(address, border=2).decode()

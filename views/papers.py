"""Papers as PDF/UA-1: a template of templates/pdf set by Typst, with data that it reads and never runs."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app

from config.settings import ROOT
from forms.wording import language, say
from views import wording
from views.services import now, services

FOLDER = ROOT / "templates" / "pdf"


def paper(template: str, filename: str, title: str, /, **data: Any) -> Response:
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
    answer = current_app.response_class(pdf(template, whole), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def pdf(name: str, data: Mapping[str, Any]) -> bytes:
    """The template set with these data; fonts come with Typst, so that it looks the same on every server."""
    import typst  # noqa: PLC0415 – 40 MB that a server needs only once somebody prints

    return typst.compile(
        FOLDER / f"{name}.typ",
        root=FOLDER,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],  # ISO 14289-1: tagged, with a title, a language and a reading order
        ignore_system_fonts=True,
    )


def qr(address: str) -> str:
    """The address as a QR code: the text of an SVG picture."""
    import segno  # noqa: PLC0415 – as above

    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode()

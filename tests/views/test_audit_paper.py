"""The report of an audit on paper: what it says, its photographs with their descriptions, who may have it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from records.database import run
from tests.conscience import Conscience
from tests.views import audited, office
from tests.views.audited import BIALOGARD, picture
from views.auditing import paper


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"audyt": audited.FORM}


def filled_in(client: Conscience) -> str:
    """An audit filled in as people do, with a photograph, not sent yet; the token of its private link."""
    client.get("/f/audyt/wypelnij")
    answer = client.send({"gmina": BIALOGARD, "obiekt": "Urząd Miasta", "dzien": "14.10.2026", "opiekun": "Jan Tajny"})
    token = answer.request.path.split("/")[2]
    client.send(
        {
            "oceny--A01": "0",
            "oceny--A01.remark": "Dziura przy wejściu",
            "oceny--A02": "2",
            "oceny--K01": "2",
            "oceny--A01.photo--upload": (picture(), "dziura.jpg"),
            "oceny--A01.photo--alt": "Dziura w chodniku przed wejściem",
        }
    )
    return token


def pdf(data: bytes) -> tuple[str, Any]:
    reader = PdfReader(io.BytesIO(data))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages)), reader


def alternatives(reader: Any) -> list[str]:
    """The alternative texts of the tagged figures."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_the_report_says_what_was_found_and_shows_photographs_with_their_descriptions(
    app: Flask, client: Conscience
) -> None:
    token = filled_in(client)
    client.send()
    client.send()
    address = f"/z/{token}/audyt.pdf"
    client.get(f"/z/{token}/")
    assert address in {link.get("href") for link in client.page.root.iter("a")}
    answer = client.get(address)
    assert answer.mimetype == "application/pdf"
    text, reader = pdf(answer.data)
    assert "Raport z audytu dostępności: Urząd Miasta" in text
    assert "57,1" in text
    assert "Dziura przy wejściu" in text
    assert "Jan Tajny" not in text
    assert alternatives(reader) == ["Dziura w\u00a0chodniku przed wejściem"]
    assert reader.metadata.title.replace("\u00a0", " ") == "Raport z audytu dostępności: Urząd Miasta"
    image = reader.pages[-1].images[0] if reader.pages[-1].images else reader.pages[0].images[0]
    assert max(image.image.size) == paper.LONGEST_SIDE
    assert b"Aparat z GPS" not in answer.data


def test_a_draft_and_a_file_that_is_no_picture_do_not_break_the_report(app: Flask, client: Conscience) -> None:
    token = filled_in(client)
    assert client.get(f"/z/{token}/audyt.pdf").status_code == 404  # not sent yet
    with app.app_context():
        stored_as = run("SELECT stored_as FROM stored_file").fetchone()[0]
    place = office.services(app).files.folder / stored_as[:2] / stored_as
    place.write_bytes(b"\xff\xd8\xff broken")
    client.get(f"/z/{token}/dalej")
    client.get(f"/z/{token}/podsumowanie")
    client.send()
    text, reader = pdf(client.get(f"/z/{token}/audyt.pdf").data)
    assert "Dziura w chodniku przed wejściem" in text
    assert alternatives(reader) == []

"""Certificates on paper, one on each page, with the code by which anybody can see whether they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response as Answer
from flask import url_for

from forms.definition import Form
from forms.spans import WARSAW
from forms.wording import long_date, say, speaking
from records import certificates
from records.certificates import Certificate
from records.responses import Response
from views.markdown import typographic
from views.papers import paper, qr


def printable(found: Certificate) -> bool:
    """Whether it may be printed: it holds, and says of whom (personal data are erased in due time)."""
    return found.valid and "name" in found.facts


def printed(papers: Sequence[Certificate], filename: str, title: str) -> Answer:
    """The certificates as one PDF/UA-1 file, each in the language of its response."""
    return paper("certificate", filename, title, papers=[_page(each) for each in papers])


def file_name(found: Certificate) -> str:
    """The name of the file of one certificate, without its ending."""
    return f"zaswiadczenie-{found.number.replace('/', '-')}"


def papers_of(form: Form, stored: Response, token: str) -> list[dict[str, str]]:
    """The certificates of the people of a response, for its private page; no query for a form without events."""
    if not form.events:
        return []
    return [
        {
            "title": typographic(f"{found.facts['name']} – {found.facts['title']}"),
            "number": found.number,
            "url": url_for("confirming.certificate", token=token, code=found.code),
        }
        for found in certificates.of_response(stored.id)
        if printable(found)
    ]


def _page(found: Certificate) -> dict[str, Any]:
    facts = found.facts
    address = url_for("certified.certificate", code=found.code, _external=True)
    with speaking(facts.get("language", "pl")):
        return {
            "lang": facts.get("language", "pl"),
            "heading": facts["title"],
            "name": facts["name"],
            "text": typographic(facts["text"]),
            "events": [{name: typographic(text) for name, text in event.items()} for event in facts["events"]],
            "number": str(say("nr {number}", number=found.number)),
            "issued": long_date(found.issued_at.astimezone(WARSAW).date()),
            "signature": str(say("podpis")),
            "check": str(say("Sprawdź, czy zaświadczenie jest ważne:")),
            "address": address,
            "code": qr(address),
        }

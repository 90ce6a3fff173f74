"""For everybody: whether a certificate holds, by the code that stands on it.

Guessing a code is hopeless (59 bits); that it is also slow keeps guessers from being a burden.
"""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, request

from forms.spans import WARSAW
from forms.wording import Say, long_date, say
from records import certificates
from records.certificates import CODE_LENGTH, Certificate
from records.responses import ALPHABET
from views import pace
from views.pages import page
from views.services import services

certified = Blueprint("certified", __name__)

CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")
BY_ADDRESS = "60 per 10 minutes"
HOLDS, REPLACED, REVOKED = "valid", "replaced", "revoked"
STATES: dict[str, tuple[Say, str]] = {
    HOLDS: (say("ważne"), "good"),
    REPLACED: (say("zastąpione nowszym"), "warning"),
    REVOKED: (say("unieważnione"), "bad"),
}
TOLD: dict[str, tuple[str, Say]] = {
    HOLDS: ("success", say("To zaświadczenie jest ważne.")),
    REPLACED: ("warning", say("To zaświadczenie zastąpiono nowszym. Poproś o aktualne.")),
    REVOKED: ("error", say("To zaświadczenie jest unieważnione.")),
}


@certified.after_request
def hide(response: Response) -> Response:
    """What it says of a person is for who holds the paper, not for search engines."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@certified.get("/zaswiadczenie/<code>")
def certificate(code: str) -> Response:
    """What the certificate with this code says, and whether it holds; of one that does not only that."""
    if not pace.hit(BY_ADDRESS, "certificate", request.remote_addr or ""):
        abort(429)
    code = re.sub(r"[\s-]", "", code).lower()
    found = certificates.find(code) if CODE.fullmatch(code) else None
    if found is None:
        abort(404)
    state = state_of(found)
    kind, text = TOLD[state]
    facts = found.facts if state == HOLDS else {}
    return page(
        "public/certificate.html",
        number=found.number,
        state={"text": str(STATES[state][0]), "kind": STATES[state][1]},
        notice={"kind": kind, "text": str(text)},
        name=facts.get("name", ""),
        title=facts.get("title") or str(say("Zaświadczenie")),
        events=facts.get("events", []),
        issued=long_date(found.issued_at.astimezone(WARSAW).date()),
        office=str(services().site["office"]),
        forgotten=state == HOLDS and not facts,
    )


def state_of(found: Certificate) -> str:
    """valid | replaced | revoked"""
    if found.revoked_at is not None:
        return REVOKED
    return REPLACED if found.replaced_by is not None else HOLDS

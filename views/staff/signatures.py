"""For staff: how a report stands with the signatures of its gmina, and the papers that were signed."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for

from forms.definition import Form
from forms.wording import say
from records.gminy import signing
from records.gminy.signing import SignOff
from records.responses import Response as Stored
from views.access import Right, requires
from views.gmina.signed import by, served
from views.staff.opened import sent_or_404

SIGNED = (say("podpisane"), "good")
REPLACED = (say("zastąpione poprawką"), "warning")
TO_APPROVE = (say("czeka na zatwierdzenie"), "warning")
UNSIGNED = (say("niepodpisane"), "warning")


@requires(Right.READ_RESPONSES)
def signed_paper(key: str, correction: int) -> Response:
    """The paper that two people of the gmina signed, as it was frozen: without sensitive answers."""
    return served(sent_or_404(key), correction)


def signatures(form: Form, stored: Stored) -> dict[str, Any]:
    """What the page of a response says of its signatures; of a form that asks for none it says nothing, and asks nothing."""
    if form.sign_off == "none":
        return {"signatures": []}
    signed = signing.of_responses([stored.id]).get(stored.id, [])
    rows = [_row(stored, each) for each in reversed(signed) if each.sha256 or each.correction == stored.correction]
    if all(each.correction != stored.correction for each in signed):
        rows.insert(0, {"state": _tag(UNSIGNED), "facts": [], "url": "", "check_url": ""})
    return {"signatures": rows}


def _row(stored: Stored, each: SignOff) -> dict[str, Any]:
    facts = [(say("Sporządził/a"), by(each.prepared_name, each.prepared_at))]
    if each.approved_name and each.approved_at:
        facts.append((say("Zatwierdził/a"), by(each.approved_name, each.approved_at)))
    state = TO_APPROVE if not each.sha256 else SIGNED if each.correction == stored.correction else REPLACED
    return {
        "state": _tag(state),
        "facts": [{"label": str(label), "text": text} for label, text in facts],
        "url": url_for("staff.signed_paper", key=stored.key, correction=each.correction) if each.kept else "",
        "check_url": url_for("gmina.check", sha256=each.sha256) if each.sha256 else "",
    }


def _tag(state: tuple[Any, str]) -> dict[str, str]:
    return {"text": str(state[0]), "kind": state[1]}

"""Sign-off of a sent report: prepared by, approved by, the frozen paper, and for everybody whether a paper is genuine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Response, abort, current_app, request, url_for
from markupsafe import Markup

from forms.definition import Form
from forms.wording import say
from records import responses
from records.bookings.lifecycle import OVER
from records.gminy import signing
from records.gminy.people import Person
from records.gminy.signing import Changed, SamePerson, SignOff
from records.shapes import Missing
from views import acting, wording
from views.answered import presented, sent_answers
from views.gmina.frame import here, title_of
from views.markdown import typographic
from views.pages import page, see
from views.papers import pdf
from views.presenting import Row
from views.services import now, services

CHANGED = say("Sprawozdanie poprawiono, zanim je podpisano. Przeczytaj je jeszcze raz, a potem podpisz.")
CHECKSUM = re.compile(r"[0-9a-f]{64}")


def signatures(form: Form, stored: responses.Response, person: Person) -> dict[str, Any] | None:
    """What the page of a response says of its signatures, and what this person may do; None where it has none to show."""
    signed = signing.of_responses([stored.id]).get(stored.id, [])
    standing = stored.reference is not None and stored.state not in OVER
    if not signed and (form.sign_off == "none" or not standing):
        return None
    current = next((each for each in signed if each.correction == stored.correction), None)
    asks = form.sign_off != "none" and standing
    alone = form.sign_off == "one"
    approves = current is not None and current.sha256 is None and (alone or current.prepared_by != person.id)
    return {
        "papers": [_paper(stored, each, each is current) for each in signed if each.sha256],
        "prepared": by(current.prepared_name, current.prepared_at) if current else "",
        "approved": bool(current and current.sha256),
        "prepares": asks and current is None,
        "approves": asks and approves,
        "waits": asks and current is not None and current.sha256 is None and not approves,
        "url": url_for("gmina.sign", key=stored.key),
        "correction": stored.correction,
        "changed": str(CHANGED) if "zmieniono" in request.args else "",
    }


def sign(key: str) -> Response:
    """This person signs: that they prepared the report, or that they approve it; nothing where it has changed meanwhile."""
    person, stored = here(), responses.load(key)
    if stored is None or not acting.of_page(stored, person) or stored.reference is None or stored.version_id is None:
        abort(404)
    form = services().catalogue.get(stored.slug)
    if form is None or form.sign_off == "none" or stored.state in OVER:
        abort(404)
    if request.form.get("poprawka") != str(stored.correction):  # nobody signs what they have not seen
        return see(url_for("gmina.one", key=key, zmieniono="tak"), anchor="podpisy")
    try:
        if request.form.get("podpis") == "zatwierdzam":
            signing.approve(
                *(stored.id, stored.correction, person, lambda signed: _made(stored, signed, person), now()),
                alone=form.sign_off == "one",
            )
        else:
            signing.prepare(stored.id, stored.correction, person, now())
    except (Missing, SamePerson, Changed):
        pass  # the page shows how it stands now
    return see(url_for("gmina.one", key=key), anchor="podpisy")


def paper(key: str, correction: int) -> Response:
    """The frozen paper of a correction."""
    stored = responses.load(key)
    if stored is None or not acting.of_page(stored, here()):
        abort(404)
    return served(stored, correction)


def served(stored: responses.Response, correction: int) -> Response:
    """The frozen paper, to whoever may open the response; 404 where that correction was not approved."""
    signed = signing.of_response(stored.id, correction)
    found = signing.paper_of(signed.id) if signed is not None else None
    if found is None:
        abort(404)
    answer = current_app.response_class(found, mimetype="application/pdf")
    name = re.sub(r"[^A-Za-z0-9-]", "-", stored.reference or "sprawozdanie")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}-{correction}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def check(sha256: str) -> Response:
    """For everybody: what the paper with this checksum is, and whether the report still stands as it says; no answers."""
    signed = signing.by_checksum(sha256.lower()) if CHECKSUM.fullmatch(sha256.lower()) else None
    stored = responses.by_id(signed.response_id) if signed is not None else None
    if signed is None or stored is None or signed.approved_at is None:
        abort(404)
    holds = stored.correction == signed.correction and stored.state not in OVER
    kind, text = "success", say("Ten dokument jest autentyczny i aktualny.")
    if not holds:
        kind, text = (
            "warning",
            say("Ten dokument jest autentyczny, ale nieaktualny: sprawozdanie poprawiono albo wycofano."),
        )
    facts = [
        (say("Formularz"), title_of(stored.slug, stored.version_id or 0)),
        (say("Gmina"), acting.label(stored.gmina) if stored.gmina else ""),
        (say("Okres"), stored.period or ""),
        (say("Numer"), stored.reference or ""),
        (say("Zatwierdzono"), wording.local(signed.approved_at)),
        (say("Suma kontrolna SHA-256"), signed.sha256 or ""),
    ]
    answer = page(
        "gmina/check.html",
        notice={"kind": kind, "text": str(text)},
        facts=[{"label": str(label), "text": typographic(value)} for label, value in facts if value],
    )
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _made(stored: responses.Response, signed: SignOff, person: Person) -> bytes:
    """The paper: the answers as they were sent, without sensitive ones; who signed it, and when."""
    form, working, found = sent_answers(stored)
    title = str(say("{title}, {reference}", title=form.title(found.env), reference=stored.reference))
    approved = signed.approved_at or now()
    facts = [
        (say("Gmina"), acting.label(stored.gmina or person.gmina)),
        (say("Okres"), stored.period or ""),
        (say("Numer"), stored.reference or ""),
        (say("Poprawki"), str(stored.correction) if stored.correction else ""),
        (say("Wysłano"), wording.local(stored.sent_at) if stored.sent_at else ""),
    ]
    return pdf(
        "report",
        {
            "title": title,
            "heading": typographic(form.title(found.env)),
            "office": str(services().site["office"]),
            "lang": "pl",
            "page": str(say("Strona")),
            "made": str(say("Zatwierdzono: {when}", when=wording.local(approved))),
            "facts": [[str(label), typographic(value)] for label, value in facts if value],
            "sections": [
                {
                    "title": section.title,
                    "rows": [_line(row) for row in section.rows],
                    "items": [
                        {"title": item.title, "rows": [_line(row) for row in item.rows]} for item in section.items
                    ],
                }
                for section in presented(form, found, working, sensitive=False)
            ],
            "signed": str(say("Podpisy")),
            "signatures": [
                [str(say("Sporządził/a")), by(signed.prepared_name, signed.prepared_at)],
                [str(say("Zatwierdził/a")), by(person.name, approved)],
            ],
            "none": str(say("brak odpowiedzi")),
        },
    )


def _line(row: Row) -> dict[str, Any]:
    return {"label": row.label, "lines": list(_texts(row)), "warning": row.warning}


def _texts(row: Row) -> Iterator[str]:
    if isinstance(row.value, Markup):
        yield from (line for line in row.value.replace("</p>", "</p>\n").striptags().split("\n") if line.strip())
    elif isinstance(row.value, str):
        yield from [row.value] if row.value else []
    else:
        yield from row.value


def _paper(stored: responses.Response, signed: SignOff, current: bool) -> dict[str, Any]:
    return {
        "url": url_for("gmina.paper", key=stored.key, correction=signed.correction) if signed.kept else "",
        "prepared": by(signed.prepared_name, signed.prepared_at),
        "approved": by(signed.approved_name or "", signed.approved_at or signed.prepared_at),
        "sha256": signed.sha256,
        "check_url": url_for("gmina.check", sha256=signed.sha256, _external=True),
        "current": current,
    }


def by(name: str, when: datetime) -> str:
    """Who signed, and when."""
    return typographic(f"{name}, {wording.local(when)}")

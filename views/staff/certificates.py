"""For staff: certificates of a form – who has earned one, who has one, issuing them, replacing and revoking them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.certificates.attended import module
from forms.certificates.key import Certificate as Rules
from forms.definition import Form
from forms.describing.outline import rule_in_words
from forms.wording import Say, number, say, say_n
from records import audit, certificates
from records.certificates import REASON, Certificate, NumberTaken
from records.database import writing
from records.shapes import Missing
from views.access import Right, may, requires
from views.certificate_papers import file_name, printable, printed
from views.describing import EMPHASISED
from views.link.certified import HOLDS, STATES, state_of
from views.markdown import typographic
from views.pages import page, see, written
from views.security import csrf_token
from views.services import now, services
from views.staff.events import form_with_places
from views.staff.ways import crumbs
from views.steps.drawing import static
from views.taking_part import Participant, participants

MOST_DIGITS = 7
NOBODY = say("Zaznacz co najmniej jedną osobę.")
SAME_NUMBER = say("Taki numer ma już inne zaświadczenie. Zmień wzór „number” w pliku formularza.")
NO_REASON = say("Napisz powód unieważnienia – zostanie przy zaświadczeniu, dla pracowników.")
GONE = say("Tej osoby nie ma już wśród uczestników, więc zaświadczenie można tylko unieważnić.")
NOT_VALID = say("To zaświadczenie jest już zastąpione albo unieważnione.")


@requires(Right.READ_RESPONSES)
def certificates_page(slug: str) -> Response:
    """Every participant with what they attended, whether the rule is met, and their certificates."""
    return _page(*_form(slug))


@requires(Right.DECIDE)
def issue(slug: str) -> Response:
    """Certificates for those who are ticked; whoever has one that holds keeps it."""
    form, certificate = _form(slug)
    chosen = set(request.form.getlist("kto"))
    people = [each for each in participants(form) if each.id in chosen]
    if not people:
        return _page(form, certificate, ("#lista", NOBODY))
    try:
        with writing():
            made = [
                certificates.issue(slug, *each.place, each.facts(certificate), certificate.number, *_by())
                for each in people
            ]
    except NumberTaken:
        return _page(form, certificate, ("#lista", SAME_NUMBER))
    return see(url_for("staff.certificates", slug=slug, wydano=sum(each is not None for each in made)))


@requires(Right.DECIDE)
def replace(code: str) -> Response:
    """A new certificate with what is known now, in place of one that was wrong."""
    old = _issued(code)
    form, certificate = _form(old.slug)
    person = next((each for each in participants(form) if each.place == (old.response_id, old.item)), None)
    if person is None:
        return _page(form, certificate, ("#lista", GONE))
    try:
        certificates.replace(code, person.facts(certificate), certificate.number, *_by())
    except Missing:
        return _page(form, certificate, ("#lista", NOT_VALID))
    except NumberTaken:
        return _page(form, certificate, ("#lista", SAME_NUMBER))
    return see(url_for("staff.certificates", slug=old.slug))


@requires(Right.DECIDE)
def revoke(code: str) -> Response:
    """The certificate no longer holds; why is kept with it."""
    old = _issued(code)
    reason = written(f"powod-{code}", 500)
    if not reason:
        return _page(*_form(old.slug), (f"#powod-{code}", NO_REASON))
    certificates.revoke(code, reason, *_by())
    return see(url_for("staff.certificates", slug=old.slug))


@requires(Right.READ_RESPONSES)
def certificate_pdf(code: str) -> Response:
    """The certificate on paper; one that no longer holds is not printed."""
    found = _issued(code)
    if not printable(found):
        abort(404)
    return printed([found], file_name(found), f"{found.facts['title']} {found.number}")


@requires(Right.READ_RESPONSES)
def certificates_pdf(slug: str) -> Response:
    """All certificates of a form that hold, to print at once, in the order of their numbers."""
    form, _ = _form(slug)
    found = [each for each in certificates.of_form(slug) if printable(each)]
    if not found:
        abort(404)
    return printed(found, f"zaswiadczenia-{slug}", str(say("Zaświadczenia – {title}", title=static(form.title))))


def _form(slug: str) -> tuple[Form, Rules]:
    form = form_with_places(slug)
    if form.certificate is None:
        abort(404)
    return form, form.certificate


def _issued(code: str) -> Certificate:
    found = certificates.find(code)
    if found is None or services().catalogue.get(found.slug) is None:
        abort(404)
    return found


def _by() -> tuple[datetime, str]:
    return now(), audit.staff(g.person.id)


def _page(form: Form, certificate: Rules, problem: tuple[str, Say] | None = None) -> Response:
    people = participants(form)
    issued: dict[tuple[int, str], list[Certificate]] = {}
    for each in certificates.of_form(form.slug):
        issued.setdefault((each.response_id, each.item), []).append(each)
    done = request.args.get("wydano", "")
    can = may(Right.DECIDE)
    rows = [_row(certificate, each, issued.get(each.place, []), can) for each in people]
    return page(
        "staff/certificates.html",
        status=422 if problem else 200,
        form_title=static(form.title),
        crumbs=crumbs(form.slug, static(form.title), (str(say("Zaświadczenia")), "")),
        rule=EMPHASISED.sub("„\\1”", rule_in_words(form)),
        problems=[(problem[0], str(problem[1]))] if problem else [],
        done=str(say_n("Wydano {n} zaświadczenie.", "Wydano {n} zaświadczeń.", int(done)))
        if done.isdecimal() and len(done) < MOST_DIGITS
        else "",
        count_text=str(say_n("{n} osoba", "{n} osób", len(rows))),
        rows=rows,
        all_url=url_for("staff.certificates_pdf", slug=form.slug) if any(row["pdf"] for row in rows) else "",
        action_url=url_for("staff.certificates_issue", slug=form.slug) if can and rows else "",
        csrf=csrf_token(),
    )


def _row(certificate: Rules, person: Participant, papers: list[Certificate], can: bool) -> dict[str, Any]:
    earns = person.earns(certificate)
    holds = any(each.valid for each in papers)
    return {
        "id": person.id,
        "name": typographic(person.guest.name),
        "gmina": person.guest.gmina,
        "reference": person.guest.stored.reference,
        "url": url_for("staff.response", key=person.guest.stored.key),
        "present": f"{number(round(person.present * 100))}%",
        "modules": ", ".join(dict.fromkeys(map(module, person.events))),
        "earns": earns,
        "ticked": earns and not holds,
        "has": holds,
        "pdf": any(printable(each) for each in papers),
        "papers": [_paper(each, person, can) for each in reversed(papers)],
    }


def _paper(found: Certificate, person: Participant, can: bool) -> dict[str, Any]:
    state = state_of(found)
    text, kind = STATES[state]
    act = can and state == HOLDS
    name = found.facts.get("name", "")
    return {
        "number": found.number,
        "code": found.code,
        "state": {"text": str(text), "kind": kind},
        "other_name": typographic(name) if act and name and name != person.guest.name else "",
        "reason": typographic(found.facts.get(REASON, "")),
        "pdf_url": url_for("staff.certificate_pdf", code=found.code) if printable(found) else "",
        "public_url": url_for("certified.certificate", code=found.code),
        "replace_url": url_for("staff.certificate_replace", code=found.code) if act else "",
        "revoke_url": url_for("staff.certificate_revoke", code=found.code) if act else "",
    }

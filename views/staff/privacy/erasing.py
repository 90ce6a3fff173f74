"""For administrators: a person's data erased or made anonymous – what would happen, the confirmation, the protocol."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, abort, g, url_for

from forms.describing.facts import span_words
from forms.spans import WARSAW
from forms.wording import Say, say, short_date
from records import audit
from records.privacy import protocols
from records.privacy.finding import Found
from records.privacy.protocols import Protocol
from records.privacy.requests import LEAVE, PERSON, WHOLE, Wish, carry_out
from records.shapes import DRAFT
from views import wording
from views.access import Right, requires
from views.pages import page, see, sent
from views.papers import paper
from views.security import csrf_token
from views.services import now, services
from views.staff.exporting.making import folder
from views.staff.history import actor_name
from views.staff.privacy import words
from views.staff.privacy.overview import ended
from views.staff.privacy.person import Result, acting, shown, ticked
from views.staff.roles import title_of

LONGEST = 300  # characters of a reason
SCOPES: dict[str, Say] = {
    PERSON: say("Usuń dane tej osoby, resztę zostaw"),
    WHOLE: say("Zanonimizuj całą odpowiedź"),
    LEAVE: say("Zostaw – podaj podstawę"),
}
REMAINS = say(
    "Zostają: numery i daty odpowiedzi, odpowiedzi potrzebne do statystyk (liczby, wybory, gmina), numery i kody "
    "zaświadczeń, sumy kontrolne podpisanych dokumentów oraz dziennik, w którym nie ma danych osobowych."
)
NO_REASON = say("Podaj podstawę prawną, na przykład: art. 17 ust. 3 lit. b RODO, rozliczenie projektu.")
NAMES = say("Napisz bez danych tej osoby: protokół ich nie zawiera.")
UNSURE = say("Potwierdź, że to dane tej osoby. Usuniętych danych nie da się odtworzyć.")


@requires(Right.PRIVACY)
def privacy_erase() -> Response:
    """First what is to become of each response that was ticked; confirmed, it is done and the protocol shown."""
    result = ticked()
    if result is None:
        return see(url_for("staff.privacy_person"))
    if sent("krok") != "usun":
        return _page(result, {})
    problems = _problems(result)
    if problems:
        return _page(result, problems)
    done = carry_out(
        result.wanted,
        result.chosen,
        {each.key: _wish(result, each) for each in result.chosen},
        [each.id for each in result.people],
        words.stored_forms(),
        services().files,
        now(),
        audit.staff(g.person.id),
        sent("znak").strip()[:LONGEST],
    )
    for name in done.exports:
        (folder() / name).unlink(missing_ok=True)
    if done.protocol is None:
        abort(404)
    return see(url_for("staff.privacy_protocol", protocol_id=done.protocol.id))


@requires(Right.PRIVACY)
def privacy_protocol(protocol_id: int) -> Response:
    """One protocol: what kinds of data went, how many, when, by whom, why; what was left."""
    protocol = _protocol_or_404(protocol_id)
    title = _title(protocol)
    return page(
        "staff/privacy/protocol.html",
        title=title,
        crumbs=[{"title": str(say("Prywatność")), "url": url_for("staff.privacy")}, {"title": title, "url": ""}],
        facts=_facts(protocol),
        counts=words.counted(protocol.counts),
        kept=[{"reference": each.reference, "reason": each.reason} for each in protocol.kept],
        references=protocol.references,
        pdf_url=url_for("staff.privacy_protocol_pdf", protocol_id=protocol_id),
    )


@requires(Right.PRIVACY)
def privacy_protocol_pdf(protocol_id: int) -> Response:
    """The protocol on paper, PDF/UA-1."""
    protocol = _protocol_or_404(protocol_id)
    return paper(
        "protocol",
        f"protokol-{protocol.number.replace('/', '-')}",
        _title(protocol),
        facts=_facts(protocol),
        counts_title=str(say("Co usunięto")),
        columns=[str(say("Rodzaj danych")), str(say("Liczba"))],
        counts=words.counted(protocol.counts),
        nothing=str(say("Niczego nie usunięto.")),
        kept_title=str(say("Co zostawiono i dlaczego")),
        kept=[{"reference": each.reference, "reason": each.reason} for each in protocol.kept],
        references_title=str(say("Numery odpowiedzi")),
        references=", ".join(protocol.references),
        remain=str(REMAINS),
        signature=str(say("podpis")),
    )


def _protocol_or_404(protocol_id: int) -> Protocol:
    found = protocols.get(protocol_id)
    if found is None:
        abort(404)
    return found


def _title(protocol: Protocol) -> str:
    return str(say("Protokół usunięcia danych nr {number}", number=protocol.number))


def _facts(protocol: Protocol) -> list[dict[str, str]]:
    found = [
        (say("Kiedy"), wording.local(protocol.made_at)),
        (say("Kto"), actor_name(protocol.actor)),
        (say("Podstawa"), str(words.BASES[protocol.basis])),
    ]
    if protocol.slug:
        found.append((say("Formularz"), title_of(protocol.slug)))
    if protocol.request:
        found.append((say("Znak sprawy"), protocol.request))
    return [{"label": str(label), "text": text} for label, text in found]


def _wish(result: Result, each: Found) -> Wish:
    scope = sent(f"co-{each.key}")
    if scope not in _scopes(result, each):
        scope = LEAVE
    return Wish(scope, sent(f"powod-{each.key}").strip()[:LONGEST] if scope == LEAVE else "")


def _scopes(result: Result, each: Found) -> tuple[str, ...]:
    """What may become of a response: one found by its number has no person to take out of it, a draft goes whole."""
    return (WHOLE, LEAVE) if result.by_number or each.state == DRAFT else (PERSON, WHOLE, LEAVE)


def _problems(result: Result) -> dict[str, Say]:
    found: dict[str, Say] = {}
    for each in result.chosen:
        wish = _wish(result, each)
        if wish.scope == LEAVE and not wish.reason:
            found[f"powod-{each.key}"] = NO_REASON
        elif not result.by_number and result.wanted.touches(wish.reason):
            found[f"powod-{each.key}"] = NAMES
    if not result.by_number and result.wanted.touches(sent("znak")):
        found["znak"] = NAMES
    if not sent("sprawdzono"):
        found["sprawdzono"] = UNSURE
    return found


def _page(result: Result, problems: dict[str, Say]) -> Response:
    return page(
        "staff/privacy/erase.html",
        status=422 if problems else 200,
        crumbs=[
            {"title": str(say("Prywatność")), "url": url_for("staff.privacy")},
            {"title": str(say("Dane osoby")), "url": url_for("staff.privacy_person")},
            {"title": str(say("Usunięcie")), "url": ""},
        ],
        asked=sent("kogo"),
        rows=[_row(result, each, problems) for each in result.chosen],
        people=acting(result.people),
        znak=sent("znak"),
        problems=[(f"#{name}", str(text)) for name, text in problems.items()],
        problems_title=wording.problems_title(len(problems)),
        errors={name: str(problems.get(name, "")) for name in ("znak", "sprawdzono")},
        remain=str(REMAINS),
        here=url_for("staff.privacy_erase"),
        back_url=url_for("staff.privacy_person"),
        csrf=csrf_token(),
    )


def _row(result: Result, each: Found, problems: dict[str, Say]) -> dict[str, Any]:
    scopes = _scopes(result, each)
    chosen = sent(f"co-{each.key}") or scopes[0]
    text = f"powod-{each.key}"
    return {
        **shown(each),
        "rule": _rule(each),
        "scopes": [{"value": one, "text": str(SCOPES[one]), "selected": one == chosen} for one in scopes],
        "reason": sent(text),
        "error": str(problems[text]) if text in problems else "",
    }


def _rule(each: Found) -> str:
    """How long the form says that its responses are kept, and until when that is for this one."""
    form = services().catalogue.get(each.slug)
    if form is None or form.retain is None or each.sent_at is None:
        return ""
    last = ended(form)
    day = each.sent_at.astimezone(WARSAW).date()
    until = form.retain.after(max(day, last) if last else day) - timedelta(days=1)
    return str(
        say(
            "Formularz każe przechowywać odpowiedzi przez {span}, tę do {day}. Jeśli wymaga tego prawo, zostaw ją.",
            span=span_words(form.retain),
            day=short_date(until),
        )
    )

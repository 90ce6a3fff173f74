"""The page of a gmina: what it owes, what it has begun and sent, what comes next; for a colleague the steps they were given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, url_for

from forms.wording import Say, long_date, say, say_n
from records import obligations
from records.audits import Awaited
from records.bookings.booked import Booking
from records.desk import returned
from records.gminy import signing, work
from records.gminy.people import Person
from records.gminy.work import Listed
from records.obligations import Obligation
from views import acting, owed, wording
from views.gmina.bringing import fillable
from views.gmina.dates import advised, bookings_of, upcoming
from views.gmina.frame import framed, here, title_of
from views.gmina.waiting import signature, waiting
from views.mail.texts import STATES as PLACES
from views.markdown import typographic
from views.services import services
from views.steps.drawing import static

STATES: dict[str, tuple[Say, str]] = {
    obligations.NOT_BEGUN: (say("do zrobienia"), "warning"),
    obligations.DRAFT: (say("rozpoczęte"), "warning"),
    obligations.SENT: (say("wysłane"), "good"),
    obligations.RETURNED: (say("zwrócone do poprawy"), "warning"),
    obligations.ACCEPTED: (say("przyjęte"), "good"),
    obligations.EXCUSED: (say("zwolnione"), "plain"),
}


def home() -> Response:
    """Everything at a glance. A fixed number of queries, however much there is."""
    person = here()
    listed = work.of_gmina(person.gmina)
    due, booked, recommended = owed.of_gmina(person.gmina), bookings_of(listed), advised(listed)
    asked = returned.open_of([each.id for each in listed])
    dates = [
        {"when": wording.bound(each.at), "text": each.text, "place": each.place}
        for each in upcoming(due, listed, booked, recommended, asked)[:12]
    ]
    if not person.coordinates:
        return framed(
            "gmina/colleague.html", steps=_steps(person, listed), dates=dates, dates_url=url_for("gmina.dates")
        )
    ids = [each.id for each in listed]
    papers, signed = work.papers(ids), signing.of_responses(ids)
    here_returned = {(each.slug, each.period) for each in listed if each.id in asked}
    open_ = [each for each in due if each.missing or each.state == obligations.RETURNED]
    rows = [_row(each, booked.get(each.id, ()), papers.get(each.id, 0), signed.get(each.id, ())) for each in listed]
    return framed(
        "gmina/home.html",
        owed=[_owed(each, listed, person) for each in open_ if (each.slug, each.period) not in here_returned],
        past=[_owed(each, listed, person) for each in due if each not in open_],
        waiting=waiting(listed, asked, signed),
        advised=[_advised(each) for each in recommended],
        drafts=[row for row in rows if not row["reference"]],
        sent=[row for row in rows if row["reference"]],
        new=_new(person),
        dates=dates,
        dates_url=url_for("gmina.dates"),
        begin_url=url_for("gmina.begin"),
    )


def _owed(each: Obligation, listed: Sequence[Listed], person: Person) -> dict[str, Any]:
    """An obligation; what a stranger sent for the gmina is counted as sent, and not opened from here."""
    form = services().catalogue.get(each.slug)
    own = next((one for one in listed if one.slug == each.slug and (one.period or one.about) == each.period), None)
    title = typographic(static(form.title)) if form is not None else each.slug
    text, kind = STATES[each.state]
    return {
        "slug": each.slug,
        "title": title if own is None else title_of(own.slug, own.version_id),
        "period": each.period,
        "state": {"text": str(text), "kind": kind},
        "due": wording.bound(each.due_at) if each.due_at else "",
        "late": each.late,
        "url": url_for("gmina.one", key=own.key) if own is not None else "",
        "elsewhere": own is None and each.state not in (obligations.NOT_BEGUN, obligations.EXCUSED),
        "begins": own is None and each.missing and form is not None and fillable(form, person.gmina, each.period),
    }


def _advised(each: Awaited) -> dict[str, str]:
    """What an audit still asks for: how much, and how much of it is late."""
    return {
        "title": typographic(str(say("Rekomendacje z audytu: {building}", building=each.name))),
        "count": str(say("{n} do wykonania", n=each.count)),
        "late": str(say("{n} po terminie", n=each.late)) if each.late else "",
        "due": long_date(each.due) if each.due else "",
        "url": url_for("gmina.audited", key=each.key),
    }


def _row(each: Listed, booked: Sequence[Booking], papers: int, signed: Sequence[signing.SignOff]) -> dict[str, Any]:
    form = services().catalogue.get(each.slug)
    text, kind = wording.STATES.get(each.state, (each.state, "plain"))
    wanted = signature(each, signed)
    notes = [_places(booked)] if booked else []
    if papers:
        notes.append(str(say_n("{n} zaświadczenie", "{n} zaświadczeń", papers)))
    if wanted is not None:
        notes.append(str(wanted))
    return {
        "title": title_of(each.slug, each.version_id),
        "kind": str(wording.KINDS.get(form.kind, "")) if form is not None else "",
        "reference": each.reference or "",
        "period": each.period or each.about or "",
        "state": {"text": str(text), "kind": kind},
        "when": wording.local(each.sent_at or each.saved_at),
        "correcting": each.filling and each.reference is not None,
        "notes": notes,
        "url": url_for("gmina.one", key=each.key),
        "open_url": url_for("respondent.response", token=acting.token(each.key)),
    }


def _places(booked: Sequence[Booking]) -> str:
    """`2 × potwierdzone, 1 × lista rezerwowa`"""
    counts: dict[str, int] = {}
    for each in booked:
        counts[each.state] = counts.get(each.state, 0) + 1
    return ", ".join(f"{n} × {PLACES[state]}" for state, n in counts.items() if state in PLACES)


def _new(person: Person) -> list[dict[str, str]]:
    """Forms that the gmina may begin, apart from those it owes by period."""
    forms = [entry.form for entry in services().catalogue.entries() if entry.form is not None]
    return [
        {"slug": form.slug, "title": typographic(static(form.title)), "when": wording.window(form)}
        for form in forms
        if form.state == "open" and form.period is None and fillable(form, person.gmina)
    ]


def _steps(person: Person, listed: Sequence[Listed]) -> list[dict[str, Any]]:
    """The steps that a colleague was given, of drafts that are not sent yet."""
    given, rows = work.given_to(person), []
    for each in listed:
        form = services().catalogue.get(each.slug)
        if form is None or each.reference is not None:
            continue
        for step in form.steps:
            if (each.id, step.id) in given:
                url = url_for("sharing.step", token=acting.token(each.key), step_id=step.id)
                title = typographic(static(step.title))
                rows.append({"title": title, "form": typographic(static(form.title)), "url": url})
    return rows

"""For staff: what needs them this morning, each thing a link that opens exactly that; calm when there is nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, url_for

from forms.definition import Form
from forms.events.words import fixed
from forms.spans import WARSAW
from forms.wording import Say, long_date, say, say_n
from records import audits, editing, listing, obligations, outbox
from records.desk import returned, today
from records.reporting import coverage
from records.shapes import SUBMITTED
from views import wording
from views.access import Right, may, requires, visible_slugs
from views.markdown import typographic
from views.pages import page
from views.services import now
from views.staff.overview import visible_entries
from views.staff.recommendations import LATE
from views.steps.drawing import static

SOON = timedelta(days=7)
MOST = 10  # lines of a list that are in sight at once
MOST_NAMED = 30  # responses that are told one by one; more of them by form


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: where it leads, what it is about, and how much of it there is."""

    url: str
    text: str
    what: str


Lines = list[Line]


@requires(Right.SEE_FORMS)
def today_page() -> Response:
    """The lists that have something in them; of forms that the person works with."""
    visible, moment = visible_slugs(), now()
    since = today.visit(g.person.id, moment)
    entries = visible_entries()
    forms = {each.slug: each.form for each in entries if each.form is not None}
    mistakes = [
        Line(
            url_for("staff.form_problems", slug=each.slug),
            _title(each.form) if each.form else each.slug,
            str(say_n("{n} błąd", "{n} błędy", len(each.errors))),
        )
        for each in entries
        if each.errors
    ]
    sections: list[tuple[Say, Lines]] = []
    moved = [each for each in today.moved(since) if each.slug in forms] if may(Right.READ_RESPONSES) else []
    if may(Right.DECIDE):  # nobody else can do anything about these
        sections += [
            (say("Do decyzji"), _to_decide(forms)),
            (say("Poprawione na prośbę urzędu"), _again(visible, forms)),
            (say("Zwrócone i niepoprawione w terminie"), _unanswered(visible, forms, moment)),
            (say("Wiadomości, które nie wyszły"), _failed(visible)),
        ]
    if may(Right.READ_RESPONSES):
        sections += [(say("Nowe odpowiedzi"), _new(forms, since)), (say("Listy rezerwowe"), _waiting(forms, moved))]
    if may(Right.EDIT_FORMS):
        sections.append((say("Twoje nieopublikowane teksty"), _drafts(forms)))
    sections.append((say("Formularze z błędami"), mistakes))
    sections.append((say("Terminy w najbliższych 7 dniach"), _deadlines(forms, moved, moment)))
    if may(Right.READ_RESPONSES):
        sections.append((say("Gminy, których brakuje"), _missing(forms, moment)))
        sections.append((say("Rekomendacje po terminie"), _late(forms, moment)))
    return page(
        "staff/today.html",
        date=long_date(moment.date()),
        since=str(say("Nowe od: {when}", when=wording.local(since))),
        sections=[_section(title, lines) for title, lines in sections if lines],
    )


def _section(title: Say, lines: Lines) -> dict[str, Any]:
    more = len(lines) - MOST
    return {
        "title": str(title),
        "lines": lines[:MOST],
        "more": str(say("i jeszcze {n}", n=more)) if more > 0 else "",
        "rest": lines[MOST:],
    }


def _new(forms: dict[str, Form], since: datetime) -> Lines:
    counts = today.sent_since(since)
    start = since.astimezone(WARSAW).strftime("%Y-%m-%dT%H:%M:%S")
    return [
        Line(
            f"{url_for('staff.responses', slug=slug)}?{urlencode({'from': start})}",
            _title(form),
            str(say_n("{n} nowa", "{n} nowych", counts[slug])),
        )
        for slug, form in forms.items()
        if counts.get(slug)
    ]


def _to_decide(forms: dict[str, Form]) -> Lines:
    counts = listing.counts()
    return [
        Line(url_for("staff.responses", slug=slug, state=SUBMITTED), _title(form), _responses(counts[slug][SUBMITTED]))
        for slug, form in forms.items()
        if form.review == "staff" and counts.get(slug, {}).get(SUBMITTED)
    ]


def _drafts(forms: dict[str, Form]) -> Lines:
    """The person's own texts of forms that serve nobody yet."""
    return [
        Line(
            url_for("staff.editor", slug=slug),
            _title(forms[slug]) if slug in forms else slug,
            str(say("zapisany {when}", when=wording.local(saved_at))),
        )
        for slug, saved_at in editing.of_person(g.person.id)
        if may(Right.EDIT_FORMS, slug)
    ]


def _again(visible: frozenset[str] | None, forms: dict[str, Form]) -> Lines:
    found = [each for each in returned.answered(visible) if each.slug in forms]
    if len(found) > MOST_NAMED:
        counts = Counter(each.slug for each in found)
        return [
            Line(url_for("staff.responses", slug=slug, state="answered"), _title(forms[slug]), _responses(n))
            for slug, n in counts.items()
        ]
    return [Line(url_for("staff.response", key=each.key), each.reference, _title(forms[each.slug])) for each in found]


def _unanswered(visible: frozenset[str] | None, forms: dict[str, Form], moment: datetime) -> Lines:
    """What was returned and is past its day: staff give more time, correct it themselves or take it back."""
    return [
        Line(
            url_for("staff.response", key=each.key),
            each.reference,
            _due(_title(forms[each.slug]), each.until),
        )
        for each in returned.waiting(visible)
        if each.slug in forms and each.until < moment
    ]


def _waiting(forms: dict[str, Form], moved: Iterable[today.Moved]) -> Lines:
    found = []
    for each in moved:
        form = forms[each.slug]
        given = each.submitted if form.review == "staff" else each.accepted
        parts = [say_n("{n} osoba dostała miejsce", "{n} osób dostało miejsce", given)] if given else []
        if each.offered:
            parts.append(say_n("{n} osoba ma potwierdzić", "{n} osób ma potwierdzić", each.offered))
        if parts:
            found.append(Line(_event_url(each), _event(form, each.event), ", ".join(map(str, parts))))
    return found


def _failed(visible: frozenset[str] | None) -> Lines:
    n = outbox.counts(visible).get(outbox.FAILED, 0)
    if not n:
        return []
    what = str(say_n("{n} wiadomość", "{n} wiadomości", n))
    return [Line(url_for("staff.messages", state=outbox.FAILED), str(say("Zobacz i wyślij ponownie")), what)]


def _deadlines(forms: dict[str, Form], moved: Iterable[today.Moved], moment: datetime) -> Lines:
    """What ends or begins within a week, the soonest first."""
    found: list[tuple[datetime, Line]] = []
    opens = "staff.responses" if may(Right.READ_RESPONSES) else "public.start"
    for slug, form in forms.items():
        if form.state != "open":
            continue
        if form.closes and moment <= form.closes <= moment + SOON:
            what = str(say("zamknięcie: {when}", when=wording.bound(form.closes)))
            found.append((form.closes, Line(url_for(opens, slug=slug), _title(form), what)))
        for event in form.events:
            if event.starts and moment <= event.starts <= moment + SOON and may(Right.READ_RESPONSES):
                url = url_for("staff.event", slug=slug, event=event.id)
                what = str(say("początek: {when}", when=wording.local(event.starts)))
                found.append((event.starts, Line(url, typographic(fixed(event.title)), what)))
    for each in moved:
        if each.lapses and each.lapses <= moment + SOON:
            what = str(say("propozycja miejsca wygasa: {when}", when=wording.local(each.lapses)))
            found.append((each.lapses, Line(_event_url(each), _event(forms[each.slug], each.event), what)))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _missing(forms: dict[str, Form], moment: datetime) -> Lines:
    """Forms that close within a week or have just closed, and periods whose day is near: how many gminy have sent nothing."""
    found = [
        Line(
            url_for("staff.completeness", slug=each.slug, okres=each.period),
            _title(forms[each.slug]),
            _due(_gminy(each.missing), each.due_at),
        )
        for each in obligations.missing_counts(visible_slugs())
        if each.slug in forms and forms[each.slug].state == "open" and each.due_at and each.due_at <= moment + SOON
    ]
    near = {
        slug: {option.value for option in coverage.gminy(form)}
        for slug, form in forms.items()
        if form.period is None and form.closes and abs(form.closes - moment) <= SOON and form.state == "open"
    }
    answered = today.gminy_answered([slug for slug, codes in near.items() if codes])
    for slug, codes in near.items():
        if missing := len(codes - answered.get(slug, set())):
            found.append(Line(url_for("staff.report", slug=slug), _title(forms[slug]), _gminy(missing)))
    return found


def _late(forms: dict[str, Form], moment: datetime) -> Lines:
    """Recommendations of audits whose day has passed and of which nobody has said that they are done."""
    n = audits.late([slug for slug, form in forms.items() if form.audit is not None], moment.date())
    if not n:
        return []
    what = str(say_n("{n} rekomendacja", "{n} rekomendacji", n))
    return [Line(url_for("staff.recommendations", stan=LATE), str(say("Rekomendacje z audytów")), what)]


def _gminy(n: int) -> str:
    return str(say_n("brakuje {n} gminy", "brakuje {n} gmin", n))


def _responses(n: int) -> str:
    return str(say_n("{n} odpowiedź", "{n} odpowiedzi", n))


def _title(form: Form) -> str:
    return typographic(static(form.title))


def _event(form: Form, event: str) -> str:
    known = form.places.get(event)
    return typographic(fixed(known.title)) if known is not None else event


def _event_url(each: today.Moved) -> str:
    return url_for("staff.event", slug=each.slug, event=each.event)


def _due(what: str, until: datetime) -> str:
    return str(say("{what}, termin: {when}", what=what, when=wording.bound(until)))

"""For staff: the papers of an event – attendance list, badges, numbers for the hotel and the kitchen, special needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from flask import Response, g, url_for

from forms.definition import Field, Form
from forms.events import Event
from forms.events.words import fixed, when_and_where
from forms.spans import WARSAW
from forms.wording import MONTHS, WEEKDAYS, Say, language, say, say_n
from records import audit
from records.bookings.attendance import EXPECTED, parts
from views import guests
from views.access import Right, may, requires
from views.guests import Guest
from views.papers import paper, qr
from views.services import now
from views.staff.events import event_of
from views.steps.drawing import static

COUNTED = ("choice", "choices", "boolean")  # kinds of answers that can be counted without telling who gave them
OTHER = say("inne")


@requires(Right.READ_RESPONSES)
def attendance_list(slug: str, event: str) -> Response:
    """The list to sign, A4 across, a column for each day."""
    form, found = event_of(slug, event)
    people = guests.by_name(guests.of_event(form, found.id, EXPECTED))
    days = dict.fromkeys(part.partition("/")[0] for part in parts(found))
    return paper(
        "attendance",
        f"lista-obecnosci-{found.id}",
        str(say("Lista obecności – {event}", event=fixed(found.title))),
        when=when_and_where(found),
        about=static(form.title),
        columns=[str(say("Lp.")), str(say("Imię i nazwisko")), str(say("Jednostka"))],
        days=[day_text(date.fromisoformat(day)) for day in days] or [str(say("Podpis"))],
        people=[{"name": each.name, "unit": each.unit} for each in people],
        note=str(say("Podpis potwierdza obecność w danym dniu.")),
    )


@requires(Right.READ_RESPONSES)
def badges(slug: str, event: str) -> Response:
    """Badges to cut out; the code opens checking in of this person, for staff who are signed in."""
    form, found = event_of(slug, event)
    people = guests.by_name(guests.of_event(form, found.id, EXPECTED))
    return paper(
        "badges",
        f"identyfikatory-{found.id}",
        str(say("Identyfikatory – {event}", event=fixed(found.title))),
        heading=fixed(found.title),
        when=when_and_where(found),
        code=str(say("Kod obecności:")),
        people=[{"name": each.name, "unit": each.unit, "code": qr(_checkin(form, each))} for each in people],
    )


@requires(Right.READ_RESPONSES)
def counts(slug: str, event: str) -> Response:
    """Numbers only: how many chose what. Of sensitive questions for those with the right, and then it is in the log."""
    form, found = event_of(slug, event)
    people = guests.of_event(form, found.id, EXPECTED)
    sensitive = may(Right.READ_SENSITIVE)
    questions = [
        {"label": static(each.label), "rows": rows}
        for each in _questions(people)
        if (sensitive or not each.sensitive) and (rows := _rows(each, people, found))
    ]
    if sensitive and any(each.sensitive for each in _questions(people)):
        _note_look(form, found, "counts", len(people))
    return paper(
        "counts",
        f"hotel-i-kuchnia-{found.id}",
        str(say("Hotel i kuchnia – {event}", event=fixed(found.title))),
        when=when_and_where(found),
        about=static(form.title),
        people_text=str(say_n("{n} osoba z miejscem", "{n} osób z miejscem", len(people))),
        columns=[str(say("Odpowiedź")), str(say("Liczba osób"))],
        questions=questions,
        nothing=str(say("Nie ma jeszcze czego liczyć.")),
    )


@requires(Right.READ_SENSITIVE)
def needs(slug: str, event: str) -> Response:
    """Sensitive answers, person by person, for those who must provide for them; each look is in the audit log."""
    form, found = event_of(slug, event)
    people = guests.by_name(guests.of_event(form, found.id, EXPECTED))
    told = [{"name": each.name, "unit": each.unit, "answers": list(_sensitive(each))} for each in people]
    _note_look(form, found, "needs", len(people))
    return paper(
        "needs",
        f"szczegolne-potrzeby-{found.id}",
        str(say("Szczególne potrzeby – {event}", event=fixed(found.title))),
        when=when_and_where(found),
        about=static(form.title),
        warning=str(say("Dane wrażliwe: pokaż tylko osobom, które je zapewniają, i zniszcz po wydarzeniu.")),
        people=[each for each in told if each["answers"]],
        nothing=str(say("Nikt nie zgłosił szczególnych potrzeb.")),
    )


def papers(form: Form, event: Event) -> list[tuple[Say, str]]:
    """The papers that the person may print of this event: (what, address)."""
    found = [
        (say("Lista obecności"), "staff.attendance_list"),
        (say("Identyfikatory"), "staff.badges"),
        (say("Hotel i kuchnia"), "staff.counts"),
    ]
    if may(Right.READ_SENSITIVE):
        found.append((say("Szczególne potrzeby"), "staff.needs"))
    return [(text, url_for(endpoint, slug=form.slug, event=event.id)) for text, endpoint in found]


def day_text(day: date) -> str:
    """`wtorek, 9 marca`."""
    lang = language.get()
    return f"{WEEKDAYS[lang][day.weekday()]}, {day.day} {MONTHS[lang][day.month - 1]}"


def _checkin(form: Form, guest: Guest) -> str:
    booking = guest.booking
    return url_for("staff.checkin_one", slug=form.slug, event=booking.event, booking_id=booking.id, _external=True)


def _note_look(form: Form, event: Event, what: str, people: int) -> None:
    details = {"event": event.id, "paper": what, "people": people}
    audit.record(audit.staff(g.person.id), "read-sensitive", form.slug, form.slug, details, now())


def _questions(people: Sequence[Guest]) -> list[Field]:
    """The questions about each person whose answers can be counted, over all versions of the form that were answered."""
    found: dict[str, Field] = {}
    for each in people:
        for field in each.item[0]:
            if field.type.stores and field.type.kind.base in COUNTED and not field.type.only:
                found.setdefault(field.name, field)
    return list(found.values())


def _rows(field: Field, people: Sequence[Guest], event: Event) -> list[dict[str, str]]:
    """How many gave each answer, in the order of the options; a night that is not of this event is left out."""
    counted: Counter[str] = Counter()
    order: dict[str, int] = {}
    for each in people:
        own = next((one for one in each.item[0] if one.name == field.name), None)
        value = each.item[1].get(field.name)
        if own is None or value is None:
            continue
        options = own.type.kind.values
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, bool):
                label, rank = own.type.show(one), int(not one)
            elif one in options:
                label, rank = own.type.show((one,) if isinstance(value, tuple) else one), options.index(one)
            else:
                label, rank = str(OTHER), len(options)  # what somebody wrote could tell who it was
            if not _elsewhere(str(one), event):
                counted[label] += 1
                order.setdefault(label, rank)
    return [{"label": label, "count": str(counted[label])} for label in sorted(order, key=lambda each: order[each])]


def _elsewhere(option: str, event: Event) -> bool:
    """Whether the option is a day on which this event does not take place."""
    if event.starts is None:
        return False
    try:
        day = date.fromisoformat(option)
    except ValueError:
        return False
    first = event.starts.astimezone(WARSAW).date()
    last = event.ends.astimezone(WARSAW).date() if event.ends else first
    return day < first - timedelta(days=1) or day > last


def _sensitive(guest: Guest) -> Iterator[dict[str, str]]:
    fields, values = guest.item
    env = guest.found.items.get(guest.booking.item, guest.found.env)
    for each in fields:
        value = values.get(each.name)
        if each.sensitive and value is not None and not each.fields and not each.type.attached:
            yield {"label": each.label(env), "text": each.type.show(value)}

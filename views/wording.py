"""Sentences about forms and moments that several pages say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from markupsafe import Markup

from forms.answers import Outcome
from forms.definition import Contact, Form
from forms.periods.series import spoken
from forms.spans import WARSAW
from forms.wording import language, long_moment, say, say_n
from views.services import now, services

KINDS = {
    "registration": say("Szkolenia i wizyty"),
    "request": say("Wnioski i deklaracje"),
    "survey": say("Ankiety"),
    "audit": say("Audyty dostępności"),
    "monitoring": say("Monitoring rewitalizacji"),
}

NEAR = 30  # days before its end in which a form says how many are left

SEND = {
    "registration": say("Wyślij zgłoszenie"),
    "request": say("Wyślij wniosek"),
    "survey": say("Wyślij ankietę"),
    "audit": say("Wyślij audyt"),
    "monitoring": say("Wyślij sprawozdanie"),
}

RECEIVED = {
    "registration": say("Przyjęliśmy zgłoszenie"),
    "request": say("Przyjęliśmy wniosek"),
    "survey": say("Przyjęliśmy ankietę"),
    "audit": say("Przyjęliśmy audyt"),
    "monitoring": say("Przyjęliśmy sprawozdanie"),
}

STATES = {
    "draft": (say("Szkic"), "plain"),
    "submitted": (say("Wysłane"), "good"),
    "accepted": (say("Przyjęte"), "good"),
    "waiting": (say("Lista rezerwowa"), "warning"),
    "offered": (say("Wolne miejsce do potwierdzenia"), "warning"),
    "rejected": (say("Nieprzyjęte"), "bad"),
    "withdrawn": (say("Wycofane"), "plain"),
}


def local(moment: datetime) -> str:
    """A stored moment as people read it: `9 marca 2027 r., godz. 15:00`, in Warsaw."""
    return long_moment(moment.astimezone(WARSAW))


def window(form: Form) -> str:
    """When a form takes answers: `Otwarte do 10 lutego 2027 r., godz. 15:00`."""
    moment = now()
    if form.state == "archived":
        return str(say("Ten formularz nie przyjmuje już odpowiedzi"))
    if form.opens and form.not_yet(moment):
        return str(say("Otwarcie: {when}", when=bound(form.opens)))
    if form.closes and form.over(moment):
        return str(say("Zamknięto: {when}", when=bound(form.closes)))
    if form.closes:
        return str(say("Otwarte do: {when}", when=bound(form.closes)))
    return str(say("Otwarte bez terminu"))


def about(form: Form, found: Outcome) -> str:
    """The period that answers name, to go after the title of their form: ` (2025)`.

    "" for a form that is no series, or one whose title names the period itself.
    """
    named = form.period.of(found.values.get(form.period.field)) if form.period is not None else None
    told = str(spoken(named)) if named else ""
    return f" ({told})" if told and told not in form.title(found.env) else ""


def remaining(form: Form) -> str:
    """How long a form is still open, when it will close within NEAR days: `Zostało 12 dni`."""
    if not form.closes or form.over(now()) or form.not_yet(now()):
        return ""
    days = (form.closes.astimezone(WARSAW).date() - now().date()).days
    if days == 0:
        return str(say("Ostatni dzień"))
    if days > NEAR:
        return ""
    return str(say_n("Został {n} dzień", "Zostało {n} dni", days))


def tongue(form: Form) -> Markup:
    """The attribute for words of a form on a page in a language that the form does not speak."""
    spoken = language.get() in form.languages
    return Markup("") if spoken else Markup(' lang="{}"').format(form.languages[0])


def phase(form: Form) -> str:
    """soon | open | closed"""
    moment = now()
    if form.not_yet(moment):
        return "soon"
    return "open" if form.open_at(moment) else "closed"


def contact(form: Form | None) -> dict[str, str]:
    """Whom to ask: the form's own contact, else the office's."""
    office: dict[str, Any] = services().site.told().get("contact", {})
    own = form.contact if form and form.contact else Contact()
    phone = own.phone or office.get("phone", "")
    return {
        "name": own.name or office.get("name", ""),
        "email": own.email or office.get("email", ""),
        "phone": spaced(phone),
        "tel": "+48" + phone if phone.isdigit() and len(phone) == 9 else phone.replace(" ", ""),
    }


def spaced(phone: str) -> str:
    """A nine-digit number as `91 000 00 01`; anything else as it is."""
    digits = phone.replace(" ", "")
    return f"{digits[:2]} {digits[2:5]} {digits[5:7]} {digits[7:]}" if digits.isdigit() and len(digits) == 9 else phone


def problems_title(n: int) -> str:
    """`Popraw 3 pola:`"""
    return str(say_n("Popraw {n} pole:", "Popraw {n} pól:", n))


def bound(moment: datetime) -> str:
    """A moment that begins or ends something; without the hour where it is the day's own end or start."""
    at = moment.astimezone(WARSAW)
    if (at.hour, at.minute, at.second) in ((0, 0, 0), (23, 59, 59)):
        return long_moment(at.date())
    return long_moment(at)

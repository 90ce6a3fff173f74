"""What comes next for a gmina: days until when something must be sent, events at which it has places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from forms.events.words import fixed
from forms.spans import WARSAW
from forms.wording import say
from records import audits
from records.audits import Awaited
from records.bookings.booked import Booking, marks, select
from records.bookings.lifecycle import LIVE, OVER
from records.desk.returned import Request
from records.gminy.work import Listed
from records.obligations import Obligation
from views.markdown import typographic
from views.services import now, services
from views.steps.drawing import static


@dataclass(frozen=True, slots=True)
class Next:
    """A day to keep in mind; `uid` names it in a calendar."""

    uid: str
    at: datetime
    ends: datetime | None
    text: str
    place: str = ""


def bookings_of(listed: Sequence[Listed]) -> dict[int, list[Booking]]:
    """The places of responses, by response; those of forms with places only. One SELECT, none without such forms."""
    ids = [each.id for each in listed if (form := services().catalogue.get(each.slug)) is not None and form.places]
    found: dict[int, list[Booking]] = {}
    for booking in select(f"response_id IN ({marks(ids)})", *ids) if ids else ():
        found.setdefault(booking.response_id, []).append(booking)
    return found


def advised(listed: Sequence[Listed]) -> list[Awaited]:
    """What the audits among these responses still ask for. One SELECT, none without audits."""
    forms = {each.slug: services().catalogue.get(each.slug) for each in listed}
    audited = [each.id for each in listed if each.reference and (form := forms[each.slug]) is not None and form.audit]
    return audits.awaited(audited, now().date())


def upcoming(
    owed: Iterable[Obligation],
    listed: Sequence[Listed],
    booked: dict[int, list[Booking]],
    advised: Iterable[Awaited],
    asked: Mapping[int, Request],
) -> list[Next]:
    """What lies ahead, the nearest first."""
    every = (
        *_due(owed),
        *_closing(listed),
        *_returned(listed, asked),
        *_events(listed, booked),
        *_recommended(advised),
    )
    found = [each for each in every if each.at >= now()]
    return sorted({each.uid: each for each in found}.values(), key=lambda each: each.at)


def _due(owed: Iterable[Obligation]) -> Iterable[Next]:
    for each in owed:
        form = services().catalogue.get(each.slug)
        if form is not None and each.missing and each.due_at is not None:
            text = say("Wyślij: {title} ({period})", title=static(form.title), period=each.period)
            yield Next(f"{each.slug}-{each.period}", each.due_at, None, typographic(str(text)))


def _closing(listed: Iterable[Listed]) -> Iterable[Next]:
    for each in listed:
        form = services().catalogue.get(each.slug)
        if form is not None and form.period is None and form.closes is not None and each.reference is None:
            text = say("Szkic czeka na wysłanie: {title}", title=static(form.title))
            yield Next(each.key, form.closes, None, typographic(str(text)))


def _returned(listed: Iterable[Listed], asked: Mapping[int, Request]) -> Iterable[Next]:
    for each in listed:
        if each.id in asked and each.state not in OVER:
            text = say("Popraw odpowiedzi: {reference}", reference=each.reference)
            yield Next(f"{each.key}-do-poprawy", asked[each.id].until, None, typographic(str(text)))


def _recommended(advised: Iterable[Awaited]) -> Iterable[Next]:
    for each in advised:
        if each.ahead is not None:
            text = say("Rekomendacje z audytu: {building}", building=each.name)
            ends = datetime.combine(each.ahead, time(23, 59, 59), WARSAW)
            yield Next(f"{each.key}-{each.ahead}", ends, None, typographic(str(text)))


def _events(listed: Iterable[Listed], booked: dict[int, list[Booking]]) -> Iterable[Next]:
    for each in listed:
        form = services().catalogue.get(each.slug)
        for booking in booked.get(each.id, ()):
            event = form.places.get(booking.event) if form is not None else None
            if event is not None and event.starts is not None and booking.state in LIVE:
                uid = f"{each.slug}-{booking.event}"
                yield Next(
                    uid,
                    event.starts,
                    event.ends,
                    typographic(fixed(event.title)),
                    fixed(event.place) if event.place else "",
                )

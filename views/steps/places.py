"""What is left of a form's places, in words: on the start page, beside each answer, and before sending.

One query tells what is left of everything; a form without places asks nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from forms.answers import Outcome, gmina_of
from forms.definition import Field, Form
from forms.events import FORM, Event
from forms.events.claims import Claim, claimed, claims, seats_at
from forms.events.words import fixed, when_and_where
from forms.judging import Failure
from forms.wording import Say, say, say_n
from records.bookings import Left, available, of_response
from records.bookings.lifecycle import LIVE
from records.responses import Response
from views.markdown import typographic
from views.presenting import item_title
from views.services import now
from views.steps.stencil import Fill

FREE, WAITING, FULL, OVER = "free", "waiting", "full", "over"
CODES = {FULL: "BRAK_MIEJSC", OVER: "ZAPISY_ZAMK"}

NO_PLACES = say("wszystkie miejsca są zajęte")
OTHERS_FIRST = say("na liście rezerwowej czekają już inni")
ENDED = say("Zapisy zakończone")


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a claim would get if the response were sent now: a place, a place in the queue, or nothing."""

    path: str  # the field that asks for it; "" for the places of the form itself
    claim: Claim
    event: Event
    fate: str  # FREE | WAITING | FULL | OVER
    why: Say | None = None  # why not a place


@dataclass(frozen=True)
class Seats:
    """The places of one form as they stand at this moment, seen by one response."""

    form: Form
    left: Mapping[str, Left]
    moment: datetime
    gmina: str | None = None
    held: Sequence[tuple[str, str]] = ()  # (event, item) of each place that the response has, or waits for, already
    begun: datetime | None = None

    def note(self, event: Event) -> str:
        """What is left of an event: „Pozostały 3 miejsca, dla Twojej gminy: 1 z 2”; "" when nothing is counted."""
        if self._over(event):
            return str(ENDED)
        left = self.left[event.id]
        fate, why = self._fate(event)
        if fate == WAITING:
            text = say("Brak miejsc – zapisujemy na listę rezerwową")
            if why not in (NO_PLACES, OTHERS_FIRST):
                text = say("Wykorzystany {why} – zapisujemy na listę rezerwową", why=why)
            queue = say_n("{n} osoba czeka", "{n} osób czeka", left.waiting) if left.waiting else None
            return f"{text} ({queue})" if queue else str(text)
        if fate == FULL:
            return str(say("Brak miejsc") if why is NO_PLACES else say("Brak miejsc: wykorzystany {why}", why=why))
        share = {"left": left.gmina_left, "share": event.per_gmina}
        if left.left is None:
            return "" if left.gmina_left is None else str(say("Dla Twojej gminy: {left} z {share}", **share))
        text = say_n("Pozostało {n} miejsce", "Pozostało {n} miejsc", left.left)
        if left.left == 1:
            text = say("Ostatnie miejsce")
        if left.gmina_left is None:
            return str(text)
        return str(say("{text}, dla Twojej gminy: {left} z {share}", text=text, **share))

    def fills(self, field: Field, path: str, value: Any) -> Iterator[Fill]:
        """Slots of a question whose options take places: what is left beside each, and which can no longer be chosen."""
        chosen = value if isinstance(value, tuple) else (value,)
        for option, event in seats_at(field, path).items():
            note = typographic(self.note(event))
            yield f"left:{option}", note
            yield f"beside:{option}", f" – {note}" if note else ""
            if option not in chosen and self._refuses(event) and not any(held == event.id for held, _ in self.held):
                yield f"off:{option}", True

    def prospects(self, found: Outcome) -> list[Prospect]:
        """What each new claim of the answers would get, in their order.

        Claims that are covered by what the response has already are left out: a place is kept where it was, else handed
        to another person of the same response.
        """
        result = []
        taken: Counter[str] = Counter()
        own = [("", claim) for claim in claims(self.form, found) if claim.event == FORM]
        new = [each for each in (*own, *claimed(self.form, found)) if (each[1].event, each[1].item) not in self.held]
        kept = {(claim.event, claim.item) for claim in claims(self.form, found)}
        spare = Counter(event for event, item in self.held if (event, item) not in kept)
        for path, claim in new:
            if spare[claim.event]:
                spare[claim.event] -= 1
                continue
            event = self.form.places[claim.event]
            fate, why = (OVER, ENDED) if self._over(event) else self._fate(event, taken[event.id])
            taken[event.id] += 1
            result.append(Prospect(path, claim, event, fate, why))
        return result

    def failures(self, found: Outcome) -> list[Failure]:
        """Answers that cannot be sent now: their places are gone and there is no waiting list, or it is too late."""
        wrong = []
        for each in self.prospects(found):
            if each.fate in (FULL, OVER):
                step = next((step.id for step in found.steps if each.path.partition("-")[0] in _names(step.fields)), "")
                wrong.append(Failure(each.path, str(_refusal(each)), "option", step, code=CODES[each.fate]))
        return wrong

    def warnings(self, found: Outcome) -> list[str]:
        """Who would be put on the waiting list, for what and why."""
        told = []
        for each in self.prospects(found):
            if each.fate == WAITING and each.event.kind == "form":
                return [str(say("Całe zgłoszenie trafi na listę rezerwową: {why}", why=each.why))]
            if each.fate == WAITING:
                who = item_title(self.form, found, each.claim.item)
                what = " – ".join(part for part in (who, fixed(each.event.title)) if part)
                told.append(str(say("{what}: lista rezerwowa ({why})", what=what, why=each.why)))
        return told

    def rows(self) -> list[dict[str, Any]]:
        """The events for the start page: what, when and where, what is left, and how full it is."""
        closed = str(ENDED) if self.form.over(self.moment) or self.form.state == "archived" else ""
        return [
            {
                "title": typographic(fixed(event.title)),
                "when": typographic(when_and_where(event)),
                "left": typographic(closed or self.note(event)),
                "taken": event.places - (self.left[event.id].left or 0) if event.places else 0,
                "total": event.places or 0,
            }
            for event in self.form.places.values()
            if event.kind != "option"
        ]

    def _fate(self, event: Event, ahead: int = 0) -> tuple[str, Say | None]:
        """What a newcomer gets, after `ahead` others of the same response."""
        left = self.left[event.id]
        why = None
        if left.gmina_left is not None and left.gmina_left <= ahead:
            # Said first, as the ledger does: it is the reason that would remain if a place were freed.
            why = say("limit gminy: {share} z {share}", share=event.per_gmina)
        elif left.left is not None and left.left <= ahead:
            why = NO_PLACES
        elif left.closed_list and left.waiting:
            why = OTHERS_FIRST
        if why is None:
            return FREE, None
        return (WAITING if event.waiting_list else FULL), why

    def _over(self, event: Event) -> bool:
        in_time = self.begun is not None and not event.over(self.begun)
        return event.over(self.moment, self.form.grace if in_time else timedelta())

    def _refuses(self, event: Event) -> bool:
        return self._over(event) or self._fate(event)[0] == FULL


def seats(form: Form, response: Response | None = None, found: Outcome | None = None) -> Seats | None:
    """The places of a form, for a response and its answers so far; None for a form without places."""
    if not form.places:
        return None
    moment = now()
    gmina = gmina_of(form, found.values) if found is not None else None
    held: list[tuple[str, str]] = []
    if response is not None and response.reference is not None:
        held = [(each.event, each.item) for each in of_response(response.id) if each.state in LIVE]
    begun = response.begun_at if response is not None else None
    return Seats(form, available(form, moment, gmina), moment, gmina, held, begun)


def _refusal(prospect: Prospect) -> Say:
    if prospect.fate == OVER:
        return say("Zapisy na ten termin już się zakończyły. Wybierz inny.")
    if prospect.event.kind == "form":
        return say("Wszystkie miejsca są już zajęte. Odpowiedzi zapisaliśmy jako szkic.")
    if prospect.event.kind == "option":
        return say("Tej odpowiedzi nie można już wybrać – miejsca się skończyły. Wybierz inną.")
    if prospect.why is not NO_PLACES:
        return say("Na ten termin gmina nie może zgłosić więcej osób ({why}). Wybierz inny.", why=prospect.why)
    return say("Na ten termin nie ma już miejsc. Wybierz inny.")


def _names(fields: tuple[Field, ...]) -> frozenset[str]:
    return frozenset(each.name for each in fields)

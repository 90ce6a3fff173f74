"""Events and other limited places of a form: what each of them is, and which limits must allow one more.

An event of the form, an option with `places` and `places` on the form itself are the same thing to the ledger: an
`Event` with an id; the last two have no dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from forms.formula import Text

FORM = "form"
"""The id of the places of the form itself."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something with places. Moments are aware, in Warsaw; `places` None means as many as come."""

    id: str  # "M1-T1"; FORM for places on the form; "<dotted name of the field>=<value>" for an option
    title: Text
    kind: str = "event"  # event | option | form
    group: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    place: Text | None = None
    online: str = ""
    places: int | None = None
    per_gmina: int | None = None
    per_gmina_until: datetime | None = None  # from then on the gmina's share is released to all
    waiting_list: bool = False
    offer_for: timedelta | None = None
    promote_until: datetime | None = None
    closes: datetime | None = None

    @property
    def limited(self) -> bool:
        """Whether anything is counted."""
        return self.places is not None or self.per_gmina is not None

    def over(self, moment: datetime, grace: timedelta = timedelta()) -> bool:
        """Whether nobody new may take a place any more; `grace` is for what was begun in time."""
        return self.closes is not None and moment > self.closes + grace


def shares(event: Event, gmina: str | None, now: datetime) -> tuple[tuple[str, int], ...]:
    """The keys of the ledger that must all have room for one more, with their sizes: the whole, then the gmina's share.

    A share is asked for until `per_gmina_until`, and only of a response that names a gmina.
    """
    found = [] if event.places is None else [(event.id, event.places)]
    if event.per_gmina is not None and gmina and (event.per_gmina_until is None or now < event.per_gmina_until):
        found.append((share_key(event.id, gmina), event.per_gmina))
    return tuple(found)


def share_key(event: str, gmina: str) -> str:
    """The ledger's key of what one gmina (TERYT code) has of an event."""
    return f"{event}@{gmina}"

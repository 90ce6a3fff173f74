"""How a gmina stands, by the register and by declarations, at any moment; before there is a register, by the list.

The one rule: while the register has no entry at all, the list decides (its columns `wykaz` and `program`). From the first
entry on a gmina has a programme when it has an entry in the Wykaz whose last day has not passed. A gmina without one, by
the list or by the register, counts as having declared when it has sent the form of declarations in this edition of the
project and that was neither withdrawn nor rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from forms.spans import WARSAW
from forms.standing import DECLARED, ENTERED, LISTED, NEITHER, PROGRAM, WYKAZ, Standing, listed
from forms.wording import Say, long_date, say
from records.database import run
from records.models import moment, stored
from records.register.entries import READ, Programme, Version, versions

AS_OF = f"""{READ} WHERE p.changed_at <= ? AND NOT EXISTS (
    SELECT 1 FROM programme AS later WHERE later.entry = p.entry AND later.version > p.version AND later.changed_at <= ?
)"""  # noqa: S608 – our own names
# A declaration counts from its sending until it is withdrawn or rejected.
DECLARATIONS = (
    "SELECT gmina, MAX(sent_at) FROM response WHERE slug = ? AND state IN ('submitted', 'accepted') "
    "AND sent_at BETWEEN ? AND ? AND id <> ?"
)


@dataclass(frozen=True)
class Office:
    """What the office has set: the rows of the list of gminy by code, the slug of the form of declarations ("" for none),
    and the first day of the edition."""

    listed: Mapping[str, Mapping[str, str]]
    declaration: str = ""
    since: date | None = None


FEW = 3  # gminy that are looked up one by one; who asks about more gets all that is known at once


class StandingBook:
    """Gives the standing of a gmina at a moment, looked up when it is first asked for; what was found is remembered.

    `office` is asked only then. With `everyone` the first look reads what is known of all gminy, in three queries;
    otherwise each gmina costs two or three short ones, and the fourth is read with all others. `own` is the id of a response that is being filled in or looked
    at: it does not count as a declaration made before.
    """

    __slots__ = ("_at", "_declared", "_entries", "_everyone", "_found", "_office", "_own", "_started")

    def __init__(
        self, office: Callable[[], Office], at: datetime, *, everyone: bool = False, own: int | None = None
    ) -> None:
        self._own = own or 0
        self._office: Callable[[], Office] = office
        self._at, self._everyone = at, everyone
        self._found: dict[str, Standing | None] = {}
        self._entries: dict[str, list[Version]] | None = None
        self._declared: dict[str, datetime] = {}
        self._started = False

    def __call__(self, gmina: str) -> Standing | None:
        """How the gmina of this code stands; None for one that neither the list nor the register knows."""
        if gmina not in self._found:
            self._found[gmina] = self._look(gmina)
        return self._found[gmina]

    def _look(self, gmina: str) -> Standing | None:
        office = self._office()
        if (self._everyone or len(self._found) >= FEW) and self._entries is None:
            self._entries = _by_gmina(_entries(self._at))
            self._started = bool(self._entries)
            self._declared = _declarations(office, self._at, self._own)
        row = office.listed.get(gmina)
        if self._entries is not None:
            entries, begun, declared = self._entries.get(gmina, []), self._started, self._declared.get(gmina)
        else:
            entries = _entries(self._at, gmina)
            begun = bool(entries) or _begun(self._at)
            declared = _declarations(office, self._at, self._own, gmina).get(gmina)
        if row is None and not entries:
            return None
        day = self._at.astimezone(WARSAW).date()
        return standing([each.programme for each in entries], row or {}, declared, day, begun=begun)


def standing(
    entries: Iterable[Programme], row: Mapping[str, str], declared: datetime | None, day: date, *, begun: bool
) -> Standing:
    """How a gmina stands on a day, by the newest versions of its entries, its row of the list, and when it declared."""
    if not begun:
        found = listed(row.get(WYKAZ), row.get(PROGRAM))
        if found.wykaz != NEITHER or declared is None:
            return found
        return Standing(DECLARED, found.program, _declared(declared))
    known = list(entries)
    good = next((each for each in known if each.in_force(day)), None)
    if good is not None:
        return Standing(ENTERED, good["basis"], said(good))
    if declared is not None:
        return Standing(DECLARED, NEITHER, _declared(declared))
    return Standing(NEITHER, NEITHER, _why_not(known))


@dataclass(frozen=True, slots=True)
class Joined:
    """Facts in a row, in the language in which they are read."""

    facts: tuple[Say, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.facts))


def said(programme: Programme) -> Say:
    """An entry of the Wykaz in a sentence: „W Wykazie: program GPR „Nowe centrum”, wpis nr 5/2024 z dnia …, uchwała nr …”."""
    return say("W Wykazie: {facts}", facts=Joined(tuple(_facts(programme))))


def _facts(one: Programme) -> Iterable[Say]:
    if one["basis"] == "IDS":
        yield say("inny dokument strategiczny")
    else:
        yield say("program {basis}", basis=one["basis"])
    if one["title"]:
        yield say("„{title}”", title=one["title"])
    day = long_date(one["entered_on"]) if one["entered_on"] else ""
    if one["number"] and day:
        yield say("wpis nr {number} z dnia {day}", number=one["number"], day=day)
    elif one["number"] or day:
        yield say("wpis nr {number}", number=one["number"]) if one["number"] else say("wpis z dnia {day}", day=day)
    if one["resolution"] and one["resolution_on"]:
        day = long_date(one["resolution_on"])
        yield say("uchwała nr {number} z dnia {day}", number=one["resolution"], day=day)
    elif one["resolution"]:
        yield say("uchwała nr {number}", number=one["resolution"])


def _declared(when: datetime) -> Say:
    return say("Od {day} gmina ma złożoną deklarację udziału.", day=long_date(when.astimezone(WARSAW).date()))


def _why_not(entries: list[Programme]) -> Say:
    over = next((each for each in entries if each.entered), None)
    if over is not None:
        last = long_date(over["valid_to"])
        return say("Program gminy obowiązywał do {day}, a gmina nie złożyła deklaracji.", day=last)
    struck = [each["struck_on"] for each in entries if each["struck_on"]]
    if struck:
        day = long_date(max(struck))
        return say("Program gminy wykreślono z Wykazu {day}, a gmina nie złożyła deklaracji.", day=day)
    if entries:
        return say("Program gminy wykreślono z Wykazu, a gmina nie złożyła deklaracji.")
    return LISTED[NEITHER]


def _entries(at: datetime, gmina: str | None = None) -> list[Version]:
    until = stored(at)
    if gmina is None:
        return versions(run(AS_OF, until, until).fetchall())
    return versions(run(f"{AS_OF} AND p.gmina = ?", until, until, gmina).fetchall())


def _begun(at: datetime) -> bool:
    return run("SELECT 1 FROM programme WHERE changed_at <= ? LIMIT 1", stored(at)).fetchone() is not None


def _declarations(office: Office, at: datetime, own: int, gmina: str | None = None) -> dict[str, datetime]:
    if not office.declaration:
        return {}
    since = stored(datetime.combine(office.since or date.min.replace(year=1990), time(), WARSAW))
    params: list[Any] = [office.declaration, since, stored(at), own]
    which = " AND gmina IS NOT NULL"
    if gmina is not None:
        which, params = " AND gmina = ?", [*params, gmina]
    rows = run(f"{DECLARATIONS}{which} GROUP BY gmina", *params).fetchall()
    return {code: moment(when) for code, when in rows}


def _by_gmina(found: Iterable[Version]) -> dict[str, list[Version]]:
    by: dict[str, list[Version]] = {}
    for each in found:
        by.setdefault(each.programme.gmina, []).append(each)
    return by

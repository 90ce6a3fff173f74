"""Reading days, months and hours as people type them."""

from __future__ import annotations

import re
from datetime import date, time

from forms.polish import fold
from forms.types.given import Refused
from forms.wording import MONTH_NAMES, MONTHS, say

DATE = say("Wpisz datę w postaci DD.MM.RRRR, na przykład 09.03.2027.")
MONTH = say("Wpisz miesiąc w postaci MM.RRRR, na przykład 12.2028.")
CLOCK = say("Wpisz godzinę w postaci GG:MM, na przykład 09:30.")

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
NAMES = {
    fold(name): number
    for names in (MONTHS["pl"], MONTH_NAMES["pl"], MONTHS["en"], ROMAN)
    for number, name in enumerate(names, 1)
}
YEAR = r"([12][0-9]{3})"
YEAR_END = r"(?: ?r(?:\.|oku)?)?"
DAY_FIRST = re.compile(rf"([0-9]{{1,2}}) ?([./ -]) ?([0-9]{{1,2}}) ?\2 ?{YEAR}{YEAR_END}")
YEAR_FIRST = re.compile(rf"{YEAR}([./-])([0-9]{{1,2}})\2([0-9]{{1,2}})")
TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})((?:19|20|21)[0-9]{2})")  # keyboards of telephones may have no dot
NAMED = re.compile(rf"([0-9]{{1,2}})[. ] ?([a-z]+)[. ] ?{YEAR}{YEAR_END}")
MONTH_FIRST = re.compile(rf"([0-9]{{1,2}}) ?[./ -] ?{YEAR}{YEAR_END}")
MONTH_LAST = re.compile(rf"{YEAR} ?[./-] ?([0-9]{{1,2}})")
MONTH_TOGETHER = re.compile(r"([0-9]{2})((?:19|20|21)[0-9]{2})")
MONTH_NAMED = re.compile(rf"([a-z]+) {YEAR}{YEAR_END}")
HOUR = re.compile(r"(?:godz\.? ?)?([0-9]{1,2})(?: ?[:.] ?([0-9]{2}))?")
HOUR_TOGETHER = re.compile(r"([0-9]{1,2})([0-9]{2})")


def iso_day(text: str) -> date:
    """The day in `2027-03-09`. Raises ValueError."""
    if not re.fullmatch(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not an ISO date")
    return date.fromisoformat(text)


def iso_month(text: str) -> date:
    """The first day of the month in `2027-03`. Raises ValueError."""
    return iso_day(f"{text}-01")


def day_of(text: str) -> date:
    """The day in a clean text: 9.3.2027, 2027-03-09, 9 marca 2027 r., 9.III.2027, 09032027. Raises Refused."""
    folded = fold(text)
    if found := DAY_FIRST.fullmatch(folded):
        day, month, year = found[1], int(found[3]), found[4]
    elif found := YEAR_FIRST.fullmatch(folded):
        day, month, year = found[4], int(found[3]), found[1]
    elif found := TOGETHER.fullmatch(folded):
        day, month, year = found[1], int(found[2]), found[3]
    elif (found := NAMED.fullmatch(folded)) and found[2] in NAMES:
        day, month, year = found[1], NAMES[found[2]], found[3]
    else:
        raise Refused("format", DATE)
    try:
        return date(int(year), month, int(day))
    except ValueError as error:
        raise Refused("calendar", say("Takiej daty nie ma w kalendarzu: {value}.", value=text)) from error


def month_of(text: str) -> date:
    """The first day of the month in a clean text: 12.2028, 12/2028, 2028-12, grudzień 2028, 122028. Raises Refused."""
    folded = fold(text)
    if found := MONTH_FIRST.fullmatch(folded) or MONTH_TOGETHER.fullmatch(folded):
        month, year = int(found[1]), found[2]
    elif found := MONTH_LAST.fullmatch(folded):
        month, year = int(found[2]), found[1]
    elif (found := MONTH_NAMED.fullmatch(folded)) and found[1] in NAMES:
        month, year = NAMES[found[1]], found[2]
    else:
        raise Refused("format", MONTH)
    if not 1 <= month <= 12:
        raise Refused("calendar", say("Nie ma takiego miesiąca: {value}. Wpisz numer od 01 do 12.", value=text))
    return date(int(year), month, 1)


def clock_of(text: str) -> time:
    """The time of day in a clean text: 9:00, 09.30, godz. 9, 0930. Raises Refused."""
    found = HOUR.fullmatch(fold(text)) or HOUR_TOGETHER.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Refused("format", CLOCK)
    return time(int(found[1]), int(found[2] or 0))

"""How a value is written so that a Polish Excel shows it unchanged when the file is opened by a double click.

Excel reads every cell of a CSV, quoted or not, as if it had been typed: `0201` becomes 201, `1-2` and `3.04` days,
`2028-12` a month, `500 000 001` and `1,50` numbers; from 12 digits on it shows `1,23E+25`, and what begins with = + - @
runs as a formula. Numbers, days and hours are meant to be read so, and are written bare. For texts:

- what would run as a formula gets an apostrophe in front (OWASP ASVS 1.2.10), which Excel shows;
- what would be taken for something else gets a tab behind it: that makes it text, and Excel shows nothing of it.
  An apostrophe would be seen in every code, and `="0201"` is a formula;
- everything else (`91 000 00 01`, `70-540`, `3218043`) Excel leaves alone, and so do we.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from forms.spans import WARSAW
from forms.wording import MONTH_NAMES, MONTHS, say

FORMULA = re.compile(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r\0]")
TEXT = "\t"
BREAK = re.compile(r"\r\n|[\r\n\v\f\u0085\u2028\u2029]")
BETWEEN_LINES = " | "

_NAMES = {name for names in (*MONTHS.values(), *MONTH_NAMES.values()) for name in names}
_MONTH = f"(?:{'|'.join(sorted(_NAMES | {name[:3] for name in _NAMES}, reverse=True))})"
TAKEN_FOR_SOMETHING_ELSE = re.compile(
    rf"""\s*(?:
      0[0-9]+                                          # a number without its zero
    | [0-9]{{12,}}                                     # a rounded number
    | [0-9]{{1,3}}(?:[ \u00a0\u202f][0-9]{{3}})+(?:,[0-9]*)?  # a number with thousands
    | [0-9]*,[0-9]+ | [0-9]+,                          # a number with a fraction
    | [0-9]+(?:,[0-9]*)?\s*(?:%|zł)                    # a percentage, an amount
    | [0-9]+(?:,[0-9]*)?e[+-]?[0-9]+                   # a power of ten
    | \([0-9 .,]+\)                                    # a negative number
    | [0-9]{{1,2}}[-./][0-9]{{1,2}}(?:[-./][0-9]{{1,4}})?   # a day
    | [0-9]{{1,2}}[-./][0-9]{{4}} | [0-9]{{4}}[-./][0-9]{{1,2}}(?:[-./][0-9]{{1,2}})?  # a month, a day
    | [0-9]+\ [0-9]+/[0-9]+                            # a fraction
    | [0-9]{{1,4}}:[0-9]{{1,2}}(?::[0-9]{{1,2}}(?:[.,][0-9]+)?)?(?:\s*[ap]m?)? | [0-9]{{1,2}}\s+[ap]m?  # an hour
    | [0-9]{{1,2}}[-./\ ]*{_MONTH}\.?(?:[-./\ ]*[0-9]{{1,4}})? | {_MONTH}\.?[-./\ ]*[0-9]{{1,4}}  # a day in words
    | (?:[0-9]{{1,4}}[-./]){{2}}[0-9]{{1,4}}[ T][0-9]{{1,2}}:[0-9:.,]+  # a day with an hour
    | true | false | prawda | fałsz
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
BEGINS = frozenset(" ,(0123456789jfmasondtpslwkcgJFMASONDTPSLWKCG\u00a0")  # what each of these begins with


def cell(value: Any) -> str | int:
    """A value of `FieldType.words` as it stands in a CSV for Excel; a moment in Polish time."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool):
        return str(say("Tak") if value else say("Nie"))
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, datetime):
        return f"{value.astimezone(WARSAW):%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else int(value)


def text(value: str) -> str:
    """A text that stays what it is: on one line, never a formula, a number or a day."""
    if not value.isprintable():  # only then can there be a line break, a tab or a NUL
        guarded = "'" if FORMULA.match(value) else ""
        value = guarded + BREAK.sub(BETWEEN_LINES, value).replace("\0", "")
        if guarded:
            return value
    elif FORMULA.match(value):
        return f"'{value}"
    if value[:1] in BEGINS and TAKEN_FOR_SOMETHING_ELSE.fullmatch(value):
        return value + TEXT
    return value

"""What may be asked of the responses through the API: read strictly, for a program that mistypes should be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, NotFound

from forms.wording import Say, say
from records.export.exporter import DIALECTS
from records.listing import Reached
from records.shapes import DRAFT
from views import wording

LINES = "jsonl"
FORMATS = (LINES, *DIALECTS)
STATES = tuple(state for state in wording.STATES if state != DRAFT)
MOST = 10_000
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
CURSOR = re.compile(r"([1-9]\d{3})-(\d{1,9})-(\d{1,9})", re.ASCII)  # nine digits fit into an integer of every database
TRUTHS = {"true": True, "false": False}


class Refused(BadRequest):
    """A request that the API does not take; `detail` says how to mend it."""

    def __init__(self, detail: Say) -> None:
        super().__init__()
        self.detail = detail


class Unknown(NotFound):
    """Something that is not there; `detail` says what is."""

    def __init__(self, detail: Say) -> None:
        super().__init__()
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that may be asked: how it is read, and how it is described."""

    name: str
    description: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any]  # ValueError for what makes no sense
    default: Any = None


def _one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return read


def _truth(text: str) -> bool:
    if text not in TRUTHS:
        raise ValueError(text)
    return TRUTHS[text]


def _moment(text: str) -> datetime:
    if not MOMENT.fullmatch(text):
        raise ValueError(text)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and 1 <= int(text) <= MOST):
        raise ValueError(text)
    return int(text)


def _cursor(text: str) -> Reached:
    match = CURSOR.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return int(match[1]), int(match[2]), int(match[3])


def _names(text: str) -> frozenset[str]:
    names = frozenset(text.split(","))
    if not all(names):
        raise ValueError(text)
    return names


TRUTH = {"type": "boolean", "default": False}
PARAMETERS = (
    Parameter(
        "format",
        "JSON lines; CSV for programs (comma, dot, ISO dates); CSV for a Polish Excel (semicolon, comma, labels)",
        {"type": "string", "enum": list(FORMATS), "default": LINES},
        _one_of(FORMATS),
        LINES,
    ),
    Parameter(
        "table",
        "For CSV: the table of a group that repeats, as the form's description names it; the responses by default",
        {"type": "string"},
        str,
        "",
    ),
    Parameter("state", "Only responses in this state", {"type": "string", "enum": list(STATES)}, _one_of(STATES)),
    Parameter(
        "changed_since",
        "Only responses sent, corrected or decided upon at this moment or later",
        {"type": "string", "format": "date-time", "pattern": f"^{MOMENT.pattern}$"},
        _moment,
    ),
    Parameter(
        "columns",
        "Only these questions and columns, separated by commas",
        {"type": "string", "pattern": "^[^,]+(,[^,]+)*$"},
        _names,
    ),
    Parameter("labels", "Labels in place of codes (CSV for Excel has them by default)", TRUTH, _truth),
    Parameter("newest", "Only responses to the version that serves now", TRUTH, _truth, False),
    Parameter(
        "limit",
        "At most so many responses; the header Link then says where the next ones are",
        {"type": "integer", "minimum": 1, "maximum": MOST},
        _count,
    ),
    Parameter(
        "after",
        "Where the last page ended, as its header Link says",
        {"type": "string", "pattern": f"^{CURSOR.pattern}$"},
        _cursor,
    ),
)


def read(args: MultiDict[str, str]) -> dict[str, Any]:
    """What was asked, by name; Refused for what is not known, said twice or makes no sense."""
    known = {each.name: each for each in PARAMETERS}
    for name in args:
        if name not in known:
            raise Refused(say("Nie ma parametru „{name}”. Są: {known}.", name=name, known=", ".join(known)))
    return {name: _value(each, args.getlist(name)) for name, each in known.items()}


def cursor(reached: Reached) -> str:
    """The parameter `after` that goes on behind this response."""
    return "-".join(map(str, reached))


def _value(each: Parameter, given: list[str]) -> Any:
    if not given:
        return each.default
    try:
        (text,) = given
        return each.read(text)
    except ValueError:
        raise Refused(
            say(
                "Popraw parametr „{name}”, podany najwyżej raz: {description}. Opis jest w /api/v1/openapi.json.",
                name=each.name,
                description=each.description,
            )
        ) from None

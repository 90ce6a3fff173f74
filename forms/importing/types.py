"""What each type of XLSForm becomes: one table for the importer and its documentation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.wording import Say, say


@dataclass(frozen=True, slots=True)
class Type:
    """Our type ("" when there is none), the kind of its answer in expressions, and what is lost on the way."""

    ours: str
    kind: str = ""
    loss: Say | None = None


NO_MAP = say("mapy i położenia nie ma w tym programie. Zapytaj o adres albo opisz miejsce tekstem.")
OWN_TIME = say("program sam zapisuje, kiedy odpowiedź powstała i kiedy ją wysłano.")
NO_DEVICE = say("program nie zbiera danych o urządzeniu ani o osobie bez jej wiedzy.")
NO_RECORDING = say("program nie przyjmuje nagrań wprost, tylko w pliku ZIP. Sprawdź, czy to wystarczy.")
ELSEWHERE = say("danych z pliku obok nie da się przenieść. Zapisz je jako listę w config/lists.")

TYPES: dict[str, Type] = {
    "text": Type("text", "text"),
    "integer": Type("integer", "integer"),
    "decimal": Type("decimal", "decimal"),
    "range": Type("scale", "integer"),
    "select_one": Type("choice", "choice"),
    "select_multiple": Type("choices", "choices"),
    "select_one_from_file": Type("choice", "choice"),
    "select_multiple_from_file": Type("choices", "choices"),
    "rank": Type(
        "matrix", "", say("każda odpowiedź dostaje numer miejsca; program nie pilnuje, by się nie powtarzały.")
    ),
    "note": Type("note"),
    "date": Type("date", "date"),
    "time": Type("time", "time"),
    "datetime": Type("datetime", "datetime"),
    "calculate": Type("computed"),
    "acknowledge": Type("consent", "boolean"),
    "image": Type("file"),
    "file": Type("file"),
    "audio": Type("file", "", NO_RECORDING),
    "video": Type("file", "", NO_RECORDING),
    "barcode": Type("text", "text", say("kodu nie da się zeskanować. Trzeba go przepisać.")),
    "hidden": Type("hidden", "text"),
    "group": Type("step"),
    "repeat": Type("group", "group"),
    "geopoint": Type("", "", NO_MAP),
    "geotrace": Type("", "", NO_MAP),
    "geoshape": Type("", "", NO_MAP),
    "start-geopoint": Type("", "", NO_MAP),
    "background-audio": Type("", "", NO_RECORDING),
    "start": Type("", "", OWN_TIME),
    "end": Type("", "", OWN_TIME),
    "today": Type("", "", OWN_TIME),
    **dict.fromkeys(
        ("deviceid", "subscriberid", "simserial", "phonenumber", "username", "email"), Type("", "", NO_DEVICE)
    ),
    "audit": Type("", "", NO_DEVICE),
    "xml-external": Type("", "", ELSEWHERE),
    "csv-external": Type("", "", ELSEWHERE),
}
SILENT = frozenset({"start", "end", "today"})  # nothing is lost without them
WORDS = {
    "string": "text", "int": "integer", "photo": "image", "gps": "geopoint", "location": "geopoint", "trigger": "acknowledge",
    "date time": "datetime", "select1": "select_one", "select one": "select_one", "select_one_external": "select_one",
    "select multiple": "select_multiple", "select all that apply": "select_multiple", "select one from": "select_one",
    "select all that apply from": "select_multiple", "select multiple from": "select_multiple", "tekst": "text",
    "select one from file": "select_one_from_file", "select multiple from file": "select_multiple_from_file",
    "device id": "deviceid", "phone number": "phonenumber", "uwaga": "note", "loop": "repeat",
}  # fmt: skip
SELECTS = ("select_one", "select_multiple", "rank", "select_one_from_file", "select_multiple_from_file")

_SELECT = re.compile(
    r"(select[ _](?:one|multiple|all that apply)(?:[ _]from(?:[ _]file)?)?|select1|select_one_external|rank)\s+(\S+)\s*(.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the column `type` says: `begin`/`end` of a group or repeat, a type with its list, with own answers or not."""

    type: str
    bracket: str = ""  # begin | end
    argument: str = ""
    other: bool = False


def said(text: str) -> Said:
    """`select_one gminy or_other` → select_one with the list `gminy`; an unknown word stays as it is."""
    plain = " ".join(text.split())
    bracket = re.fullmatch(r"(begin|end)[ _](group|repeat|loop)", plain, re.IGNORECASE)
    if bracket:
        what = bracket[2].casefold()
        return Said(WORDS.get(what, what), bracket[1].casefold())
    chosen = _SELECT.fullmatch(plain)
    if chosen:
        word = (
            chosen[1]
            .casefold()
            .replace("select_", "select ")
            .replace("_from", " from")
            .replace("from_file", "from file")
        )
        known = WORDS.get(word, word.replace(" ", "_"))
        return Said(known, "", chosen[2], "other" in chosen[3].casefold())
    word = plain.casefold()
    return Said(WORDS.get(word, word))

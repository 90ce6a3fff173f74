"""Stored files as an answer, and as a part of another: what may be attached, how each is described, shown and kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Tick, Words
from forms.expressions import Env, Kind
from forms.keys import WRONG, Boolean, Key, ListOf, OneOf, Whole
from forms.reading import Reading
from forms.source import Node, Scalar
from forms.types.base import Column, FieldType, Refused, Typed
from forms.wording import NBSP, Say, number, say, say_n

EXTENSIONS: Mapping[str, tuple[str, ...]] = {  # ending in a definition → endings of file names
    "pdf": (".pdf",),
    "docx": (".docx",),
    "odt": (".odt",),
    "xlsx": (".xlsx",),
    "ods": (".ods",),
    "jpg": (".jpg", ".jpeg"),
    "png": (".png",),
    "zip": (".zip",),
}
KILOBYTE = 1_024  # as the file managers of offices count
MEGABYTE = KILOBYTE * KILOBYTE
UNITS = {"kB": KILOBYTE, "KB": KILOBYTE, "MB": MEGABYTE}
LARGEST = 100 * MEGABYTE
SPARE_PLACES = 3
ALT = "alt"
"""The key of a file's description, and the start of the name of its place on the page."""
LONGEST_ALT = 500  # characters
AN_ALT = say("opis")


@dataclass(frozen=True)
class SizeKey(Key):
    """A size such as `20 MB` or `500 kB`, in bytes."""

    default: Any = 20 * MEGABYTE

    def read(self, node: Node, reading: Reading) -> Any:
        found = re.fullmatch(r"(\d{1,6}) ?(kB|KB|MB)", node.text.strip()) if isinstance(node, Scalar) else None
        size = int(found[1]) * UNITS[found[2]] if found else 0
        if not 0 < size <= LARGEST:
            reading.problem(
                node,
                "not-a-size",
                say("Tu powinien stać rozmiar do {most}, na przykład 20 MB.", most=show_size(LARGEST)),
            )
            return WRONG
        return size

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]+ ?(kB|KB|MB)$"}


@dataclass(frozen=True, eq=False)
class File(FieldType):
    """Stored files. What is typed is one JSON text for each file kept, made by the page from the database.

    It is never the browser's: there it would be a claim to files of others.
    """

    name: ClassVar[str] = "file"
    doc: ClassVar[str] = "Pliki dołączone do odpowiedzi."
    uploads: ClassVar[bool] = True
    keys: ClassVar[Mapping[str, Key]] = {
        "accept": ListOf(
            "Rodzaje plików, które można dołączyć.",
            item=OneOf(words=tuple(EXTENSIONS)),
            single=True,
            default=tuple(EXTENSIONS),
        ),
        "max_size": SizeKey("Największy rozmiar jednego pliku."),
        "max_files": Whole("Ile plików można dołączyć.", default=1, least=1, most=50),
        "describe": Boolean("Każdy plik musi mieć opis; przy zdjęciu to tekst alternatywny."),
    }

    accept: tuple[str, ...] = tuple(EXTENSIONS)
    max_size: int = 20 * MEGABYTE
    max_files: int = 1
    describe: bool = False

    @property
    def attached(self) -> Mapping[str, File]:
        return {"": self}

    @property
    def kind(self) -> Kind:
        return Kind.FILE

    @property
    def attributes(self) -> Mapping[str, str]:
        several = self.max_files > 1 and not self.describe  # those described come one by one, each with its words
        return {"accept": self.endings, **({"multiple": "multiple"} if several else {})}

    @property
    def endings(self) -> str:
        """For the input: the endings of file names that are taken."""
        return ",".join(ending for kind in self.accept for ending in EXTENSIONS[kind])

    @property
    def places(self) -> range:
        """The places for files that the template draws, a few for those too many; places without a file are hidden."""
        return range(self.max_files + SPARE_PLACES)

    @property
    def advice(self) -> Say:
        """What may be attached, in words."""
        kinds, size = self._kinds, show_size(self.max_size)
        if self.max_files == 1:
            return say("Plik {kinds}, do {size}.", kinds=kinds, size=size)
        return say("Pliki {kinds}, każdy do {size}, najwyżej {n}.", kinds=kinds, size=size, n=self.max_files)

    @property
    def _kinds(self) -> Any:
        *most, last = (kind.upper() for kind in self.accept)
        return say("{kinds} lub {last}", kinds=", ".join(most), last=last) if most else last

    def refused_type(self) -> Say:
        """The message (PLIK_TYP) for a file of another kind than `accept`."""
        return say("Dołącz plik {kinds}.", kinds=self._kinds)

    def refused_empty(self) -> Say:
        """The message (PLIK_PUSTY) for a file with nothing in it."""
        return say("Plik jest pusty.")

    def refused_size(self) -> Say:
        """The message (PLIK_ROZM) for a file over `max_size`; reading stops there, so its own size is not known."""
        return say("Plik jest za duży. Limit to {most}.", most=show_size(self.max_size))

    def parse(self, typed: Typed, field: Field) -> Any:
        files = [_read_file(text) for text in typed.get("", ()) if text.strip()]
        kept = tuple(file for file in files if file is not None)
        if len(kept) < len(files):
            raise Refused("format", say("Nie udało się odczytać pliku. Dołącz go jeszcze raz."))
        if not kept:
            raise Refused("required", self.missing(field))
        return kept

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        if len(value) > self.max_files:
            what = say_n(
                "Dołącz najwyżej {n} plik. Teraz dołączono {m}.",
                "Dołącz najwyżej {n} plików. Teraz dołączono {m}.",
                self.max_files,
                m=len(value),
            )
            return Refused("max", what)
        return self._described_badly(value) if self.describe else None

    def _described_badly(self, value: Any) -> Refused | None:
        """What is wrong with descriptions, at the file that it belongs to; None when all have good ones."""
        missing, long = dict[str, Say](), dict[str, Say]()
        for index, file in enumerate(value):
            text = file.get(ALT, "")
            if not text:
                missing[f"{ALT}{index}"] = say("Opisz plik „{name}” – napisz, co na nim widać.", name=file["name"])
            elif len(text) > LONGEST_ALT:
                what = say("Skróć tekst do {n} znaków. Teraz ma {m}.", n=number(LONGEST_ALT), m=number(len(text)))
                long[f"{ALT}{index}"] = what
        if missing:
            return Refused("describe", next(iter(missing.values())), missing, "PLIK_OPIS")
        return Refused("max", next(iter(long.values())), long) if long else None

    def missing(self, field: Field) -> Say:
        return say("Dołącz plik: {label}.", label=str(field.label))

    def literal(self, node: Node) -> Typed:
        return {}  # nobody can write a stored file into a definition

    def typed(self, value: Any) -> Typed:
        return {"": [json.dumps(file, ensure_ascii=False) for file in value]}

    def fills(self, typed: Typed) -> Iterable[tuple[str, str | bool]]:
        for index, text in enumerate(typed.get("", ())):
            file = _read_file(text)
            if file is None:
                continue
            yield "none", False
            yield f"free:{index}", False
            yield f"id:{index}", file["id"]
            yield f"name:{index}", file["name"]
            yield f"size:{index}", show_size(file["size"])
            if file.get(ALT):
                yield f"{ALT}:{index}", file[ALT]

    def described(self, words: Words) -> Described:
        facts = [str(self.advice), *([str(say("Każdy plik ma opis."))] if self.describe else [])]
        return Described(tuple(facts), ticks=(Tick(str(say("plik przygotowany"))),))

    def show(self, value: Any) -> str:
        return "; ".join(map(_shown, value))

    def dump(self, value: Any) -> Any:
        return [dict(file) for file in value]

    def load(self, kept: Any) -> Any:
        if not isinstance(kept, list):
            raise ValueError("not a list of stored files")
        return tuple(_file(each) for each in kept)

    def refiled(self, value: Any, keep: Callable[[str, File, Mapping[str, Any]], Mapping[str, Any]]) -> Any:
        return tuple(keep("", self, file) for file in value)

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The names, and the descriptions where they are asked for."""
        described = (Column(ALT, "text", f"{field.label} – {AN_ALT}"),) if self.describe else ()
        return (Column("", "text"), *described)

    def cells(self, value: Any) -> Sequence[Any]:
        names = " | ".join(file["name"] for file in value)
        return (names, " | ".join(file.get(ALT, "") for file in value)) if self.describe else (names,)


def _file(kept: Any) -> dict[str, Any]:
    if not isinstance(kept, dict) or set(kept) - {ALT} != {"id", "name", "size", "type"}:
        raise ValueError("not a stored file")
    if not isinstance(kept.get(ALT, ""), str):
        raise ValueError("not a description")
    if type(kept["size"]) is not int or not all(
        isinstance(kept[key], str) and kept[key] for key in ("id", "name", "type")
    ):
        raise ValueError("not a stored file")
    return kept


def _read_file(text: str) -> dict[str, Any] | None:
    try:
        return _file(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _shown(file: Mapping[str, Any]) -> str:
    shown = f"{file['name']} ({show_size(file['size'])})"
    return f"{shown} – {file[ALT]}" if file.get(ALT) else shown


def show_size(size: int) -> str:
    """A number of bytes as people read it, rounded up: `1,2 MB`, `340 kB`."""
    if size >= MEGABYTE:
        return f"{number((Decimal(size) / MEGABYTE).quantize(Decimal('0.1'), ROUND_UP))}{NBSP}MB"
    return f"{number(-(-size // KILOBYTE))}{NBSP}kB"

"""Stored files as an answer, and as a part of another: what may be attached, how each is described, shown and kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Tick, Words
from forms.expressions import Env, Kind
from forms.key import WRONG, Key
from forms.keys import Boolean, ListOf, OneOf, Whole
from forms.reading import Reading
from forms.source import Node, Scalar
from forms.types.attachment import EXTENSIONS, KILOBYTE, MEGABYTE, Attachment, show_size
from forms.types.base import FieldType
from forms.types.given import Column, Refused, Typed
from forms.wording import Say, number, say, say_n

UNITS = {"kB": KILOBYTE, "KB": KILOBYTE, "MB": MEGABYTE}
LARGEST = 100 * MEGABYTE
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
class File(FieldType, Attachment):
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

    @property
    def attached(self) -> Mapping[str, Attachment]:
        return {"": self}

    @property
    def kind(self) -> Kind:
        return Kind.FILE

    @property
    def attributes(self) -> Mapping[str, str]:
        several = self.max_files > 1 and not self.describe  # those described come one by one, each with its words
        return {"accept": self.endings, **({"multiple": "multiple"} if several else {})}

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

    def refiled(self, value: Any, keep: Callable[[str, Attachment, Mapping[str, Any]], Mapping[str, Any]]) -> Any:
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

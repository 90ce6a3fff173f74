"""Answers of several inputs: a postal address, and stored files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any, ClassVar

from forms.definition import Field
from forms.expressions import Env, Kind
from forms.keys import WRONG, Key, ListOf, OneOf, Whole
from forms.reading import Reading
from forms.source import Node, Scalar
from forms.types.base import Column, FieldType, Refused, Typed
from forms.types.line import first, one_line
from forms.types.rows import Listed
from forms.wording import NBSP, Say, number, say, say_n

LONGEST_PART = 200
POSTAL_CODE = re.compile(r"(\d{2})\s*[-–]?\s*(\d{3})", re.ASCII)

ADDRESS_PARTS: Mapping[str, Say] = {
    "street": say("ulica"),
    "number": say("numer"),
    "postal_code": say("kod pocztowy"),
    "city": say("miejscowość"),
}
MISSING: Mapping[str, Say] = {
    "number": say("Podaj numer domu."),
    "postal_code": say("Podaj kod pocztowy."),
    "city": say("Podaj miejscowość."),
}


@dataclass(frozen=True, eq=False)
class Address(FieldType):
    """A Polish postal address; a village without streets leaves the street out."""

    name: ClassVar[str] = "address"
    parts: ClassVar[tuple[str, ...]] = tuple(ADDRESS_PARTS)
    fieldset: ClassVar[bool] = True
    personal: ClassVar[bool] = True

    @property
    def kind(self) -> Kind:
        return Kind.one(dict.fromkeys(ADDRESS_PARTS, Kind.TEXT))

    def blank(self, typed: Typed) -> bool:
        return not any(one_line(text) for texts in typed.values() for text in texts)

    def parse(self, typed: Typed, field: Field) -> Any:
        value = {part: one_line(first(typed, part)) for part in ADDRESS_PARTS}
        wrong = {part: what for part, what in MISSING.items() if not value[part]}
        kind = "required" if wrong else "format"
        if value["postal_code"]:
            found = POSTAL_CODE.fullmatch(value["postal_code"])
            if found:
                value["postal_code"] = f"{found[1]}-{found[2]}"
            else:
                wrong["postal_code"] = say("Kod pocztowy zapisz w postaci 00-000, na przykład 70-540.")
        for part, text in value.items():
            if len(text) > LONGEST_PART:
                wrong[part] = say("Skróć tekst do {n} znaków. Teraz ma {m}.", n=LONGEST_PART, m=len(text))
        if wrong:
            names = Listed(tuple(ADDRESS_PARTS[part] for part in ADDRESS_PARTS if part in wrong))
            what = next(iter(wrong.values())) if len(wrong) == 1 else say("Popraw adres: {parts}.", parts=names)
            raise Refused(kind, what, wrong)
        return value

    def typed(self, value: Any) -> Typed:
        return {part: [value[part]] for part in ADDRESS_PARTS}

    def show(self, value: Any) -> str:
        place = value["street"] or value["city"]
        return f"{place} {value['number']}, {value['postal_code']} {value['city']}"

    def load(self, kept: Any) -> Any:
        if (
            not isinstance(kept, dict)
            or set(kept) != set(ADDRESS_PARTS)
            or not all(isinstance(v, str) for v in kept.values())
        ):
            raise ValueError("not a stored address")
        return kept

    def columns(self, field: Field) -> tuple[Column, ...]:
        return tuple(Column(part, "text", str(label)) for part, label in ADDRESS_PARTS.items())

    def cells(self, value: Any) -> Sequence[Any]:
        return tuple(value[part] or None for part in ADDRESS_PARTS)


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
    }

    accept: tuple[str, ...] = tuple(EXTENSIONS)
    max_size: int = 20 * MEGABYTE
    max_files: int = 1

    @property
    def kind(self) -> Kind:
        return Kind.FILE

    @property
    def attributes(self) -> Mapping[str, str]:
        endings = ",".join(ending for kind in self.accept for ending in EXTENSIONS[kind])
        return {"accept": endings, **({"multiple": "multiple"} if self.max_files > 1 else {})}

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
        return None

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

    def show(self, value: Any) -> str:
        return "; ".join(f"{file['name']} ({show_size(file['size'])})" for file in value)

    def dump(self, value: Any) -> Any:
        return [dict(file) for file in value]

    def load(self, kept: Any) -> Any:
        if not isinstance(kept, list):
            raise ValueError("not a list of stored files")
        return tuple(_file(each) for each in kept)

    def cells(self, value: Any) -> Sequence[Any]:
        return (" | ".join(file["name"] for file in value),)


def _file(kept: Any) -> dict[str, Any]:
    if not isinstance(kept, dict) or set(kept) != {"id", "name", "size", "type"}:
        raise ValueError("not a stored file")
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


def show_size(size: int) -> str:
    """A number of bytes as people read it, rounded up: `1,2 MB`, `340 kB`."""
    if size >= MEGABYTE:
        return f"{number((Decimal(size) / MEGABYTE).quantize(Decimal('0.1'), ROUND_UP))}{NBSP}MB"
    return f"{number(-(-size // KILOBYTE))}{NBSP}kB"

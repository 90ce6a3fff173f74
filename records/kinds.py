"""Kinds of files: which extension, which media type, and how the content proves it. Nothing is ever unpacked."""

from __future__ import annotations

import os
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

HEAD = 4096
DIRECTORY_LIMIT = 1024 * 1024  # bytes of a ZIP's table of contents; a real document needs some kilobytes
MIMETYPE_LIMIT = 200


@dataclass(frozen=True)
class Kind:
    """A kind of file that can be taken in; `fits` looks at an open file, wherever in it one stands."""

    media_type: str
    fits: Callable[[BinaryIO], bool]


def extension(name: str) -> str:
    """The last part of a file's name in small letters: `Umowa.PDF` → `pdf`; empty without one."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(HEAD)


def _starts(*signatures: bytes) -> Callable[[BinaryIO], bool]:
    return lambda file: _head(file).startswith(signatures)


def _pdf(file: BinaryIO) -> bool:
    return b"%PDF-" in _head(file)[:1024]  # readers allow a little before it (ISO 32000-1, annex H.3.4.1)


def _xml(file: BinaryIO) -> bool:
    head = _head(file)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return re.match(rb"<(\?xml\s|!--|[A-Za-z_])", start) is not None and not re.match(rb"(?i)<html", start)


def _signature(file: BinaryIO) -> bool:
    """A CMS signature (binary: an ASN.1 sequence; or as PEM text), or an XAdES one, which is XML."""
    head = _head(file)
    return (
        head[:2] in (b"\x30\x80", b"\x30\x82", b"\x30\x83", b"\x30\x84")
        or head.startswith(b"-----BEGIN ")
        or _xml(file)
    )


def _names(file: BinaryIO) -> frozenset[str]:
    """The names in a ZIP's table of contents; empty when it is no ZIP, or one made to exhaust whoever reads it."""
    if not _head(file).startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return frozenset()
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - 65_557))  # the closing record: 22 bytes and a comment of at most 65 535
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22 or struct.unpack_from("<L", tail, at + 12)[0] > DIRECTORY_LIMIT:
        return frozenset()
    try:
        with zipfile.ZipFile(file) as archive:
            return frozenset(archive.namelist()) or frozenset({""})
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        return frozenset()


def _zip(file: BinaryIO) -> bool:
    return bool(_names(file))


def _office(part: str) -> Callable[[BinaryIO], bool]:
    """A document of Office Open XML that has this part, and no macros."""

    def fits(file: BinaryIO) -> bool:
        names = _names(file)
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return "[Content_Types].xml" in names and part in names and not macros

    return fits


def _open_document(media_type: str) -> Callable[[BinaryIO], bool]:
    """A document of OpenDocument that says this of itself in the entry `mimetype` (OpenDocument 1.3, part 2, 3.3)."""

    def fits(file: BinaryIO) -> bool:
        if "mimetype" not in _names(file):
            return False
        try:
            with zipfile.ZipFile(file) as archive, archive.open("mimetype") as entry:
                return entry.read(MIMETYPE_LIMIT).strip() == media_type.encode()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError):
            return False

    return fits


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT = "application/vnd.oasis.opendocument.text"
_CALC = "application/vnd.oasis.opendocument.spreadsheet"
_JPEG = Kind("image/jpeg", _starts(b"\xff\xd8\xff"))

KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", _pdf),
    "docx": Kind(_WORD, _office("word/document.xml")),
    "xlsx": Kind(_SHEET, _office("xl/workbook.xml")),
    "odt": Kind(_TEXT, _open_document(_TEXT)),
    "ods": Kind(_CALC, _open_document(_CALC)),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Kind("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "zip": Kind("application/zip", _zip),
    "xml": Kind("application/xml", _xml),
    "sig": Kind("application/pkcs7-signature", _signature),
}

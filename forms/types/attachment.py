"""What may be attached at one place of a form: which files, how large and how many, and the words that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any

from forms.wording import NBSP, Say, number, say

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
SPARE_PLACES = 3


@dataclass(frozen=True, eq=False)
class Attachment:
    """The files that one place takes; `describe` asks for words about each of them."""

    accept: tuple[str, ...] = tuple(EXTENSIONS)
    max_size: int = 20 * MEGABYTE
    max_files: int = 1
    describe: bool = False

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


def show_size(size: int) -> str:
    """A number of bytes as people read it, rounded up: `1,2 MB`, `340 kB`."""
    if size >= MEGABYTE:
        return f"{number((Decimal(size) / MEGABYTE).quantize(Decimal('0.1'), ROUND_UP))}{NBSP}MB"
    return f"{number(-(-size // KILOBYTE))}{NBSP}kB"

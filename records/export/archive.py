"""A ZIP that is made while it is read: nothing of it is kept, so its size does not matter."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

FIXED = (1980, 1, 1, 0, 0, 0)  # the oldest moment a ZIP can tell: the same content gives the same bytes


class _Passing(io.RawIOBase):
    """Takes in what is written and gives it away; cannot go back, so that zipfile does not try."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, piece: Any) -> int:
        made = bytes(piece)
        self._pieces.append(made)
        return len(made)

    def take(self) -> bytes:
        """What has been written since the last time."""
        made = b"".join(self._pieces)
        self._pieces.clear()
        return made


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The bytes of a ZIP with these files (name, pieces of content), each read when its turn comes."""
    passing = _Passing()
    with zipfile.ZipFile(passing, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in files:
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as inside:
                for piece in pieces:
                    inside.write(piece)
                    if made := passing.take():
                        yield made
    if made := passing.take():
        yield made

"""Files that people attach: taken in safely, kept under random names, handed out, removed.

The bytes are on disk before the row that names them is written, and leave after it is deleted; what a crash leaves
between the two is swept up later. Errors carry data, never texts.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PureWindowsPath
from typing import BinaryIO

from records import models
from records.database import database, writing
from records.kinds import KINDS, extension

CHUNK = 64 * 1024
NAME_LENGTH = 120


class FileRefused(Exception):
    """The file cannot be taken; the subclass says why."""


class FileEmpty(FileRefused):
    """The file has no content."""


class FileTooLarge(FileRefused):
    """The file is larger than `limit` bytes. Reading stopped there, so its true size is unknown."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class FileTypeWrong(FileRefused):
    """The file is of none of the accepted types, or is not what its name says; `accept` lists extensions."""

    def __init__(self, accept: tuple[str, ...]) -> None:
        super().__init__(f"none of: {', '.join(accept)}")
        self.accept = accept


@dataclass(frozen=True, slots=True, repr=False)
class StoredFile:
    """A file that is kept; `name` as the person called it, safe to show; `path` is the field's place in the answers."""

    id: int
    response_id: int
    path: str
    name: str
    media_type: str
    size: int
    sha256: str
    stored_as: str
    stored_at: datetime


@dataclass(frozen=True)
class FileStore:
    """The folder in which files lie, two characters of their random name deep."""

    folder: Path

    def keep(
        self,
        stream: BinaryIO,
        *,
        name: str,
        accept: Collection[str],
        max_size: int,
        response_id: int,
        path: str,
        now: datetime,
    ) -> StoredFile:
        """Take a file in: at most `max_size` bytes, of one of the `accept`ed extensions by name and by content.

        FileEmpty, FileTooLarge, FileTypeWrong; nothing is left on disk then.
        """
        kind = extension(name)
        if kind not in accept or kind not in KINDS:
            raise FileTypeWrong(tuple(accept))
        stored_as = secrets.token_hex(16)
        target = self._place(stored_as)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        waiting = target.with_suffix(".part")
        try:
            with waiting.open("x+b") as file:
                size, sha256 = _pour(stream, file, max_size)
                if not KINDS[kind].fits(file):
                    raise FileTypeWrong(tuple(accept))
                file.flush()
                os.fsync(file.fileno())
            waiting.rename(target)
        except BaseException:
            waiting.unlink(missing_ok=True)
            raise
        _settle(target.parent)
        with writing():
            row = models.StoredFile.create(
                response=response_id,
                path=path,
                name=displayable(name),
                media_type=KINDS[kind].media_type,
                size=size,
                sha256=sha256,
                stored_as=stored_as,
                stored_at=now,
            )
        return _stored(row)

    def open_for_download(self, file: StoredFile) -> BinaryIO:
        """The bytes of a kept file, to be closed by the caller; FileNotFoundError when they are gone from the disk."""
        return self._place(file.stored_as).open("rb")

    def remove(self, files: Iterable[StoredFile]) -> None:
        """Remove files: their rows in the transaction, their bytes once it is on disk."""
        for file in files:
            with writing():
                models.StoredFile.delete().where(models.StoredFile.id == file.id).execute()
                database.after_commit(partial(self._place(file.stored_as).unlink, missing_ok=True))

    def sweep_orphans(self, older_than: timedelta) -> int:
        """Remove from the disk what no row names and has lain there longer; how many there were."""
        swept = 0
        before = time.time() - older_than.total_seconds()
        for drawer in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            old = {place.name: place for place in drawer.iterdir() if place.stat().st_mtime < before}
            kept = models.StoredFile.select(models.StoredFile.stored_as).where(
                models.StoredFile.stored_as.startswith(drawer.name)
            )
            for name in old.keys() - {row.stored_as for row in kept}:
                old[name].unlink(missing_ok=True)
                swept += 1
        return swept

    def _place(self, stored_as: str) -> Path:
        return self.folder / stored_as[:2] / stored_as


def get(file_id: int, response_id: int) -> StoredFile | None:
    """The file with this id, if it belongs to that response; None otherwise."""
    row = models.StoredFile.get_or_none(models.StoredFile.id == file_id, models.StoredFile.response == response_id)
    return _stored(row) if row else None


def of_responses(response_ids: Collection[int]) -> list[StoredFile]:
    """All files attached to these responses, in the order in which they came."""
    rows = models.StoredFile.select().where(models.StoredFile.response.in_(list(response_ids)))
    return [_stored(row) for row in rows.order_by(models.StoredFile.id)]


def relabel(file: StoredFile, path: str) -> None:
    """Puts a file beside the answer at `path`, because the question has another name now."""
    with writing():
        models.StoredFile.update(path=path).where(models.StoredFile.id == file.id).execute()


def displayable(name: str) -> str:
    """A file's name without folders, control and direction marks, at most 120 characters with its extension kept."""
    bare = PureWindowsPath(unicodedata.normalize("NFC", name)).name
    # Cc control, Cf invisible format (among them the marks that turn the direction of reading), Zl and Zp line ends.
    shown = "".join(letter for letter in bare if unicodedata.category(letter) not in ("Cc", "Cf", "Zl", "Zp"))
    stem, dot, end = re.sub(r'[<>:"|?*]', "_", shown).strip().rstrip(".").rpartition(".")
    if not dot:
        stem, end = end, ""
    return f"{stem[: NAME_LENGTH - len(dot) - len(end)] or 'plik'}{dot}{end}"


def _pour(stream: BinaryIO, file: BinaryIO, max_size: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > max_size:
            raise FileTooLarge(max_size)
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise FileEmpty
    return size, digest.hexdigest()


def _settle(folder: Path) -> None:
    """Make the renaming last: a file's name belongs to its folder, which is written on its own (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _stored(row: models.StoredFile) -> StoredFile:
    whose: int = row.response_id  # type: ignore[attr-defined]
    plain = (row.path, row.name, row.media_type, row.size, row.sha256, row.stored_as, row.stored_at)
    return StoredFile(row.id, whose, *plain)

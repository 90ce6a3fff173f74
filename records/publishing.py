"""A definition put in place of the file that serves: whole or not at all, and never over somebody else's change.

The file in `config/forms` stays the truth; what it said before is kept as a version, so that it can be put back.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from records import audit, editing, versions
from records.database import writing
from records.versions import Bundle

PUBLISHED, ARCHIVED, REOPENED = "form-published", "form-archived", "form-reopened"
ACTIONS = frozenset({PUBLISHED, ARCHIVED, REOPENED})
NEW_FILE = 0o644  # the mode of a file that was not there; others keep theirs
READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class NotEditable(Exception):
    """The file cannot be written from here."""


class Linked(NotEditable):
    """The name in `config/forms` is a link to a file elsewhere, which whoever made it looks after."""


class NotText(NotEditable):
    """The file is not UTF-8, so that writing it back would lose characters."""


class ReadOnly(NotEditable):
    """The folder of forms, or the disk, takes no writing from this program."""


class FileChanged(Exception):
    """The file is not the one from which the text began."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of `config/forms`: its text with LF line ends, the digest of its bytes ("" without a file), its line end."""

    text: str = ""
    digest: str = ""
    newline: str = "\n"

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return bool(self.digest)

    def written(self, text: str) -> str:
        """A text with LF line ends as the file would hold it: with its line ends, the last line ended too."""
        whole = text if text.endswith("\n") or not text else f"{text}\n"
        return whole.replace("\n", self.newline)


def source(folder: Path, slug: str) -> Source:
    """What the file of a form says now. NotText when it is not UTF-8."""
    try:
        raw = (folder / f"{slug}.yaml").read_bytes()
    except OSError:
        return Source()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText from None
    return Source(editing.plain(text), hashlib.sha256(raw).hexdigest(), "\r\n" if "\r\n" in text else "\n")


def writable(folder: Path, slug: str) -> None:
    """Raises NotEditable when the file of this form could not be written from here."""
    if (folder / f"{slug}.yaml").is_symlink():
        raise Linked
    if not os.access(folder, os.W_OK):
        raise ReadOnly
    source(folder, slug)


@dataclass(frozen=True, slots=True)
class Publication:
    """What goes in place: the whole text as the file will hold it, the file it began from, its version."""

    slug: str
    text: str
    base: str
    bundle: Bundle
    before: Bundle | None  # what served until now; kept as a version too
    action: str = PUBLISHED


def publish(folder: Path, new: Publication, person_id: int, now: datetime) -> None:
    """Writes the file, keeps both versions, forgets the person's draft and notes who did it, in one transaction.

    FileChanged when the file is not the one from which the text began; NotEditable when it cannot be written.
    """
    writable(folder, new.slug)
    try:
        with writing():
            if new.before is not None:
                versions.store(new.slug, new.before)
            version = versions.store(new.slug, new.bundle)
            editing.discard(new.slug, person_id)
            # From here on nobody else publishes: the log is written one after another, on either database.
            audit.record(audit.staff(person_id), new.action, new.slug, new.slug, {"version": version.hash}, now)
            if source(folder, new.slug).digest != new.base:
                raise FileChanged
            _put(folder / f"{new.slug}.yaml", new.text.encode())
    except OSError as error:
        if error.errno in READ_ONLY:
            raise ReadOnly from None
        raise


def _put(path: Path, data: bytes) -> None:
    """Replaces the file at once: whoever reads it meanwhile finds the old or the new, whole."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else NEW_FILE
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the new name too is on disk
    finally:
        os.close(folder)


def publishers(slug: str) -> dict[str, tuple[int, datetime]]:
    """Who published each version of a form last, and when, by its hash: (id of the person, moment)."""
    found: dict[str, tuple[int, datetime]] = {}
    entries: Sequence[audit.Entry] = audit.of_subject(slug)
    for entry in entries:
        kind, _, person = entry.actor.partition(":")
        if entry.action in ACTIONS and kind == "staff":
            found[str(entry.details.get("version"))] = (int(person), entry.at)
    return found

"""The forms that serve: reads `config/forms`, keeps the last good version of each, notices changed files.

A file that cannot be read takes down nothing but its own next version.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from forms.definition import Form
from forms.examples.trying import run
from forms.limits import Rule, valid
from forms.lists import SUFFIXES, Rows
from forms.plan import Plan
from forms.problems import Examined, Problem
from forms.reader import Read, Surroundings, read_form, reread
from forms.shared import LIMITS, Shared, SharedFile, read_shared
from forms.spans import WARSAW

LOOK_EVERY = 1.0  # seconds between looks at the folder


@dataclass(frozen=True)
class Entry(Examined):
    """One file of `config/forms`: the version that serves (None: none was ever good) and the state of the file."""

    slug: str
    form: Form | None
    problems: tuple[Problem, ...]
    text: str


@dataclass
class Catalogue:
    """All forms of a configuration folder."""

    folder: Path
    region: str = ""
    stored: Callable[[str], Mapping[str, Any] | None] = lambda slug: None  # newest stored bundle of a form
    published: Callable[[Form], None] = lambda form: None  # called once for each version that begins to serve
    _entries: dict[str, Entry] = field(default_factory=dict)
    _stamps: dict[Path, tuple[int, int]] = field(default_factory=dict)
    _shared: Shared = field(default_factory=Shared)
    _plans: dict[tuple[str, str], Plan] = field(default_factory=dict)
    _looked: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def entries(self) -> list[Entry]:
        """Every file, by slug."""
        self.refresh()
        return sorted(self._entries.values(), key=lambda entry: entry.slug)

    def entry(self, slug: str) -> Entry | None:
        """One file."""
        self.refresh()
        return self._entries.get(slug)

    def get(self, slug: str) -> Form | None:
        """The version of a form that serves now, or None."""
        entry = self.entry(slug)
        return entry.form if entry else None

    def plan(self, form: Form) -> Plan:
        """The plan of a version, worked out once.

        Its `form` is the one that was read first: whatever serves that version later must be this very form, for steps and
        fields are told apart by identity.
        """
        plan = self._plans.get(form.version)
        return plan if plan is not None else self._plans.setdefault(form.version, Plan(form))

    def past(self, slug: str, digest: str, bundle: Callable[[], Mapping[str, Any]]) -> Form:
        """A stored version by its hash, read again only if it is not at hand."""
        plan = self._plans.get((slug, digest))
        if plan is not None:
            return plan.form
        form = reread(slug, bundle(), self.surroundings())
        object.__setattr__(form, "hash", digest)
        return self.plan(form).form

    def limit(self, name: str, day: date) -> Decimal | None:
        """A number set by law, as it holds on a day."""
        return valid(self._shared.limits, name, day)

    @property
    def limits(self) -> Mapping[str, tuple[Rule, ...]]:
        """All numbers set by law, with the days between which they hold."""
        self.refresh()
        return self._shared.limits

    def rows(self, name: str) -> Rows | None:
        """A list of `config/lists`."""
        return self._shared.lists.get(name)

    @property
    def shared(self) -> tuple[SharedFile, ...]:
        """The files that all forms share, limits.yaml and the lists, each with its mistakes."""
        self.refresh()
        return self._shared.files

    def surroundings(self) -> Surroundings:
        """What definitions may refer to now."""
        texts = {path.stem for path in (self.folder / "texts").glob("*.md")}
        return Surroundings(self.rows, texts, tuple(self._shared.limits), self.region, self._shared.names)

    def refresh(self, *, now: bool = False) -> None:
        """Reads what has changed on disk, at most once in LOOK_EVERY seconds (at once with `now`)."""
        if not now and time.monotonic() - self._looked < LOOK_EVERY:
            return
        with self._lock:
            if not now and time.monotonic() - self._looked < LOOK_EVERY:
                return
            with _collecting_later():
                self._read_changed()
            self._looked = time.monotonic()

    def _read_changed(self) -> None:
        paths = sorted((self.folder / "forms").glob("*.yaml"))
        around = [
            *_files(self.folder / "lists", SUFFIXES),
            *_files(self.folder / "texts", (".md",)),
            self.folder / LIMITS,
        ]
        stamps = {path: stamp for path in (*paths, *around) if (stamp := _stamp(path))}
        if stamps == self._stamps:
            return
        forms_before = {path for path in self._stamps if path.parent.name == "forms"}
        shared = any(stamps.get(path) != self._stamps.get(path) for path in {*around, *self._stamps} - forms_before)
        if shared:
            self._shared = read_shared(self.folder, self._shared)
        surroundings = self.surroundings()
        entries = {}
        for path in paths:
            before = self._entries.get(path.stem)
            unchanged = not shared and before is not None and stamps.get(path) == self._stamps.get(path)
            entries[path.stem] = before if unchanged and before else self._read(path, before, surroundings)
        self._entries, self._stamps = entries, stamps

    def _read(self, path: Path, before: Entry | None, surroundings: Surroundings) -> Entry:
        try:
            raw = path.read_bytes()
        except OSError:
            raw = b""
        read = self.read(path.name, raw, surroundings)
        problems = tuple(read.problems.sorted())
        if read.form is not None:
            form = self.plan(read.form).form  # also where an earlier text has come back
            if before is None or before.form is not form:
                self.published(form)
            return Entry(path.stem, form, problems, read.text)
        return Entry(
            path.stem, before.form if before else self._last_good(path.stem, surroundings), problems, read.text
        )

    def read(self, file: str, raw: str | bytes, surroundings: Surroundings) -> Read:
        """The form that a file defines, once its examples come out as they say; a failing one is a mistake of the file."""
        read = read_form(file, raw, surroundings)
        if read.form is not None and read.form.examples:
            failed = run(Plan(read.form), file, self.limit, datetime.now(WARSAW).date())
            read.problems.extend(failed)
            read = Read(None if failed else read.form, read.problems, read.text, read.whole)
        return read

    def _last_good(self, slug: str, surroundings: Surroundings) -> Form | None:
        bundle = self.stored(slug)
        if bundle is None:
            return None
        try:
            return self.plan(reread(slug, bundle, surroundings)).form
        except ValueError:
            return None


@contextmanager
def _collecting_later() -> Iterator[None]:
    """No garbage collection meanwhile: nearly all that reading makes stays, and walking it again and again takes half
    of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _files(folder: Path, suffixes: Iterable[str]) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix in suffixes)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size

"""Two versions of a form side by side, for the command line and the staff page: which they are, and what the edit does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from forms.catalogue import Entry
from forms.definition import Form
from forms.diff import Change, Effect, compare, worst
from forms.reader import read_form
from forms.wording import Say, say, say_n
from records import usage, versions
from records.usage import Used
from records.versions import Version
from views import wording
from views.services import services

SHORT = 8  # characters of a hash that are shown
HEADINGS: dict[Effect, Say] = {
    Effect.LOSS: say("Traci zapisane odpowiedzi albo zmienia ich znaczenie"),
    Effect.REVIEW: say("Do sprawdzenia; zapisane odpowiedzi zostają"),
    Effect.NONE: say("Bez wpływu na zapisane odpowiedzi"),
}
VALUED = ("-changed", "-tightened", "-loosened")  # kinds of change that go from one value to another


class Unreadable(Exception):
    """A version that cannot be compared; `what` says why and what to do."""

    def __init__(self, what: Say) -> None:
        super().__init__(str(what))
        self.what = what


@dataclass(frozen=True)
class Side:
    """One of the two: the form, and what it is called."""

    form: Form
    name: Say
    version: Version | None = None
    file: bool = False  # read from any file; not one of the database's


@dataclass(frozen=True)
class Told:
    """A change, with how many stored responses feel it (None: that is not counted)."""

    change: Change
    used: Used | None

    @property
    def counted(self) -> str:
        """`dotyczy: 3 wysłane odpowiedzi, 1 szkic`; "" where nothing is counted."""
        if self.used is None:
            return ""
        if not self.used.sent and not self.used.drafts:
            return str(say("nie dotyczy żadnej odpowiedzi"))
        sent = say_n("{n} wysłana odpowiedź", "{n} wysłanych odpowiedzi", self.used.sent)
        drafts = say_n("{n} szkic", "{n} szkiców", self.used.drafts)
        return str(say("dotyczy: {sent}, {drafts}", sent=sent, drafts=drafts))

    @property
    def values(self) -> str:
        """`10 → 5`, where the sentence does not name both already; "" where there are no two values."""
        change, what = self.change, str(self.change.what)
        if not change.kind.endswith(VALUED) or (change.old in what and change.new in what):
            return ""
        return f"{change.old or '–'} → {change.new or '–'}"


@dataclass(frozen=True)
class Difference:
    """What lies between two versions."""

    old: Side
    new: Side
    changes: list[Told]

    @property
    def effect(self) -> Effect:
        """The gravest effect on stored answers."""
        return worst(told.change for told in self.changes)


def difference(old: Side, new: Side) -> Difference:
    """The changes between two versions, with how many stored responses feel each; for two files nothing is counted."""
    slug = next((side.form.slug for side in (old, new) if not side.file), None)
    changes = compare(old.form, new.form)
    touches = [change.touch for change in changes if change.touch is not None]
    found = iter(usage.count(slug, touches) if slug is not None else [])
    return Difference(old, new, [Told(each, next(found, None) if each.touch else None) for each in changes])


def stored(slug: str, version: Version) -> Side:
    """A stored version. Raises Unreadable when today's rules of the language refuse it."""
    name = say("wersja {hash} z {when}", hash=version.hash[:SHORT], when=wording.local(version.stored_at))
    try:
        return Side(services().version(slug, version.id), name, version)
    except ValueError:
        raise Unreadable(say("Nie da się już odczytać: {version}.", version=name)) from None


def serving(entry: Entry) -> Side:
    """The version that serves: what the file says, or the last good version while it has mistakes."""
    if entry.form is None:
        raise Unreadable(say("Żadna wersja pliku {file} nie była jeszcze dobra.", file=f"{entry.slug}.yaml"))
    if entry.errors:
        return Side(entry.form, say("ostatnia dobra wersja"))
    return Side(entry.form, say("plik config/forms/{slug}.yaml", slug=entry.slug))


def find(reference: str, *, older: bool) -> Side:
    """The version that a reference on the command line means.

    A file; `slug@abc` for the stored version whose hash begins so; `slug` for the newest stored version when it is the
    older side (where none is stored, and on the newer side: the version that serves). Raises Unreadable.
    """
    slug, at, prefix = reference.partition("@")
    if not at and (Path(reference).suffix in (".yaml", ".yml") or Path(reference).is_file()):
        return _file(Path(reference))
    history = versions.history(slug)
    if at:
        matching = [version for version in history if prefix and version.hash.startswith(prefix)]
        if len(matching) == 1:
            return stored(slug, matching[0])
        why = say("pasuje więcej niż jedna wersja") if matching else say("nie ma takiej wersji")
        what = say(
            "{version}: {why}. Wersje wypisze: flask --app app forms versions {slug}",
            version=reference,
            why=why,
            slug=slug,
        )
        raise Unreadable(what)
    if older and history:
        return stored(slug, history[0])
    entry = services().catalogue.entry(slug)
    if entry is None:
        raise Unreadable(services().no_form(slug))
    return serving(entry)


def on_disk(slug: str) -> Side:
    """The form as its file says now. Raises Unreadable while the file has mistakes."""
    entry = services().catalogue.entry(slug)
    if entry is None or entry.errors:
        return _file(services().settings.config_dir / "forms" / f"{slug}.yaml")
    return serving(entry)


def _file(path: Path) -> Side:
    try:
        read = read_form(path.as_posix(), path.read_bytes(), services().catalogue.surroundings())
    except OSError:
        raise Unreadable(say("Nie ma pliku {path}.", path=path)) from None
    if read.form is None:
        text = say("Plik {path} ma błędy. Wypisze je: flask --app app forms check {path}", path=path)
        raise Unreadable(text)
    return Side(read.form, say("plik {path}", path=path), file=True)


def history(slug: str) -> Iterator[tuple[Version, Used]]:
    """The stored versions of a form, the newest first, with how many responses each has."""
    counts = usage.by_version(slug)
    return ((version, counts.get(version.id, Used())) for version in versions.history(slug))

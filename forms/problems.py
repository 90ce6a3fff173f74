"""Authors' mistakes: what is wrong, where, and how to mend it – collected, sorted, shown with a caret."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from forms.wording import Say, say, say_n

Level = Literal["error", "warning"]

SHOWN_COLUMNS = 160
LONGEST_GUESSABLE = 60
ALIKE = 0.7
WARNING = say("ostrzeżenie")


class Place(NamedTuple):
    """Where something stands: line and column count from 1; `end` is the column after its last character there."""

    line: int
    column: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of an author; `code` is stable and documented, `thing` names what it is about (`pole „nip”`)."""

    file: str
    place: Place
    code: str
    what: Say
    thing: Say | None = None
    level: Level = "error"

    def __lt__(self, other: Problem) -> bool:
        return (self.file, self.place, self.code) < (other.file, other.place, other.code)

    def line(self) -> str:
        """`plik.yaml:8:11: pole „nip”: nieznany typ „nipp” [unknown-type]`, in the language now in force."""
        warning = f"{WARNING}: " if self.level == "warning" else ""
        thing = f"{self.thing}: " if self.thing is not None else ""
        what = str(self.what)
        if thing:
            what = what[:1].lower() + what[1:]
        return f"{self.file}:{self.place.line}:{self.place.column}: {warning}{thing}{what} [{self.code}]"

    def report(self, source_lines: Sequence[str]) -> str:
        """The problem's line and, where the source has that line, the line itself with a caret beneath its place."""
        if not 1 <= self.place.line <= len(source_lines):
            return self.line()
        source, start, end = _window(source_lines[self.place.line - 1], self.place.column - 1, self.place.end - 1)
        if not source.strip():
            return self.line()
        before = "".join(ch for ch in source[:start] if not unicodedata.combining(ch))
        marked = "".join(ch for ch in source[start:end] if not unicodedata.combining(ch))
        gutter = f"  {self.place.line} | "
        caret = " " * len(before) + "^" + "~" * (len(marked) - 1)
        return f"{self.line()}\n{gutter}{_visible(source)}\n{' ' * (len(gutter) - 2)}| {caret}"


class Examined:
    """What has been looked at for mistakes: a file, a text. Subclasses hold its `problems`."""

    problems: Iterable[Problem]

    @property
    def errors(self) -> list[Problem]:
        """What keeps it from serving."""
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What its author should look at."""
        return [problem for problem in self.problems if problem.level == "warning"]


class Problems:
    """The mistakes found so far in one file, in the order in which they were found."""

    def __init__(self, file: str = "") -> None:
        self.file = file
        self._found: list[Problem] = []

    def add(self, place: Place, code: str, what: Say, thing: Say | None = None, level: Level = "error") -> None:
        """Note a mistake at a place of this file."""
        self._found.append(Problem(self.file, place, code, what, thing, level))

    def extend(self, others: Iterable[Problem]) -> None:
        """Take over mistakes found elsewhere; each keeps its own file."""
        self._found.extend(others)

    @property
    def errors(self) -> list[Problem]:
        """What keeps the definition from being published, sorted."""
        return [problem for problem in self.sorted() if problem.level == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What the author should look at, sorted."""
        return [problem for problem in self.sorted() if problem.level == "warning"]

    def sorted(self) -> list[Problem]:
        """All of them by file, line and column."""
        return sorted(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def report(problems: Iterable[Problem], sources: Mapping[str, str]) -> str:
    """All problems, sorted, each with its caret where `sources` (file → text) has the file, then how many there are.

    Without problems the answer is an empty text.
    """
    found = sorted(problems)
    if not found:
        return ""
    lines = {file: lines_of(text) for file, text in sources.items()}
    return "\n".join([*(problem.report(lines.get(problem.file, ())) for problem in found), counted(found)])


def counted(problems: Sequence[Problem]) -> str:
    """How much is wrong, in words: `1 błąd, 2 ostrzeżenia`; "" for nothing."""
    errors = sum(problem.level == "error" for problem in problems)
    counts = (
        say_n("{n} błąd", "{n} błędy", errors),
        say_n("{n} ostrzeżenie", "{n} ostrzeżenia", len(problems) - errors),
    )
    return ", ".join(str(count) for count in counts if count.n)


def lines_of(text: str) -> list[str]:
    """The lines of a file as an editor counts them: ended by LF, CR LF or CR, and by nothing else."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None; case, Polish letters and `-` for `_` do not count."""
    if not word or len(word) > LONGEST_GUESSABLE:
        return None
    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(_fold(candidate), candidate)
    found = difflib.get_close_matches(_fold(word), by_fold, n=1, cutoff=ALIKE)
    return by_fold[found[0]] if found else None


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.strip().casefold()).replace("ł", "l").replace("-", "_").replace(" ", "_")
    return "".join(ch for ch in plain if not unicodedata.combining(ch))


def _window(source: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a very long line around what is marked, and where the mark is in that part."""
    start = max(0, min(start, len(source)))
    end = max(start + 1, min(end, len(source)))
    if len(source) <= SHOWN_COLUMNS:
        return source, start, end
    first = max(0, min(start - SHOWN_COLUMNS // 2, len(source) - SHOWN_COLUMNS))
    last = first + SHOWN_COLUMNS
    left, right = ("…" if first else ""), ("…" if last < len(source) else "")
    shift = len(left) - first
    return left + source[first:last] + right, start + shift, min(end, last) + shift


def _visible(source: str) -> str:
    """The line as it may be shown on a terminal: blanks of every kind as a space, control characters never."""
    return "".join(ch if ch.isprintable() else " " if ch.isspace() else "\ufffd" for ch in source)

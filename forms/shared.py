"""What all forms of an office share: the numbers of `config/limits.yaml` and the lists, each file with its mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from forms.limits import Rule, read_limits
from forms.lists import SUFFIXES, Rows, read_list
from forms.problems import Problem, Problems
from forms.yaml.text import decode

LIMITS = "limits.yaml"


@dataclass(frozen=True)
class SharedFile:
    """A file as it is on disk; `name` is its path below `config`."""

    name: str
    text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Shared:
    """What was read of a folder of configuration. A list with mistakes is not in `lists`, but its name is in `names`."""

    limits: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    lists: Mapping[str, Rows] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    files: tuple[SharedFile, ...] = ()


def read_shared(folder: Path, before: Shared) -> Shared:
    """The limits and lists of a folder. While limits.yaml has mistakes, the limits `before` go on: forms in service
    use them."""
    files = []
    limits: Mapping[str, tuple[Rule, ...]] = {}
    if (folder / LIMITS).is_file():
        problems, text = _opened(folder / LIMITS, LIMITS)
        limits = read_limits(text, problems)
        files.append(SharedFile(LIMITS, text, tuple(problems.sorted())))
        if problems.errors and before.limits:
            limits = before.limits
    lists: dict[str, Rows] = {}
    names = set()
    for path in sorted((folder / "lists").glob("*")):
        if path.suffix not in SUFFIXES:
            continue
        names.add(path.stem)
        problems, text = _opened(path, f"lists/{path.name}")
        rows = read_list(path.name, text, problems) if not problems.errors else None
        if rows is not None:
            lists.setdefault(path.stem, rows)
        files.append(SharedFile(problems.file, text, tuple(problems.sorted())))
    return Shared(limits, lists, frozenset(names), tuple(files))


def _opened(path: Path, name: str) -> tuple[Problems, str]:
    """The text of a file, and the problems under its name: that it is not a text in UTF-8, to begin with."""
    problems = Problems(name)
    raw = path.read_bytes()
    text = decode(raw, problems)
    return problems, raw.decode("utf-8-sig", "replace") if text is None else text

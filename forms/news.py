"""What a person should know of a draft that has moved to a changed form, until they have been on the pages concerned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class News:
    """New questions, answers to look at again, questions that are gone with their answers.

    `new` are dotted paths (`uczestnicy.dieta`), `look` paths of answers (`uczestnicy-0-dieta`), `gone` labels.
    """

    new: list[str] = field(default_factory=list)
    look: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.look or self.gone)

    def kept(self) -> dict[str, list[str]]:
        """As it is stored beside the draft's answers; empty when there is nothing to tell."""
        return {name: list(each) for name, each in vars(self).items() if each}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> News:
        """Back from storage."""
        return cls(*(list(kept.get(name, ())) for name in ("new", "look", "gone")))

    def seen(self, names: Iterable[str]) -> None:
        """Forgets what a person has seen: the questions of these names (and all within them), and what is gone."""
        known = set(names)
        self.new = [path for path in self.new if path.partition(".")[0] not in known]
        self.look = [path for path in self.look if path.partition("-")[0] not in known]
        self.gone = []

    def mark(self, path: str) -> str:
        """What to say of the answer at a path: `new`, `look`, or "" for nothing."""
        if path in self.look:
            return "look"
        return "new" if self.new and dotted(path) in self.new else ""


def dotted(path: str) -> str:
    """The path of a question in the definition: `uczestnicy-0-dieta` → `uczestnicy.dieta`."""
    return ".".join(part for part in path.split("-") if not part.isdecimal())

"""Made-up answers on trial: what has been answered so far, where each answer stands, and what the walk finds of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from forms.answers import Answers, Outcome, Working, walk
from forms.expressions import Env
from forms.plan import Plan


@dataclass
class Attempt:
    """The answers to one form, which may still be changed at will."""

    plan: Plan
    env: Env
    rng: Random
    working: Working = field(default_factory=Working)

    def walked(self) -> Outcome:
        """What is asked, and what is computed, with the answers as they are now."""
        return walk(self.plan, self.working, self.env)

    def value(self, path: str) -> Any:
        """The answer at a path, None when there is none."""
        holder = self.holder(path)
        return None if holder is None else holder.get(path.rpartition("-")[2])

    def holder(self, path: str) -> Answers | None:
        """The mapping of answers in which the field at a path stands."""
        at: Any = self.working.answers
        for part in path.split("-")[:-1]:
            if isinstance(at, list):
                at = at[int(part)] if int(part) < len(at) else None
            elif isinstance(at, dict):
                at = at.get(part)
        return at if isinstance(at, dict) else None

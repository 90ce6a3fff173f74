"""What stands in a definition and is worked out from answers: formulas, and texts with values put in.

An expression stands in a definition as a `Formula`: its text, linked to the compiled expression after the whole file has
been read (only then is it known which names there are). Nothing changes after that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.expressions import Env, Expression
from forms.source import Node, Place
from forms.wording import Said, language


class Formula:
    """An expression where it stands in a definition. Called with an `Env` it gives the value, or None when unanswered."""

    __slots__ = ("_expression", "place", "text")

    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place
        self._expression: Expression | None = None

    def link(self, expression: Expression) -> None:
        """Ties the formula to its compiled expression; done once, by the reader."""
        self._expression = expression

    @property
    def linked(self) -> bool:
        """Whether the formula compiled; one that did not is reported, and its definition is never served."""
        return self._expression is not None

    @property
    def expression(self) -> Expression:
        """The compiled expression; asking before linking is a mistake of ours."""
        if self._expression is None:
            raise RuntimeError(f"formula not linked: {self.text}")
        return self._expression

    @property
    def names(self) -> frozenset[str]:
        """The names of fields and conditions that it reads."""
        return self.expression.names

    def __call__(self, env: Env) -> Any:
        return self.expression(env)


class Default:
    """What a field holds before anyone answers: a value, or a formula; which of them is known after linking."""

    __slots__ = ("formula", "node", "value")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.value: Any = None
        self.formula: Formula | None = None

    def __call__(self, env: Env) -> Any:
        return self.value if self.formula is None else self.formula(env)


@dataclass(frozen=True, slots=True)
class Insert:
    """`{expr}` within a text: what to compute and how its value is written."""

    formula: Formula
    show: list[Callable[[Any], str]] = field(default_factory=list, compare=False)  # set when linked

    def __call__(self, env: Env) -> str:
        value = self.formula(env)
        return "" if value is None else self.show[0](value)


@dataclass(frozen=True, slots=True)
class Text:
    """A text for readers, in one or more languages, with values put in where the author wrote `{expr}`."""

    wordings: Mapping[str, tuple[str | Insert, ...]]

    @property
    def parts(self) -> tuple[str | Insert, ...]:
        """The wording in the language in force, else the author's first."""
        found = self.wordings.get(language.get())
        return found if found is not None else next(iter(self.wordings.values()))

    @property
    def lang(self) -> str:
        """The language of that wording."""
        return language.get() if language.get() in self.wordings else next(iter(self.wordings))

    @property
    def fixed(self) -> bool:
        """True when the text is the same whatever has been answered."""
        return all(isinstance(part, str) for parts in self.wordings.values() for part in parts)

    @property
    def inserts(self) -> Iterator[Insert]:
        """Every `{expr}` of every language."""
        return (part for parts in self.wordings.values() for part in parts if isinstance(part, Insert))

    @property
    def names(self) -> frozenset[str]:
        """The names of fields and conditions that the text reads."""
        return frozenset().union(*(insert.formula.names for insert in self.inserts))

    def __call__(self, env: Env) -> str:
        parts = self.parts
        if len(parts) == 1 and isinstance(parts[0], str):
            return Said(parts[0])
        return Said("".join([part if isinstance(part, str) else part(env) for part in parts]))

    def __str__(self) -> str:
        """The text with its expressions as they were written, for staff and for headings of columns."""
        return Said("".join(part if isinstance(part, str) else "{" + part.formula.text + "}" for part in self.parts))


def plain(text: str, lang: str = "pl") -> Text:
    """A fixed text in one language."""
    return Text({lang: (text,)})

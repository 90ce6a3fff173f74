"""The own answer to a choice with „Inne – jakie?”: a value like the option `other`, with the text beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from forms.keys import Boolean

OTHER = "other"
OTHER_KEY = Boolean("Dodaje „Inne – jakie?” z miejscem na własną odpowiedź.")
MARK = f"{OTHER}:"
LONGEST_OWN = 200


class Own(str):
    """An own answer: in expressions and exports it is the code `other`, `text` is what the person wrote."""

    text: str

    def __new__(cls, text: str) -> Own:
        own = super().__new__(cls, OTHER)
        own.text = text
        return own

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Own) else str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return str.__hash__(self)

    def __repr__(self) -> str:
        return f"Own({self.text!r})"


def own_dump(value: str) -> str:
    """The value as JSON keeps it: `wegetarianska`, `other:koszerna`."""
    return MARK + value.text if isinstance(value, Own) else value


def own_load(kept: Any, values: Collection[str], own: bool) -> str:
    """The value that `own_dump` gave away; with `own`, own answers are possible. Raises ValueError for any other."""
    if not isinstance(kept, str):
        raise ValueError("not a stored option")
    if own and kept.startswith(MARK):
        return Own(kept.removeprefix(MARK))
    if kept not in values or (own and kept == OTHER):
        raise ValueError(f"not an option: {kept}")
    return kept


def own_codes(kept: Any) -> Iterable[str]:
    """The options that one stored value, or a list of them, names; `other` for an own answer."""
    for each in kept if isinstance(kept, list) else (kept,):
        if isinstance(each, str):
            yield OTHER if each.startswith(MARK) else each

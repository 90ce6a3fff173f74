"""A piece of HTML rendered once, with slots that each request fills: what does not depend on the answer is not made again.

A Jinja template is rendered a single time with a `Slots` object; wherever it prints `slot("name")` a marker is left. The
result is cut at the markers. Filling copies a list, puts texts in their places and joins: microseconds for a whole page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

MARK = re.compile("\ue000(\\d+)\ue001")

Fill = tuple[str, "str | Markup | bool"]


class Slots:
    """Given to a template as `slot`: leaves a marker for each slot and remembers what stands there by default.

    `slot("value")` is a place for text; `slot("chosen:tak", on=" checked")` is a mark that is there or not; `default` stands
    there when nothing is filled. A slot that the template prints several times is filled everywhere.
    """

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def __call__(self, name: str, default: str | Markup = "", on: str | Markup = "") -> Markup:
        self.found.append((name, str(escape(default)), str(escape(on))))
        return Markup(f"\ue000{len(self.found) - 1}\ue001")


@dataclass(frozen=True, slots=True)
class Stencil:
    """HTML cut at its slots."""

    pieces: tuple[str, ...]
    places: dict[str, tuple[tuple[int, str], ...]]  # slot → (index in pieces, text when it is a mark that is on)
    blank: Markup  # the whole with every slot at its default

    def fill(self, fills: Iterable[Fill]) -> str:
        """The HTML with these slots filled. Texts are escaped unless Markup; True switches a mark on, False empties the slot.

        A fill whose slot the template does not have is passed over (an option that is no longer offered).
        """
        pieces: list[str] | None = None
        places = self.places
        for name, text in fills:
            found = places.get(name)
            if found is None:
                continue
            if type(text) is not Markup and type(text) is not bool:
                text = escape(text)
            if pieces is None:
                pieces = list(self.pieces)
            for index, on in found:
                pieces[index] = on if text is True else "" if text is False else text
        return self.blank if pieces is None else "".join(pieces)


def cut(render: Callable[[Slots], str]) -> Stencil:
    """The stencil of what `render` gives when it is called with the slots object."""
    slots = Slots()
    html = render(slots)
    raw = MARK.split(html)
    pieces: list[str] = []
    places: dict[str, list[tuple[int, str]]] = {}
    for position, piece in enumerate(raw):
        if position % 2 == 0:
            pieces.append(piece)
            continue
        name, default, on = slots.found[int(piece)]
        if MARK.search(default + on):
            raise ValueError(f"slot {name!r}: what stands in a slot must not hold another slot")
        pieces.append(default)
        places.setdefault(name, []).append((len(pieces) - 1, on))
    return Stencil(tuple(pieces), {name: tuple(where) for name, where in places.items()}, Markup("".join(pieces)))

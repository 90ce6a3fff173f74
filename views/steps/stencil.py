"""A piece of HTML rendered once, with slots that each request fills: what does not depend on the answer is not made again.

A Jinja template is rendered a single time with a `Slots` object; wherever it prints `slot("name")` a marker is left. The
result is kept without the markers, and where each stood. Filling cuts it there and joins: microseconds for a whole page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from views.markdown import shown

SPECIAL = re.compile("[&<>'\"]").search  # where there is none of these, there is nothing to escape
MARK = re.compile("\ue000(\\d+)\ue001")

Fill = tuple[str, "str | Markup | bool"]


class Slots:
    """Given to a template as `slot`: leaves a marker for each slot and remembers what stands there by default.

    `slot("value")` is a place for text; `slot("chosen:tak", on=" checked")` is a mark that is there or not; `default` stands
    there when nothing is filled. A slot that the template prints several times is filled everywhere.
    """

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def __call__(self, name: str, default: object = "", on: str | Markup = "") -> Markup:
        self.found.append((name, str(escape(shown(default))), str(escape(on))))
        return Markup(f"\ue000{len(self.found) - 1}\ue001")


@dataclass(frozen=True, slots=True)
class Stencil:
    """HTML with every slot at its default, and where its slots are."""

    html: str
    spans: tuple[tuple[int, int], ...]  # from where to where each place of a slot reaches, in order
    places: dict[str, tuple[tuple[int, str], ...]]  # slot → (index in spans, text when it is a mark that is on)
    blank: Markup  # the same HTML, for where nothing is filled

    def fill(self, fills: Iterable[Fill]) -> str:
        """The HTML with these slots filled. Texts are escaped unless Markup; True switches a mark on, False empties the slot.

        A fill whose slot the template does not have is passed over (an option that is no longer offered).
        """
        changed = self._changed(fills)
        if not changed:
            return self.html
        html, spans, at = self.html, self.spans, 0
        pieces: list[str] = []
        for index in sorted(changed):
            start, end = spans[index]
            pieces += html[at:start], changed[index]
            at = end
        pieces.append(html[at:])
        return "".join(pieces)

    def settled(self, fills: Iterable[Fill]) -> Stencil:
        """The same with these slots filled for good; the others stay open."""
        changed = self._changed(fills)
        html, at, length = self.html, 0, 0
        pieces: list[str] = []
        spans: list[tuple[int, int]] = []
        for index, (start, end) in enumerate(self.spans):
            pieces += html[at:start], changed.get(index, html[start:end])
            length += start - at
            spans.append((length, length + len(pieces[-1])))
            length += len(pieces[-1])
            at = end
        pieces.append(html[at:])
        open_ = {name: found for name, found in self.places.items() if found[0][0] not in changed}
        return _stencil(pieces, spans, open_)

    def _changed(self, fills: Iterable[Fill]) -> dict[int, str]:
        """What stands in each place that is filled."""
        places = self.places
        changed: dict[int, str] = {}
        for name, text in fills:
            found = places.get(name)
            if found is None:
                continue
            if type(text) is not Markup and type(text) is not bool and (type(text) is not str or SPECIAL(text)):
                text = escape(text)
            for index, on in found:
                changed[index] = on if text is True else "" if text is False else text
        return changed


def cut(render: Callable[[Slots], str]) -> Stencil:
    """The stencil of what `render` gives when it is called with the slots object."""
    slots = Slots()
    raw = MARK.split(render(slots))
    pieces: list[str] = []
    length = 0
    spans: list[tuple[int, int]] = []
    places: dict[str, list[tuple[int, str]]] = {}
    for position, piece in enumerate(raw):
        text = piece
        if position % 2:
            name, text, on = slots.found[int(piece)]
            if MARK.search(text + on):
                raise ValueError(f"slot {name!r}: what stands in a slot must not hold another slot")
            places.setdefault(name, []).append((len(spans), on))
            spans.append((length, length + len(text)))
        pieces.append(text)
        length += len(text)
    return _stencil(pieces, spans, {name: tuple(where) for name, where in places.items()})


def _stencil(
    pieces: Iterable[str], spans: Iterable[tuple[int, int]], places: dict[str, tuple[tuple[int, str], ...]]
) -> Stencil:
    html = "".join(pieces)
    return Stencil(html, tuple(spans), places, Markup(html))

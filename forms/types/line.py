"""What all typed texts share: cleaning what people paste, and the base of types that are typed into one input."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.expressions import Env
from forms.formula import Formula
from forms.types.base import FieldType
from forms.types.given import Refused, Typed
from forms.wording import Say, say

# Soft hyphens, zero-width blanks, marks of direction and of byte order; a joiner stays only where it joins emoji.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    "|(?<![\ufe0f\u2600-\u27bf\U0001f000-\U0001faff])\u200d"
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
BLANKS = re.compile(r"[^\S\n]+")


def one_line(text: str) -> str:
    """The text on one line: NFC, without invisible and control characters, each run of blanks one space."""
    return " ".join(_visible(text).split())


def many_lines(text: str) -> str:
    """As `one_line`, but line breaks stay, as \\n; blank lines at both ends and blanks at ends of lines go."""
    lines = LINE_END.sub("\n", _visible(text)).split("\n")
    return "\n".join(BLANKS.sub(" ", line).rstrip() for line in lines).strip("\n")


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", CONTROL.sub("", INVISIBLE.sub("", text)))


def first(typed: Typed, part: str = "") -> str:
    """The text typed into a part, "" when there is none."""
    texts = typed.get(part)
    return texts[0] if texts else ""


def limit(bound: Any, env: Env) -> Any:
    """The value of a `min` or `max`, which may be an expression; None when there is no limit or it is not known yet."""
    return bound(env) if isinstance(bound, Formula) else bound


def fixed(bound: Any) -> Any:
    """A `min` or `max` that is a value; None for an expression."""
    return None if isinstance(bound, Formula) else bound


def outside(
    value: Any, least: Any, most: Any, phrases: Mapping[str, Callable[..., Say]], show: Callable[[Any], str] = str
) -> Refused | None:
    """What is wrong with an answer below `least` or above `most` (None: no such limit), which `show` writes.

    `phrases` has the words for `min`, for `max`, and for `both` where the two leave a range.
    """
    low, high = least is not None and value < least, most is not None and value > most
    if not low and not high:
        return None
    kind = "min" if low else "max"
    if least is not None and most is not None and least <= most:
        return Refused(kind, phrases["both"](show(least), show(most)))
    return Refused(kind, phrases[kind](show(least if low else most)))


def min_over_max(least: Any, most: Any, write: Callable[[Any], str]) -> Iterable[tuple[str, Say, str]]:
    """For `verify`: the mistake of a fixed `min` above a fixed `max`; `write` turns them into words."""
    fixed = not any(bound is None or isinstance(bound, Formula) for bound in (least, most))
    if fixed and least > most:
        what = say("„min” ({min}) jest większe niż „max” ({max}).", min=write(least), max=write(most))
        yield "min", what, "min-over-max"


@dataclass(frozen=True, eq=False)
class Line(FieldType):
    """Base of types that are typed into one input: the text is cleaned before `read` looks at it."""

    html: ClassVar[Mapping[str, str]] = {}  # further attributes of the input
    shape: ClassVar[re.Pattern[str] | None] = None  # what a stored text of this type looks like

    @property
    def attributes(self) -> Mapping[str, str]:
        return self.html

    @property
    def template(self) -> str:
        return "fields/text.html"

    def clean(self, text: str) -> str:
        """What was typed, without what cannot be seen."""
        return one_line(text)

    def read(self, text: str) -> Any:
        """The canonical value of a clean text (never empty). Raises Refused."""
        return text

    def blank(self, typed: Typed) -> bool:
        for texts in typed.values():
            for text in texts:
                if self.clean(text):
                    return False
        return True

    def answer(self, typed: Typed, field: Field) -> Any:
        text = self.clean(first(typed))  # once, where `blank` and `parse` would each do it
        return self.read(text) if text else None

    def parse(self, typed: Typed, field: Field) -> Any:
        text = self.clean(first(typed))
        if not text:
            raise Refused("required", self.missing(field))
        return self.read(text)

    def load(self, kept: Any) -> Any:
        if not isinstance(kept, str) or (self.shape is not None and not self.shape.fullmatch(kept)):
            raise ValueError(f"not a stored {self.name}")
        return kept

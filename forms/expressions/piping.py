"""Texts with `{expr}` in them: which pieces are words and which are expressions."""

from __future__ import annotations

from forms.wording import Say, say


class PipingMistake(Exception):
    """A brace that opens an expression and never closes; places are character offsets into the text."""

    def __init__(self, what: Say, start: int, end: int) -> None:
        super().__init__(str(what))
        self.code = "syntax"
        self.what = what
        self.start = start
        self.end = end


def parse_text(text: str) -> list[str | tuple[str, int]]:
    """The pieces of a text: words as they are read, and expressions as (expression, its offset in `text`).

    `{{` and `}}` are braces; a closing brace alone is one too. Raises PipingMistake.
    """
    pieces: list[str | tuple[str, int]] = []
    words = ""
    at = 0
    while at < len(text):
        if text[at : at + 2] in ("{{", "}}"):
            words += text[at]
            at += 2
        elif text[at] == "{":
            end = _closing(text, at + 1)
            if words:
                pieces.append(words)
            words = ""
            pieces.append((text[at + 1 : end], at + 1))
            at = end + 1
        else:
            words += text[at]
            at += 1
    return [*pieces, words] if words else pieces


def _closing(text: str, start: int) -> int:
    """Where the brace opened just before `start` closes; braces between quotes do not count."""
    quote = ""
    for at in range(start, len(text)):
        char = text[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == "}":
            return at
        elif char == "{":
            break
    what = say("Nawias „{brace}” nie jest zamknięty – zamknij go, a jeśli ma być widoczny, podwój.", brace="{")
    raise PipingMistake(what, start - 1, start)

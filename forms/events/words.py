"""When and where an event is, in words, in every language of the interface."""

from __future__ import annotations

from collections.abc import Callable

from forms.events import Event
from forms.formula import Text
from forms.wording import LANGUAGES, Said, occasion, speaking


def when_and_where(event: Event) -> str:
    """„wtorek, 9 marca – środa, 10 marca 2027 r., godz. 9:00–15:00, Szczecin”; "" when the event has neither."""
    when = occasion(event.starts, event.ends) if event.starts is not None else ""
    return ", ".join(part for part in (when, fixed(event.place)) if part)


def fixed(text: Text | None) -> str:
    """The wording of a text without inserts, in the language in force; "" for none."""
    return Said("".join(part for part in text.parts if isinstance(part, str)) if text is not None else "")


def worded(write: Callable[[], str]) -> Text:
    """A text whose wording in each language of the interface is what `write` gives in it."""
    wordings = {}
    for lang in LANGUAGES:
        with speaking(lang):
            wordings[lang] = (write(),)
    return Text(wordings)

"""A form's description as a document: Markdown, HTML or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from forms.describing.outline import Description, Question, Section
from forms.describing.words import Described, Line, Tick
from forms.wording import language, say
from views.markdown import markdown

FORMATS = ("md", "html", "text")
SPECIAL = re.compile(r"([\\`_\[\]<>])")
EMPHASISED = re.compile(r"\*([^*\n]+)\*")
STOPS = re.compile(r"(?<=[^.])\.(\*?)\.(?!\.)")
UNDERLINES = {1: "=", 2: "-"}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading of `level` 1–3, a paragraph (0), or an item of a list (-1, -2 within another)."""

    level: int
    text: str  # names and values stand between asterisks
    ready: bool = False  # the author's own Markdown, left as it is


def document(found: Description, format: str) -> str:
    """The description in one of FORMATS, in the language now in force."""
    if format == "html":
        facts = {"title": found.title, "summary": found.summary, "body": body(found)}
        return render_template("description.html", **facts, lang=language.get())
    return _joined(map(_plain if format == "text" else _marked, _form(found)))


def one_stop(text: str) -> str:
    """A sentence that ends with an abbreviation (`w 2025 r.`, also between asterisks) has no second full stop."""
    return STOPS.sub(r".\1", text)


def body(found: Description) -> Markup:
    """The description as HTML, without its title and summary."""
    return markdown(_joined(map(_marked, _rules(found))))


def _joined(lines: Iterable[str]) -> str:
    """The lines as one text, never with more than one blank line between them."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _form(found: Description) -> Iterator[Block]:
    yield Block(1, found.title)
    if found.summary:
        yield Block(0, found.summary)
    yield from _rules(found)


def _rules(found: Description) -> Iterator[Block]:
    yield Block(2, str(say("Zasady")))
    yield from (Block(-1, fact) for fact in found.facts)
    for number, section in enumerate(found.sections, 1):
        yield from _section(number, section)
    if found.checks:
        yield Block(2, str(say("Sprawdzenia całego formularza")))
        yield from (Block(-1, check) for check in found.checks)


def _section(number: int, section: Section) -> Iterator[Block]:
    yield Block(2, str(say("Krok {n}: {title}", n=number, title=section.title)))
    if section.when:
        yield Block(0, str(say("Ten krok jest tylko, jeżeli {condition}.", condition=section.when)))
    if section.shared:
        yield Block(0, str(say("Ten krok można przekazać innej osobie osobnym linkiem.")))
    if section.intro:
        yield Block(0, section.intro, ready=True)
    for question in section.questions:
        yield from _question(question)
    for check in section.checks:
        yield Block(-1, check)


def _question(question: Question) -> Iterator[Block]:
    title = f"{question.number}. {question.label}" if question.number else question.label
    yield Block(3, title)
    if question.hint:
        yield Block(0, question.hint)
    yield Block(-1, str(say("Pole „{name}”: {type}", name=question.name, type=question.type)))
    if question.when:
        asked = say("Pytamy, jeżeli {condition}.", condition=question.when)
        shown = say("Pokazujemy, jeżeli {condition}.", condition=question.when)
        yield Block(-1, str(asked if question.asks else shown))
    if question.required or (question.asks and not question.items):
        yield Block(-1, question.required or str(say("Nieobowiązkowe.")))
    yield from (Block(-1, fact) for fact in question.facts)
    yield from _drawn(question.drawn)
    yield from (Block(-1, check) for check in question.checks)
    for inner in question.items:
        yield from _question(inner)


def _drawn(drawn: Described) -> Iterator[Block]:
    if drawn.text:
        yield Block(0, drawn.text, ready=True)
    if drawn.ticks and not drawn.rows:
        yield Block(-1, str(say("Odpowiedzi:")))
        yield from (Block(-2, _tick(tick)) for tick in drawn.ticks)
    if drawn.columns:
        heads = [*drawn.columns, *([drawn.remarks] if drawn.remarks else [])]
        yield Block(-1, str(say("Kolumny: {names}.", names=", ".join(heads))))
    if drawn.rows:
        yield Block(-1, str(say("Wiersze:")))
        yield from (Block(-2, _line(line)) for line in drawn.rows)


def _tick(tick: Tick) -> str:
    hint = f" ({tick.hint.rstrip('.')})" if tick.hint else ""
    if tick.when:
        return str(say("{label} – tylko, jeżeli {condition}", label=tick.label + hint, condition=tick.when))
    return tick.label + hint


def _line(line: Line) -> str:
    if line.heading:
        return f"*{line.label}*"
    return _tick(Tick(line.label, line.hint, line.when))


def _marked(block: Block) -> str:
    text = block.text.strip() if block.ready else SPECIAL.sub(r"\\\1", one_stop(" ".join(block.text.split())))
    if block.level > 0:
        return f"\n{'#' * block.level} {text}\n"
    return f"\n{text}\n" if block.level == 0 else f"{'  ' * (-block.level - 1)}- {text}"


def _plain(block: Block) -> str:
    text = block.text.strip() if block.ready else EMPHASISED.sub("„\\1”", one_stop(" ".join(block.text.split())))
    if block.level > 0:
        return f"\n{text}\n{UNDERLINES[block.level] * len(text)}\n" if block.level in UNDERLINES else f"\n{text}"
    return f"{text}\n" if block.level == 0 else f"{'  ' * (-block.level)}• {text}"

"""Markdown to safe HTML: the one place that makes markup out of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from forms.formula import Text
from forms.wording import Said, Say, language

TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "a",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "code",
    "pre",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}, "td": {"data-label"}, "table": {"class"}}
LONELY = re.compile(r"(?<![^\s(„>])([aiouwzAIOUWZ]|nr|ul\.|art\.|ust\.|pkt|poz\.|godz\.) (?=\S)")

# What is counted or measured stays with its number, a day with its month, and no line begins with a dash.
MONTHS = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
UNIT = re.compile(
    rf"(?<=\d) (?=(?:r\.|zł|ha|[ckm]?m²?|tys\.|mln|mld|os\.|szt\.|[kMG]B|dni|dniach|dnia|lat|lata|znak\w*|{MONTHS})(?!\w))"
    r"|(?<=\S) (?=– )"
)

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def _stacked(tokens: Sequence[Token]) -> None:
    """Tables that become cards on a narrow screen, as those of the components do: each cell knows its column."""
    heads: list[str] = []
    column = 0
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            heads = []
            token.attrSet("class", "stacks")
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            heads.append(tokens[index + 1].content)
            token.attrSet("scope", "col")
        elif token.type == "td_open":
            token.attrSet("data-label", heads[column] if column < len(heads) else "")
            column += 1


@lru_cache(maxsize=2048)
def markdown(text: str) -> Markup:
    """CommonMark as HTML; HTML within it is shown, not interpreted; headings begin at level 2."""
    tokens = _parser.parse(typographic(text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(4, max(2, int(token.tag[1]) + (1 if token.tag == 'h1' else 0)))}"
    _stacked(tokens)
    html = _parser.renderer.render(tokens, _parser.options, {})
    return Markup(
        nh3.clean(
            html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"}, link_rel="noopener"
        )
    )


def paragraphs(text: str) -> Markup:
    """What a person typed, with its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def shown(value: object) -> object:
    """What a template shows of a value: words of ours and of a form as Polish typography wants, everything else as it is."""
    if type(value) is Said or type(value) is Say or type(value) is Text:
        return typeset(str(value))
    return value


def typeset(text: str) -> str:
    """A text as it is set in the reader's language: no Polish line ends with a one-letter word."""
    return typographic(text) if language.get() == "pl" else text


@lru_cache(maxsize=8192)
def typographic(text: str) -> str:
    """The text with non-breaking spaces as Polish typography wants: after one-letter words and short abbreviations, before units."""
    return UNIT.sub("\u00a0", LONELY.sub("\\1\u00a0", text))

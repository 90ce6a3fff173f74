"""Markdown to safe HTML: the one place that makes markup out of text."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

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
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
LONELY = re.compile(r"(?<![^\s(„>])([aiouwzAIOUWZ]|nr|ul\.|art\.|ust\.|pkt|poz\.|godz\.) (?=\S)")

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=2048)
def markdown(text: str) -> Markup:
    """CommonMark as HTML; HTML within it is shown, not interpreted; headings begin at level 2."""
    tokens = _parser.parse(typographic(text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(4, max(2, int(token.tag[1]) + (1 if token.tag == 'h1' else 0)))}"
    html = _parser.renderer.render(tokens, _parser.options, {})
    return Markup(
        nh3.clean(
            html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"}, link_rel="noopener"
        )
    )


def paragraphs(text: str) -> Markup:
    """What a person typed, with its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


@lru_cache(maxsize=8192)
def typographic(text: str) -> str:
    """The text with non-breaking spaces after one-letter words and short abbreviations, as Polish typography wants."""
    return LONELY.sub("\\1\u00a0", text)

"""The reference of the form language at hand while one writes: `docs/forms.md`, cut into sections that can be linked to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from flask import Response, abort
from markupsafe import Markup

from config.settings import ROOT
from forms.options import slug
from forms.wording import say
from views.access import Right, requires
from views.markdown import markdown
from views.pages import page
from views.staff.ways import beside_forms

FILE = ROOT / "docs" / "forms.md"
HEADING = re.compile(r"^(##|###) (.+)$")
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
TO_FILE = re.compile(r"\[([^\]]+)\]\((?!http)[^)]*\)")  # a link to a file of the repository, which is not served
ELSEWHERE = frozenset({"Edytor, który podpowiada"})  # of editors on one's own machine


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the reference with what stands beneath it; `inner` for one of the third level."""

    id: str
    title: str
    inner: bool
    body: Markup


@requires(Right.EDIT_FORMS)
def language() -> Response:
    """All keys and types with their meaning and an example of each."""
    if not FILE.is_file():
        abort(404)
    return page(
        "staff/editor/language.html",
        sections=sections(),
        crumbs=beside_forms(str(say("Klucze i typy pytań"))),
    )


@cache
def sections() -> tuple[Section, ...]:
    """The reference, cut at its headings; it changes only with the program."""
    return tuple(_sections(FILE.read_text(encoding="utf-8")))


def _sections(text: str) -> Iterator[Section]:
    found: list[tuple[str, str, list[str]]] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.startswith("```")
        heading = None if fenced else HEADING.match(line)
        if heading is not None:
            found.append((heading[1], heading[2], []))
        elif found:
            found[-1][2].append(line)
    for level, title, lines in found:
        if title not in ELSEWHERE:
            body = markdown(TO_FILE.sub(r"\1", PICTURE.sub("", "\n".join(lines))))
            # A line of an example may be wider than a telephone; it is reached by keyboard too.
            html = Markup(str(body).replace("<pre>", '<pre class="source" tabindex="0">'))
            yield Section(f"k-{slug(title)}", title, level == "###", html)

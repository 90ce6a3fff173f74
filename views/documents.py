"""What anybody may take away: a blank form to print, and the schema of the language for editors."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask import Blueprint, Response, current_app, url_for
from markupsafe import Markup, escape

from forms.describing.outline import Question, describe_form
from forms.describing.words import Tick
from forms.indicators.reader import SCHEMA
from forms.schema import schema
from forms.wording import say
from views import wording
from views.access import open_to_all
from views.audience import address
from views.describing import EMPHASISED, one_stop
from views.markdown import markdown, typographic
from views.pages import page
from views.steps import journey

documents = Blueprint("documents", __name__)

MOST_COPIES = 3  # how often the questions of a group are printed; for more there are further sheets
USUAL_COPIES = 2
MOST_TICKS = 24  # a longer list is not printed: there is a line to write on
SHORTEST_LINES = 2
DAY = 24 * 60 * 60  # seconds


@documents.get("/f/<slug>/druk")
@open_to_all
def paper(slug: str) -> Response:
    """A blank form for those who must collect the answers first; staff see it of forms in preparation too."""
    form = journey.form_or_404(slug)
    found = describe_form(form)
    back = url_for("public.start", slug=slug)
    return page(
        "public/paper.html",
        form={
            "title": typographic(found.title),
            "summary": typographic(found.summary),
            "when": wording.window(form).rstrip(".") + ".",
            "url": address(form, external=True),
            "contact": wording.contact(form),
        },
        sections=[
            {
                "title": typographic(section.title),
                "intro": markdown(section.intro),
                "when": _fill_in_if(section.when),
                "questions": [_question(each) for each in section.questions if _printed(each)],
            }
            for section in found.sections
        ],
        back_url=back,
    )


@documents.get("/schemat/formularz.json")
@open_to_all
def language() -> Response:
    """The JSON Schema of the form language, for the first line of a definition; the same until the program changes."""
    return _schema(_form_schema())


@documents.get("/schemat/wskazniki.json")
@open_to_all
def language_of_indicators() -> Response:
    """The JSON Schema of files of indicators (config/indicators)."""
    return _schema(json.dumps(SCHEMA, ensure_ascii=False, separators=(",", ":")))


def _schema(text: str) -> Response:
    response = current_app.response_class(text, mimetype="application/schema+json")
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    response.headers["Access-Control-Allow-Origin"] = "*"  # editors in browsers fetch it too
    return response


@cache
def _form_schema() -> str:
    return json.dumps(schema(), ensure_ascii=False, separators=(",", ":"))


def emphasised(text: str) -> Markup:
    """A sentence as HTML, with what stands between asterisks in bold."""
    return Markup(EMPHASISED.sub(r"<strong>\1</strong>", str(escape(typographic(one_stop(text))))))


def _fill_in_if(condition: str) -> Markup:
    """The condition as what to do with the pen; nothing for none."""
    return emphasised(str(say("Wypełnij, jeżeli {condition}.", condition=condition))) if condition else Markup("")


def _printed(question: Question) -> bool:
    """Whether there is anything to read or write: a hidden field has nothing, and no number."""
    return bool(question.number or question.drawn.text)


def _question(question: Question) -> dict[str, Any]:
    """What the template draws of one question, in finished words."""
    drawn = question.drawn
    ticks = drawn.ticks if len(drawn.ticks) <= MOST_TICKS else ()
    copies = min(MOST_COPIES, max(USUAL_COPIES, question.least), question.most)
    return {
        "number": question.number,
        "label": typographic(question.label) if question.number else "",
        "hint": typographic(question.hint),
        "required": bool(question.required),
        "must_if": emphasised(question.required) if "*" in question.required else "",
        "when": _fill_in_if(question.when) if question.asks or drawn.text else "",
        "text": markdown(drawn.text),
        "computed": not question.asks and not drawn.text,
        "ticks": [_tick(each) for each in ticks],
        "many": drawn.many,
        "parts": drawn.parts,
        "columns": drawn.columns,
        "remarks": drawn.remarks,
        "marks": drawn.marks,
        "rows": [
            {"label": typographic(row.label), "hint": row.hint, "when": _fill_in_if(row.when), "heading": row.heading}
            for row in drawn.rows
        ],
        "lines": range(max(SHORTEST_LINES, drawn.lines) if drawn.lines > 1 else drawn.lines),
        "unit": drawn.unit,
        "items": [_question(each) for each in question.items if _printed(each)],
        "title": typographic(question.title),
        "copies": range(1, copies + 1) if question.title else range(1),
        "more": question.most > copies,
    }


def _tick(tick: Tick) -> dict[str, Any]:
    return {
        "label": typographic(tick.label),
        "hint": typographic(tick.hint),
        "when": emphasised(str(say("Tylko, jeżeli {condition}.", condition=tick.when))) if tick.when else "",
        "own": tick.own,
    }

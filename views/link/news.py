"""What to tell a person whose draft has moved to a changed form: new questions, answers to look at, questions that went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import current_app, render_template, url_for
from markupsafe import Markup

from forms.definition import Field, Step
from forms.news import News
from forms.wording import Say, say
from views.markdown import typographic
from views.steps.drawing import static
from views.steps.filling import Filling

MARKS: dict[str, Say] = {"new": say("nowe pytanie"), "look": say("do sprawdzenia")}
CHANGED = say("Formularz zmienił się od czasu zapisania szkicu. Twoje odpowiedzi zachowaliśmy.")
Link = tuple[str, str]


def notice(filling: Filling) -> Markup | str:
    """As `body`, in a box of its own."""
    told = body(filling)
    components: Any = current_app.jinja_env.get_template("components.html").module
    return Markup(components.notice("info", told)) if told else ""


def body(filling: Filling) -> Markup | str:
    """What has changed since the draft was saved, with links to the questions; "" when nothing has."""
    news = filling.working.news
    if not filling.moved and not news:
        return ""
    return Markup(
        render_template(
            "public/_news.html",
            text=str(CHANGED),
            new=list(_links(filling, ((path, path.split(".")) for path in news.new))),
            look=list(_links(filling, ((path, _way(path)) for path in news.look))),
            gone=news.gone,
        )
    )


def note(filling: Filling, step: Step) -> str:
    """The mark of a step in a list of steps: a question of it is new, or an answer to be looked at; "" for none."""
    news, names = filling.working.news, {each.name for each in step.fields}
    if any(path.partition("-")[0] in names for path in news.look):
        return str(MARKS["look"])
    asked = filling.outcome().asked
    return str(MARKS["new"]) if any(path.partition(".")[0] in names & asked for path in news.new) else ""


def mark(news: News, path: str) -> str:
    """The mark of an answer in a summary; "" for none."""
    return str(MARKS[kind]) if news and (kind := news.mark(path)) else ""


def _way(path: str) -> list[str]:
    """The names on the way to an answer, without the numbers of items."""
    return [part for part in path.split("-") if not part.isdecimal()]


def _links(filling: Filling, wanted: Iterator[tuple[str, list[str]]]) -> Iterator[Link]:
    """(address, label) of the questions that are there and asked."""
    asked = filling.outcome().asked
    for path, way in wanted:
        step = filling.plan.step_of.get(way[0])
        field = _field(filling, way)
        if step is None or field is None or way[0] not in asked:
            continue
        anchor = path if path in asked else way[0]
        yield _address(filling, step, anchor), typographic(static(field.label))


def _field(filling: Filling, way: list[str]) -> Field | None:
    found = filling.plan.fields.get(way[0])
    for name in way[1:]:
        found = next((each for each in found.fields if each.name == name), None) if found else None
    return found


def _address(filling: Filling, step: Step, anchor: str) -> str:
    return url_for("respondent.step", token=filling.token, step_id=step.id, _anchor=f"f-{anchor}")

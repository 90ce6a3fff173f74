"""What two people have written into one question at the same time: shown at the question, both versions, with a choice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app
from markupsafe import Markup

from forms.answers import Outcome, Working
from forms.definition import Field
from forms.judging import CONFLICT, Failure
from forms.plan import Plan
from forms.together import in_order, plain
from forms.types.given import Refused, Typed
from forms.wording import say
from views import wording
from views.markdown import typographic


def failures(plan: Plan, working: Working, found: Outcome) -> list[Failure]:
    """A failure for each choice that is still open, at the question where it is made; only of questions that are asked."""
    open_ = []
    for clash in working.together.clashes:
        path = in_order(clash.name, working.together.ids).partition("--")[0]
        if path and path in found.asked:
            step = plan.step_of[path.partition("-")[0]].id
            label = typographic(_field(plan, path).label(found.env_at(path)))
            text = str(say("Wybierz, która odpowiedź zostaje: {label}", label=label))
            open_.append(Failure(path, text, CONFLICT, step, level=CONFLICT, key=clash.id))
    return open_


def drawn(failure: Failure, plan: Plan, working: Working) -> Markup:
    """The choice, as it stands at the question."""
    clash = next(each for each in working.together.clashes if each.id == failure.key)
    path, _, part = in_order(clash.name, working.together.ids).partition("--")
    field = _field(plan, path)
    components: Any = current_app.jinja_env.get_template("components.html").module
    return Markup(
        components.two_versions(
            clash.id,
            str(say("Dwie osoby zmieniły tę odpowiedź w tym samym czasie. Wybierz, która zostaje.")),
            typographic(told(field, part, _texts(field, path, part, working))),
            _by(clash.other, clash.other_at),
            typographic(told(field, part, clash.texts)),
            _by(clash.who, clash.at),
        )
    )


def told(field: Field, part: str, texts: list[str]) -> str:
    """What was typed into an input, as people read it."""
    if not texts:
        return str(say("nic – puste pole"))
    typed: Typed = {part: texts}
    try:
        value = field.type.parse(typed, field)
    except Refused:
        return ", ".join(texts)
    details = field.type.details(value)
    return "; ".join(f"{label}: {text}" for label, text in details) if details else field.type.show(value)


def _by(who: str, at: str) -> str:
    when = wording.local(datetime.fromisoformat(at)) if at else ""
    return ", ".join(part for part in (who, when) if part)


def _field(plan: Plan, path: str) -> Field:
    names = [name for name in path.split("-") if not name.isdecimal()]
    field = plan.fields[names[0]]
    for name in names[1:]:
        field = next(each for each in field.fields if each.name == name)
    return field


def _texts(field: Field, path: str, part: str, working: Working) -> list[str]:
    """The texts of an input as the draft has them."""
    typed = working.typed.get(path)
    if typed is None:
        value: Any = working.answers
        for name in path.split("-"):
            if isinstance(value, Mapping):
                value = value.get(name)
            else:
                value = value[int(name)] if value and int(name) < len(value) else None
        typed = field.type.typed(value) if value is not None else {}
    return plain(typed.get(part, ()))

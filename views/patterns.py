"""The page of patterns (`/wzory`): every component and every type of field, blank, filled in and wrong.

The questions are drawn by what draws them on the pages of forms, from a form of their own (`patterns.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from forms.answers import Working
from forms.builder import step_form
from forms.definition import Form
from forms.judging import Failure
from forms.plausible.filling import fill
from forms.reader import read_form
from forms.wording import Say, say
from views.access import Right, may, open_to_all
from views.pages import page, see
from views.security import csrf_token
from views.services import services
from views.steps.drawing import Drawing
from views.steps.filling import Filling

patterns = Blueprint("patterns", __name__)

# A macro of components.html and the comment before it.
MACRO = re.compile(r"\{#-(?P<about>(?:(?!#\}).)*)-#\}\s*\{%-? macro (?P<name>\w+)", re.DOTALL)
FILE = Path(__file__).with_name("patterns.yaml")
PLACEHOLDER = "STAN"
STATES: Mapping[str, Say] = {"puste": say("puste"), "wypelnione": say("wypełnione"), "bledne": say("błędne")}
SEED = 3  # of the made-up answers
# What is typed to show a type's own error; where there is nothing here, nothing is answered.
WRONG = {
    "email": "jan @ gmina,pl",
    "phone": "12",
    "url": "resko",
    "integer": "dwa tysiące",
    "decimal": "1,5 ha",
    "money": "1.234",
    "percent": "120",
    "date": "30.02.2027",
    "time": "25:00",
    "month": "13.2027",
    "year": "27",
    "teryt": "3218",
    "nip": "123-456-78-90",
    "regon": "123",
    "pesel": "44051401358",
    "iban": "12 1234",
    "postal_code": "7054",
    "long_text": "Zbyt długie uzasadnienie. " * 20,
}


@dataclass(frozen=True)
class Sample:
    """One question in one state."""

    title: str
    html: Markup


@patterns.get("/wzory")
@open_to_all
def samples() -> Response:
    """The patterns, for staff who see the forms; while the program is developed, for everybody."""
    if services().settings.production and not may(Right.SEE_FORMS):
        return see(url_for("staff.sign_in", next=request.path)) if g.person is None else abort(403)
    home = url_for("public.forms")
    return page("components_page.html", samples=questions(), about=components(), csrf=csrf_token(), home_url=home)


def components() -> dict[str, str]:
    """What the comment before each macro of components.html says."""
    loader = current_app.jinja_env.loader
    source = loader.get_source(current_app.jinja_env, "components.html")[0] if loader is not None else ""
    return {found["name"]: " ".join(found["about"].split()) for found in MACRO.finditer(source)}


def questions() -> list[dict[str, Any]]:
    """Each question of the patterns: its type and label, and how it looks in each state."""
    services().catalogue.refresh()  # the lists that questions offer
    forms = {state: _form(state) for state in STATES}
    drawn = {state: _drawn(form, state) for state, form in forms.items()}
    return [
        {
            "title": f"{each.type.name}: {each.label.parts[0]}" if each.label.parts else each.type.name,
            "states": [Sample(str(title), drawn[state][index]) for state, title in STATES.items()],
        }
        for index, each in enumerate(forms["puste"].fields)
    ]


def _drawn(form: Form, state: str) -> list[Markup]:
    """The questions of the form in one state, in their order."""
    plan = services().catalogue.plan(form)
    working, failures = Working(), list[Failure]()
    if state == "wypelnione":
        working = fill(plan, services().env(), SEED).working
    elif state == "bledne":
        sent = MultiDict({each.name: WRONG[each.type.name] for each in form.fields if each.type.name in WRONG})
        sent.add(f"{state}_group--item", "0")
        filled = step_form(plan, tuple(step.id for step in form.steps))(
            plan, form.steps, working, services().env(), sent
        )
        filled.validate()
        failures = filled.failures
    filling = Filling(form, plan, working)
    found = filling.outcome()
    drawing = Drawing(plan, found, working, failures, filling.seats(found))
    return [drawing.top(each) for each in form.fields]


def _form(state: str) -> Form:
    """The patterns as a form whose names say in which state its questions are."""
    text = FILE.read_text("utf-8").replace(PLACEHOLDER, state)
    read = read_form(f"wzory-{state}.yaml", text, services().catalogue.surroundings())
    if read.form is None:
        raise ValueError(f"{FILE.name}: {[str(each) for each in read.problems]}")
    return services().catalogue.plan(read.form).form  # the one that was read first: steps are compared by identity

"""A form tried out in memory: filled in with made-up answers, its examples run; nothing is stored or sent."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from forms.definition import Form
from forms.examples.trying import attempt, compare
from forms.plan import Plan
from forms.plausible.rehearsal import Rehearsal, questions, rehearse
from forms.wording import number, say, say_n
from views.access import Right, requires
from views.markdown import typographic
from views.pages import page
from views.presenting import Presenting
from views.services import now, services
from views.staff.editor.looking import look
from views.staff.editor.opening import crumbs, opened
from views.steps.drawing import static

COUNTS = (5, 20, 50)
SECONDS = 6.0  # after which no further response is made up
LARGEST_SEED = 999_999


@requires(Right.EDIT_FORMS)
def trial(slug: str) -> Response:
    """So many made-up responses (`ile`) from a seed (`ziarno`): what passes, what is asked, one of them as it reads."""
    here = opened(slug)
    looked = look(slug, here.text)
    form = looked.drawable
    shared: dict[str, Any] = {
        "form_title": typographic(static(form.title)) if form else slug,
        "crumbs": crumbs(slug, str(say("Próba"))),
        "editor_url": url_for("staff.editor", slug=slug),
        "publication_url": url_for("staff.editor_publication", slug=slug),
        "action": url_for("staff.editor_trial", slug=slug),
    }
    if form is None:
        return page("staff/editor/trial.html", **shared, found=None)
    count = request.args.get("ile", type=int)
    count = count if count in COUNTS else COUNTS[1]
    seed = min(max(request.args.get("ziarno", 1, type=int), 1), LARGEST_SEED)
    plan = Plan(form)
    found = rehearse(plan, services().env(), range(seed, seed + count), SECONDS)
    shown = next(iter(found.made), None)
    return page(
        "staff/editor/trial.html",
        **shared,
        counts=[{"value": each, "chosen": each == count} for each in COUNTS],
        seed=seed,
        next_url=url_for("staff.editor_trial", slug=slug, ile=count, ziarno=min(seed + count, LARGEST_SEED)),
        found=_told(found),
        questions=_questions(form, found),
        sections=Presenting(form, found.made[shown].found).sections() if shown is not None else [],
        examples=_examples(plan),
    )


def _told(found: Rehearsal) -> dict[str, Any]:
    """How many passed, in a sentence, and what stood in the way of the others."""
    passed, all_ = len(found.made), len(found.made) + len(found.refused)
    text = str(say("{passed} z {all} wymyślonych odpowiedzi przechodzi.", passed=number(passed), all=number(all_)))
    if not found.in_time:
        text += " " + str(say("Na więcej zabrakło czasu – formularz jest duży."))
    reasons = list(dict.fromkeys(str(why) for why in found.refused.values()))
    return {"text": text, "kind": "success" if passed == all_ else "warning", "reasons": reasons}


def _questions(form: Form, found: Rehearsal) -> list[dict[str, Any]]:
    """Each question: in how many responses it was asked, and answered."""
    return [
        {
            "label": typographic(static(each.label)) or each.name,
            "path": path.replace("-", "."),
            "asked": number(found.asked[path]),
            "answered": number(found.answered[path]) if each.type.asks or each.fields else "",
            "never": bool(found.made) and not found.asked[path],
        }
        for path, each in questions(form)
    ]


def _examples(plan: Plan) -> list[dict[str, Any]]:
    """The examples of the definition: whether each comes out as it says, and else what is other."""
    rows = []
    for example in plan.form.examples:
        tried = attempt(plan, example, services().catalogue.limit, now().date())
        wrong = [str(what) for _, what in compare(plan.form, tried)]
        asked = sum(path in plan.fields for path in tried.found.asked)
        rows.append(
            {
                "name": example.name[0],
                "passes": not wrong,
                "wrong": wrong,
                "asked": str(say_n("{n} pytanie", "{n} pytań", asked)),
            }
        )
    return rows

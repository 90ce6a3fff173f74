"""Both ends of a form: what its start page says, and what is said once it is sent; for people and for the preview alike."""

from __future__ import annotations

from typing import Any

from flask import url_for

from forms.answers import Outcome
from forms.definition import Form
from forms.wording import say
from views import acting, wording
from views.markdown import markdown, typographic
from views.remaining import at_hand, whole_time
from views.services import services
from views.steps.drawing import static
from views.steps.places import seats

CLOSED = say("Ten formularz nie przyjmuje już odpowiedzi. Jeśli masz pytanie, napisz albo zadzwoń do nas.")
SIGN = say("Podpisz sprawozdanie na stronie gminy: najpierw ten, kto je sporządził, potem osoba, która je zatwierdza.")
LOOK_OVER = say("Przeczytaj odpowiedzi. Możesz wrócić do każdego pytania i je zmienić.")


def card(form: Form) -> dict[str, Any]:
    """A form in a few words, as the list of forms shows it."""
    return {
        "title": static(form.title),
        "summary": static(form.summary),
        "tongue": wording.tongue(form),
        "url": url_for("public.start", slug=form.slug),
        "when": wording.window(form),
        "note": wording.remaining(form),
        "state": wording.phase(form),
    }


def beginning(form: Form) -> dict[str, Any]:
    """What stands on the start page, whoever looks at it: its template says what the parts are.

    A draft is shown as if it were open: only staff see it, who try it out.
    """
    draft = form.state == "draft"
    return {
        "hidden": draft,
        "form": {
            **card(form),
            **({"state": "open"} if draft else {}),
            "intro": markdown(form.intro(services().env())) if form.intro else "",
            "steps": [static(step.title) for step in form.steps],
            "time": whole_time(form),
            "at_hand": at_hand(form),
            "contact": wording.contact(form),
            "closed_text": str(CLOSED),
        },
        "start_url": url_for("public.first", slug=form.slug),
        "places": available.rows() if (available := seats(form)) is not None else [],
        "find_url": url_for("finding.ask") if form.period is not None else "",
        "back_url": url_for("public.forms"),
    }


def privacy(form: Form) -> dict[str, Any] | None:
    """What will be done with the data, as it stands before sending: the first paragraph, and all the rest to be opened."""
    text = services().site.text(form.privacy) if form.privacy else None
    first, _, rest = (text or "").partition("\n\n")
    if not text:
        return None
    tongue = services().site.tongue(form.privacy)
    return {"summary": markdown(first), "full": markdown(rest), "tongue": tongue}


def titled(form: Form, found: Outcome) -> str:
    """The title of a form, with the period that the answers are about where it is a series."""
    return typographic(static(form.title) + wording.about(form, found))


def after(form: Form, found: Outcome, *, correctable: bool) -> dict[str, Any]:
    """What is said after sending: that it arrived, the form's own thanks, and what comes next."""
    steps = [say("Zachowaj numer i prywatny link.") if not acting.inside() else say("Wszystko jest na stronie gminy.")]
    if acting.inside() and form.sign_off != "none":
        steps.append(SIGN)
    if correctable:
        steps.append(say("Możesz poprawić odpowiedzi pod prywatnym linkiem."))
    steps.append(say("Jeśli będziemy czegoś potrzebować, skontaktujemy się z Tobą."))
    return {
        "form_title": titled(form, found),
        "title": str(wording.RECEIVED[form.kind]),
        "thanks": markdown(form.thanks(found.env)) if form.thanks else "",
        "next": [] if form.anonymous else [str(each) for each in steps],
        "warnings": [],
    }

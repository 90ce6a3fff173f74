"""For staff: what stands beside one response – notes, labels, other responses of the same gmina – and changing it."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.definition import Form
from forms.polish import sort_key
from records import audit
from records.desk import labels, notes, related
from records.responses import Response as Stored
from records.shapes import Missing
from views import wording
from views.access import Right, may, requires, visible_slugs
from views.markdown import paragraphs
from views.pages import written
from views.services import now, services
from views.staff.history import person_name
from views.staff.opened import back, sent_or_404
from views.steps.drawing import static


@requires(Right.DECIDE)
def note(key: str) -> Response:
    """Puts a note beside the response."""
    stored = sent_or_404(key)
    try:
        notes.add(stored.key, written("notatka", notes.LONGEST), g.person.id, now())
    except ValueError:
        return back(key, "note-empty", anchor="notatki")
    return back(key, "note", anchor="notatki")


@requires(Right.DECIDE)
def drop_note(key: str, note_id: int) -> Response:
    """Takes a note away; only its author may."""
    stored = sent_or_404(key)
    try:
        notes.remove(stored.key, note_id, g.person.id, now())
    except Missing:
        abort(404)
    return back(key, "note-gone", anchor="notatki")


@requires(Right.DECIDE)
def label(key: str) -> Response:
    """Puts a label on the response, or takes one off."""
    stored = sent_or_404(key)
    name, actor = request.form.get("etykieta", ""), audit.staff(g.person.id)
    if request.form.get("akcja") == "remove":
        labels.remove([stored.key], name, actor, now())
    elif labels.cleaned(name):
        labels.add([stored.key], name, actor, now())
    else:
        return back(key, "label-empty", anchor="etykiety")
    return back(key, "", anchor="etykiety")


def beside(form: Form, stored: Stored) -> dict[str, Any]:
    """What the page of a response shows beside the answers."""
    decides, name = may(Right.DECIDE), cache(person_name)
    own = sorted(labels.of(stored.key), key=sort_key)
    used = [name for name, _ in labels.of_form(stored.slug) if name not in own] if decides else []
    return {
        "labels": own,
        "label_url": url_for("staff.response_label", key=stored.key) if decides else "",
        "label_most": labels.LONGEST,
        "known_labels": sorted(used, key=sort_key),
        "notes": [_note(stored, each, name(each.person)) for each in notes.of(stored.id)],
        "note_url": url_for("staff.response_note", key=stored.key) if decides else "",
        "note_most": notes.LONGEST,
        "related": _related(form, stored),
    }


def _note(stored: Stored, each: notes.Note, who: str) -> dict[str, Any]:
    own = may(Right.DECIDE) and each.person == g.person.id
    return {
        "who": who,
        "when": wording.local(each.written_at),
        "text": paragraphs(each.text),
        "remove_url": url_for("staff.response_note_gone", key=stored.key, note_id=each.id) if own else "",
    }


def _related(form: Form, stored: Stored) -> list[dict[str, Any]]:
    """The other responses of the gmina, of the forms that this person works with; none for an anonymous form."""
    if stored.gmina is None or form.anonymous:
        return []
    visible = visible_slugs()
    forms = {entry.slug: entry.form for entry in services().catalogue.entries() if entry.form is not None}
    slugs = [slug for slug in {*forms, stored.slug} if visible is None or slug in visible]
    found = []
    for each in related.of_gmina(stored.gmina, slugs, stored.id):
        text, kind = wording.STATES.get(each.state, (each.state, "plain"))
        known = forms.get(each.slug)
        found.append(
            {
                "title": static(known.title) if known is not None else each.slug,
                "reference": each.reference,
                "period": each.period or "",
                "url": url_for("staff.response", key=each.key),
                "state": {"text": str(text), "kind": kind},
            }
        )
    return found

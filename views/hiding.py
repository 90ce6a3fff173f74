"""A question that became sensitive is taken out of what earlier responses are found by: a search would tell its answer."""

from __future__ import annotations

from flask import current_app

from forms.definition import Form
from forms.secrecy import hides_any, hides_more
from records import found_by, versions
from views.answered import sent_answers
from views.presenting import search_text
from views.services import services

EXTENSION = "nabor-hidden"


def hide_from_search(form: Form) -> int:
    """How many earlier responses were written anew; each version of a form is looked at once by each process."""
    seen: set[tuple[str, str]] = current_app.extensions.setdefault(EXTENSION, set())
    if form.version in seen:
        return 0
    seen.add(form.version)
    if form.anonymous or not hides_any(form.fields):
        return 0
    written = 0
    for version in versions.history(form.slug):
        if version.hash == form.hash:
            continue
        try:
            old = services().version(form.slug, version.id)
        except ValueError:  # today's rules of the language refuse it, and nothing of it can be shown or read
            continue
        if not hides_more(form.fields, old.fields):
            continue
        for stored in found_by.of_version(version.id):
            _, _, found = sent_answers(stored, sensitive=False)
            found_by.put(stored, search_text(old, found))
            written += 1
    return written

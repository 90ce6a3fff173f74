"""What each correction of a response changed, for the private page, the summary of a correction, and staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from forms.answers import Outcome, clean
from forms.definition import Form
from forms.differing import Difference, differences
from forms.wording import say
from records import responses
from records.responses import Response
from views.markdown import typographic
from views.series import answers_under
from views.steps.filling import Filling

NONE = say("brak odpowiedzi")


def corrections(form: Form, stored: Response, *, sensitive: bool = True) -> list[dict[str, Any]]:
    """Each correction that was sent, the newest first: {title, rows}; a row is (question, before, now)."""
    if not stored.correction or stored.answers is None or stored.version_id is None:
        return []
    sent = [(each.version_id, each.answers) for each in responses.history(stored.id)]
    sent.append((stored.version_id, stored.answers))
    read = [answers_under(form, version_id, kept) for version_id, kept in sent]
    found = []
    for number in range(len(read) - 1, 0, -1):
        rows = _rows(differences(form, read[number - 1], read[number], sensitive=sensitive))
        found.append({"title": str(say("Co zmieniła poprawka {n}", n=number)), "rows": rows})
    return found


def pending(filling: Filling, found: Outcome) -> list[dict[str, Any]]:
    """What the correction that is being filled in would change; nothing for a response not sent yet."""
    stored = filling.response
    if stored is None or stored.answers is None or stored.version_id is None:
        return []
    before: Mapping[str, Any] = answers_under(filling.form, stored.version_id, stored.answers)
    rows = _rows(differences(filling.form, before, clean(filling.form, found)))
    return [{"title": str(say("Co zmienia ta poprawka")), "rows": rows}]


def _rows(found: list[Difference]) -> list[tuple[str, Markup, Markup]]:
    return [(typographic(each.label), _cell(each.old), _cell(each.new)) for each in found]


def _cell(lines: tuple[str, ...]) -> Markup:
    return Markup("<br>").join(typographic(line) for line in lines or (str(NONE),))

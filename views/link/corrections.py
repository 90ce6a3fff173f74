"""What each correction of a response changed, for the private page, the summary of a correction, and staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from forms.answers import Outcome, clean
from forms.definition import Form
from forms.differing import Difference, differences
from forms.secrecy import without_sensitive
from forms.wording import say
from records import responses
from records.desk import office
from records.responses import Response
from views.markdown import typographic
from views.series import answers_under
from views.services import services
from views.steps.filling import Filling

NONE = say("brak odpowiedzi")
BY_OFFICE = say("Poprawił urząd.")


def corrections(
    form: Form, stored: Response, *, sensitive: bool = True, of_office: Mapping[int, str] | None = None
) -> list[dict[str, Any]]:
    """Each correction that was sent, the newest first: {title, note, rows}; a row is (question, before, now).

    `of_office` says of each correction that staff made what there is to say of it; by default only that they did.
    """
    read = _sendings(form, stored, sensitive=sensitive)
    if of_office is None and read:
        of_office = dict.fromkeys(office.of(stored.id), str(BY_OFFICE))
    found = []
    for number in range(len(read) - 1, 0, -1):
        rows = _rows(differences(form, read[number - 1], read[number], sensitive=sensitive))
        title, note = str(say("Co zmieniła poprawka {n}", n=number)), (of_office or {}).get(number, "")
        found.append({"title": title, "note": note, "rows": rows})
    return found


def comparison(form: Form, stored: Response, one: int, other: int, *, sensitive: bool) -> dict[str, Any] | None:
    """What differs between two sendings (0 is the first): {title, note, rows}; None where there are no two such."""
    read, (first, last) = _sendings(form, stored, sensitive=sensitive), sorted((one, other))
    if first == last or first < 0 or last >= len(read):
        return None
    rows = _rows(differences(form, read[first], read[last], sensitive=sensitive))
    title = say("Różnice: {one} i {other}", one=named(first), other=named(last))
    return {"title": str(title), "note": "", "rows": rows}


def named(correction: int) -> str:
    """How one sending is called."""
    return str(say("poprawka {n}", n=correction) if correction else say("pierwsze wysłanie"))


def _sendings(form: Form, stored: Response, *, sensitive: bool) -> list[Mapping[str, Any]]:
    """What each sending said, under this form, the first one first; nothing where there was only one."""
    if not stored.correction or stored.answers is None or stored.version_id is None:
        return []
    sent = [(each.version_id, each.answers) for each in responses.history(stored.id)]
    sent.append((stored.version_id, stored.answers))
    read: list[Mapping[str, Any]] = [answers_under(form, version_id, kept) for version_id, kept in sent]
    if sensitive:
        return read
    newest = services().catalogue.get(stored.slug)
    return [without_sensitive(form.fields, each, newest.fields if newest is not None else ()) for each in read]


def pending(filling: Filling, found: Outcome) -> list[dict[str, Any]]:
    """What the correction that is being filled in would change; nothing for a response not sent yet."""
    stored = filling.response
    if stored is None or stored.answers is None or stored.version_id is None:
        return []
    before: Mapping[str, Any] = answers_under(filling.form, stored.version_id, stored.answers)
    rows = _rows(differences(filling.form, before, clean(filling.form, found)))
    return [{"title": str(say("Co zmienia ta poprawka")), "note": "", "rows": rows}]


def _rows(found: list[Difference]) -> list[tuple[str, Markup, Markup]]:
    return [(typographic(each.label), _cell(each.old), _cell(each.new)) for each in found]


def _cell(lines: tuple[str, ...]) -> Markup:
    return Markup("<br>").join(typographic(line) for line in lines or (str(NONE),))

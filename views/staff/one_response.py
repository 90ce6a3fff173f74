"""For staff: one response as it was answered, in the version that was answered, and its files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from flask import Response, abort, g, url_for
from markupsafe import Markup

from forms.answers import Outcome
from forms.definition import Field, Form, Step
from forms.types.file import ALT
from forms.wording import long_date, say
from records import audit, files, responses
from records.files import StoredFile
from records.responses import Response as Stored
from views import wording
from views.access import Right, may, requires
from views.answered import download, presented, sent_answers
from views.guests import gmina_name
from views.link.corrections import corrections
from views.pages import page
from views.presenting import Row, Section
from views.security import csrf_token
from views.services import WARSAW, now
from views.staff.handling import handling
from views.steps.drawing import static


@requires(Right.READ_RESPONSES)
def response(key: str) -> Response:
    """What was sent; sensitive answers only for those with the right to them."""
    stored = sent_or_404(key)
    form, working, found = sent_answers(stored)
    sensitive = may(Right.READ_SENSITIVE)
    sections = presented(form, found, working, sensitive=sensitive)
    attached = [each for each in _attached(form, found, stored) if sensitive or not each.field.sensitive]
    if attached:
        sections.append(_files_section(stored, attached))
    notices = []
    if not sensitive and any(each.sensitive for _, each in _asked(form, found)):
        text = say("Ukryte: ten formularz ma odpowiedzi wrażliwe, a Twoje konto nie ma prawa ich czytać.")
        notices.append({"kind": "info", "text": str(text), "title": ""})
    if stored.working is not None:
        text = say("Ktoś właśnie poprawia tę odpowiedź. Widzisz to, co zostało wysłane.")
        notices.append({"kind": "info", "text": str(text), "title": ""})
    if sensitive and any(each.sensitive for _, each in _asked(form, found)):
        audit.record(audit.staff(g.person.id), "read-sensitive", stored.key, stored.slug, {}, now())
    state, kind = wording.STATES.get(stored.state, (stored.state, "plain"))
    title = static(form.title)
    return page(
        "staff/response.html",
        form_title=title,
        crumbs=[
            {"title": str(say("Formularze")), "url": url_for("staff.forms")},
            {"title": title, "url": url_for("staff.responses", slug=stored.slug)},
            {"title": stored.reference, "url": ""},
        ],
        reference=stored.reference,
        state={"text": str(state), "kind": kind},
        facts=_facts(form, stored),
        notices=notices,
        sections=sections,
        corrections=corrections(form, stored, sensitive=sensitive),
        history=_history(form, stored),
        csrf=csrf_token(),
        **handling(form, stored, found),
    )


@requires(Right.READ_RESPONSES)
def file(key: str, file_id: int) -> Response:
    """A file that was sent with a response, as a download."""
    stored = sent_or_404(key)
    form, _, found = sent_answers(stored)
    for each in _attached(form, found, stored):
        if each.file.id == file_id and (may(Right.READ_SENSITIVE) or not each.field.sensitive):
            return download(each.file)
    abort(404)


def sent_or_404(key: str) -> Stored:
    """The response with this key, if it was sent: nobody but its author sees a draft."""
    stored = responses.load(key)
    if stored is None or stored.answers is None:
        abort(404)
    return stored


def _asked(form: Form, found: Outcome) -> Iterator[tuple[str, Field]]:
    """(path, field) of every question that was asked, those in the items of groups too."""

    def walk(step_fields: tuple[Field, ...], values: Any, before: str) -> Iterator[tuple[str, Field]]:
        for each in step_fields:
            path = before + each.name
            if path not in found.asked:
                continue
            yield path, each
            value = (values or {}).get(each.name)
            if each.fields and each.type.repeats:
                for index, item in enumerate(value or ()):
                    yield from walk(each.fields, item, f"{path}-{index}-")
            elif each.fields:
                yield from walk(each.fields, value, f"{path}-")

    steps: list[Step] = list(found.steps)
    for step in steps:
        yield from walk(step.fields, found.values, "")


class _Attached(NamedTuple):
    """A file that was sent: the question it belongs to, the part of its answer, what the person wrote about it."""

    field: Field
    part: str
    file: StoredFile
    alt: str


def _attached(form: Form, found: Outcome, stored: Stored) -> list[_Attached]:
    """The files that the answers name; one that came with a correction not sent yet is not among them."""
    places = {
        f"{path}--{part}" if part else path: (each, part)
        for path, each in _asked(form, found)
        for part in each.type.attached
    }
    if not places:
        return []
    named = dict(_named(stored.answers))
    kept = files.of_responses([stored.id])
    return [
        _Attached(*places[each.path], each, named[str(each.id)])
        for each in kept
        if each.path in places and str(each.id) in named
    ]


def _named(answers: Any) -> Iterator[tuple[str, str]]:
    """(id, description) of all files that stored answers name: a file is kept in them as {"id": …, "name": …}."""
    if isinstance(answers, dict):
        if isinstance(answers.get("id"), str | int) and "name" in answers:
            yield str(answers["id"]), str(answers.get(ALT, ""))
        answers = list(answers.values())
    for value in answers if isinstance(answers, list) else ():
        yield from _named(value)


def _files_section(stored: Stored, attached: list[_Attached]) -> Section:
    section = Section(str(say("Pliki")))
    for each in attached:
        url = url_for("staff.file", key=stored.key, file_id=each.file.id)
        link = Markup('<a class="file__name" href="{}" download>{}</a>').format(url, each.file.name)
        item = each.part.partition(".")[0]
        label = f"{static(each.field.label)} – {item}" if item else static(each.field.label)
        section.rows.append(Row(label, Markup("{} – {}").format(link, each.alt) if each.alt else link))
    return section


def _facts(form: Form, stored: Stored) -> list[dict[str, str]]:
    facts = []
    if stored.sent_at:
        facts.append({"label": str(say("Wysłano")), "text": _when(form, stored.sent_at)})
    if stored.gmina:
        facts.append({"label": str(say("Gmina")), "text": gmina_name(stored.gmina)})
    if stored.correction:
        facts.append({"label": str(say("Poprawki")), "text": str(stored.correction)})
    facts.append({"label": str(say("Wersja formularza")), "text": form.hash[:8]})
    return facts


def _history(form: Form, stored: Stored) -> list[dict[str, str]]:
    """The sendings of a response that was corrected, the newest first."""
    if not stored.correction or stored.sent_at is None:
        return []
    sendings = [(each.correction, each.sent_at) for each in responses.history(stored.id)]
    sendings.append((stored.correction, stored.sent_at))
    return [{"when": _when(form, at), "who": "", "what": _what(correction)} for correction, at in reversed(sendings)]


def _what(correction: int) -> str:
    return str(say("Poprawka {n}", n=correction) if correction else say("Wysłano po raz pierwszy"))


def _when(form: Form, moment: datetime) -> str:
    """Of an anonymous response only the day is known."""
    return long_date(moment.astimezone(WARSAW).date()) if form.anonymous else wording.local(moment)

"""For staff: one response as it was answered, in the version that was answered, and its files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Response, abort, url_for
from markupsafe import Markup

from forms.answers import Outcome
from forms.definition import Field, Form
from forms.periods.series import spoken
from forms.questions import questions
from forms.types.file import ALT
from forms.wording import say
from records import files, responses
from records.files import StoredFile
from records.responses import Response as Stored
from views import wording
from views.access import Right, may, requires
from views.answered import download, presented, sent_answers
from views.auditing import reading as auditing
from views.guests import gmina_name
from views.pages import page
from views.presenting import Row, Section
from views.security import csrf_token
from views.staff.besides import beside
from views.staff.correcting import correcting
from views.staff.differing import differing, moment
from views.staff.handling import handling
from views.staff.neighbours import neighbours
from views.staff.opened import asks_sensitive, look, sent_or_404
from views.staff.register import proposing
from views.staff.returning import returns
from views.staff.signatures import signatures
from views.staff.ways import crumbs
from views.steps.drawing import static


@requires(Right.READ_RESPONSES)
def response(key: str) -> Response:
    """What was sent; sensitive answers only for those with the right to them."""
    stored = sent_or_404(key)
    form, working, found = sent_answers(stored)
    sensitive = look(found, stored)
    shown = found
    if not sensitive:
        _, working, shown = sent_answers(stored, sensitive=False)
    sections = presented(form, shown, working, sensitive=sensitive)
    attached = [each for each in _attached(shown, stored) if sensitive or not each.sensitive]
    if attached:
        sections.append(_files_section(stored, attached))
    notices = []
    if not sensitive and asks_sensitive(found):
        text = say("Ukryte: ten formularz ma odpowiedzi wrażliwe, a Twoje konto nie ma prawa ich czytać.")
        notices.append({"kind": "info", "text": str(text), "title": ""})
    if stored.working is not None and not responses.with_office(stored):
        text = say("Ktoś właśnie poprawia tę odpowiedź. Widzisz to, co zostało wysłane.")
        notices.append({"kind": "info", "text": str(text), "title": ""})
    state, kind = wording.STATES.get(stored.state, (stored.state, "plain"))
    title = static(form.title)
    return page(
        "staff/response.html",
        form_title=title,
        crumbs=crumbs(stored.slug, title, (stored.reference or "", "")),
        reference=stored.reference,
        state={"text": str(state), "kind": kind},
        facts=_facts(form, stored),
        notices=notices,
        audit_url=url_for("staff.audited", key=key) if auditing.rules(stored.slug) is not None else "",
        sections=sections,
        **differing(form, stored, sensitive=sensitive),
        csrf=csrf_token(),
        **handling(form, stored, shown),
        **neighbours(stored.key, stored.slug),
        **returns(form, found, stored),
        **correcting(form, found, stored),
        **beside(form, stored),
        **signatures(form, stored),
        **proposing.link(form, stored),
    )


@requires(Right.READ_RESPONSES)
def file(key: str, file_id: int) -> Response:
    """A file that was sent with a response, as a download."""
    stored = sent_or_404(key)
    _, _, found = sent_answers(stored)
    for each in _attached(found, stored):
        if each.file.id == file_id and (may(Right.READ_SENSITIVE) or not each.sensitive):
            if each.sensitive:
                look(found, stored)
            return download(each.file)
    abort(404)


class _Attached(NamedTuple):
    """A file that was sent: the question it belongs to, the part of its answer, what the person wrote about it."""

    field: Field
    sensitive: bool
    part: str
    file: StoredFile
    alt: str


def _attached(found: Outcome, stored: Stored) -> list[_Attached]:
    """The files that the answers name; one that came with a correction not sent yet is not among them."""
    places = {
        f"{each.path}--{part}" if part else each.path: (each.field, each.sensitive, part)
        for each in questions(found)
        for part in each.field.type.attached
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
        facts.append({"label": str(say("Wysłano")), "text": moment(form, stored.sent_at)})
    if stored.gmina:
        facts.append({"label": str(say("Gmina")), "text": gmina_name(stored.gmina)})
    if stored.period:
        facts.append({"label": str(say("Okres")), "text": str(spoken(stored.period))})
    if stored.correction:
        facts.append({"label": str(say("Poprawki")), "text": str(stored.correction)})
    facts.append({"label": str(say("Wersja formularza")), "text": form.hash[:8]})
    return facts

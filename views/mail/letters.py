"""From a message in the outbox to what goes out: whom it goes to, its words in the response's language, its calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from flask import render_template, url_for

from forms.answers import Outcome
from forms.definition import Email, Field, Form
from forms.emails import names
from forms.formula import Text
from forms.wording import long_moment, speaking
from records import access, bookings, people, responses
from records.bookings import Booking
from records.desk import returned
from records.outbox import Letter, Written
from records.surveys import KIND as SURVEY
from views import surveys, wording
from views.answered import sent_answers
from views.mail import accounts, asking
from views.mail.invitations import calendars, events_text
from views.mail.texts import DEFAULTS, HELLO, REASONS
from views.markdown import markdown
from views.services import services

MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~-])")
TO_STAFF = ("notify", "digest", accounts.KIND)
SECRET = frozenset({SURVEY, accounts.KIND})  # kinds whose link is for one person alone: their text is never kept
Values = Mapping[str, Callable[[bool], str]]
"""By name, how a value is written into a message: for Markdown (True) or for plain text."""


@dataclass
class Subject:
    """What a message is about: a response as it was sent, with its form and its places."""

    stored: responses.Response
    form: Form
    found: Outcome
    booked: Sequence[Booking]


def write(letter: Letter) -> Written | None:
    """The message written out; None when nobody can be written to, or its response is gone. Needs a request context."""
    with speaking(letter.language):
        subject = _subject(letter)
        if letter.response_id is not None and subject is None:
            return None
        to = _recipients(letter, subject)
        if not to:
            return None
        own = (subject.form.emails or {}).get(letter.kind) if subject else None
        found = subject.found if subject else None
        written = composed(letter, to, _default(letter, subject), _values(letter, subject), own, found)
        if subject is None:
            return written
        calendar = calendars(letter, subject.stored, subject.form, subject.found, subject.booked, to)
        return replace(written, calendar=calendar)


def composed(
    letter: Letter,
    to: tuple[str, ...],
    default: str,
    values: Values,
    own: Email | None = None,
    found: Outcome | None = None,
    kind: str = "",
) -> Written:
    """The words of a message: the form's `own` about what was `found`, else those of DEFAULTS, with the values filled in.

    `kind` is the key of `emails` that `own` stands under, where that is not the kind of the message.
    """
    title, body = DEFAULTS[default]
    kind = kind or letter.kind
    said = own.subject if own and own.subject else None
    text = own.body if own and own.body else None
    if said is not None and found is not None:
        heading = _author(said, kind, found, values, escape=False)
    else:
        heading = _ours(str(title), values, escape=False)
    plain, marked = (
        _author(text, kind, found, values, escape=escape)
        if text is not None and found is not None
        else _body([str(HELLO), *(str(part) for part in body)], values, escape=escape)
        for escape in (False, True)
    )
    return Written(
        recipients=to,
        subject=" ".join(heading.split()).replace("**", "")[:200],
        text=render_template("mail/letter.txt", body=_unmarked(plain)),
        html=render_template("mail/letter.html", body=markdown(marked), subject=heading, lang=letter.language),
    )


def recipients(form: Form, found: Outcome) -> tuple[str, ...]:
    """The addresses that a response gives for itself: those outside its lists, else those in them. Sensitive ones never."""
    ours = tuple(dict.fromkeys(_addresses(form.fields, found.values, lists=False)))
    return ours or tuple(dict.fromkeys(_addresses(form.fields, found.values, lists=True)))


def private_link(stored: responses.Response) -> str:
    """The address under which the response is seen and changed, whole."""
    token = access.token(stored, services().settings.secret_key)
    return url_for("respondent.response", token=token, _external=True)


def _subject(letter: Letter) -> Subject | None:
    if letter.response_id is None:
        return None
    stored = responses.by_id(letter.response_id)
    if stored is None or stored.version_id is None or stored.answers is None:
        return None
    # Messages travel open: no text of a form, and no title of an item, puts a sensitive answer into one.
    form, _, found = sent_answers(stored, sensitive=False)
    booked = bookings.of_response(stored.id) if form.places else []
    return Subject(stored, form, found, booked)


def _recipients(letter: Letter, subject: Subject | None) -> tuple[str, ...]:
    if letter.kind == "digest":
        return tuple(person.email for person in people.everyone() if person.active and person.role == "administrator")
    if letter.kind == accounts.KIND:
        return accounts.recipients(letter)
    if subject is None or (letter.kind == SURVEY and not surveys.waits(letter)):
        return ()
    if letter.kind == SURVEY and (
        own := surveys.addresses(letter, subject.stored, subject.form, subject.found, subject.booked)
    ):
        return own
    if letter.kind == "notify":
        return subject.form.notify
    if letter.kind == returned.KIND and asking.waits(letter) is None:
        return ()
    return recipients(subject.form, subject.found)


def _addresses(fields: Iterable[Field], values: Mapping[str, Any], *, lists: bool) -> Iterable[str]:
    for each in fields:
        value = values.get(each.name)
        if value is None or each.sensitive:
            continue
        if each.type.identifies:
            yield str(value)
        elif each.fields and not each.type.repeats:
            yield from _addresses(each.fields, value, lists=lists)
        elif each.fields and lists:
            for item in value:
                yield from _addresses(each.fields, item, lists=lists)


def _default(letter: Letter, subject: Subject | None) -> str:
    if letter.kind == "withdrawn" and subject is not None and subject.stored.state == "withdrawn":
        return "withdrawn-all"
    if letter.kind == "accepted" and subject is not None and not subject.form.places:
        return "accepted-whole"
    if letter.kind == SURVEY and letter.facts.get("again"):
        return "survey-again"
    if letter.kind == returned.KIND and letter.facts.get("again"):
        return "returned-again"
    if letter.kind == "changed" and letter.facts.get("office"):
        return "changed-by-office"
    return letter.kind


def _values(letter: Letter, subject: Subject | None) -> dict[str, Callable[[bool], str]]:
    """By name, how a value is written into a message: for Markdown (True) or for plain text."""
    facts = letter.facts
    values: dict[str, Callable[[bool], str]] = {
        name: partial(escaped, str(facts.get(name, ""))) for name in ("subject", "count")
    }
    values["reason"] = partial(escaped, str(REASONS[facts["code"]] if "code" in facts else facts.get("reason", "")))
    values["body"] = lambda escape: _filled(str(facts.get("body", "")), values, escape)  # staff write Markdown
    values["until"] = partial(escaped, _until(letter))
    values["staff_link"] = partial(escaped, "")
    if letter.kind in TO_STAFF:
        address = _staff_address(letter, subject)
        values["staff_link"] = lambda escape: f"<{address}>"
    if subject is None:
        return values
    stored, form, found, booked = subject.stored, subject.form, subject.found, subject.booked
    chosen = [each for each in booked if each.id in facts["bookings"]] if "bookings" in facts else booked
    values |= {
        "title": partial(escaped, form.title(found.env) + wording.about(form, found)),
        "reference": partial(escaped, stored.reference or ""),
        "link": lambda escape: f"<{_link(letter, stored)}>",
        "questions": lambda escape: asking.listed(letter, found, partial(escaped, escape=escape)),
        "events": lambda escape: events_text(form, found, chosen, partial(escaped, escape=escape)),
        "changes": lambda escape: _changes(form, found, facts.get("changed", ()), escape),
    }
    return values


def _staff_address(letter: Letter, subject: Subject | None) -> str:
    if letter.kind == accounts.KIND:
        return accounts.link(letter)
    if subject is None:
        return url_for("staff.messages", state="failed", _external=True)
    return url_for("staff.response", key=subject.stored.key, _external=True)


def _until(letter: Letter) -> str:
    """The end of an offer with its hour; the end of a day, until which answers are corrected, without one."""
    if "until" not in letter.facts:
        return ""
    end = datetime.fromisoformat(letter.facts["until"])
    return wording.bound(end) if letter.kind == returned.KIND else long_moment(end)


def _link(letter: Letter, stored: responses.Response) -> str:
    if letter.kind == SURVEY:
        return surveys.link(letter)
    if letter.kind == returned.KIND:
        token = access.token(stored, services().settings.secret_key)
        return url_for("returning.questions", token=token, _external=True)
    return private_link(stored)


def _changes(form: Form, found: Outcome, changed: Iterable[str], escape: bool) -> str:
    """What a correction changed, question by question; what it says now stands behind the link."""
    labels = []
    for name in changed:
        each = next((field for field in form.fields if field.name == name), None)
        if each is not None and each.type.labelled:
            labels.append(f"- {escaped(each.label(found.env), escape)}")
    return "\n".join(dict.fromkeys(labels))


def _author(text: Text, kind: str, found: Outcome, values: Mapping[str, Callable[[bool], str]], *, escape: bool) -> str:
    """A text of the form's author: their Markdown counts, what was answered is only shown."""
    written = []
    for part in text.parts:
        if isinstance(part, str):
            written.append(part)
        elif part.formula.text.strip() in names(kind):
            written.append(values[part.formula.text.strip()](escape))
        else:
            written.append(escaped(part(found.env), escape))
    return "".join(written)


def _ours(text: str, values: Mapping[str, Callable[[bool], str]], *, escape: bool) -> str:
    """Our own words; a value that ends with a full stop („za 2025 r.”) ends the sentence as well."""

    def put(match: re.Match[str]) -> str:
        value = values[match[1]](escape)
        return value if value.endswith(".") else value + match[2]

    return re.sub(r"\{(\w+)\}(\.?)", put, text)


def _filled(text: str, values: Mapping[str, Callable[[bool], str]], escape: bool) -> str:
    """What staff wrote, with the names that their texts may use; other braces stay as they are."""
    return re.sub(r"\{(reference|link|events)\}", lambda match: values[match[1]](escape), text)


def _body(parts: Iterable[str], values: Mapping[str, Callable[[bool], str]], *, escape: bool) -> str:
    written = (_ours(part, values, escape=escape) for part in parts)
    return "\n\n".join(part for part in written if part.strip())


def escaped(text: str, escape: bool) -> str:
    """A text that is only shown: in Markdown (`escape`) with its marks made harmless."""
    return MARKS.sub(r"\\\1", text) if escape else text


def _unmarked(text: str) -> str:
    """Markdown as a person would write it in a plain message."""
    text = re.sub(r"\[([^\]]+)\]\(<?([^)>]+)>?\)", r"\1: \2", text)
    text = re.sub(r"<(https?://[^>]+|mailto:[^>]+)>", r"\1", text)
    return text.replace("**", "")

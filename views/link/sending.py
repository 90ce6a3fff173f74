"""Sending what has been filled in: once, whatever is clicked how often."""

from __future__ import annotations

from flask import session

from forms.answers import EXPLAINED, Outcome, clean, dump, gmina_of
from forms.definition import Form
from forms.events.claims import claims
from forms.wording import Say, say
from records import responses
from records.bookings import Full, Taking
from records.database import writing
from records.privacy import texts
from records.responses import Conflict, Taken
from records.surveys import Used
from views import surveys
from views.mail.announcing import announce
from views.presenting import search_text
from views.series import period_of
from views.services import now, services
from views.steps.correcting import actor, made_by_office, settle
from views.steps.filling import Filling


def send(filling: Filling, found: Outcome, reply: str | None = None) -> Say | None:
    """Sends what passes; a second click finds it sent. What stands in the way, in words, or None when it is sent.

    `reply` is what its author writes to staff about questions that they returned; None where nobody was asked for it.
    """
    form, stored = filling.form, filling.response
    if stored is None:
        raise RuntimeError("nothing saved to send")
    answers = dump(form.fields, clean(form, found))
    if filling.working.explained:
        keys = {failure.key for failure in filling.judge(found) if failure.explained}
        kept = {key: why for key, why in filling.working.explained.items() if key in keys}
        if kept:
            answers[EXPLAINED] = kept
    version_id = services().version_id(form)  # stored for good before what may be rolled back
    privacy = _privacy(form, filling)
    try:
        with writing():
            filling.bring_files()
            sent = responses.send(
                stored.key,
                version_id=version_id,
                answers=answers,
                revision=stored.revision,
                number=lambda year, n: form.reference.format(year=year, number=n),
                now=now(),
                gmina=gmina_of(form, found.values),
                period=period_of(form, found.values),
                one_per=_one_per(form, found),
                search="" if form.anonymous else search_text(form, found),
                privacy=privacy,
                anonymous=form.anonymous,
                taking=Taking(form, claims(form, found)) if form.places else None,
                actor=actor(filling),
            )
            if not sent.already:
                mark = made_by_office(filling)
                if not mark or mark["tell"]:
                    announce(form, stored, answers, sent.kind, now(), reason=mark.get("reason", ""))
                settle(filling, found, reply)
                surveys.answered(form, now())
    except Conflict:
        return say("Odpowiedzi zmieniły się w innym oknie. Przeczytaj je jeszcze raz i wyślij.")
    except Used:
        return say("Odpowiedź z tego zaproszenia już do nas dotarła. Dziękujemy – drugiej nie trzeba.")
    except Full:
        return say(
            "Miejsca, które były jeszcze wolne, zajęła w tej chwili inna osoba. Odpowiedzi zapisaliśmy jako szkic."
        )
    except Taken:
        return say(
            "Nie możemy teraz przyjąć tej odpowiedzi. Zapisaliśmy ją jako szkic – napisz albo zadzwoń do nas, wyjaśnimy to."
        )
    surveys.forget(form)
    if session.get("drafts"):
        session["drafts"] = [token for token in session["drafts"] if token != filling.token]
    return None


def _privacy(form: Form, filling: Filling) -> str | None:
    """The version of the text about personal data that whoever sends it has seen, kept as it stands.

    A correction by the office leaves it as it was.
    """
    if filling.response is not None and made_by_office(filling):
        return filling.response.privacy
    text = services().site.text(form.privacy) if form.privacy else None
    return texts.keep(form.privacy, text, now()) if text else None


def _one_per(form: Form, found: Outcome) -> str | None:
    """The combination that only one live response may have; None while a part of it is unanswered."""
    if not form.one_per:
        return None
    values = [found.values.get(name) for name in form.one_per]
    if any(value is None for value in values):
        return None
    return "|".join(str(value).casefold() for value in values)

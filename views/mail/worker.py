"""What is done without anyone asking: messages sent, offers that lapse, reminders, the daily digest, old drafts, exports.

One turn does all that is due. `flask worker` takes turns until it is stopped; `make run` lets each server process take
them in a thread. Several may run at once: each piece of work is claimed in the database before it is done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import cast

from flask import Flask

from forms.definition import Form
from forms.wording import speaking
from records import audit, bookings, indicators, obligations, outbox, surveys
from records.bookings import attendance
from records.database import Postgres, Sqlite, database
from records.desk import returned
from records.drafts import erase_drafts
from records.log.pruning import prune
from records.obligations import reminding
from records.privacy import texts
from records.retention import forget_due
from views.auditing.reading import audited_forms, catch_up
from views.gmina import entering
from views.hiding import hide_from_search
from views.link import finding
from views.mail import Delivery, NotSent, asking, compose, delivery, gminy, letters, owing
from views.mail.invitations import sender
from views.services import now, services
from views.staff.exporting import making

PAUSE = 3.0  # seconds between turns when there is nothing to do
AT_ONCE = 50  # messages in one turn, so that the other work has its turn too
DIGEST_HOUR = 7
log = logging.getLogger("nabor.worker")


def turn(app: Flask, to: Delivery | None = None) -> int:
    """Does what is due now; how many messages went out."""
    settings = app.extensions["nabor"].settings
    with app.test_request_context(base_url=settings.base_url):
        moment = now()
        for entry in services().catalogue.entries():
            if entry.form is not None:
                _alone(app, partial(_tend, entry.form, moment))
        _alone(app, lambda: catch_up(audited_forms()))
        _digest(moment)
        return _send(to or delivery(settings))


def _alone(app: Flask, work: Callable[[], object]) -> None:
    """Work that stops nothing else when it fails: messages go out whatever is wrong with one form."""
    try:
        work()
    except Exception as error:
        if app.testing:
            raise
        log.error("a part of the turn failed: %s", type(error).__name__)


def _tend(form: Form, moment: datetime) -> None:
    hide_from_search(form)
    if form.places:
        bookings.tick(form, moment)
        _ask(form, moment)
    if form.period is not None:
        obligations.keep(form, moment, services().standings(moment, everyone=True))
        reminding.remind(form, moment)
        _indicators(form)


def daily(app: Flask) -> None:
    """What needs doing once a day; done twice, it finds nothing to do: what may not be kept any longer is erased."""
    with app.app_context():
        settings, store = services().settings, services().files
        erase_drafts(store, now() - timedelta(days=settings.draft_days))
        for entry in services().catalogue.entries():
            form = entry.form
            if form is not None:
                version = partial(services().version, form.slug)
                last = max((event.ends or event.starts for event in form.events if event.starts), default=None)
                attendance.close_ended(form, now(), audit.SYSTEM)
                forget_due(form, version, store, now(), last.date() if last else None)
                _keep_text(form)
        surveys.blur(now())
        prune(settings.audit_days, now())
    making.clean(app)


def _keep_text(form: Form) -> None:
    """The text about personal data as it stands today: of responses that came before the program kept them, too."""
    for lang in form.languages:
        with speaking(lang):
            text = services().site.text(form.privacy) if form.privacy else None
        if text:
            texts.keep(form.privacy, text, now())


def run(app: Flask, stop: threading.Event) -> None:
    """Takes turns until `stop`; an error in one is logged without any data, and the next turn comes all the same."""
    beside = threading.Thread(target=making.run, args=(app, stop), name="exports", daemon=True)
    beside.start()
    today = None
    while not stop.is_set():
        try:
            sent = turn(app)
            if today != now().date():
                daily(app)
                today = now().date()
        except Exception as error:
            log.error("turn failed: %s", type(error).__name__)
            sent = 0
        if not sent:
            stop.wait(PAUSE)
    cast(Sqlite | Postgres, database.obj).close()
    beside.join(PAUSE)


def embed(app: Flask) -> None:
    """Takes turns in a thread of this process, as long as it lives."""
    threading.Thread(target=run, args=(app, threading.Event()), name="worker", daemon=True).start()


def _send(to: Delivery) -> int:
    sent = 0
    while sent < AT_ONCE and (letter := outbox.claim(now())) is not None:
        _send_one(letter, to)
        sent += 1
    return sent


def _send_one(letter: outbox.Letter, to: Delivery) -> None:
    try:
        if letter.kind == finding.KIND:
            finding.answer_wish(letter)
            return
        if letter.kind == entering.WISH:
            entering.answer_wish(letter)
            return
        written = _written(letter)
    except Exception as error:
        log.error("message %s cannot be written: %s", letter.id, type(error).__name__)
        outbox.put_off(letter, f"cannot-write-{type(error).__name__}", now())
        return
    if written is None:
        outbox.skip(letter, "nobody-to-write-to", now())
        return
    contact = services().site.get("contact") or {}
    name = str(contact.get("name") or services().site["name"])
    host = sender().rpartition("@")[2]
    try:
        to.deliver(compose(letter, written, sender=sender(), name=name, host=host))
    except NotSent as problem:
        over = outbox.put_off(letter, str(problem), now(), lasting=problem.lasting)
        log.warning("message %s not sent: %s%s", letter.id, problem, ", given up" if over else "")
        return
    outbox.sent(letter, now())


def _written(letter: outbox.Letter) -> outbox.Written | None:
    """The message as it was first written out, else written out now and kept; None where it no longer goes to anybody."""
    if letter.kind in reminding.KINDS and not reminding.stands(letter):
        return None
    if letter.kind == returned.KIND and asking.waits(letter) is None:
        return None
    if letter.subject is not None and letter.text is not None and letter.html is not None:
        return outbox.Written(letter.recipients, letter.subject, letter.text, letter.html, letter.calendar)
    writer = owing if letter.kind in reminding.KINDS else gminy if letter.kind in gminy.KINDS else letters
    written = writer.write(letter)
    if written is not None and (letter.kind in letters.SECRET or letter.kind in gminy.KINDS):
        outbox.name(letter, written)  # its link is one person's secret: the text is never kept
    elif written is not None:
        outbox.write(letter, written)
    return written


def _ask(form: Form, moment: datetime) -> None:
    """Invitations to the survey of a form, as long as that one takes answers and keeps them anonymous."""
    survey = services().catalogue.get(form.survey) if form.survey else None
    if survey is not None and survey.anonymous and survey.open_at(moment):
        surveys.ask(form, services().settings.secret_key, moment)


def _indicators(form: Form) -> None:
    """Indicators of the reports that have come, were corrected or withdrawn, or whose definition has changed."""
    here = services()
    sheet = here.indicators.sheet(form.slug)
    if sheet is not None:
        known = tuple(sheet.indicators.values())
        indicators.compute(known, form, partial(here.version, form.slug), here.catalogue.limit)


def _digest(moment: datetime) -> None:
    """Once a day, if something failed: how many messages could not be sent."""
    if moment.hour < DIGEST_HOUR:
        return
    failed = outbox.failed_since(moment - timedelta(days=1))
    if failed:
        outbox.put(
            "digest",
            once=f"digest:{moment:%Y-%m-%d}",
            slug="",
            response_id=None,
            language=services().settings.languages[0],
            facts={"count": failed},
            now=moment,
        )

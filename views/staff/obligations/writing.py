"""For staff: a message to the gminy that have sent nothing – written, looked at, then sent once."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, g, request, url_for

from forms.polish import sort_key
from forms.wording import Say, say, say_n
from records import audit
from records.obligations import reminding
from records.outbox import WAITING, Letter
from views import wording
from views.access import Right, requires
from views.mail import owing
from views.markdown import paragraphs
from views.pages import page, see, written
from views.security import csrf_token
from views.services import now
from views.staff.obligations.asked import Asked, asked_for, crumbs, here, name, said
from views.steps.drawing import static

MOST = {"temat": 150, "tresc": 10_000}  # characters
MOST_DIGITS = 6
NOBODY = say("Nie ma do kogo pisać: żadna z zaznaczonych gmin nie ma adresu e-mail. Zaznacz inne.")


@requires(Right.DECIDE)
def completeness_message(slug: str) -> Response:
    """The message as it is written; with `krok` also its preview for the first gmina, or sending it."""
    asked = asked_for(slug)
    reached = owing.reached(asked.form, asked.period)
    missing = [each.gmina for each in reminding.lacking(slug, asked.period)]
    able = [each for each in missing if reached(each)]
    if request.method == "GET":
        return _page(asked, missing, able, able, {"temat": "", "tresc": ""}, [])
    chosen = [each for each in able if each in request.form.getlist("gmina")]
    text = {key: written(key, most) for key, most in MOST.items()}
    problems = _problems(text, chosen)
    if problems or request.form.get("krok") != "wyslij":
        return _page(asked, missing, able, chosen, text, problems, checked=not problems)
    words = {"subject": text["temat"], "body": text["tresc"]}
    once = request.form.get("raz", "")[:40]
    sent = reminding.write_to(asked.form, asked.period, chosen, words, once, now(), audit.staff(g.person.id))
    return see(here(asked, "staff.completeness_message", wyslano=sent))


def _problems(text: dict[str, str], chosen: list[str]) -> list[tuple[str, Say]]:
    found: list[tuple[str, Say]] = []
    if not chosen:
        found.append(("gminy", NOBODY))
    if not text["temat"]:
        found.append(("temat", say("Wpisz temat wiadomości.")))
    if not text["tresc"]:
        found.append(("tresc", say("Wpisz treść wiadomości.")))
    return found


def _preview(asked: Asked, gmina: str, text: dict[str, str]) -> dict[str, Any] | None:
    """The message as the gmina itself will get it; None where only somebody who began a draft is written to."""
    moment = now()
    due = next((each.due_at for each in reminding.lacking(asked.form.slug, asked.period) if each.gmina == gmina), None)
    facts = {"gmina": gmina, "period": asked.period, "until": due.isoformat() if due else "", "draft": False}
    letter = Letter(
        id=0, once="", slug=asked.form.slug, response_id=reminding.previous_id(asked.form.slug, gmina, asked.period),
        kind=reminding.OWED, language=asked.form.languages[0], state=WAITING, attempts=0, repeated=False, due_at=moment,
        facts={**facts, "subject": text["temat"], "body": text["tresc"]}, created_at=moment,
        sent_at=None, error=None, recipients=(), subject=None, text=None, html=None, calendar=None,
    )  # fmt: skip
    written = owing.write(letter)
    if written is None:
        return None
    return {"to": ", ".join(written.recipients), "subject": written.subject, "text": paragraphs(written.text)}


def _page(
    asked: Asked,
    missing: list[str],
    able: list[str],
    chosen: list[str],
    text: dict[str, str],
    problems: list[tuple[str, Say]],
    *,
    checked: bool = False,
) -> Response:
    wrong = {id_: str(what) for id_, what in problems}
    sent = request.args.get("wyslano", "")
    previews = (_preview(asked, each, text) for each in chosen) if checked else iter(())
    names = sorted(((name(asked.form, each), each) for each in missing), key=lambda pair: sort_key(pair[0]))
    return page(
        "staff/obligations/message.html",
        status=422 if problems else 200,
        form_title=static(asked.form.title),
        period=said(asked.period),
        okres=asked.period,
        crumbs=crumbs(asked.form, (str(say("Kompletność")), here(asked)), (str(say("Wiadomość")), "")),
        problems=[(f"#{id_}", what) for id_, what in wrong.items()],
        problems_title=wording.problems_title(len(wrong)),
        done=str(say_n("Wiadomość czeka na wysłanie do {n} gminy.", "Wiadomość czeka na wysłanie do {n} gmin.", int(sent)))
        if sent.isdecimal() and len(sent) <= MOST_DIGITS
        else "",
        gminy=[
            {"value": code, "text": text_, "able": code in able, "checked": code in chosen} for text_, code in names
        ],
        subject=text["temat"],
        body=text["tresc"],
        errors={each: wrong.get(each, "") for each in ("gminy", "temat", "tresc")},
        once=request.form.get("raz") or secrets.token_urlsafe(12),
        checked=checked,
        preview=next((each for each in previews if each is not None), None),
        count_text=str(say_n("Wyślemy do {n} gminy.", "Wyślemy do {n} gmin.", len(chosen))),
        action_url=url_for("staff.completeness_message", slug=asked.form.slug),
        messages_url=url_for("staff.messages"),
        csrf=csrf_token(),
    )  # fmt: skip

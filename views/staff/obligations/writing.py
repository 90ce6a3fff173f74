"""For staff: a message to the gminy that have sent nothing – written, looked at, then sent once."""

from __future__ import annotations

from flask import Response, g, request, url_for

from forms.polish import sort_key
from forms.wording import say, say_n
from records import audit
from records.obligations import reminding
from views.access import Right, requires
from views.mail import owing
from views.pages import page, see
from views.security import csrf_token
from views.services import now
from views.staff import messaging
from views.staff.obligations.asked import Asked, asked_for, crumbs, here, name, said
from views.steps.drawing import static

NOBODY = say("Nie ma do kogo pisać: żadna z zaznaczonych gmin nie ma adresu e-mail. Zaznacz inne.")


@requires(Right.DECIDE)
def completeness_message(slug: str) -> Response:
    """The message as it is written; with `krok` also its preview for the first gmina, or sending it."""
    asked = asked_for(slug)
    reached = owing.reached(asked.form, asked.period)
    missing = [each.gmina for each in reminding.lacking(slug, asked.period)]
    able = [each for each in missing if reached(each)]
    if request.method == "GET":
        return _page(asked, missing, able, able, [])
    chosen = [each for each in able if each in request.form.getlist("gmina")]
    text = messaging.typed()
    problems = ([] if chosen else [("#gmina", str(NOBODY))]) + messaging.problems(text)
    if problems or not messaging.confirmed():
        return _page(asked, missing, able, chosen, problems, checked=not problems)
    words, actor = messaging.facts(text), audit.staff(g.person.id)
    sent = reminding.write_to(asked.form, asked.period, chosen, words, messaging.once(), now(), actor)
    return see(here(asked, "staff.completeness_message", wyslano=sent))


def _preview(asked: Asked, gmina: str, text: dict[str, str]) -> dict[str, str] | None:
    """The message as the gmina itself will get it; None where only somebody who began a draft is written to."""
    slug, period = asked.form.slug, asked.period
    due = next((each.due_at for each in reminding.lacking(slug, period) if each.gmina == gmina), None)
    facts = {"gmina": gmina, "period": period, "until": due.isoformat() if due else "", "draft": False}
    last, said_ = reminding.previous_id(slug, gmina, period), {**facts, **messaging.facts(text)}
    return messaging.preview(slug, last, asked.form.languages[0], said_, kind=reminding.OWED, write=owing.write)


def _page(
    asked: Asked,
    missing: list[str],
    able: list[str],
    chosen: list[str],
    problems: messaging.Problems,
    *,
    checked: bool = False,
) -> Response:
    text, sent = messaging.typed(), messaging.told()
    previews = (_preview(asked, each, text) for each in chosen) if checked else iter(())
    names = sorted(((name(asked.form, each), each) for each in missing), key=lambda pair: sort_key(pair[0]))
    return page(
        "staff/obligations/message.html",
        status=422 if problems else 200,
        form_title=static(asked.form.title),
        period=said(asked.period),
        okres=asked.period,
        crumbs=crumbs(asked.form, (str(say("Kompletność")), here(asked)), (str(say("Wiadomość")), "")),
        **messaging.shown(problems, "gmina"),
        done=str(say_n("Wiadomość czeka na wysłanie do {n} gminy.", "Wiadomość czeka na wysłanie do {n} gmin.", sent))
        if sent is not None
        else "",
        gminy=[{"value": code, "text": text_, "checked": code in chosen} for text_, code in names if code in able],
        unable=[text_ for text_, code in names if code not in able],
        checked=checked,
        preview=next((each for each in previews if each is not None), None),
        count_text=str(say_n("Wyślemy do {n} gminy.", "Wyślemy do {n} gmin.", len(chosen))),
        action_url=url_for("staff.completeness_message", slug=asked.form.slug),
        messages_url=url_for("staff.messages"),
        csrf=csrf_token(),
    )  # fmt: skip

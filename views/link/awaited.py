"""What the private page says of questions that staff returned, and of a correction that they are making themselves."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, request, url_for
from markupsafe import Markup

from forms.wording import say, say_n
from records import responses
from records.bookings.lifecycle import OVER
from records.desk import returned
from records.responses import Response
from views import wording
from views.services import now


def returned_notices(stored: Response) -> list[dict[str, Any]]:
    """Notices {kind, text, title} for the private page of a sent response; one query."""
    notices: list[dict[str, Any]] = []
    if request.args.get("zrobiono") == "poprawione":
        text = say("Dziękujemy. Poprawione odpowiedzi dotarły, a urząd wie, że może je sprawdzić.")
        notices.append({"kind": "success", "text": str(text), "title": ""})
    if responses.with_office(stored):
        text = say(
            "Urząd właśnie poprawia tę odpowiedź. Zanim skończy, ważne jest to, co widzisz – teraz nie można tego zmienić."
        )
        notices.append({"kind": "info", "text": str(text), "title": ""})
    asked = returned.of_open(stored.id) if stored.state not in OVER else None
    if asked is None:
        return notices
    until, title = wording.bound(asked.until), str(say("Zwrócone do poprawy"))
    if asked.until < now():
        text = say("Termin poprawienia odpowiedzi ({until}) minął. Napisz albo zadzwoń do nas.", until=until)
        return [{"kind": "warning", "text": str(text), "title": title}, *notices]
    text = say_n(
        "Do {until} popraw {n} odpowiedź – urząd napisał, co w niej jest nie tak.",
        "Do {until} popraw {n} odpowiedzi – urząd napisał, co w nich jest nie tak.",
        len(asked.questions),
        until=until,
    )
    components: Any = current_app.jinja_env.get_template("components.html").module
    button = components.link_button(str(say("Popraw te odpowiedzi")), url_for("returning.questions", token=g.token))
    body = Markup("<p>{}</p>{}").format(str(text), "" if responses.with_office(stored) else button)
    return [{"kind": "warning", "text": body, "title": title}, *notices]

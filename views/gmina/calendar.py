"""The next dates of a gmina as a calendar file."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, current_app, url_for

from forms.spans import WARSAW
from forms.wording import say
from records.calendar import Entry
from records.calendar import feed as calendar
from records.desk import returned
from records.gminy import work
from views import acting, owed
from views.gmina.dates import advised, bookings_of, upcoming
from views.gmina.frame import here
from views.services import now, services


def dates() -> Response:
    """A file for any calendar; it holds no names."""
    person = here()
    listed = work.of_gmina(person.gmina)
    asked = returned.open_of([each.id for each in listed])
    host = urlsplit(services().settings.base_url).hostname or "localhost"
    entries = [
        Entry(
            uid=f"{each.uid}-{person.gmina}@{host}",
            sequence=0,
            starts=each.at.astimezone(WARSAW),
            ends=each.ends.astimezone(WARSAW) if each.ends else None,
            summary=str(each.text).replace("\xa0", " "),
            location=each.place,
            url=url_for("gmina.home", _external=True),
        )
        for each in upcoming(owed.of_gmina(person.gmina), listed, bookings_of(listed), advised(listed), asked)
    ]
    name = str(say("Terminy gminy {gmina}", gmina=acting.label(person.gmina)))
    answer = current_app.response_class(calendar(entries, now(), name), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="terminy.ics"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

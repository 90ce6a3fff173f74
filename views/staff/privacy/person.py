"""For administrators: a person's data found. What was typed is in no address and no log; that somebody searched is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Response, g, request, url_for

from forms.spans import WARSAW
from forms.wording import Say, say, say_n, short_date
from records import audit
from records.privacy import finding
from records.privacy.finding import Found, Other
from records.privacy.needles import NAME, Needle, TooShort, needle
from views import wording
from views.access import Right, may, requires, visible_slugs
from views.guests import gmina_name
from views.pages import page, sent
from views.security import csrf_token
from views.services import now
from views.staff.privacy import words
from views.staff.roles import title_of

MOST = 200  # responses that a page shows; whoever has more is looked for more exactly
TOO_SHORT = say(
    "Wpisz adres e-mail, co najmniej 6 cyfr telefonu albo numeru PESEL, imię i nazwisko albo numer odpowiedzi."
)


@dataclass(slots=True, repr=False)
class Result:
    """What was found of a person."""

    wanted: Needle
    found: list[Found] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    by_number: bool = False

    @property
    def chosen(self) -> list[Found]:
        """The responses that were ticked on the page."""
        keys = set(request.form.getlist("odp"))
        return [each for each in self.found if each.key in keys]

    @property
    def people(self) -> list[Other]:
        """The people of gminy that were ticked."""
        ids = set(request.form.getlist("osoba"))
        return [each for each in self.others if each.kind == "gmina-person" and str(each.id) in ids]


@requires(Right.PRIVACY)
def privacy_person() -> Response:
    """The question, and under it what was found. Asked by POST, so that nobody's name stands in an address."""
    if request.method == "GET":
        return _page("")
    asked = sent("kogo")
    try:
        result = search(asked)
    except TooShort:
        return _page(asked, error=TOO_SHORT)
    details = {"responses": len(result.found), "others": len(result.others), "sensitive": may(Right.READ_SENSITIVE)}
    audit.record(audit.staff(g.person.id), "person-searched", "privacy", None, details, now())
    return _page(asked, result)


def search(asked: str) -> Result:
    """What the person who is signed in may find of whom they typed. Raises TooShort."""
    slugs = visible_slugs()
    wanted = needle(asked)
    by_number = finding.numbered(wanted.text, slugs)
    if by_number:
        return Result(wanted, by_number, by_number=True)
    found = finding.responses(wanted, words.stored_forms(), slugs, sensitive=may(Right.READ_SENSITIVE))
    return Result(wanted, found, finding.others(wanted, slugs))


def ticked() -> Result | None:
    """What was found and ticked of whom they typed; None when nothing was, or what they typed is too short."""
    try:
        result = search(sent("kogo"))
    except TooShort:
        return None
    return result if result.chosen or result.people else None


def acting(people: Iterable[Other]) -> list[dict[str, Any]]:
    """Those who act for a gmina, as boxes that are ticked."""
    return [{"value": each.id, "text": gmina_name(each.about), "checked": True} for each in people]


def shown(each: Found) -> dict[str, Any]:
    """A response as the pages of a person's data show it."""
    text, kind = wording.STATES.get(each.state, (each.state, "plain"))
    at = (each.sent_at or each.begun_at).astimezone(WARSAW)
    return {
        "key": each.key,
        "reference": each.reference or str(say("szkic z {day}", day=short_date(each.begun_at.astimezone(WARSAW)))),
        "url": url_for("staff.response", key=each.key) if each.reference else "",
        "form": title_of(each.slug),
        "state": {"text": str(text), "kind": kind},
        "when": short_date(at),
        "places": [words.place(one) for one in each.places],
    }


def _page(asked: str, result: Result | None = None, *, error: Say | None = None) -> Response:
    found = result.found if result is not None else []
    others = result.others if result is not None else []
    exports = finding.exports(sorted({each.slug for each in found}))
    return page(
        "staff/privacy/person.html",
        status=422 if error else 200,
        crumbs=[
            {"title": str(say("Prywatność")), "url": url_for("staff.privacy")},
            {"title": str(say("Dane osoby")), "url": ""},
        ],
        asked=asked,
        error=str(error) if error else "",
        problems=[("#kogo", str(error))] if error else [],
        problems_title=wording.problems_title(1),
        searched=result is not None,
        count_text=str(say_n("Znaleziono w {n} odpowiedzi.", "Znaleziono w {n} odpowiedziach.", len(found))),
        too_many=len(found) > MOST,
        rows=[shown(each) for each in found[:MOST]],
        people=acting(each for each in others if each.kind == "gmina-person"),
        others=sorted({words.other(each) for each in others if each.kind != "gmina-person"}),
        exports=str(
            say_n(
                "W przygotowanych eksportach tych formularzy ({n} plik) też mogą być dane tej osoby. Znikają po 7 dniach, a przy usuwaniu danych od razu.",
                "W przygotowanych eksportach tych formularzy ({n} plików) też mogą być dane tej osoby. Znikają po 7 dniach, a przy usuwaniu danych od razu.",
                sum(exports.values()),
            )
        )
        if exports
        else "",
        name=result is not None and result.wanted.kind == NAME and not result.by_number,
        may_sensitive=may(Right.READ_SENSITIVE),
        here=url_for("staff.privacy_person"),
        copy_url=url_for("staff.privacy_copy"),
        erase_url=url_for("staff.privacy_erase"),
        csrf=csrf_token(),
    )

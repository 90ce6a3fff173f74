"""Who acts for the gmina: colleagues invited, somebody's part ended, the whole page handed over to a new coordinator."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for

from forms.types.given import Refused
from forms.types.text import Email
from forms.wording import Say, say
from records.database import writing
from records.gminy import people
from records.gminy.people import COLLEAGUE, COORDINATOR, AlreadyThere, LastCoordinator, actor
from views import acting, wording
from views.gmina.frame import framed, here
from views.mail.gminy import invite
from views.pages import see
from views.services import now

ROLES: dict[str, Say] = {COORDINATOR: say("koordynuje"), COLLEAGUE: say("wypełnia powierzone kroki")}
MAY: dict[str, Say] = {
    COLLEAGUE: say("Wypełnia kroki, które dostanie"),
    COORDINATOR: say("Koordynuje: widzi wszystko i zaprasza innych"),
}
TAKEN = say("Osoba z tym adresem już działa w imieniu gminy.")
LAST = say("Jesteś jedyną osobą, która koordynuje. Najpierw przekaż stronę komuś innemu.")
DONE: dict[str, Say] = {
    "zaproszono": say("Zaproszenie wysłaliśmy e-mailem. Link działa 3 dni."),
    "zakonczono": say("Ta osoba nie ma już dostępu. Jej kroki wróciły do Ciebie."),
}


def all_people() -> Response:
    """Who acts for the gmina, and on sending the form one more."""
    if request.method == "GET":
        return _page("", "", COLLEAGUE, {})
    person = here()
    name, typed = " ".join(request.form.get("name", "").split())[:120], request.form.get("email", "").strip()[:200]
    role = COORDINATOR if request.form.get("role") == COORDINATOR else COLLEAGUE
    email, wrong = asked(name, typed)
    if wrong:
        return _page(name, typed, role, wrong)
    try:
        with writing():
            invite(people.add(person.gmina, name, email, role, now(), actor(person)))
    except AlreadyThere:
        return _page(name, typed, role, {"email": TAKEN})
    return see(url_for("gmina.people", zrobiono="zaproszono"))


def end(person_id: int) -> Response:
    """Somebody no longer acts for the gmina, at once."""
    person, other = here(), people.get(person_id)
    if other is None or other.gmina != person.gmina:
        abort(404)
    try:
        people.end(other, now(), actor(person))
    except LastCoordinator:
        return _page("", "", COLLEAGUE, {"": LAST})
    return see(url_for("gmina.people", zrobiono="zakonczono") if other.id != person.id else url_for("public.forms"))


def hand_over() -> Response:
    """Leaving the office: somebody else takes over everything in one step, and who hands over is out at once."""
    person = here()
    if request.method == "GET":
        return _handing("", "", {})
    name, typed = " ".join(request.form.get("name", "").split())[:120], request.form.get("email", "").strip()[:200]
    email, wrong = asked(name, typed)
    if not wrong and email.casefold() == person.email:
        wrong = {"email": say("To Twój adres. Podaj adres osoby, która przejmie stronę gminy.")}
    if wrong:
        return _handing(name, typed, wrong)
    with writing():
        invite(people.hand_over(person, name, email, now(), actor(person)))
    acting.leave()
    return see(url_for("gmina.sign_in"))


def asked(name: str, typed: str) -> tuple[str, dict[str, Say]]:
    """The address as it is kept, and what is wrong with what was typed."""
    wrong: dict[str, Say] = {}
    email = ""
    if not name:
        wrong["name"] = say("Podaj imię i nazwisko.")
    try:
        email = Email().read(typed) if typed else ""
    except Refused as refused:
        wrong["email"] = refused.what
    if not typed:
        wrong["email"] = say("Podaj adres e-mail.")
    return email, wrong


def problems(wrong: dict[str, Say]) -> dict[str, Any]:
    """For a page with a form: what is wrong, above it and at each input."""
    told = {key: str(what) for key, what in wrong.items()}
    return {
        "status": 422 if wrong else 200,
        "problems": [(f"#{key}" if key else "", text) for key, text in told.items()],
        "problems_title": wording.problems_title(len(told)),
        "errors": {"name": told.get("name", ""), "email": told.get("email", "")},
    }


def _page(name: str, email: str, role: str, wrong: dict[str, Say]) -> Response:
    person = here()
    rows = [
        {
            "name": each.name,
            "email": each.email,
            "role": str(ROLES[each.role]),
            "since": wording.bound(each.created_at).partition(",")[0],
            "end_url": url_for("gmina.end", person_id=each.id),
            "own": each.id == person.id,
        }
        for each in people.of_gmina(person.gmina)
    ]
    return framed(
        "gmina/people.html",
        rows=rows,
        typed={"name": name, "email": email, "role": role},
        roles=[{"value": value, "text": str(text), "selected": value == role} for value, text in MAY.items()],
        people_url=url_for("gmina.people"),
        hand_over_url=url_for("gmina.hand_over"),
        done=str(DONE.get(request.args.get("zrobiono", ""), "")),
        **problems(wrong),
    )


def _handing(name: str, email: str, wrong: dict[str, Say]) -> Response:
    back = url_for("gmina.people")
    return framed(
        "gmina/hand_over.html",
        typed={"name": name, "email": email},
        action=request.path,
        back_url=back,
        **problems(wrong),
    )

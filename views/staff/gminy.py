"""For staff: who acts for each gmina – inviting the first coordinator, putting another in their place, ending access."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.polish import sort_key
from forms.wording import Say, say, say_n
from records import audit
from records.database import writing
from records.gminy import people
from records.gminy.people import COLLEAGUE, COORDINATOR, AlreadyThere, Person
from views import acting, wording
from views.access import Right, requires
from views.gmina.people import ROLES, TAKEN, asked, problems
from views.mail.gminy import invite
from views.pages import page, see
from views.security import csrf_token
from views.services import now, services

DONE: dict[str, Say] = {
    "zaproszono": say("Zaproszenie wysłaliśmy e-mailem. Link działa 3 dni."),
    "zastapiono": say("Stronę gminy przejmuje nowa osoba. Poprzednia nie ma już dostępu."),
    "zakonczono": say("Ta osoba nie ma już dostępu."),
}


@requires(Right.MANAGE_STAFF)
def gminy() -> Response:
    """Every gmina of the list and who coordinates it. One query."""
    known = people.everywhere()
    rows = [_row(each, known.get(each["value"], [])) for each in _gminy().values()]
    missing = sum(not row["coordinators"] for row in rows)
    wanted = request.args.get("powiat", "")
    return page(
        "staff/gminy.html",
        rows=[row for row in rows if wanted in ("", row["powiat"])],
        powiaty=sorted({row["powiat"] for row in rows}, key=sort_key),
        wanted=wanted,
        action=url_for("staff.gminy"),
        missing=str(
            say_n("{n} gmina nie ma nikogo, kto koordynuje.", "{n} gmin nie ma nikogo, kto koordynuje.", missing)
        )
        if missing
        else "",
    )


@requires(Right.MANAGE_STAFF)
def one_gmina(gmina: str) -> Response:
    """Who acts for one gmina, and on sending the form one more, or somebody in a coordinator's place."""
    row = _gminy().get(gmina) or abort(404)
    if request.method == "GET":
        return _page(row, {}, {})
    typed = {key: " ".join(request.form.get(key, "").split())[:200] for key in ("name", "email", "role", "instead")}
    email, wrong = asked(typed["name"], typed["email"])
    instead = _person(gmina, typed["instead"]) if typed["instead"] else None
    if wrong:
        return _page(row, typed, wrong)
    role = COLLEAGUE if typed["role"] == COLLEAGUE else COORDINATOR
    try:
        with writing():
            if instead is not None:
                person = people.hand_over(instead, typed["name"], email, now(), _actor())
            else:
                person = people.add(gmina, typed["name"], email, role, now(), _actor())
            invite(person)
    except AlreadyThere:
        return _page(row, typed, {"email": TAKEN})
    done = "zastapiono" if instead is not None else "zaproszono"
    return see(url_for("staff.one_gmina", gmina=gmina, zrobiono=done))


@requires(Right.MANAGE_STAFF)
def gmina_act(gmina: str) -> Response:
    """A new invitation for somebody, or the end of their access."""
    person = _person(gmina, request.form.get("osoba", ""))
    if request.form.get("akcja") == "zakoncz":
        people.end(person, now(), _actor(), staff=True)
        return see(url_for("staff.one_gmina", gmina=gmina, zrobiono="zakonczono"))
    invite(person)
    return see(url_for("staff.one_gmina", gmina=gmina, zrobiono="zaproszono"))


def _gminy() -> Mapping[str, Mapping[str, str]]:
    """The gminy of the region by TERYT code, in the order of the Polish alphabet."""
    rows = acting.gminy()
    region = str(services().site.get("region") or "")
    return {row["value"]: row for row in (rows.alphabetical if rows else ()) if row["value"].startswith(region)}


def _person(teryt: str, number: str) -> Person:
    found = people.get(int(number)) if number.isdecimal() and len(number) < 10 else None
    return found if found is not None and found.gmina == teryt and found.active else abort(404)


def _actor() -> str:
    return audit.staff(g.person.id)


def _row(gmina: Mapping[str, str], known: list[Person]) -> dict[str, Any]:
    return {
        "name": gmina["label"],
        "powiat": gmina.get("powiat", ""),
        "url": url_for("staff.one_gmina", gmina=gmina["value"]),
        "coordinators": [each.name for each in known if each.coordinates],
        "colleagues": sum(not each.coordinates for each in known),
    }


def _page(gmina: Mapping[str, str], typed: Mapping[str, str], wrong: dict[str, Say]) -> Response:
    teryt = gmina["value"]
    everybody = people.of_gmina(teryt, ended=True)
    active = [each for each in everybody if each.active]
    instead = {"": say("nikogo – to kolejna osoba"), **{str(each.id): each.name for each in active if each.coordinates}}
    return page(
        "staff/gmina.html",
        crumbs=[{"title": str(say("Gminy")), "url": url_for("staff.gminy")}, {"title": gmina["label"], "url": ""}],
        title=gmina["label"],
        action=url_for("staff.one_gmina", gmina=teryt),
        rows=[_one(each) for each in active],
        before=[{"name": each.name, "text": _span(each)} for each in everybody if not each.active],
        act_url=url_for("staff.gmina_act", gmina=teryt),
        typed={"name": "", "email": "", **typed},
        roles=_choice(ROLES, typed.get("role", COORDINATOR)),
        instead=_choice(instead, typed.get("instead", "")),
        done=str(DONE.get(request.args.get("zrobiono", ""), "")),
        csrf=csrf_token(),
        **problems(wrong),
    )


def _choice(options: Mapping[str, Any], chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "text": str(text), "selected": value == chosen} for value, text in options.items()]


def _one(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "role": str(ROLES[person.role]),
        "since": wording.local(person.created_at),
    }


def _span(person: Person) -> str:
    since, until = wording.local(person.created_at), wording.local(person.ended_at or person.created_at)
    return str(say("od {since} do {until}", since=since, until=until))

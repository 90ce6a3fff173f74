"""For administrators: everybody's accounts – who is invited, what each may do, closing and opening them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.wording import Say, say, say_n
from records import accounts, audit, people, second_factor, tokens
from records.accounts import LastAdministrator
from records.people import EmailTaken, Person
from views import wording
from views.access import Right, requires
from views.mail.accounts import send_link
from views.pages import page, see
from views.security import csrf_token
from views.services import now
from views.staff.account_asked import Asked, Problems, asked_for, choices, of_person
from views.staff.roles import ROLES, forms_in_words, sensitive_in_words

TAKEN = say("Konto z tym adresem już jest na liście. Otwórz je i utwórz nowy link.")
LAST = say("To jedyny administrator, który może się zalogować. Najpierw daj tę rolę komuś innemu, kto ma już hasło.")
DONE: dict[str, Say] = {
    "zapisano": say("Uprawnienia są zapisane i obowiązują od następnego kliknięcia tej osoby."),
    "zamknij": say("Konto jest zamknięte, a osoba wylogowana."),
    "otworz": say("Konto znowu działa. Jeśli hasło jest zapomniane, utwórz nowy link."),
    "wyloguj": say("Osoba jest wylogowana na wszystkich urządzeniach."),
    "skladnik": say("Drugi składnik jest wyłączony. Osoba zaloguje się samym hasłem i może włączyć go od nowa."),
}


@requires(Right.MANAGE_STAFF)
def all_accounts() -> Response:
    """Every account: role, sensitive answers, forms, second factor, state."""
    return page("staff/accounts.html", rows=[_row(each) for each in people.everyone()], new_url=url_for("staff.invite"))


@requires(Right.MANAGE_STAFF)
def invite() -> Response:
    """A new account; the link with which the person sets a password is shown once, and sent where there is mail."""
    if request.method == "GET":
        return _invitation(Asked())
    asked, problems = asked_for(request.form, new=True)
    if problems:
        return _invitation(asked, problems)
    try:
        person, token = accounts.invite(asked.name, asked.email, *asked.rights, now(), _actor())
    except EmailTaken:
        return _invitation(asked, [("#email", TAKEN)])
    return _link(person, token)


@requires(Right.MANAGE_STAFF)
def one_account(person_id: int) -> Response:
    """One account, and on sending the form what it may do from now on."""
    person = _person(person_id)
    if request.method == "GET":
        return _account(person, of_person(person))
    asked, problems = asked_for(request.form, kept=person.forms)
    asked = replace(asked, name=person.name, email=person.email)
    if problems:
        return _account(person, asked, problems)
    try:
        accounts.change(person, *asked.rights, now(), _actor())
    except LastAdministrator:
        return _account(person, asked, [("#role", LAST)])
    return see(url_for("staff.one_account", person_id=person.id, zrobiono="zapisano"))


@requires(Right.MANAGE_STAFF)
def account_act(person_id: int) -> Response:
    """What a button of the page does: a new link, closing, opening, signing out, the second factor."""
    person, action = _person(person_id), request.form.get("akcja", "")
    if action == "link" and person.active:
        return _link(person, accounts.link(person, now(), _actor()))
    try:
        if action in ("zamknij", "otworz"):
            accounts.close(person, action == "zamknij", now(), _actor())
        elif action == "wyloguj":
            accounts.sign_out_everywhere(person, now(), _actor())
        elif action == "skladnik":
            second_factor.turn_off(person, now(), _actor())
        else:
            abort(404)
    except LastAdministrator:
        return _account(person, of_person(person), [("#zamknij", LAST)])
    return see(url_for("staff.one_account", person_id=person.id, zrobiono=action))


def _person(person_id: int) -> Person:
    return people.get(person_id) or abort(404)


def _actor() -> str:
    return audit.staff(g.person.id)


def _row(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "url": url_for("staff.one_account", person_id=person.id),
        "role": str(ROLES[person.role]),
        "sensitive": sensitive_in_words(person),
        "forms": forms_in_words(person),
        "two_factor": str(say("tak") if person.two_factor else say("nie")),
        "state": _state(person),
    }


def _state(person: Person) -> dict[str, str]:
    if not person.active:
        return {"text": str(say("zamknięte")), "kind": "bad"}
    if not person.has_password:
        return {"text": str(say("zaproszone")), "kind": "warning"}
    return {"text": str(say("działa")), "kind": "good"}


def _keys(person: Person) -> str:
    """What goes with the account: programs that read by the keys which the person has made; "" without any."""
    n = tokens.kept_by(person.id, now())
    text = say_n(
        "Razem z kontem, a także po zmianie roli, przestanie działać {n} klucz API, który utworzyła ta osoba.",
        "Razem z kontem, a także po zmianie roli, przestanie działać {n} kluczy API, które utworzyła ta osoba.",
        n,
    )
    return str(text) if n else ""


def _link(person: Person, token: str) -> Response:
    return page(
        "staff/account_link.html",
        name=person.name,
        email=person.email,
        link=url_for("staff.invitation", token=token, _external=True),
        sent=send_link(person),
        crumbs=_crumbs(say("Link do konta")),
        back_url=url_for("staff.all_accounts"),
    )


def _invitation(asked: Asked, problems: Problems | None = None) -> Response:
    return page("staff/account_new.html", **_form(asked, problems), action=url_for("staff.invite"))


def _account(person: Person, asked: Asked, problems: Problems | None = None) -> Response:
    done = DONE.get(request.args.get("zrobiono", ""))
    return page(
        "staff/account_one.html",
        **_form(asked, problems),
        action=url_for("staff.one_account", person_id=person.id),
        act_url=url_for("staff.account_act", person_id=person.id),
        log_url=url_for("staff.journal", kto=person.id),
        active=person.active,
        keys_text=_keys(person),
        keys_url=url_for("staff.api_keys"),
        two_factor=person.two_factor,
        state=_state(person),
        done=str(done) if done else "",
    )


def _form(asked: Asked, problems: Problems | None) -> dict[str, Any]:
    told = [(href, str(what)) for href, what in problems or ()]
    return {
        "status": 422 if told else 200,
        "crumbs": _crumbs(say("Nowe konto") if asked.new else say("Konto")),
        "asked": asked,
        **choices(asked),
        "problems": told,
        "problems_title": wording.problems_title(len(told)),
        "errors": dict(told),
        "csrf": csrf_token(),
    }


def _crumbs(last: Say) -> list[dict[str, str]]:
    return [{"title": str(say("Konta")), "url": url_for("staff.all_accounts")}, {"title": str(last), "url": ""}]

"""Signing in and out, and the one-time link with which a member of staff sets a password."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, g, request, session, url_for
from flask_wtf import FlaskForm

from forms.wording import Say, say
from records import accounts, people
from views import wording
from views.access import local_path, open_to_all
from views.pages import page, see
from views.security import csrf_token
from views.services import now
from views.staff import tries
from views.staff.entering import TOO_MANY, enter
from views.staff.forms_wtf import PASSWORD_RULES, SetPassword, SignIn

WRONG = say("Adres e-mail albo hasło się nie zgadza. Sprawdź oba i spróbuj ponownie.")


@open_to_all
def sign_in() -> Response:
    """The form to sign in; the same words whether the address or the password was wrong."""
    form = SignIn()
    target = local_path(form.next.data or request.args.get("next", "")) or url_for("staff.today")
    if request.method == "GET":
        return see(target) if g.person else _sign_in_page(form, target)
    address, email = request.remote_addr or "", form.email.data or ""
    if tries.too_many(address, email):
        return _sign_in_page(form, target, [("#password", TOO_MANY)], 429)
    if not form.validate():
        return _sign_in_page(form, target, _problems(form), 422)
    person = people.check(email, form.password.data)
    if person is None:
        tries.failed(address, email)
        accounts.not_signed_in(email, now())
        return _sign_in_page(form, target, [("#password", WRONG)], 422)
    return enter(person, target)


@open_to_all
def sign_out() -> Response:
    """Ends the session."""
    session.clear()
    return see(url_for("staff.sign_in"))


@open_to_all
def invitation(token: str) -> Response:
    """Sets a password and signs in, once. Opening the page does not use the link up: mail scanners open links too."""
    person = people.whose_link(token)
    if person is None:
        return _used_up()
    form = SetPassword()
    if request.method == "POST" and form.validate():
        used_by = people.use_link(token)
        if used_by is None:
            return _used_up()
        return enter(accounts.set_password(used_by, form.password.data, now()), url_for("staff.today"))
    problems = _problems(form)
    return page(
        "staff/set_password.html",
        status=422 if problems else 200,
        person={"name": person.name, "email": person.email},
        action=request.path,
        csrf=csrf_token(),
        rules=str(PASSWORD_RULES),
        problems_title=wording.problems_title(len(problems)),
        problems=problems,
        error=problems[0][1] if problems else "",
    )


def _problems(form: FlaskForm) -> list[tuple[str, str]]:
    return [(f"#{name}", str(error)) for name, errors in form.errors.items() for error in errors]


def _sign_in_page(
    form: SignIn, target: str, problems: Sequence[tuple[str, object]] = (), status: int = 200
) -> Response:
    found = [(href, str(what)) for href, what in problems]
    return page(
        "staff/sign_in.html",
        status=status,
        action=url_for("staff.sign_in"),
        csrf=csrf_token(),
        next_url=target,
        email=form.email.data or "",
        problems_title=wording.problems_title(len(found)),
        problems=found,
    )


def _used_up() -> Response:
    next_steps: list[Say] = [
        say("Jeśli masz już hasło, zaloguj się."),
        say("Jeśli nie, poproś osobę, która zarządza kontami, o nowy link."),
    ]
    return page(
        "errors/error.html",
        status=410,
        title=str(say("Ten link już nie działa")),
        text=str(say("Link do ustawienia hasła działa raz i przez 24 godziny.")),
        next=[str(each) for each in next_steps],
        reference="",
        sign_in_url=url_for("staff.sign_in"),
        retry_url="",
        find_url="",
        home_url=url_for("public.forms"),
    )

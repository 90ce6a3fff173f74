"""A member of staff's own account: what it may do, its password, and the end of all its sessions."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, g, request, url_for

from forms.wording import Say, say
from records import accounts, audit, people
from views import wording
from views.access import Right, let_in, requires
from views.pages import page, see
from views.security import csrf_token
from views.services import now
from views.staff import tries
from views.staff.entering import TOO_MANY
from views.staff.forms_wtf import PASSWORD_RULES, SetPassword
from views.staff.roles import ROLES, forms_in_words, sensitive_in_words

NOT_IT = say("To nie jest Twoje obecne hasło. Sprawdź je i wpisz jeszcze raz.")
DONE = {
    "haslo": say("Hasło jest zmienione. Inne urządzenia zostały wylogowane."),
    "wylogowano": say("Wszystkie inne urządzenia są wylogowane."),
    "wylaczono": say("Drugi składnik jest wyłączony, a kody zapasowe już nie działają."),
}
Problems = Sequence[tuple[str, object]]


@requires(Right.OWN_ACCOUNT)
def own_account() -> Response:
    """Who I am here, what I may do, and what I can change."""
    return _page()


@requires(Right.OWN_ACCOUNT)
def own_password() -> Response:
    """Sets a new password for who knows the old one; every other session of theirs ends."""
    form, proof = SetPassword(), proved("obecne")
    if proof is not None:
        return _page([proof], 429 if proof[1] is TOO_MANY else 422)
    if not form.validate():
        return _page([(f"#{name}", errors[0]) for name, errors in form.errors.items()], 422)
    let_in(accounts.set_password(g.person, form.password.data, now()))
    return see(url_for("staff.own_account", zrobiono="haslo"))


@requires(Right.OWN_ACCOUNT)
def own_sign_out() -> Response:
    """Ends every session but this one."""
    let_in(accounts.sign_out_everywhere(g.person, now(), audit.staff(g.person.id)))
    return see(url_for("staff.own_account", zrobiono="wylogowano"))


def proved(field: str) -> tuple[str, Say] | None:
    """None when the password sent in `field` is that of who is signed in, else where and what is wrong. Tries count."""
    address = request.remote_addr or ""
    if tries.too_many(address, g.person.email):
        return f"#{field}", TOO_MANY
    if people.proves(g.person, request.form.get(field, "")[:1000]):
        return None
    tries.failed(address, g.person.email)
    return f"#{field}", NOT_IT


def _page(problems: Problems = (), status: int = 200) -> Response:
    person = g.person
    told = [(href, str(what)) for href, what in problems]
    done = DONE.get(request.args.get("zrobiono", ""))
    return page(
        "staff/own_account.html",
        status=status,
        facts=[
            {"label": str(say("Imię i nazwisko")), "text": person.name},
            {"label": str(say("Adres e-mail")), "text": person.email},
            {"label": str(say("Rola")), "text": str(ROLES[person.role])},
            {"label": str(say("Odpowiedzi wrażliwe")), "text": sensitive_in_words(person)},
            {"label": str(say("Formularze")), "text": forms_in_words(person)},
        ],
        done=str(done) if done else "",
        email=person.email,
        rules=str(PASSWORD_RULES),
        problems=told,
        problems_title=wording.problems_title(len(told)),
        errors=dict(told),
        two_factor=person.two_factor,
        password_url=url_for("staff.own_password"),
        sign_out_everywhere_url=url_for("staff.own_sign_out"),
        two_factor_url=url_for("staff.two_factor"),
        csrf=csrf_token(),
    )

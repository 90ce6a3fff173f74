"""The way in once the password is right: straight on, or through a second page that asks for the code."""

from __future__ import annotations

from typing import NamedTuple

from flask import Response, request, session, url_for

from forms.wording import Say, say
from records import accounts, people, second_factor
from records.people import Person
from views import wording
from views.access import let_in, local_path, open_to_all
from views.pages import page, see
from views.security import csrf_token
from views.services import now, services
from views.staff import tries
from views.staff.forms_wtf import SecondStep

HALF = "half"  # in the session: who has proved the password, and not the rest
HALF_LASTS = 10 * 60  # seconds
WRONG = say(
    "Ten kod jest zły albo był już użyty. Poczekaj na następny kod w aplikacji, "
    "sprawdź, czy zegar telefonu ustawia się sam, albo wpisz kod zapasowy."
)
TOO_MANY = say("Za dużo nieudanych prób. Odczekaj minutę i spróbuj ponownie; jeśli to nie pomoże, spróbuj za godzinę.")


class _Half(NamedTuple):
    person: Person
    target: str


def enter(person: Person, target: str) -> Response:
    """Lets in who has proved the password, on to `target`; who has a second factor proves that first."""
    if not person.two_factor:
        let_in(person)
        accounts.signed_in(person, now())
        return see(target)
    session[HALF] = [person.id, person.session_epoch, int(now().timestamp()), target]
    return see(url_for("staff.second_step"))


@open_to_all
def second_step() -> Response:
    """Asks for the code of the application, or for a recovery code."""
    half = _half()
    if half is None:
        return see(url_for("staff.sign_in"))
    form = SecondStep()
    if request.method == "GET":
        return _page()
    address, account = request.remote_addr or "", f"code:{half.person.id}"
    if tries.too_many(address, account):
        return _page(TOO_MANY, 429)
    if not form.validate():
        return _page(form.code.errors[0], 422)
    if not second_factor.check(half.person, services().settings.secret_key, form.code.data, now()):
        tries.failed(address, account)
        accounts.not_signed_in(half.person.email, now(), step="code")
        return _page(WRONG, 422)
    let_in(half.person)
    accounts.signed_in(half.person, now())
    return see(half.target)


def _half() -> _Half | None:
    kept = session.get(HALF)
    if kept is None:
        return None
    person_id, epoch, since, target = kept
    person = people.get(person_id)
    fresh = now().timestamp() - since < HALF_LASTS
    if person is None or not person.active or person.session_epoch != epoch or not person.two_factor or not fresh:
        session.pop(HALF)
        return None
    return _Half(person, local_path(target) or url_for("staff.today"))


def _page(problem: object | Say = "", status: int = 200) -> Response:
    problems = [("#code", str(problem))] if problem else []
    return page(
        "staff/second_step.html",
        status=status,
        action=url_for("staff.second_step"),
        back_url=url_for("staff.sign_in"),
        csrf=csrf_token(),
        error=str(problem),
        problems_title=wording.problems_title(len(problems)),
        problems=problems,
    )

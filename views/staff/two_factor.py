"""The second factor of one's own account: set up with a QR code, recovery codes shown once, turned off."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request, session, url_for

from forms.wording import Say, say, say_n
from records import audit, people, second_factor
from views import qr, wording
from views.access import Right, let_in, requires, wants_two_factor
from views.pages import page, see
from views.security import csrf_token
from views.services import now, services
from views.staff.own import proved

SEED = "totp"  # in the session: what the secret being set up is made from; of no use without the office's key
ON, CODES, OFF = "wlacz", "kody", "wylacz"
Problem = tuple[str, Say]
TURNED_ON = say("Drugi składnik jest włączony. Inne urządzenia zostały wylogowane.")
RENEWED = say("Dotychczasowe kody zapasowe już nie działają. To są nowe.")
WRONG = say(
    "Ten kod się nie zgadza. Wpisz kod, który aplikacja pokazuje teraz; jeśli to nie pomaga, włącz w telefonie "
    "automatyczne ustawianie czasu."
)


@requires(Right.OWN_ACCOUNT)
def two_factor() -> Response:
    """Turns the second factor on, gives new recovery codes, turns it off; each only with the password."""
    if request.method == "GET":
        return _managing() if g.person.two_factor else _setting_up()
    step = request.form.get("krok", "")
    if step not in ((CODES, OFF) if g.person.two_factor else (ON,)):
        return see(url_for("staff.two_factor"))  # done meanwhile in another window
    problem = proved("haslo")
    if step == ON:
        return _turn_on(problem)
    if problem is not None:
        return _managing(problem)
    if step == CODES:
        return _codes(second_factor.new_codes(g.person, services().settings.secret_key, now()), RENEWED)
    let_in(second_factor.turn_off(g.person, now(), audit.staff(g.person.id)))
    return see(url_for("staff.own_account", zrobiono="wylaczono"))


def _turn_on(problem: Problem | None) -> Response:
    if problem is not None or SEED not in session:
        return _setting_up(problem)
    key, code = services().settings.secret_key, request.form.get("kod", "")[:20]
    codes = second_factor.turn_on(g.person, session[SEED], key, code, now())
    if codes is None:
        return _setting_up(("#kod", WRONG))
    let_in(people.known(g.person.id))
    return _codes(codes, TURNED_ON)


def _setting_up(problem: Problem | None = None) -> Response:
    """The secret as a QR code and in letters; the same until it is used, so that a mistyped code spoils nothing."""
    seed = session.setdefault(SEED, second_factor.fresh())
    key = services().settings.secret_key
    address = second_factor.address(seed, key, g.person.email, str(services().site["name"]))
    letters = second_factor.secret(seed, key)
    return page(
        "staff/two_factor_on.html",
        **_shared(problem),
        must=wants_two_factor(g.person),
        step=ON,
        qr=qr.inline(address, scale=5, border=4, light="#fff", dark="#000"),
        letters=" ".join(letters[at : at + 4] for at in range(0, len(letters), 4)),
    )


def _managing(problem: Problem | None = None) -> Response:
    left = second_factor.codes_left(g.person)
    return page(
        "staff/two_factor.html",
        **_shared(problem),
        must=wants_two_factor(g.person),
        codes_step=CODES,
        off_step=OFF,
        few=left <= second_factor.FEW,
        codes_text=str(say_n("Został {n} kod zapasowy.", "Zostało {n} kodów zapasowych.", left)),
    )


def _codes(codes: list[str], done: Say) -> Response:
    """The recovery codes, this once; they are stored as hashes only."""
    return page("staff/recovery_codes.html", done=str(done), codes=codes, next_url=url_for("staff.own_account"))


def _shared(problem: Problem | None) -> dict[str, Any]:
    problems = [(problem[0], str(problem[1]))] if problem else []
    return {
        "status": 422 if problem else 200,
        "action": url_for("staff.two_factor"),
        "back_url": url_for("staff.own_account"),
        "problems": problems,
        "problems_title": wording.problems_title(len(problems)),
        "errors": dict(problems),
        "csrf": csrf_token(),
    }

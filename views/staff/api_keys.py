"""For administrators: the keys by which other programs read through the API – making one, seeing them, revoking them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.polish import sort_key
from forms.spans import WARSAW
from forms.wording import Say, say, say_n, short_date
from records import people, tokens
from records.tokens import LONGEST_NAME, Token
from views import wording
from views.access import Right, may, requires
from views.pages import page, see
from views.security import csrf_token
from views.services import now, services
from views.staff.roles import title_of

ALL, SOME = "wszystkie", "wybrane"
LASTS = {"30": say("miesiąc"), "90": say("trzy miesiące"), "365": say("rok")}
NO_NAME = say("Wpisz nazwę: jaki program i czyj, na przykład Power BI, wydział rozwoju.")
TOO_LONG = say_n(
    "Skróć nazwę: może mieć najwyżej {n} znak.", "Skróć nazwę: może mieć najwyżej {n} znaków.", LONGEST_NAME
)
NO_FORM = say("Zaznacz co najmniej jeden formularz albo wybierz wszystkie.")
Problems = Sequence[tuple[str, Say]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A key as the form has it; `forms` counts only where `scope` is SOME."""

    name: str = ""
    scope: str = SOME
    forms: frozenset[str] = frozenset()
    sensitive: bool = False
    days: str = "90"

    def problems(self) -> Problems:
        """What is wrong with it, as (link to the field, words)."""
        found = []
        if not self.name:
            found.append(("#nazwa", NO_NAME))
        if len(self.name) > LONGEST_NAME:
            found.append(("#nazwa", TOO_LONG))
        if self.scope not in (ALL, SOME) or (self.scope == SOME and not self.forms):
            found.append(("#zakres", NO_FORM))
        return found


@requires(Right.MANAGE_STAFF)
def api_keys() -> Response:
    """Every key, and the form for a new one."""
    return _page(Asked())


@requires(Right.MANAGE_STAFF)
def api_key_make() -> Response:
    """A new key, shown this once."""
    sent = request.form
    asked = Asked(
        name=" ".join(sent.get("nazwa", "").split()),
        scope=sent.get("zakres", ""),
        forms=frozenset(sent.getlist("formularz")) & {each.slug for each in services().catalogue.entries()},
        sensitive="wrazliwe" in sent and may(Right.READ_SENSITIVE),
        days=sent.get("dni", "") if sent.get("dni", "") in LASTS else "90",
    )
    if problems := asked.problems():
        return _page(asked, problems)
    ends = now() + timedelta(days=int(asked.days))
    forms = asked.forms if asked.scope == SOME else None
    secret = tokens.make(asked.name, forms, ends, g.person.id, now(), sensitive=asked.sensitive)
    return page(
        "staff/api_key.html",
        crumbs=[{"title": str(say("API")), "url": _here()}, {"title": asked.name, "url": ""}],
        name=asked.name,
        secret=secret,
        until=short_date(ends),
        example=f'curl -H "Authorization: Bearer {secret}" {url_for("api.forms", _external=True)}',
        back_url=_here(),
    )


@requires(Right.MANAGE_STAFF)
def api_key_revoke(token_id: int) -> Response:
    """The key opens nothing any more."""
    if not tokens.revoke(token_id, g.person.id, now()):
        abort(404)
    return see(_here())


def _page(asked: Asked, problems: Problems = ()) -> Response:
    names = {each.id: each.name for each in people.everyone()}
    forms = sorted((title_of(each.slug), each.slug) for each in services().catalogue.entries())
    forms.sort(key=lambda each: sort_key(each[0]))
    return page(
        "staff/api.html",
        status=422 if problems else 200,
        rows=[_row(each, names) for each in tokens.everything()],
        asked={"name": asked.name, "sensitive": asked.sensitive},
        may_sensitive=may(Right.READ_SENSITIVE),
        scopes=[
            {"value": SOME, "text": str(say("Tylko wybrane")), "checked": asked.scope == SOME},
            {"value": ALL, "text": str(say("Wszystkie, także przyszłe")), "checked": asked.scope == ALL},
        ],
        forms=[{"value": slug, "text": title, "checked": slug in asked.forms} for title, slug in forms],
        lasts=[{"value": days, "text": str(text), "checked": days == asked.days} for days, text in LASTS.items()],
        action=url_for("staff.api_key_make"),
        described_url=url_for("api.openapi"),
        csrf=csrf_token(),
        problems=[(href, str(text)) for href, text in problems],
        errors={href: str(text) for href, text in problems},
        problems_title=wording.problems_title(len(problems)),
    )


def _row(token: Token, names: dict[int, str]) -> dict[str, Any]:
    forms = say("wszystkie") if token.forms is None else ", ".join(map(title_of, sorted(token.forms)))
    return {
        "name": token.name,
        "forms": str(forms),
        "sensitive": str(say("tak") if token.sensitive else say("nie")),
        "made": str(
            say("{date}, {name}", date=short_date(token.created_at.astimezone(WARSAW)), name=names[token.created_by])
        ),
        "used": wording.local(token.last_used_at) if token.last_used_at else str(say("jeszcze nie")),
        "state": _state(token),
        "revoke_url": url_for("staff.api_key_revoke", token_id=token.id) if token.revivable(now()) else "",
    }


def _state(token: Token) -> dict[str, str]:
    if token.revoked_at is not None:
        return {"text": str(say("unieważniony")), "kind": "bad"}
    until = short_date(token.expires_at.astimezone(WARSAW))
    if not token.revivable(now()):
        return {"text": str(say("wygasł {date}", date=until)), "kind": "plain"}
    if not token.good(now()):
        return {"text": str(say("nie działa: konto twórcy jest zamknięte albo ma inną rolę")), "kind": "bad"}
    return {"text": str(say("działa do {date}", date=until)), "kind": "good"}


def _here() -> str:
    return url_for("staff.api_keys")

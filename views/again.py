"""What was typed comes back: a form sent after the session ended, or with an expired token, waits on a page to be sent again."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Response, request

from forms.wording import Say, say
from views.pages import answer, page, wants_part
from views.security import csrf_token
from views.services import services

SECRETS = frozenset({"password", "haslo", "obecne", "kod", "code"})  # fields that are never given back
LONGEST = 4_000  # characters of a text shown to be copied

SIGNED_OUT = (
    say("Sesja się skończyła"),
    say("Nic nie zostało zapisane, ale to, co wpisano, jest na tej stronie. Nie zamykaj jej."),
    (
        say("Zaloguj się w nowej karcie."),
        say("Wróć tutaj i naciśnij „Wyślij jeszcze raz”. Jeśli ta strona pokaże się ponownie, naciśnij drugi raz."),
    ),
)
EXPIRED = (
    say("Ta strona była otwarta zbyt długo"),
    say("Nic nie zostało zapisane, ale to, co wpisano, jest na tej stronie."),
    (say("Naciśnij „Wyślij jeszcze raz”."),),
)


def signed_out(sign_in_url: str) -> Response | None:
    """For who sends a form after the session ended: the way to sign in, and all that was sent; None where it was nothing.

    For a change that a page sends by itself no more than that it was refused: the page with all that is typed stays.
    """
    if not _ours():
        return None
    return answer("", 403) if wants_part() else _page(403, SIGNED_OUT, sign_in_url)


def expired() -> Response | None:
    """For who sends a form with a token that is no good any more: all that was sent; None where it was nothing."""
    return _page(400, EXPIRED, "") if _ours() and not wants_part() else None


def _ours() -> bool:
    """Whether somebody sent something, from a page of this site: what another site makes a browser send is not offered."""
    if request.method != "POST" or not any(_typed()):
        return False
    if not SECRETS.isdisjoint(request.form):
        return False
    origin = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "").netloc
    return origin in (request.host, urlsplit(services().settings.base_url).netloc)


def _typed() -> Iterator[tuple[str, str]]:
    for name, texts in request.form.lists():
        if name != "csrf_token":  # which gets a fresh value
            yield from ((name, text) for text in texts)


def _page(status: int, words: tuple[Say, Say, tuple[Say, ...]], sign_in_url: str) -> Response:
    title, text, steps = words
    files = any(file.filename for file in request.files.values())
    return page(
        "errors/again.html",
        status=status,
        title=str(title),
        text=str(text),
        steps=[str(each) for each in steps],
        files=files,
        sign_in_url=sign_in_url,
        action=request.full_path.rstrip("?"),
        fields=[{"name": name, "value": value} for name, value in _typed()],
        texts=[value[:LONGEST] for name, value in _typed() if len(value.split()) > 1 and not name.startswith("_")],
        csrf=csrf_token(),
    )

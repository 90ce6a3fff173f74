"""What every response carries so that browsers keep it safe, and the secret-free session cookie."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import js_lib_htmx
from flask import Flask, Response, current_app, g, request, send_from_directory, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect
from itsdangerous import BadData
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings
from views.signing import Sealed

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
COOKIE = "nabor"
READING = frozenset({"GET", "HEAD", "OPTIONS"})  # changes nothing
FORM_LASTS = 24 * 60 * 60  # seconds for which a page of ours may be sent
HTMX = Path(js_lib_htmx.__file__).parent / "static" / "htmx"


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions in a signed cookie, as plain JSON; what signs them is made once, not for each request."""

    def __init__(self, secret: str, *, secure: bool) -> None:
        self._sealed = Sealed(secret, "session")
        self._attributes = f"; {'Secure; ' if secure else ''}HttpOnly; Path=/; SameSite=Lax"

    def get_signing_serializer(self, app: Flask) -> Sealed:  # type: ignore[override]
        """What signs with this application's one secret."""
        return self._sealed

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """As Flask's, which asks for each of the cookie's attributes anew; ours are those of `protect`, and no others."""
        if not session:  # nothing to keep: perhaps a cookie to take back
            super().save_session(app, session, response)
            return
        if session.accessed:
            response.vary.add("Cookie")
        if session.modified:
            response.headers.add("Set-Cookie", f"{COOKIE}={self._sealed.dumps(dict(session))}{self._attributes}")


class Csrf(CSRFProtect):
    """Flask-WTF's protection, with tokens of our own: theirs are signed by a signer made anew for each."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._sealed = Sealed(secret, "csrf")

    def init_app(self, app: Flask) -> None:
        """As Flask-WTF's; templates get our `csrf_token`."""
        super().init_app(app)
        app.context_processor(lambda: {"csrf_token": self.token})

    def token(self) -> str:
        """The token for the forms of this page."""
        if "csrf_token" not in g:
            if "csrf_token" not in session:
                session["csrf_token"] = secrets.token_hex(20)
            g.csrf_token = self._sealed.dumps(session["csrf_token"])
        return cast(str, g.csrf_token)

    def protect(self, apply_exemptions: bool = False) -> None:
        """Lets reading and a good token through; whatever else comes is judged, and refused, by Flask-WTF."""
        if request.method in READING:
            return
        if request.method == "POST" and self._good(self._get_csrf_token() or ""):
            g.csrf_valid = True
        else:
            super().protect(apply_exemptions)

    def _good(self, token: str) -> bool:
        try:
            sent = self._sealed.loads(token, FORM_LASTS)
        except (BadData, ValueError):
            return False
        kept = session.get("csrf_token")
        return kept is not None and hmac.compare_digest(kept, sent)


def csrf_token() -> str:
    """The token that every form of a page sends back."""
    return cast(Csrf, current_app.extensions["csrf"]).token()


def protect(app: Flask, settings: Settings) -> None:
    """Headers on every response, cookies that scripts and other sites cannot use, addresses behind our own proxies."""
    secure = settings.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        MAX_CONTENT_LENGTH=settings.max_upload,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        MAX_FORM_PARTS=5_000,
        WTF_CSRF_TIME_LIMIT=FORM_LASTS,
        WTF_CSRF_SSL_STRICT=False,
        SEND_FILE_MAX_AGE_DEFAULT=24 * 60 * 60,
    )
    app.session_interface = Sessions(settings.secret_key, secure=secure)
    extra = {"Strict-Transport-Security": "max-age=31536000"} if secure else {}
    headers = tuple({**HEADERS, **extra}.items())

    inner = app.wsgi_app

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, found: list[tuple[str, str]], exc_info: Any = None) -> Any:
            own = {name for name, _ in found}
            return start_response(status, [*found, *(each for each in headers if each[0] not in own)], exc_info)

        return inner(environ, start)

    app.wsgi_app = guarded  # type: ignore[method-assign]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies, settings.proxies, settings.proxies)  # type: ignore[method-assign]

    @app.get("/vendor/<path:filename>", endpoint="vendor")
    def vendor(filename: str) -> Response:
        """Front-end files of installed packages, where the server in front does not serve them itself."""
        return send_from_directory(HTMX, filename)

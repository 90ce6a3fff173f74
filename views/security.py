"""What every response carries so that browsers keep it safe, and the secret-free session cookie."""

from __future__ import annotations

from pathlib import Path

import js_lib_htmx
from flask import Flask, Response, send_from_directory
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings

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
HTMX = Path(js_lib_htmx.__file__).parent / "static" / "htmx"


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions in a signed cookie; what signs them is made once, not for each request."""

    def __init__(self) -> None:
        self._signing: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of this application's one secret."""
        if self._signing is None:
            self._signing = super().get_signing_serializer(app)
        return self._signing


def protect(app: Flask, settings: Settings) -> None:
    """Headers on every response, cookies that scripts and other sites cannot use, addresses behind our own proxies."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="nabor",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        MAX_CONTENT_LENGTH=settings.max_upload,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        MAX_FORM_PARTS=5_000,
        WTF_CSRF_TIME_LIMIT=24 * 60 * 60,
        WTF_CSRF_SSL_STRICT=False,
        SEND_FILE_MAX_AGE_DEFAULT=24 * 60 * 60,
    )
    app.session_interface = Sessions()
    extra = {"Strict-Transport-Security": "max-age=31536000"} if settings.base_url.startswith("https://") else {}
    headers = tuple({**HEADERS, **extra}.items())

    @app.after_request
    def add_headers(response: Response) -> Response:
        own = response.headers
        for name, value in headers:
            if name not in own:
                own.add(name, value)
        return response

    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies, settings.proxies, settings.proxies)  # type: ignore[method-assign]

    @app.get("/vendor/<path:filename>", endpoint="vendor")
    def vendor(filename: str) -> Response:
        """Front-end files of installed packages, where the server in front does not serve them itself."""
        return send_from_directory(HTMX, filename)

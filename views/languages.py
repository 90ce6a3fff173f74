"""Which language a request speaks, and what every page is given."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, session, url_for
from flask_babel import Babel

from config.settings import ROOT
from forms.wording import language
from views import wording
from views.services import services

NAMES = {"pl": "Polski", "en": "English"}


def speak(app: Flask) -> None:
    """Every request speaks the reader's language; templates get what all pages need."""
    app.config.update(BABEL_DEFAULT_LOCALE="pl", BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"))
    Babel(app, locale_selector=language.get)

    @app.before_request
    def choose() -> None:
        language.set(session.get("language", services().settings.languages[0]))

    @app.context_processor
    def common() -> dict[str, Any]:
        return {
            "lang": language.get(),
            "languages": language_links(request.full_path.rstrip("?") if request.method == "GET" else request.path),
            "site": site(),
            "home_url": url_for("public.forms"),
            "htmx_url": url_for("vendor", filename="htmx.min.js"),
            "asset": asset,
        }


def language_links(path: str) -> list[tuple[str, str, str]]:
    """(code, name, url) of each language of the service, each link coming back to this page."""
    codes = services().settings.languages
    return [(code, NAMES[code], url_for("public.choose_language", code=code, na=path)) for code in codes]


def site() -> dict[str, Any]:
    """What the office says of itself on every page."""
    own = services().site
    pages = [
        {"title": each["title"], "url": url_for("public.text", slug=each["slug"])} for each in own.get("pages", [])
    ]
    names = ("name", "short_name", "team", "office", "about", "funding")
    return {**{name: own.get(name) for name in names}, "contact": wording.contact(None), "pages": pages, "logos": []}


@cache
def _stamp(folder: str, filename: str) -> str:
    path = Path(folder) / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""


def asset(filename: str) -> str:
    """The address of a static file, which changes when the file does."""
    folder = current_app.static_folder or ""
    return url_for("static", filename=filename, v=_stamp(folder, filename))

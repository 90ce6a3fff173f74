"""Which language a request speaks, and what every page is given."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, session, url_for
from flask_babel import Babel, gettext, ngettext

from config.settings import ROOT
from forms.definition import Form
from forms.wording import Said, language, say, speaking
from views import wording
from views.logos import logos
from views.markdown import shown, typeset
from views.services import services
from views.site import POLISH

NAMES = {"pl": "Polski", "en": "English"}
ONLY = {"pl": say("Ten formularz jest tylko po polsku."), "en": say("Ten formularz jest tylko po angielsku.")}


def speak(app: Flask) -> None:
    """Every request speaks the reader's language; templates get what all pages need."""
    app.config.update(BABEL_DEFAULT_LOCALE="pl", BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"))
    Babel(app, locale_selector=language.get)
    app.jinja_env.finalize = shown
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # comes with Jinja's extension i18n
        lambda text: typeset(gettext(text)), lambda one, many, n: typeset(ngettext(one, many, n)), newstyle=True
    )

    @app.url_value_preprocessor
    def choose(endpoint: str | None, values: dict[str, Any] | None) -> None:
        # The first thing of every request: the hooks of blueprints may already have to say something.
        language.set(session.get("language", services().settings.languages[0]))

    @app.context_processor
    def common() -> dict[str, Any]:
        return {
            "lang": language.get(),
            "regret": _regret(unspoken(), language.get()),
            "languages": language_links(request.full_path.rstrip("?") if request.method == "GET" else request.path),
            "site": site(),
            "polish": POLISH if language.get() != "pl" else "",
            "home_url": url_for("public.forms"),
            "htmx_url": url_for("vendor", filename="htmx.min.js"),
            "asset": asset,
        }


def speak_as(code: str) -> None:
    """Speaks the language of a response to whoever comes by its link and has not chosen one in this browser."""
    if "language" not in session and code in services().settings.languages:
        language.set(code)


def speak_for(form: Form) -> None:
    """Where a form does not speak the reader's language its pages speak its own first one, and say so in the reader's."""
    wanted = language.get()
    if wanted not in form.languages:
        g.unspoken = wanted
        language.set(form.languages[0])


def unspoken() -> str:
    """The reader's language where the page cannot be had in it, else ""."""
    return str(g.get("unspoken", ""))


def _regret(wanted: str, spoken: str) -> dict[str, str] | None:
    """What to say to a reader whose language (`wanted`) the page does not speak, in that language; None without one."""
    if not wanted:
        return None
    with speaking(wanted):
        return {"lang": wanted, "text": str(ONLY[spoken])}


def language_links(path: str) -> list[tuple[str, str, str]]:
    """(code, name, url) of each language of the service, each link coming back to this page."""
    codes = services().settings.languages
    return [(code, NAMES[code], url_for("public.choose_language", code=code, na=path)) for code in codes]


def site() -> dict[str, Any]:
    """What the office says of itself on every page."""
    own = services().site.told()
    pages = [
        {"title": Said(each["title"]), "url": url_for("public.text", slug=each["slug"])}
        for each in own.get("pages", [])
    ]
    names = ("name", "short_name", "team", "office", "about", "funding")
    return {
        **{name: Said(own.get(name) or "") for name in names},
        "contact": wording.contact(None),
        "foreign": services().site.foreign,
        "pages": pages,
        "logos": logos(),
    }


@cache
def _stamp(folder: str, filename: str) -> str:
    path = Path(folder) / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""


def asset(filename: str) -> str:
    """The address of a static file, which changes when the file does."""
    folder = current_app.static_folder or ""
    return url_for("static", filename=filename, v=_stamp(folder, filename))

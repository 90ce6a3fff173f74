"""What is said at a question whose answer does not pass, and what helps to mend it."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from flask import current_app
from markupsafe import Markup, escape

from forms.judging import Failure
from forms.types.gmina import NOT_ENTITLED
from forms.wording import language, say
from views import audience
from views.markdown import typographic


def message(failure: Failure, why: str = "") -> Markup:
    """What is wrong at a field; a warning brings the place for an explanation."""
    if failure.level == "error":
        said = _error(failure.text, language.get())
        if failure.proposal:
            return said + _offer(failure.proposal)
        return said + audience.way_out() if failure.code == NOT_ENTITLED else said
    text = typographic(failure.text)
    template = current_app.jinja_env.get_template("_warning.html")
    return Markup(template.render(text=text, key=failure.key, id=f"why-{crc32(failure.key.encode()):x}", why=why))


@lru_cache(maxsize=2048)
def _error(text: str, lang: str) -> Markup:
    """The same words are said to many, so they are drawn once."""
    spoken = escape(say("Błąd:"))
    return Markup(f'<p class="error"><span class="visually-hidden">{spoken}</span> {escape(typographic(text))}</p>')


def _offer(proposal: str) -> Markup:
    """A button that takes over what was probably meant; shown where there is a script to do it."""
    html = '<p class="offer"><button class="button button--second button--small" type="button" data-take="{}" hidden>{}</button></p>'
    return Markup(html).format(proposal, typographic(str(say("Tak, wpisz: {proposal}", proposal=proposal))))

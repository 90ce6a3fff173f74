"""A page that says one thing and where to go from there: what cannot be done, a link that no longer works, a message on its way."""

from __future__ import annotations

from flask import Response

from forms.wording import Say
from views.pages import page


def tell(title: Say, text: Say, *ways: tuple[Say, str, str], kind: str = "info", status: int = 200) -> Response:
    """The page; `ways` on: (words, address, kind of the button), `kind` that of the notice."""
    return page(
        "public/message.html",
        status=status,
        title=str(title),
        kind=kind,
        text=str(text),
        actions=[{"text": str(words), "url": url, "kind": button} for words, url, button in ways],
    )

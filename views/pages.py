"""Answers to a request: whole pages, the parts that htmx asked for, redirects. The only file that knows HX- headers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Request as FlaskRequest
from flask import Response, current_app, render_template, request
from htmx_flask import request as htmx_request
from htmx_flask.requests import HtmxAwareRequest, HtmxHeaders
from markupsafe import Markup

MOST_TYPED = 2_000_000  # bytes of a form without files; Werkzeug reads all of it at once


class Request(HtmxAwareRequest):
    """htmx-flask's request; the headers of htmx are looked at only where a view asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        FlaskRequest.__init__(self, *args, **kwargs)
        if not self.environ.get("CONTENT_TYPE", "").startswith("multipart/"):
            self.max_content_length = MOST_TYPED  # only what brings files may be as long as `max_upload`

    @cached_property
    def htmx(self) -> HtmxHeaders:
        """What htmx says of its request."""
        return HtmxHeaders(self.headers)


def wants_part() -> bool:
    """Whether htmx asks, so that a part of the page is enough."""
    if "HTTP_HX_REQUEST" not in request.environ:  # to look up a header that is not there costs an exception
        return False
    return bool(htmx_request.htmx) and not htmx_request.htmx.history_restore_request


def trigger() -> str:
    """The id of the element whose change htmx sends, or ""."""
    return htmx_request.htmx.trigger or ""


def page(template: str, *, part: str = "", status: int = 200, shown_url: str = "", **context: Any) -> Response:
    """A page; when htmx asked and there is a part, only that, and `shown_url` becomes the address shown in the browser."""
    in_part = bool(part) and wants_part()
    response = answer(render_template(part if in_part else template, **context), status, switches=bool(part))
    if in_part and shown_url:
        response.headers["HX-Replace-Url"] = shown_url
    return response


def answer(html: str | Markup, status: int = 200, *, switches: bool = False) -> Response:
    """HTML as a response that is never kept by shared caches."""
    response = current_app.response_class(html, status)
    response.headers["Cache-Control"] = "no-store"
    if switches:
        response.vary.add("HX-Request")
    return response


def part(html: str | Markup, *, url: str = "") -> Response:
    """Pieces for htmx to put in place; `url` becomes the address shown in the browser."""
    response = answer(html, switches=True)
    if url:
        response.headers["HX-Replace-Url"] = url
    return response


def see(url: str, *, anchor: str = "") -> Response:
    """The browser goes on to another page (303); for htmx the same by its header."""
    target = url + (f"#{anchor}" if anchor else "")
    if wants_part():
        response = answer("", 200, switches=True)
        response.headers["HX-Redirect"] = target
        return response
    return current_app.response_class("", 303, {"Location": target})


def sent(name: str) -> str:
    """A text of the submitted form, or ""."""
    return request.form.get(name, "")


def written(name: str, most: int) -> str:
    """A text of the submitted form as it is kept, of at most so many characters: a new line counts as one, as in the browser."""
    return request.form.get(name, "").replace("\r\n", "\n").strip()[:most]

"""Calling a WSGI application in this process, as a browser would, with environs prepared beforehand."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import EnvironBuilder

Call = Callable[[], bytes]


class Visitor:
    """One browser's cookies, and requests that carry them."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.cookies: dict[str, str] = {}
        self.location = ""
        self.status = ""

    def environ(self, path: str, form: dict[str, Any] | None = None) -> tuple[dict[str, Any], bytes]:
        """The environ of a GET, or of a POST of the form, and its body."""
        body = urlencode(form, doseq=True).encode() if form is not None else b""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        kind = "application/x-www-form-urlencoded" if form is not None else None
        made = EnvironBuilder(
            path, method="POST" if form is not None else "GET", headers=headers, content_type=kind, data=body or None
        )
        return made.get_environ(), body

    def run(self, prepared: tuple[dict[str, Any], bytes]) -> bytes:
        """One request, answered whole."""
        environ, body = prepared
        answered = self.app({**environ, "wsgi.input": io.BytesIO(body)}, self._start)
        try:
            return b"".join(answered)
        finally:
            if hasattr(answered, "close"):
                answered.close()

    def call(self, path: str, form: dict[str, Any] | None = None, wants: str = "200") -> Call:
        """A request to be made again and again; checked once to be answered as it should."""
        prepared = self.environ(path, form)
        self.run(prepared)
        if not self.status.startswith(wants):
            raise RuntimeError(f"{path}: answered {self.status}, expected {wants}")
        return lambda: self.run(prepared)

    def get(self, path: str) -> str:
        """A page, whose cookies are kept."""
        return self.run(self.environ(path)).decode()

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        self.status = status
        for name, value in headers:
            if name == "Set-Cookie":
                cookie, _, rest = value.partition(";")[0].partition("=")
                self.cookies[cookie] = rest
            elif name == "Location":
                self.location = value
        return lambda piece: None


def hidden(html: str, name: str) -> str:
    """The value of a hidden input of a page."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html)
    if found is None:
        raise RuntimeError(f"no input {name}")
    return found[1]


def raw(prepared: tuple[dict[str, Any], bytes]) -> bytes:
    """The same request as it goes over a connection that stays open."""
    environ, body = prepared
    lines = [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} HTTP/1.1", "Host: localhost"]
    if environ.get("HTTP_COOKIE"):
        lines.append(f"Cookie: {environ['HTTP_COOKIE']}")
    if body:
        lines += [f"Content-Type: {environ['CONTENT_TYPE']}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body

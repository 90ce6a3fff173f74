"""Addresses that every page of a form needs: asked of the routes once; behind a private link the token is put in each time."""

from __future__ import annotations

from functools import lru_cache

from flask import request, url_for

PLACE = "token"


def start(slug: str) -> str:
    """The address of a form's start page."""
    return _start(request.root_path, slug)


@lru_cache(maxsize=1024)
def _start(root: str, slug: str) -> str:
    return url_for("public.start", slug=slug)


def private(endpoint: str, token: str) -> str:
    """The address of a page of the response with this token, as `url_for` gives it."""
    before, after = _around(request.root_path, endpoint)
    return before + token + after


@lru_cache(maxsize=64)
def _around(root: str, endpoint: str) -> tuple[str, str]:
    """What stands before and after the token; `root` is where a proxy has put the application."""
    before, _, after = url_for(endpoint, token=PLACE).rpartition(PLACE)
    return before, after

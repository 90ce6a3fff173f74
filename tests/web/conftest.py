"""People for the tests in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.conftest import Server
from tests.web.person import Person
from tests.web.staff import PASSWORD, flask

WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=640)


@pytest.fixture
def person(page: Page, axe: Callable[[Page], None]) -> Person:
    """A person in front of a wide window."""
    return arrived(page, axe, WIDE)


@pytest.fixture(params=[WIDE, NARROW], ids=["1280", "320"])
def anyone(request: pytest.FixtureRequest, page: Page, axe: Callable[[Page], None]) -> Person:
    """A person in front of a wide window, and one in front of a narrow one (or at 400 % zoom)."""
    return arrived(page, axe, request.param)


def arrived(page: Page, axe: Callable[[Page], None], window: ViewportSize) -> Person:
    """A person whose window has this size; nothing on the page moves, so that colours are what they will be."""
    page.set_viewport_size(window)
    page.emulate_media(reduced_motion="reduce")
    return Person(page, axe)


@pytest.fixture(scope="session")
def link(server: Server) -> str:
    """The sign-in link of a new member of staff, once some people have registered."""
    flask(server, "forms", "fill", "szkolenie", "--count", "4", "--send")
    said = flask(server, "staff", "add", "Beata Kowalska", "beata@urzad.example", "--role", "handler")
    found = re.search(r"http\S+/biuro/zaproszenie/\S+", said)
    assert found is not None
    return found[0]


@pytest.fixture
def handler(anyone: Person, server: Server, link: str) -> Person:
    """Beata, signed in."""
    page = anyone.page
    page.goto(link)
    if page.locator("#password").count():
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
    else:  # the link works once; she has a password by now
        page.goto("/biuro/logowanie")
        page.fill("#email", "beata@urzad.example")
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Dziś")
    return anyone

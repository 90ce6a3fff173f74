"""People for the tests in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.web.person import Person

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

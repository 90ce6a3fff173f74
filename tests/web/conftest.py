"""People for the tests in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.web.person import Person

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture
def person(page: Page, axe: Callable[[Page], None]) -> Person:
    """A person in front of a wide window."""
    page.set_viewport_size(WIDE)
    return Person(page, axe)


@pytest.fixture(params=[WIDE, NARROW], ids=["1280", "320"])
def anyone(request: pytest.FixtureRequest, page: Page, axe: Callable[[Page], None]) -> Person:
    """A person in front of a wide window, and one in front of a narrow one (or at 400 % zoom)."""
    page.set_viewport_size(request.param)
    return Person(page, axe)

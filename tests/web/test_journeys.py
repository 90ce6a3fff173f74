"""Every form of the office, from the list of forms to its number: with the mouse, with the keyboard alone, without scripts.

Every page that comes, and every part that htmx puts in, is asked after barriers; there is no list of exceptions.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import pytest
from playwright.sync_api import Page

from forms.plan import Plan
from forms.plausible.filling import fill
from tests.clocked import DAY
from tests.forms.definitions import CATALOGUE, env
from tests.journeys import as_typed
from tests.web.eyes import NARROW, WATCH, WIDE, Eyes
from tests.web.keys import Keys
from tests.web.plain import Plain
from tests.web.walking import Walker

# The made-up answers that each person gives (a seed for the mouse, the keyboard, the window without scripts): of those that
# are asked most, and none twice, because a gmina may send some forms once.
SEEDS = {
    "ankieta-po-szkoleniu": (1, 3, 2),
    "audyt-dostepnosci": (1, 4, 3),
    "deklaracja": (1, 2, 4),
    "doradztwo": (2, 1, 4),
    "monitoring": (5, 2, 1),
    "pytanie": (2, 3, 4),
    "szkolenie": (2, 3, 4),
    "wizyta-studyjna": (2, 1, 3),
    "wpis-do-wykazu": (1, 5, 2),
}


def answers(slug: str, seed: int) -> Mapping[str, Sequence[str]]:
    """Made-up answers to a form of the office that pass today, as they are typed: name of an input to texts."""
    form = CATALOGUE.get(slug)
    assert form is not None, f"{slug} does not read"
    made = fill(Plan(form), replace(env(), today=DAY.date()), seed)
    return dict(as_typed(form.fields, made.working.answers))


@pytest.fixture
def window(page: Page) -> Page:
    """A wide window that keeps account of what htmx puts in; nothing moves, so that colours are what they will be."""
    page.add_init_script(WATCH)
    page.set_viewport_size(WIDE)
    page.emulate_media(reduced_motion="reduce")
    return page


def by_mouse(page: Page) -> Walker:
    """Somebody who clicks and types."""
    return Walker(page, Eyes(page))


def by_keyboard(page: Page) -> Walker:
    """Somebody who only types."""
    return Keys(page, Eyes(page))


def without_scripts(page: Page) -> Walker:
    """Somebody with a narrow window in which no scripts run."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    page.set_viewport_size(NARROW)
    return Plain(page, Eyes(page, session))


WAYS = (by_mouse, by_keyboard, without_scripts)
# Each form in one way at least, and each way through every kind of question (szkolenie by mouse is test_registration.py): two
# cores go through all of them in minutes of their own (`make journeys`), which is for whoever changes a form, a type of question
# or a component.
OFTEN = {
    *((slug, 0) for slug in ("audyt-dostepnosci", "doradztwo", "pytanie")),
    *((slug, 1) for slug in ("monitoring", "szkolenie", "pytanie")),
    *((slug, 2) for slug in ("ankieta-po-szkoleniu", "deklaracja", "wizyta-studyjna", "wpis-do-wykazu", "pytanie")),
}
EVERY = os.environ.get("JOURNEYS") == "all"


# By form, so that what htmx puts in is asked after once for all ways.
@pytest.mark.parametrize(
    ("slug", "way"),
    [each for each in product(SEEDS, range(len(WAYS))) if EVERY or each in OFTEN],
    ids=lambda each: each if isinstance(each, str) else WAYS[each].__name__,
)
def test_a_form_is_sent(window: Page, slug: str, way: int) -> None:
    assert WAYS[way](window).walk(slug, answers(slug, SEEDS[slug][way]))


def test_every_form_of_the_office_is_gone_through() -> None:
    assert set(SEEDS) == {entry.slug for entry in CATALOGUE.entries() if entry.form}

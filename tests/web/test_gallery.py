"""Every kind of page in the browser: no barriers in light, dark and forced colours, wide and at 320 px."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser

from tests.barriers import assert_no_barriers
from tests.browser import ARGUMENTS, find_or_install
from tests.exhibition import Exhibit, exhibition
from tests.tour import gmina, journeys, private, public, received, staff
from tests.web.gallery import CHANGING, NARROW, WIDE, Gallery, gallery, sideways

JOURNEYS = {"szkolenie", "audyt-dostepnosci"}
# Of all that is kept: every kind of page, once; what else looks like it differs in words only.
SHOWN = re.compile(
    r"lista|f-(szkolenie|miejsca|zamkniety|wkrotce).*|wzory|link.*|strony-.*|biuro.*|wykaz.*|koordynator.*|szkolenie-pusty.*-422|szkolenie-z-wyslane|miejsca-z"
    r"|szkolenie-pelny-z(-krok-uczestnicy|-podsumowanie)?|audyt-dostepnosci-pusty-z-(dalej|krok-oceny-422|podsumowanie)|.*404"
)


# Every component (wzory), and what surrounds them on pages of each kind.
COLOURED = (
    "wzory",
    "lista",
    "f-szkolenie",
    "szkolenie-pusty-z-krok-uczestnicy-422",
    "szkolenie-z-wyslane",
    "biuro",
    "biuro-odpowiedzi",
)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Exhibit]:
    """The pages, each fetched once."""
    with exhibition(tmp_path_factory.mktemp("exhibition")) as office:
        public(office)
        journeys(office, JOURNEYS)
        sent = received(office)
        private(office, sent)
        staff(office, sent)
        gmina(office)
        return office.kept


@pytest.fixture(scope="module")
def shown(browser: Browser, kept: dict[str, Exhibit]) -> Iterator[Gallery]:
    """One window for all pages."""
    with gallery(browser, kept) as made:
        yield made


def barriers(shown: Gallery, rules: Sequence[str] = ()) -> list[str]:
    """What axe says of the page in the window, in one text."""
    try:
        assert_no_barriers(shown.page, rules)
    except AssertionError as told:
        return [str(told)]
    return []


def test_no_page_has_a_barrier_or_is_wider_than_its_window(shown: Gallery, kept: dict[str, Exhibit]) -> None:
    told = []
    for name in (each for each in kept if SHOWN.fullmatch(each) and "druk" not in each):
        shown.show(name)
        told += barriers(shown)
        shown.dress("light", NARROW)
        if wide := sideways(shown.page):
            told.append(f"{name}: {wide}")
    assert not told, "\n".join(told)


@pytest.mark.parametrize("theme", ["dark", "forced"])
def test_every_component_keeps_its_contrast_in_other_colours(shown: Gallery, theme: str) -> None:
    told = []
    for name in COLOURED:
        shown.show(name, theme)
        told += barriers(shown, CHANGING)
    assert not told, "\n".join(told)


def test_letters_twice_as_large_make_no_page_wider_than_its_window(browser: Browser, kept: dict[str, Exhibit]) -> None:
    doubled = (*ARGUMENTS, "--blink-settings=defaultFontSize=32")
    large = browser.browser_type.launch(executable_path=str(find_or_install()), args=list(doubled))
    told = []
    with gallery(large, kept) as shown:
        for name in (each for each in COLOURED if each != "wzory"):
            for width in (WIDE, NARROW):
                shown.show(name, width=width)
                if wide := sideways(shown.page):
                    told.append(f"{name}: {wide}")
    large.close()
    assert not told, "\n".join(told)

"""Every kind of page, in a wide and a narrow window, in light and dark: no barriers, sound, no scrolling sideways."""

from __future__ import annotations

import pytest

from tests.web.person import Person

SOUND = (
    "/",
    "/f/szkolenie",
    "/f/monitoring",
    "/f/szkolenie/druk",
    "/f/audyt-dostepnosci/druk",
    "/f/pytanie/wypelnij",
    "/biuro/logowanie",
    "/strony/deklaracja-dostepnosci",
)


@pytest.mark.parametrize("address", SOUND)
def test_a_page_is_sound_and_open_to_everyone(anyone: Person, address: str) -> None:
    page = anyone.page
    response = page.goto(address)
    assert response is not None
    assert response.status == 200
    anyone.look()
    anyone.sound()
    anyone.dark()


@pytest.mark.parametrize("address", ["/nie-ma", "/f/nie-ma", "/z/nie-ma/"])
def test_a_page_that_is_not_there_says_so_to_everyone(anyone: Person, address: str) -> None:
    response = anyone.page.goto(address)
    assert response is not None
    assert response.status == 404
    anyone.look()
    anyone.sound()

"""The desk in a browser: people decided about, written to and checked in, on a wide screen and on a telephone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.web.person import Person


def test_the_pages_of_an_event_have_no_barriers(handler: Person) -> None:
    page = handler.page
    for address in ("/biuro/terminy", "/biuro/formularze/szkolenie/terminy"):
        page.goto(address)
        handler.look()
    _open_event(handler)
    handler.look()
    page.get_by_role("link", name="Napisz wiadomość").click()
    page.fill("#temat", "Zmiana sali")
    page.fill("#tresc", "zajęcia w sali **12**, {reference}")
    page.get_by_role("button", name="Pokaż podgląd").click()
    expect(page.get_by_role("heading", name="Tak zobaczy ją pierwszy adresat")).to_be_visible()
    handler.look()


def test_a_press_at_checking_in_changes_one_row_and_keeps_the_place_of_whoever_presses(handler: Person) -> None:
    page = handler.page
    _open_event(handler)
    page.get_by_role("link", name="Odnotuj obecność").click()
    handler.look()
    button = page.locator("button[name=czesc]").first
    name, was = button.get_attribute("id"), button.get_attribute("aria-pressed")
    button.click()
    pressed = page.locator(f"[id='{name}']")
    expect(pressed).to_have_attribute("aria-pressed", "true" if was == "false" else "false")
    expect(pressed).to_be_focused()
    expect(page.locator("#obecni")).to_have_text(re.compile(r"Obecni: [01] z\s\d"))
    handler.look()


def _open_event(handler: Person) -> None:
    """The event at which most people have a place."""
    page = handler.page
    page.goto("/biuro/formularze/szkolenie/terminy")
    rows = page.locator("tbody tr").all()
    fullest = max(
        rows, key=lambda row: int(re.sub(r"\D.*", "", row.locator("td").first.inner_text().split(":")[-1].strip()) or 0)
    )
    fullest.locator("a").first.click()

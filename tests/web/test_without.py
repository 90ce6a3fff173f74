"""Without a script, at 400 %, with the keyboard alone: the way through a form stays whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import Server
from tests.web.person import Person
from tests.web.test_sending import NUMBER, QUESTION, to_place

AT_400_PERCENT = {"width": 320, "height": 225}  # what a window of 1280 × 900 shows then


@pytest.fixture
def plain(browser: Browser, server: Server) -> Iterator[Person]:
    """A person whose browser runs no scripts (not even axe's) and shows everything four times as large."""
    context = browser.new_context(
        base_url=server.url,
        locale="pl-PL",
        java_script_enabled=False,
        viewport=AT_400_PERCENT,  # type: ignore[arg-type]
        device_scale_factor=4,
    )
    context.set_default_timeout(10_000)
    yield Person(context.new_page(), lambda page: None)
    context.close()


def test_a_question_is_asked_without_a_script_at_400_percent(plain: Person) -> None:
    page = plain.page
    page.goto("/f/pytanie")
    page.get_by_role("link", name="Rozpocznij").click()
    plain.press("Wyślij")
    expect(page).to_have_title(re.compile("^Błąd: "))
    plain.look()
    page.locator("#error-summary a").first.click()
    assert page.url.endswith("#temat")
    plain.fill({**QUESTION, "gmina": "3201011"})
    page.get_by_role("button", name="Wyślij").last.click()
    expect(page.locator(".sent__number")).to_have_text(NUMBER)
    plain.look()


def test_people_are_added_and_removed_without_a_script(plain: Person) -> None:
    page = plain.page
    plain.begin("szkolenie")
    page.locator("#gmina").select_option("3218043")
    plain.press("Zapisz i dokończ później")
    page.get_by_role("link", name="Dokończ").click()
    plain.step("uczestnicy")
    page.locator("#uczestnicy-0-imie").fill("Anna")
    plain.press("Dodaj pozycję")
    expect(page.locator("#uczestnicy-0-imie")).to_have_value("Anna")
    plain.look()
    page.locator("#f-uczestnicy-1").get_by_role("button", name="Usuń").click()
    expect(page.locator("#f-uczestnicy-1")).to_have_count(0)


def test_a_participant_is_added_with_the_keyboard_alone(person: Person) -> None:
    page = person.page
    person.begin("szkolenie")
    to_place(page, "gmina")
    page.keyboard.type("resko")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    person.settled()
    person.step("uczestnicy")
    to_place(page, "uczestnicy-0-imie")
    page.keyboard.type("Anna")
    to_place(page, "Dodaj pozycję: Uczestnicy")
    page.keyboard.press("Enter")
    expect(page.locator("#uczestnicy-1-imie")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "what has focus must be seen"
    page.keyboard.type("Marek")
    person.settled()
    expect(page.locator("#uczestnicy-0-imie")).to_have_value("Anna")


def test_keys_never_get_stuck_on_a_page(person: Person) -> None:
    page = person.page
    person.begin("szkolenie")
    visited: list[str] = []
    while len(visited) < 80:
        page.keyboard.press("Tab")
        place, again = page.evaluate(
            "(({activeElement: e}) => { const again = e.dataset.seen; e.dataset.seen = 1; return [e.outerHTML, again]; })(document)"
        )
        if place.startswith("<body") or again:
            break
        visited.append(place)
    assert 'class="skip"' in visited[0]
    assert place.startswith("<body") or 'class="skip"' in place, "once around, and back to where it began"
    assert 10 < len(visited) < 80

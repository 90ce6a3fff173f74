"""Sending: by keyboard only, twice, from two tabs, and going back afterwards."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.person import Person

NUMBER = re.compile(r"PYT-2026-\d{4}")
QUESTION = {
    "temat": "program",
    "pytanie": "Czy gmina może zmienić program?",
    "email": "a.nowak@gmina.example",
}


def to_place(page: Page, wanted: str) -> None:
    """On with the Tab key, up to the place with this id, or with these words when it is a button."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("[document.activeElement.id, document.activeElement.textContent.trim()]").count(wanted):
            return
    raise AssertionError(f"the Tab key does not lead to {wanted}")


def test_a_question_is_asked_with_the_keyboard_alone(person: Person) -> None:
    page = person.page
    page.goto("/f/pytanie")
    to_place(page, page.locator(".main .button").first.inner_text().strip())
    page.keyboard.press("Enter")
    page.wait_for_url("**/wypelnij")
    to_place(page, "temat")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    to_place(page, "pytanie")
    page.keyboard.type(QUESTION["pytanie"])
    to_place(page, "gmina")
    page.keyboard.type("bialogard")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    to_place(page, "email")
    page.keyboard.type(QUESTION["email"])
    person.settled()
    person.look()
    page.keyboard.press("Enter")
    expect(page.locator(".sent__number")).to_have_text(NUMBER)
    person.look()


@pytest.mark.parametrize("clicks", [1, 2])
def test_a_double_click_sends_one_response_and_going_back_sends_no_other(person: Person, clicks: int) -> None:
    page = person.page
    person.begin("pytanie")
    person.fill(QUESTION)
    page.locator(".buttons .button").first.click(click_count=clicks)
    expect(page.locator(".sent__number")).to_have_text(NUMBER)
    number = page.locator(".sent__number").inner_text()
    page.go_back()
    if page.locator("#form").count():
        page.locator(".buttons .button").first.click()
        expect(page.locator(".sent__number")).to_have_text(number)
    person.begin("pytanie")
    person.fill(QUESTION)
    person.page.locator(".buttons .button").first.click()
    following = int(number[-4:]) + 1
    expect(page.locator(".sent__number")).to_have_text(f"PYT-2026-{following:04}")


def test_two_tabs_on_different_steps_lose_nothing(person: Person) -> None:
    person.begin("szkolenie")
    person.answer("gmina", "resko")
    other = Person(person.page.context.new_page(), person.axe)
    other.page.goto(person.address())
    other.step("kontakt")
    person.answer("jednostka_nazwa", "Urząd Miejski w Resku")
    other.answer("kontakt_imie_nazwisko", "Anna Wiśniewska")
    person.answer("jednostka_rodzaj", "urzad")
    other.page.reload()
    person.page.reload()
    expect(other.page.locator("#kontakt_imie_nazwisko")).to_have_value("Anna Wiśniewska")
    expect(person.page.locator("#jednostka_nazwa")).to_have_value("Urząd Miejski w Resku")
    expect(person.page.locator("#jednostka_rodzaj")).to_be_checked()

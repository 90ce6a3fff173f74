"""The morning at the desk by keyboard alone: three steps from "today" to what is done, and nothing loses its place."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.web.person import Person

TABLE = "/biuro/formularze/szkolenie/odpowiedzi"
MOST_TABS = 120


def reach(page: Page, selector: str) -> None:
    """Goes on with Tab until the keyboard is at the element."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement.matches(css)", selector):
            return
    raise AssertionError(f"klawiatura nie dochodzi do {selector}")


def test_three_steps_by_keyboard_lead_from_today_to_what_is_done(handler: Person) -> None:
    page = handler.page
    page.goto("/biuro/dzis")
    expect(page.locator("h1")).to_have_text("Dziś")
    handler.look()
    reach(page, "main .todo a[href*='szkolenie/odpowiedzi']")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=kto]").first).to_be_visible()
    handler.look()
    reach(page, "input[name=kto]")
    page.keyboard.press("Space")
    expect(page.locator("input[name=kto]:checked")).to_have_count(1)
    reach(page, "button[value=etykieta]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dodaj etykietę")
    handler.look()
    reach(page, "#etykieta")
    page.keyboard.type("pilne")
    page.keyboard.press("Enter")
    expect(page.locator(".notice--success")).to_contain_text("Dodano etykietę")


def test_one_box_ticks_all_of_the_page_and_shows_when_only_some_are(handler: Person) -> None:
    page = handler.page
    page.goto(TABLE)
    all_ = page.get_by_text("Zaznacz wszystkie na tej stronie")
    boxes = page.locator("input[name=kto]")
    all_.click()
    expect(page.locator("input[name=kto]:checked")).to_have_count(boxes.count())
    boxes.first.uncheck()
    box = page.locator("[data-tick-all] input")
    assert box.evaluate("box => [box.checked, box.indeterminate]") == [False, boxes.count() > 1]
    page.locator("#q").press_sequentially("szk")  # the rows are put in anew
    page.wait_for_url("**q=szk")
    expect(all_).to_be_visible()
    all_.click()
    expect(page.locator("input[name=kto]:checked")).to_have_count(boxes.count())


def test_searching_and_sorting_keep_the_place_of_the_keyboard_and_the_address(handler: Person) -> None:
    page = handler.page
    page.goto(TABLE)
    page.focus("#q")
    page.keyboard.type("szk")
    page.wait_for_url("**q=szk")
    assert page.evaluate("document.activeElement.id") == "q"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    reach(page, "#wg-sent_at")
    assert asked == []  # leaving the box asks for nothing again: a swap now would take the keyboard's place away
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=sent_at&order=asc")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Wysłano")
    assert page.evaluate("document.activeElement.id") == "wg-sent_at"
    page.focus("#q")
    page.keyboard.type(" x")
    page.wait_for_url("**q=szk+x&sort=sent_at&order=asc")
    page.reload()
    expect(page.locator("#q")).to_have_value("szk x")

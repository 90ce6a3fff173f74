"""Small things that make filling in a pleasure: a typing error mended with one click, a file that shows how far it is."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.web.person import Person
from tests.web.test_sending import NUMBER, QUESTION

SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}  # bytes a second


def test_a_typing_error_in_an_address_is_mended_with_one_click(person: Person) -> None:
    page = person.page
    person.begin("pytanie")
    person.fill({**QUESTION, "email": "jan @ gmina,pl"})
    person.press("Wyślij")
    error = page.locator("#email--error")
    expect(error).to_contain_text("Czy chodziło o jan@gmina.pl?")
    person.look()
    page.get_by_role("button", name="Tak, wpisz: jan@gmina.pl").click()
    expect(page.locator("#email")).to_have_value("jan@gmina.pl")
    expect(page.locator("#email")).to_be_focused()
    expect(error).to_be_empty()
    person.settled()
    person.look()
    person.press("Wyślij")
    expect(page.locator(".sent__number")).to_have_text(NUMBER)


def test_a_name_that_two_gminy_have_stays_as_typed_until_one_is_chosen(person: Person) -> None:
    page = person.page
    person.begin("szkolenie")
    gmina, note = page.get_by_role("combobox", name="Gmina"), page.locator("#gmina-note")
    gmina.fill("darłowo")
    gmina.press("Tab")
    expect(gmina).to_have_value("darłowo")
    expect(gmina).to_have_attribute("aria-invalid", "true")
    expect(note).to_have_text("Wybierz pozycję z listy.")
    expect(page.locator("#live")).to_have_text("Wybierz pozycję z listy.")
    person.look()
    gmina.fill("darlowo m")
    expect(note).to_be_hidden()
    gmina.press("Tab")
    expect(gmina).to_have_value("Darłowo (miasto)")
    expect(gmina).not_to_have_attribute("aria-invalid", "true")


def test_leaving_a_name_unfinished_by_a_click_on_the_button_needs_no_second_click(person: Person) -> None:
    page = person.page
    person.begin("szkolenie")
    page.get_by_role("combobox", name="Gmina").fill("darłowo")
    page.get_by_role("button", name="Dalej").last.click()
    expect(page.locator(".error-summary")).to_contain_text("Wybierz gminę z listy.")


def test_a_file_on_its_way_shows_how_far_it_is(person: Person, tmp_path: Path) -> None:
    page = person.page
    person.begin("doradztwo")
    person.answer("gmina", "resko")
    person.step("dokumenty")
    large = tmp_path / "uchwała.pdf"
    large.write_bytes(b"%PDF-1.4\n" + b"0" * 600_000 + b"\n%%EOF\n")
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.locator("#zalaczniki").set_input_files(large)
    bar = page.get_by_role("progressbar", name="Wysyłanie pliku:")
    expect(bar).to_be_visible()
    expect(page.locator(".upload span")).to_contain_text("%")
    expect(page.locator(".files li:visible")).to_contain_text("uchwała.pdf")
    expect(page.locator(".upload")).to_have_count(0)

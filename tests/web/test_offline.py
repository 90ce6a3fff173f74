"""An audit on a telephone that loses the network: what is typed waits in the browser, says so, and arrives."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.web.conftest import NARROW, arrived
from tests.web.person import Person

KEPT = "odpowiedzi są zapisane na tym urządzeniu"
WAITING = """() => new Promise((done) => {
  const asked = indexedDB.open("nabor", 1);
  asked.onsuccess = () => {
    const all = asked.result.transaction("waiting").objectStore("waiting").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result.length); };
  };
})"""


@pytest.fixture
def auditor(page: Page, axe: Callable[[Page], None]) -> Person:
    """Somebody who walks around a building with a telephone."""
    return arrived(page, axe, NARROW)


def rating(person: Person, item: str, value: str) -> None:
    """Rates an item: 2, 1, 0."""
    box = person.page.locator(f'[name="oceny--{item}"][value="{value}"]')
    person.page.locator(f'label[for="{box.get_attribute("id")}"]').click()


def began(person: Person) -> None:
    """On the page of ratings of a draft that is saved, with the answers before it given."""
    person.begin("audyt-dostepnosci")
    person.answer("obiekt_nazwa", "Urząd Gminy")
    person.answer("obiekt_rodzaj", "urzad")
    expect(person.page).to_have_url(re.compile("/z/"))
    person.step("oceny")
    person.arrive("Ocena")


def waiting(person: Person) -> int:
    """How many steps wait in the browser."""
    return int(person.page.evaluate(WAITING))


def told(person: Person, text: str) -> None:
    expect(person.page.locator("#trouble")).to_contain_text(text)


def test_what_is_typed_without_network_is_kept_said_and_sent_when_it_is_back(auditor: Person) -> None:
    began(auditor)
    page = auditor.page
    page.context.set_offline(True)
    rating(auditor, "K01", "1")
    told(auditor, KEPT)
    page.locator('[id="oceny--K01.remark"]').fill("Brak numeru do wysyłania SMS")
    page.keyboard.press("Tab")
    rating(auditor, "K02", "0")
    assert waiting(auditor) == 1
    expect(page.locator("#trouble")).to_be_in_viewport()  # far down a long page too
    auditor.look()
    page.context.set_offline(False)
    expect(page.locator("#trouble")).to_contain_text("Połączenie wróciło", timeout=20_000)
    auditor.settled()
    page.wait_for_function(f"() => ({WAITING})().then((n) => n === 0)")
    rating(auditor, "K03", "2")
    expect(page.locator("#trouble")).to_be_hidden()  # the next change is saved as ever, which is no news

    page.reload()
    expect(page.locator('[name="oceny--K01"][value="1"]')).to_be_checked()
    expect(page.locator('[name="oceny--K02"][value="0"]')).to_be_checked()
    expect(page.locator('[id="oceny--K01.remark"]')).to_have_value("Brak numeru do wysyłania SMS")


def test_a_page_that_was_closed_sends_what_waited_when_the_form_is_opened_again(auditor: Person) -> None:
    began(auditor)
    page, address = auditor.page, auditor.address()
    page.context.set_offline(True)
    rating(auditor, "K03", "0")
    told(auditor, KEPT)
    page.close()

    other = page.context.new_page()
    page.context.set_offline(False)
    other.goto(address.partition("/krok/")[0] + "/dalej")  # the list of steps, not the page that was closed
    expect(other.locator("#trouble")).to_contain_text("są wysłane")
    other.goto(address)
    expect(other.locator('[name="oceny--K03"][value="0"]')).to_be_checked()
    assert other.evaluate(WAITING) == 0


def test_a_photograph_waits_too(auditor: Person) -> None:
    began(auditor)
    page = auditor.page
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), (30, 90, 60)).save(picture, "JPEG")
    page.context.set_offline(True)
    page.locator('details.photo:has([id="oceny--A01.photo"]) summary').click()
    page.locator('[id="oceny--A01.photo"]').set_input_files(
        {"name": "dojscie.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    told(auditor, KEPT)
    address = auditor.address()
    page.close()

    other = page.context.new_page()
    page.context.set_offline(False)
    other.goto(address)
    expect(other.get_by_text("dojscie.jpg").first).to_be_visible(timeout=20_000)


def test_the_button_waits_for_the_network_and_then_goes_on(auditor: Person) -> None:
    began(auditor)
    page = auditor.page
    auditor.step("audyt")
    page.context.set_offline(True)
    page.locator("#audytor").fill("Anna Nowak")
    auditor.page.get_by_role("button", name="Dalej").last.click()
    told(auditor, KEPT)
    page.context.set_offline(False)
    expect(page.locator(".error-summary")).to_be_visible(
        timeout=20_000
    )  # it was sent: other questions are not answered
    expect(page.locator("#audytor")).to_have_value("Anna Nowak")


def test_what_can_no_longer_be_sent_is_shown_to_be_copied(auditor: Person) -> None:
    auditor.begin("audyt-dostepnosci")
    auditor.answer("obiekt_nazwa", "Urząd Gminy")
    auditor.answer("obiekt_rodzaj", "urzad")
    expect(auditor.page).to_have_url(re.compile("/z/"))
    page, address = auditor.page, auditor.address()
    page.context.set_offline(True)
    page.locator("#miejscowosc").fill("Resko")
    page.keyboard.press("Tab")
    told(auditor, KEPT)
    page.context.route(
        "**/krok/**",
        lambda route: route.fulfill(status=403, body="") if route.request.method == "POST" else route.continue_(),
    )
    page.context.set_offline(False)
    page.goto(address)
    told(auditor, "nie da się już wysłać")
    told(auditor, "Miejscowość: Resko")
    assert waiting(auditor) == 1


def test_somebody_may_take_the_answers_off_a_shared_device(auditor: Person) -> None:
    began(auditor)
    auditor.page.context.set_offline(True)
    rating(auditor, "K04", "0")
    told(auditor, KEPT)
    auditor.page.get_by_role("button", name="Usuń z tego urządzenia").click()
    told(auditor, "Usunęliśmy odpowiedzi")
    assert waiting(auditor) == 0


def test_another_form_does_not_carry_the_script(person: Person) -> None:
    person.begin("pytanie")
    assert person.page.locator('script[src*="offline"]').count() == 0

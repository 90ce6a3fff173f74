"""A question returned for correction, in a browser: staff return it, the message comes, it is answered, staff look at it."""

from __future__ import annotations

import email
import email.policy
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import Server
from tests.web.conftest import NARROW, WIDE
from tests.web.person import Person
from tests.web.staff import PASSWORD, flask

ADDRESS = "zwroty@urzad.example"


@pytest.fixture(scope="module")
def link(server: Server) -> str:
    """The sign-in link of a member of staff, once somebody has registered."""
    flask(server, "forms", "fill", "szkolenie", "--count", "1", "--send")
    said = flask(server, "staff", "add", "Zofia Zwrotna", ADDRESS, "--role", "handler")
    found = re.search(r"http\S+/biuro/zaproszenie/\S+", said)
    assert found is not None
    return found[0]


def letter(server: Server) -> str:
    """The address in the message about returned questions, once the worker has sent it."""
    flask(server, "worker", "--once")
    for file in (server.data_dir / "mail").glob("*.eml"):
        message: Any = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        found = re.search(r"http\S+/do-poprawy", message.get_body(("plain",)).get_content())
        if found is not None:
            return found[0]
    raise AssertionError("no message about returned questions")


def test_a_question_goes_from_staff_to_the_respondent_and_back(person: Person, server: Server, link: str) -> None:
    page = person.page
    page.goto(link)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.goto("/biuro/formularze/szkolenie/odpowiedzi?order=desc")
    page.locator("#rows tbody a").first.click()
    person.look()
    address = page.url
    page.get_by_role("link", name="Zwróć do poprawy").click()
    person.arrive("Zwróć do poprawy")

    # By keyboard alone: the box is ticked with the space bar, and the place for the remark is the next stop.
    box = page.locator("#p-kontakt_telefon")
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.locator("#u-kontakt_telefon")).to_be_focused()
    page.get_by_role("button", name="Zwróć zaznaczone pytania").click()
    expect(page.locator("#error-summary")).to_be_focused()
    person.look()
    page.locator("#u-kontakt_telefon").fill("Pod tym numerem nikt nie odbiera.")
    person.press("Zwróć zaznaczone pytania")
    expect(page.get_by_role("status").first).to_contain_text("Zwrócono do poprawy")
    person.look()

    page.set_viewport_size(NARROW)
    page.goto(letter(server))
    person.arrive("Odpowiedzi do poprawy")
    expect(page.get_by_text("Pod tym numerem nikt nie odbiera.")).to_be_visible()
    assert page.locator("#form input:visible:not([type=hidden])").count() == 1
    person.look()
    person.sound()
    person.answer("kontakt_telefon", "12")
    expect(page.locator("#saved")).to_contain_text("Zapisano")
    person.press("Wyślij poprawione odpowiedzi")
    expect(page.locator("#error-summary")).to_be_focused()
    person.look()
    person.answer("kontakt_telefon", "91 000 00 02")
    person.press("Wyślij poprawione odpowiedzi")
    expect(page.locator(".notice--success")).to_contain_text("Poprawione odpowiedzi dotarły")
    person.look()

    page.set_viewport_size(WIDE)
    page.goto(address)
    expect(page.get_by_text("Poprawione, do sprawdzenia")).to_be_visible()
    expect(page.get_by_role("table", name="Odpowiedzi, które się zmieniły")).to_contain_text("91 000 00 02")
    person.look()
    person.press("Sprawdzone")
    expect(page.locator(".events__title .tag", has_text="Sprawdzone")).to_be_visible()

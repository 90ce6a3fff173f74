"""Accounts in a browser: a colleague invited, a second factor set up and used, the log read; on a wide and a narrow screen."""

from __future__ import annotations

import re
import secrets

import pyotp
import pytest
from playwright.sync_api import expect

from tests.clocked import clock
from tests.conftest import Server
from tests.web.person import Person
from tests.web.staff import PASSWORD, flask


@pytest.fixture
def email() -> str:
    return f"{secrets.token_hex(4)}@urzad.example"


def test_inviting_a_second_factor_and_the_log_have_no_barriers(person: Person, server: Server, email: str) -> None:
    said = flask(server, "staff", "add", "Anna Kowalska", email, "--role", "administrator")
    page = person.page
    page.goto((re.search(r"http\S+/biuro/zaproszenie/\S+", said) or [""])[0])
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")

    page.get_by_role("link", name="Administracja").click()
    person.look()
    person.sound()
    page.get_by_role("link", name="Zaproś do zespołu").click()
    page.get_by_role("button", name="Utwórz konto i link").click()
    expect(page.locator("h1")).to_have_text("Zaproś do zespołu")
    person.look()
    page.fill("#name", "Ewa Lis")
    page.fill("#email", f"ewa.{email}")
    page.get_by_text("Tylko wybrane", exact=True).click()
    page.get_by_text("Zgłoszenie na szkolenie z rewitalizacji").click()
    page.get_by_role("button", name="Utwórz konto i link").click()
    expect(page.locator("#link")).to_contain_text("/biuro/zaproszenie/")
    person.look()
    page.get_by_role("link", name="Wróć do kont").click()
    page.get_by_role("row").filter(has_text=f"ewa.{email}").get_by_role("link").click()
    person.look()
    person.sound()

    page.get_by_role("link", name="Moje konto").click()
    person.look()
    page.get_by_role("link", name="Włącz drugi składnik").click()
    person.look()
    person.sound()
    secret = page.inner_text("#klucz").replace(" ", "")
    page.fill("#kod", pyotp.TOTP(secret).at(clock()))
    page.fill("#haslo", PASSWORD)
    page.get_by_role("button", name="Włącz", exact=True).click()
    expect(page.locator("h1")).to_have_text("Kody zapasowe")
    person.look()
    code = page.locator("main li code").first.inner_text()

    page.get_by_role("button", name="Wyloguj").click()
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Wpisz kod z aplikacji")
    person.look()
    page.fill("#code", code)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Administracja").click()
    page.get_by_role("link", name="Dziennik").click()
    expect(page.get_by_role("cell", name="użyto kodu zapasowego").first).to_be_visible()
    person.look()
    person.sound()

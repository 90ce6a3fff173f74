"""The desk in a browser: people decided about, written to and checked in, on a wide screen and on a telephone."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from config.settings import ROOT
from tests.conftest import SECRET, Server
from tests.web.person import Person

PASSWORD = "zielona ławka nad Odrą"


def flask(server: Server, *arguments: str) -> str:
    """A command of the program, on the data of the server; what it says."""
    own = {"DATA_DIR": str(server.data_dir), "SECRET_KEY": SECRET, "BASE_URL": server.url}
    environ = {**{name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, **own}
    command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def link(server: Server) -> str:
    """The sign-in link of a new member of staff, once some people have registered."""
    flask(server, "forms", "fill", "szkolenie", "--count", "4", "--send")
    said = flask(server, "staff", "add", "Beata Kowalska", "beata@urzad.example", "--role", "handler")
    found = re.search(r"http\S+/biuro/zaproszenie/\S+", said)
    assert found is not None
    return found[0]


@pytest.fixture
def handler(anyone: Person, server: Server, link: str) -> Person:
    """Beata, signed in."""
    page = anyone.page
    page.goto(link)
    if page.locator("#password").count():
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
    else:  # the link works once; she has a password by now
        page.goto("/biuro/logowanie")
        page.fill("#email", "beata@urzad.example")
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Dziś")
    return anyone


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

"""Two people of a gmina in two browsers: let in by a link, in one draft at once, a choice between two versions, a hand-over."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from config.settings import ROOT
from tests.conftest import SECRET, Server
from tests.web.conftest import NARROW, WIDE, arrived
from tests.web.person import Person

INVITED = """
from tests.clocked import create_app
from records.gminy import people
from records.gminy.people import COORDINATOR
from views.services import now

with create_app().app_context():
    for name in ("Anna Nowak", "Ewa Zych"):
        person = people.add("3218043", name, f"{name.split()[0].lower()}@resko.example", COORDINATOR, now(), "staff:1")
        print(people.make_link(person, now()))
"""


@pytest.fixture
def second(browser: Browser, server: Server, axe: Callable[[Page], None]) -> Person:
    """Somebody else in a browser of their own, on a telephone."""
    context = browser.new_context(base_url=server.url, locale="pl-PL", timezone_id="Europe/Warsaw")
    context.set_default_timeout(10_000)
    return arrived(context.new_page(), axe, NARROW)


def links(server: Server) -> list[str]:
    """A one-time link for each of two coordinators of Resko."""
    own = {"DATA_DIR": str(server.data_dir), "SECRET_KEY": SECRET}
    environ = {**{name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, **own}
    command = [sys.executable, "-c", INVITED]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def enter(person: Person, token: str) -> None:
    person.page.goto(f"/gmina/wejdz/{token}")
    person.look()
    person.press("Wejdź")
    person.arrive("Resko")


def test_two_people_of_a_gmina_work_in_one_draft(person: Person, second: Person, server: Server) -> None:
    one, two = person.page, second.page
    for who, token in zip((person, second), links(server), strict=True):
        enter(who, token)
        who.look()
        who.sound()

    one.get_by_role("button", name=re.compile("^Zacznij.*Zapotrzebowanie")).click()
    expect(one).to_have_url(re.compile("/z/gmina-"))
    second.page.goto(one.url)
    person.answer("kontakt_imie_nazwisko", "Anna Nowak")
    second.answer("kontakt_stanowisko", "Inspektor")  # elsewhere: put together without a word
    second.answer("kontakt_imie_nazwisko", "Ewa Zych")  # in the same place: her page has not shown what Anna wrote
    expect(two.get_by_text("Dwie osoby zmieniły tę odpowiedź")).to_be_visible()
    second.look()

    person.page.reload()
    expect(one.locator("#kontakt_stanowisko")).to_have_value("Inspektor")
    expect(one.locator("#kontakt_imie_nazwisko")).to_have_value("Anna Nowak")
    expect(one.get_by_text("Zapisz drugą wersję: „Ewa Zych”")).to_be_visible()
    person.look()
    one.locator("label", has_text="Zapisz drugą wersję").click()
    expect(one.locator("#kontakt_imie_nazwisko")).to_have_value("Ewa Zych")
    expect(one.get_by_text("Dwie osoby zmieniły tę odpowiedź")).to_have_count(0)

    one.goto("/gmina")
    one.get_by_role("link", name=re.compile("^Zapotrzebowanie")).click()
    expect(one.get_by_text(re.compile("Anna Nowak, "))).to_be_visible()
    one.locator("#osoba-temat").select_option("Ewa Zych")
    one.get_by_role("button", name=re.compile("^Powierz.*Czego potrzebujesz")).click()
    expect(one.get_by_role("button", name=re.compile("^Zabierz.*Czego potrzebujesz, Ewa Zych"))).to_be_visible()
    person.look()
    one.set_viewport_size(NARROW)
    person.look()
    one.set_viewport_size(WIDE)

    for address in ("/gmina/osoby", "/gmina/osoby/przekaz"):
        one.goto(address)
        person.look()
        two.goto(address)
        second.look()
    person.fill({"name": "Ewa Zych", "email": "ewa@resko.example"})
    person.press("Przekaż i wyloguj mnie")
    one.goto("/gmina")
    expect(one.locator("h1")).to_have_text("Strona gminy – logowanie")
    person.look()
    two.goto("/gmina")
    expect(two.get_by_role("link", name=re.compile("^Zapotrzebowanie"))).to_be_visible()

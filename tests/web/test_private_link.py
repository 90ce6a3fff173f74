"""Behind the private link in a narrow window: a colleague takes over a place, another place is given up, a step is handed over."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import NARROW
from tests.web.person import Person
from tests.web.test_registration import ANNA, CONTACT, UNIT

SIGNED = dict.fromkeys(("osw_upowaznienie", "osw_klauzula", "osw_zmiany"), "tak")
EWA = {"imie": "Ewa", "nazwisko": "Zielińska", "stanowisko": "Kierownik", "email": "e.zielinska@um-resko.example"}


@pytest.fixture
def narrow(person: Person) -> Person:
    """A person in front of a narrow window."""
    person.page.set_viewport_size(NARROW)
    return person


def registered(person: Person) -> None:
    """Anna is sent to two modules; the private page is open."""
    person.begin("szkolenie")
    person.answer("gmina", "resko")
    person.fill(UNIT)
    person.press("Dalej")
    person.fill(CONTACT)
    person.press("Dalej")
    person.fill({**ANNA, "uczestnicy-0-m4": "M4-T1", "uczestnicy-0-nocleg": "nie"})
    person.press("Dalej")
    person.press("Dalej")
    person.fill(SIGNED)
    person.press("Sprawdź odpowiedzi")
    person.press("Wyślij zgłoszenie")
    person.page.get_by_role("link", name="Zobacz swoje odpowiedzi").click()


def test_a_place_goes_to_a_colleague_and_another_is_given_up(narrow: Person) -> None:
    page: Page = narrow.page
    registered(narrow)
    narrow.look()
    narrow.sound()

    page.get_by_role("link", name=re.compile("^Zamień osobę")).click()
    narrow.arrive("Zamień osobę")
    narrow.look()
    narrow.press("Zamień osobę")
    expect(page.locator("#error-summary")).to_be_focused()
    narrow.look()
    narrow.fill({f"uczestnicy-0-{name}": text for name, text in EWA.items()})
    narrow.answer("uczestnicy-0-dieta", "inna")
    expect(narrow.live).to_have_text("Pojawiło się 1 nowe pytanie.")
    narrow.answer("uczestnicy-0-dieta_opis", "bez orzechów")
    narrow.press("Zamień osobę")
    expect(page.locator(".events__title").first).to_contain_text("Ewa Zielińska")

    page.get_by_role("link", name=re.compile("Zrezygnuj z tego miejsca")).last.click()
    narrow.arrive("Czy zrezygnować z tego miejsca?")
    narrow.look()
    narrow.answer("powod", "Inny termin wyjazdu")
    narrow.press("Tak, rezygnuję")
    expect(page.get_by_text("Inny termin wyjazdu")).to_be_visible()

    page.get_by_role("link", name="Potwierdzenie do druku").click()
    narrow.look()
    page.go_back()
    page.get_by_role("link", name="Wycofaj zgłoszenie").click()
    narrow.look()
    narrow.press("Tak, wycofaj zgłoszenie")
    expect(page.locator(".state")).to_contain_text("Wycofane")
    narrow.look()


def test_the_link_is_asked_for_again(narrow: Person) -> None:
    narrow.page.goto("/link")
    narrow.look()
    narrow.answer("email", "anna(at)gmina")
    narrow.press("Wyślij link")
    expect(narrow.page.locator("#error-summary")).to_be_focused()
    narrow.look()
    narrow.answer("email", "anna@gmina.example")
    narrow.press("Wyślij link")
    narrow.arrive("Sprawdź pocztę")
    narrow.look()


def test_a_step_is_handed_over_and_filled_in_by_somebody_else(narrow: Person) -> None:
    page = narrow.page
    narrow.begin("audyt-dostepnosci")
    expect(page.locator("#share")).to_be_empty()
    narrow.answer("obiekt_nazwa", "Biblioteka")
    narrow.step("zdjecia")
    page.get_by_role("link", name="Przekaż ten krok innej osobie").click()
    narrow.arrive("Przekaż ten krok: Zdjęcia")
    narrow.look()
    link = page.locator("#shared-link").inner_text()

    page.context.clear_cookies()
    page.goto(link)
    narrow.arrive("Zdjęcia")
    narrow.press("Dodaj pozycję")
    expect(page.locator("#zdjecia-0-opis")).to_be_visible()
    narrow.look()
    narrow.answer("zdjecia-0-opis", "Trzy stopnie przed wejściem")
    expect(page.locator("#saved")).to_contain_text("Zapisano")
    narrow.press("Zapisz")
    expect(page.locator("#error-summary")).to_be_focused()
    narrow.look()
    page.locator("#f-zdjecia-0").get_by_role("button", name="Usuń").last.click()
    narrow.settled()
    narrow.press("Zapisz")
    narrow.arrive("Zapisane – możesz zamknąć stronę")
    narrow.look()

"""A registration filled in with a script: each change saved and answered in place, each page without barriers."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.web.person import Person

UNIT = {"jednostka_rodzaj": "urzad", "jednostka_nazwa": "Urząd Miejski w Resku"}
CONTACT = {
    "kontakt_imie_nazwisko": "Anna Wiśniewska",
    "kontakt_email": "a.wisniewska@um-resko.example",
    "kontakt_telefon": "910000001",
}
ANNA = {
    "uczestnicy-0-imie": "Anna",
    "uczestnicy-0-nazwisko": "Wiśniewska",
    "uczestnicy-0-stanowisko": "Inspektor",
    "uczestnicy-0-rola": "pracownik",
    "uczestnicy-0-email": "a.wisniewska@um-resko.example",
    "uczestnicy-0-m1": "M1-T1",
    "uczestnicy-0-dieta": "miesna",
}


def test_a_registration_from_the_first_page_to_its_number(anyone: Person) -> None:
    page = anyone.page
    page.goto("/f/szkolenie")
    anyone.look()
    anyone.begin("szkolenie")
    anyone.look()

    anyone.answer("gmina", "resko")
    expect(page.locator("#gmina")).to_have_value("Resko")
    expect(page.locator("#status_gminy")).to_have_text("program w Wykazie programów rewitalizacji")
    assert re.search(r"/z/[^/]+/krok/gmina$", anyone.address())
    anyone.look()
    anyone.fill(UNIT)
    page.reload()
    expect(page.locator("#gmina")).to_have_value("Resko")
    expect(page.locator("#jednostka_nazwa")).to_have_value(UNIT["jednostka_nazwa"])

    anyone.press("Dalej")
    anyone.arrive("Osoba do kontaktu")
    anyone.fill(CONTACT)
    anyone.look()
    anyone.press("Dalej")
    anyone.arrive("Uczestnicy")
    anyone.fill(ANNA)
    anyone.answer("uczestnicy-0-nocleg", "tak")
    expect(anyone.live).to_have_text("Pojawiły się 2 nowe pytania.")
    nights = page.locator("#f-uczestnicy-0-nocleg_noce label")
    expect(nights).to_have_text(["z 9 na 10 marca 2027 r. (Szczecin)"])
    anyone.look()
    anyone.answer("uczestnicy-0-nocleg_noce", "2027-03-09")

    anyone.press("Dalej")
    anyone.arrive("Oczekiwania")
    anyone.look()
    anyone.press("Dalej")
    anyone.arrive("Oświadczenia")
    anyone.fill(dict.fromkeys(("osw_upowaznienie", "osw_klauzula", "osw_zmiany"), "tak"))
    anyone.look()
    anyone.press("Sprawdź odpowiedzi")
    anyone.arrive("Sprawdź odpowiedzi i wyślij")
    anyone.look()

    page.get_by_role("link", name=re.compile(r"Zmień\s?: Nazwa jednostki")).click()
    anyone.answer("jednostka_nazwa", "Urząd Miejski w Resku, Referat Rozwoju")
    anyone.press("Dalej")
    anyone.arrive("Sprawdź odpowiedzi i wyślij")
    expect(page.get_by_text("Referat Rozwoju")).to_be_visible()
    page.locator("#form .button--big").click()
    expect(page.locator(".sent__number")).to_have_text(re.compile(r"SZK-2026-\d{4}"))
    anyone.look()
    page.get_by_role("link", name="Zobacz swoje odpowiedzi").click()
    anyone.look()


def test_people_are_added_and_removed_in_place_and_focus_goes_with_them(person: Person) -> None:
    page = person.page
    person.begin("szkolenie")
    person.answer("gmina", "resko")
    person.step("uczestnicy")
    page.locator("#uczestnicy-0-imie").fill("Anna")
    person.press("Dodaj pozycję")
    expect(page.locator("#uczestnicy-1-imie")).to_be_focused()
    expect(person.live).to_have_text("Dodano pozycję.")
    expect(page.locator("#uczestnicy-0-imie")).to_have_value("Anna")
    person.look()
    page.locator("#f-uczestnicy-1").get_by_role("button", name="Usuń").click()
    expect(page.locator("#f-uczestnicy-1")).to_have_count(0)
    expect(page.get_by_role("button", name="Dodaj pozycję")).to_be_focused()
    expect(person.live).to_have_text("Usunięto pozycję.")
    person.look()


def test_gminas_are_found_without_polish_letters_and_told_apart(person: Person) -> None:
    page = person.page
    person.begin("szkolenie")
    page.locator("#gmina").press_sequentially("bialogard")
    options = page.get_by_role("option")
    expect(options).to_have_text(["Białogard (gmina wiejska)", "Białogard (miasto)"])
    person.look()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#gmina")).to_have_value("Białogard (gmina wiejska)")
    expect(page.locator("#f-status_gminy")).to_be_visible()
    person.look()


def test_the_error_summary_has_focus_and_leads_to_each_field(person: Person) -> None:
    page = person.page
    person.begin("szkolenie")
    person.press("Dalej")
    expect(page).to_have_title(re.compile("^Błąd: "))
    expect(page.locator("#error-summary")).to_be_focused()
    person.look()
    links = page.locator("#error-summary a")
    expect(links).to_have_text(["Wybierz gminę z listy.", "Wybierz rodzaj jednostki.", "Podaj nazwę jednostki."])
    for link in links.all():
        link.click()
        assert person.focused == (link.get_attribute("href") or "").removeprefix("#")

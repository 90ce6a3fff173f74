"""What a change does on the page at hand: values, checks, files, focus, and a connection that breaks."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Route, expect

from tests.web.person import Person

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def begun(person: Person, slug: str, step: str) -> None:
    """A draft of the form, at this step."""
    person.begin(slug)
    person.answer("gmina", "resko")
    person.step(step)


def test_a_computed_value_and_a_check_follow_what_is_typed(person: Person) -> None:
    begun(person, "monitoring", "program")
    page = person.page
    person.answer("program-rodzaj", "GPR")
    person.step("obszar")
    person.fill(
        {"obszar-pow_gminy_ha": "1000", "obszar-pow_zdegradowany_ha": "500", "obszar-pow_rewitalizacji_ha": "250"}
    )
    expect(page.locator("#obszar-udzial_powierzchni")).to_have_text("25,0%")
    wrong = page.locator("#obszar-pow_rewitalizacji_ha--error")
    expect(wrong).to_contain_text("25,0% powierzchni gminy")
    person.look()
    person.answer("obszar-pow_rewitalizacji_ha", "150")
    expect(page.locator("#obszar-udzial_powierzchni")).to_have_text("15,0%")
    expect(wrong).to_be_empty()
    person.look()


def test_whoever_types_on_keeps_place_and_text_when_the_answer_arrives(person: Person) -> None:
    begun(person, "szkolenie", "gmina")
    page = person.page
    held: list[Route] = []
    page.route("**/krok/gmina", lambda route: held.append(route))
    page.locator("#gmina").fill("bierzwnik")
    page.locator("#gmina").press("Tab")
    page.locator("#jednostka_nazwa").press_sequentially("Urząd Gm")
    page.wait_for_timeout(50)
    held[0].continue_()
    page.unroute("**/krok/gmina")
    person.settled()
    expect(page.locator("#f-deklaracja_numer")).to_be_visible()
    page.keyboard.type("iny")
    expect(page.locator("#jednostka_nazwa")).to_have_value("Urząd Gminy")


def test_a_broken_connection_is_told_and_nothing_typed_is_lost(person: Person) -> None:
    begun(person, "szkolenie", "gmina")
    page = person.page
    page.route("**/krok/gmina", lambda route: route.abort())
    person.answer("jednostka_nazwa", "Urząd Miejski w Resku")
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("Brak połączenia")
    person.look()
    page.unroute("**/krok/gmina")
    expect(page.locator("#jednostka_nazwa")).to_have_value("Urząd Miejski w Resku")
    person.answer("jednostka_rodzaj", "urzad")
    expect(trouble).to_be_hidden()
    page.reload()
    expect(page.locator("#jednostka_nazwa")).to_have_value("Urząd Miejski w Resku")


def test_a_file_is_listed_once_and_can_be_removed(person: Person, tmp_path: Path) -> None:
    begun(person, "doradztwo", "dokumenty")
    page = person.page
    good, bad = tmp_path / "uchwała.pdf", tmp_path / "program.exe"
    good.write_bytes(PDF)
    bad.write_bytes(b"MZ\x90\x00")
    files = page.locator(".files li:visible")
    page.locator("#zalaczniki").set_input_files(good)
    expect(files).to_contain_text("uchwała.pdf")
    page.locator("#zalaczniki").set_input_files(bad)
    expect(page.locator("#zalaczniki--error")).not_to_be_empty()
    person.look()
    page.reload()
    expect(files).to_have_count(1)
    page.get_by_role("button", name=re.compile(r"Usuń\s?: uchwała.pdf")).click()
    expect(files).to_have_count(0)
    expect(person.live).to_have_text("Usunięto plik.")
    person.look()


def test_quick_changes_on_the_first_page_begin_one_draft(person: Person) -> None:
    person.begin("szkolenie")
    page = person.page
    addresses: list[str] = []
    page.on("response", lambda told: addresses.append(told.headers.get("hx-replace-url", "")))
    page.evaluate(
        """() => { for (const id of ["jednostka_rodzaj", "jednostka_rodzaj--o2", "jednostka_rodzaj--o3"])
               document.getElementById(id).click(); }"""
    )
    person.settled()
    expect(page.locator("#jednostka_rodzaj--o3")).to_be_checked()
    page.goto("/")
    assert len({address for address in addresses if address}) == 1
    expect(page.get_by_role("link", name=re.compile("Dokończ|szkolenie z rewitalizacji")).first).to_be_visible()

"""Where one may go in the part for staff: a menu and tabs that show what may be opened, and say where one is."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office
from tests.views.pressing import press
from tests.views.training import FORMS

PLAIN = "title: Pytanie w sprawie programu\nreview: staff\nfields:\n  - {name: temat, type: text, label: Temat}\n"
MONITORING = """
title: Monitoring
audience: gminy
period: {field: rok, every: year, open: 2025}
fields:
  - {name: rok, type: year, label: Rok, required: true}
  - {name: gmina, type: gmina, label: Gmina, required: true}
"""
LISTED = "/biuro/formularze/pytanie/odpowiedzi?state=submitted"


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"pytanie": PLAIN, "monitoring": MONITORING, "szkolenie": FORMS["szkolenie"]}


def hired(app: Flask, role: str) -> Conscience:
    return office.visitor(app, office.hire(role, role))


def ways(client: Conscience, kind: str) -> dict[str, str]:
    """The links of the menu or of the tabs: address to the words, with `aria-current` where it stands."""
    lists = [each for each in (*client.page.all("nav"), *client.page.all("ul")) if each.get("class") == kind]
    found: dict[str, str] = {}
    for link in lists[0].iter("a") if lists else ():
        current = link.get("aria-current")
        found[link.get("href", "")] = words(link) + (f" [{current}]" if current else "")
    return found


@pytest.mark.parametrize("role", ["administrator", "editor", "handler", "viewer"])
def test_each_way_that_is_shown_may_be_gone_and_leads_where_it_says(app: Flask, role: str) -> None:
    office.receive(app, "pytanie", temat="Lokal")
    client = hired(app, role)
    client.get("/biuro/dzis")
    seen: set[str] = set()
    waiting = [
        *ways(client, "header__menu"),
        *(f"/biuro/formularze/{slug}/opis" for slug in ("pytanie", "monitoring", "szkolenie")),
    ]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        assert client.get(address).status_code == 200, address
        current = [
            text for text in (ways(client, "tabs") or ways(client, "header__menu")).values() if text.endswith("[page]")
        ]
        assert len(current) == 1, (address, current)
        waiting += ways(client, "tabs")
    assert len(seen) > 8


def test_a_form_has_the_pages_that_its_definition_gives_it(app: Flask) -> None:
    anna = hired(app, "administrator")
    every = ["Odpowiedzi", "Raport", "Eksport", "Edytor", "Wersje", "Opis"]
    for slug, more in (("pytanie", frozenset[str]()), ("monitoring", {"Kompletność"}), ("szkolenie", {"Terminy"})):
        anna.get(f"/biuro/formularze/{slug}/raport")
        titles = {text.removesuffix(" [page]") for text in ways(anna, "tabs").values()}
        assert {*every, *more} <= titles, slug
        assert not ({"Kompletność", "Terminy", "Zaświadczenia"} - more) & titles, slug


def test_a_page_below_another_says_within_what_it_stands(app: Flask) -> None:
    anna = hired(app, "administrator")
    anna.get("/biuro/konta/nowe")
    assert "Konta [true]" in ways(anna, "tabs").values()
    assert "Administracja [true]" in ways(anna, "header__menu").values()
    anna.get("/biuro/formularze/pytanie/plakat")
    assert "Opis [true]" in ways(anna, "tabs").values()
    assert "Formularze [true]" in ways(anna, "header__menu").values()


def test_the_preview_in_the_editor_is_what_respondents_see(app: Flask) -> None:
    anna = hired(app, "administrator")
    anna.get("/biuro/formularze/pytanie/edytor/podglad")
    assert ways(anna, "tabs") == {}


def test_whoever_decides_one_after_another_passes_nobody_over(app: Flask) -> None:
    for n in range(4):
        office.receive(app, "pytanie", temat=f"Sprawa {n}")
    beata = hired(app, "handler")
    beata.get(LISTED)
    numbers = [words(each) for each in beata.page.all("a") if "nr=" in each.get("href", "")]
    address = next(each.get("href", "") for each in beata.page.all("a") if "nr=1" in each.get("href", ""))
    seen = []
    while address:
        beata.get(address)
        seen.append(beata.page.heading)
        beata.environ_base["HTTP_REFERER"] = f"http://localhost{address}"
        press(beata, "Przyjmij zgłoszenie")
        address = next((each.get("href", "") for each in beata.page.all("a") if words(each) == "Następna"), "")
    assert seen == numbers
    assert "Na liście nie ma już nic." in beata.page.text

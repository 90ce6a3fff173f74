"""The Wykaz on the pages: looked through by everyone, kept by staff with its history, deciding who may apply."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from records import bookings, register, responses
from records.database import database
from tests.conscience import Conscience
from tests.records.steps import counting
from tests.views import office
from tests.views.registered import KARLINO, RESKO, enter
from views.services import now

ASKS = "fields: [{name: gmina, type: gmina, label: Gmina, required: true}]\n"
TOLD = (
    "fields:\n  - {name: gmina, type: gmina, label: Gmina, required: true}\n"
    "  - {name: stan, type: note, text: '{gmina.stan}', when: answered(gmina)}\n"
)
PROPOSES = """
title: Zgłoszenie do Wykazu
review: staff
register: {title: tytul, basis: podstawa, resolution: uchwala.numer, valid_from: od, valid_to: do_, area_ha: pow, strike: "rodzaj == 'koniec'"}
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: rodzaj, type: choice, label: Rodzaj, options: [{wpis: Wpis}, {koniec: Koniec}]}
  - {name: tytul, type: text, label: Tytuł}
  - {name: podstawa, type: choice, label: Podstawa, options: [{GPR: GPR}, {PR: PR}]}
  - {name: uchwala, type: group, repeat: false, label: Uchwała, fields: [{name: numer, type: text, label: Numer}]}
  - {name: od, type: year, label: Od}
  - {name: do_, type: year, label: Do}
  - {name: pow, type: decimal, label: Powierzchnia}
"""


PARTNERS = """
title: Partnerstwo
fields:
  - {name: z_kim, type: choice, label: Z którą gminą, options: {list: gminy, where: "program == 'GPR'"}}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {
        "szkolenie": f"title: Szkolenie\naudience: programme\n{TOLD}",
        "deklaracja": f"title: Deklaracja udziału\n{ASKS}",
        "wpis": PROPOSES,
        "partner": PARTNERS,
    }


def test_a_list_of_gminy_chosen_by_their_programme_goes_by_the_register_once_there_is_one(
    app: Flask, client: Conscience
) -> None:
    def offered() -> list[str]:
        client.get("/f/partner/wypelnij")
        return [each.text or "" for each in client.page.all("option") if each.get("value")]

    assert len(offered()) > 1  # what the list says
    enter(app)
    enter(app, RESKO, title="Stary rynek", basis="PR")
    with counting(database) as statements:
        assert offered() == ["Karlino"]
    assert sum("programme" in each for each in statements) < 12, "gminy are not looked up one by one"


def test_everyone_searches_the_register_and_takes_it_away(app: Flask, client: Conscience) -> None:
    client.get("/wykaz")
    assert "Wykazu nie ma jeszcze w tym serwisie" in client.page.text
    enter(app, number="5/2024")
    enter(app, RESKO, title="Stary rynek", basis="PR")
    client.get("/wykaz")
    assert "2 wpis" in client.page.text
    for asked, found in (
        ("szukaj=CENTRUM", "Karlino"),
        ("szukaj=resko", "Resko"),
        ("podstawa=PR", "Resko"),
        ("powiat=łobeski", "Resko"),
    ):
        client.get(f"/wykaz?{asked}")
        assert [each.text for each in client.page.all("a") if (each.get("href") or "").startswith("/wykaz/")] == [found]
        assert "1 wpis" in client.page.text
    taken = client.get("/wykaz.csv?podstawa=PR").data.decode("utf-8-sig").splitlines()
    assert len(taken) == 2
    assert taken[0].startswith("wpis;teryt;gmina;numer_wpisu;tytul")
    assert "Stary rynek" in taken[1]
    client.get("/wykaz?stan=wykreslony")
    assert "0 wpis" in client.page.text


def test_one_gmina_shows_how_it_stands_what_is_entered_and_what_changed_but_not_who(
    app: Flask, client: Conscience, beata: Conscience
) -> None:
    entry = enter(app, resolution="LX/1")
    beata.get(f"/biuro/wykaz/{entry}/zmien")
    beata.send({"population": "3 650", "powod": "spis"}, form="wpis")
    client.get(f"/wykaz/{KARLINO}")
    assert client.page.heading == "Karlino"
    assert "Numer uchwały LX/1" in client.page.text
    assert "dopisano „3 650”" in client.page.text
    assert "Beata" not in client.page.text
    assert "spis" not in client.page.text
    client.get(f"/wykaz/{RESKO}")
    assert "nie ma programu w Wykazie" in client.page.text
    assert "Złóż deklarację udziału" in client.page.text
    assert client.get("/wykaz/9999999").status_code == 404


def test_staff_add_change_strike_off_and_take_it_back_each_with_a_reason_in_the_history(beata: Conscience) -> None:
    beata.get("/biuro/wykaz/nowy")
    beata.send({"gmina": KARLINO, "title": "", "basis": "GPR", "resolution_on": "31.02.2024", "powod": ""}, form="wpis")
    for mistake in ("Podaj tytuł programu", "Takiej daty nie ma w kalendarzu", "Napisz, skąd ta zmiana"):
        assert mistake in beata.page.text
    beata.send(
        {
            "title": "Nowe centrum",
            "resolution_on": "3.02.2024",
            "valid_from": "2024-05-01",
            "valid_to": "2024-01-01",
            "powod": "wniosek",
        },
        form="wpis",
    )
    assert "nie może być wcześniejszy niż pierwszy" in beata.page.text
    beata.send({"valid_to": "2030-12-31"}, form="wpis")
    assert "Wpis jest dodany" in beata.page.text
    assert "3 lutego 2024 r." in beata.page.text
    address = f"/biuro/wykaz/{register.current()[0].entry}"
    beata.get(f"{address}/zmien")
    beata.send({"area_ha": "1 214,3", "powod": "zmiana granic"}, form="wpis")
    assert "dopisano „1 214,30 ha”" in beata.page.text
    beata.send({"powod": ""}, form="wykresl")
    assert "Napisz, skąd ta zmiana" in beata.page.text
    beata.send({"powod": "uchylony", "dzien": "2026-11-01"}, form="wykresl")
    assert "Wpis jest wykreślony" in beata.page.text
    beata.send({"powod": "pomyłka"}, form="wykresl")
    assert "znowu w Wykazie" in beata.page.text
    history = register.history(register.current()[0].entry)
    assert [each.reason for each in history] == ["pomyłka", "uchylony", "zmiana granic", "wniosek"]
    assert "Beata" in beata.page.text


def test_who_was_slower_sees_what_changed_and_loses_nothing_typed(app: Flask, beata: Conscience) -> None:
    entry = enter(app)
    anna = office.visitor(app, office.hire("Anna", "administrator"))
    anna.get(f"/biuro/wykaz/{entry}/zmien")
    beata.get(f"/biuro/wykaz/{entry}/zmien")
    beata.send({"population": "3650", "powod": "spis"}, form="wpis")
    assert anna.send({"note": "Czeka na zmianę", "powod": "notatka"}, form="wpis").status_code == 422
    assert "Ktoś zmienił ten wpis w międzyczasie" in anna.page.text
    assert "dopisano „3 650”" in anna.page.text
    anna.send({"population": "3650"}, form="wpis")
    found = register.newest(entry)
    assert found is not None
    assert (found.version, found.programme["note"], found.programme["population"]) == (3, "Czeka na zmianę", 3650)


def test_a_second_entry_of_a_gmina_is_refused(app: Flask, beata: Conscience) -> None:
    enter(app)
    beata.get("/biuro/wykaz/nowy")
    beata.send({"gmina": KARLINO, "title": "Drugi", "basis": "GPR", "powod": "wniosek"}, form="wpis")
    assert "Ta gmina ma już wpis w Wykazie" in beata.page.text


def test_a_viewer_looks_and_changes_nothing(app: Flask) -> None:
    entry = enter(app)
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    for address in ("/biuro/wykaz", f"/biuro/wykaz/{entry}", "/biuro/wykaz/gminy"):
        assert celina.get(address).status_code == 200
        assert not [
            each for each in celina.page.forms() if each.get("method") == "post" and "wykaz" in each.get("action", "")
        ]
    assert celina.get("/biuro/wykaz/nowy").status_code == 403


def test_who_is_limited_to_other_forms_does_not_keep_the_register(app: Flask) -> None:
    dorota = office.visitor(app, office.limit(office.hire("Dorota", "handler"), "szkolenie"))
    assert dorota.get("/biuro/wykaz").status_code == 200
    assert dorota.get("/biuro/wykaz/nowy").status_code == 403
    edyta = office.visitor(app, office.limit(office.hire("Edyta", "handler"), "wpis"))
    assert edyta.get("/biuro/wykaz/nowy").status_code == 200


def test_the_register_is_started_from_the_list_so_that_nobody_loses_a_right(
    app: Flask, client: Conscience, beata: Conscience
) -> None:
    beata.get("/biuro/wykaz")
    assert "Zanim dodasz pierwszy wpis" in beata.page.text
    beata.send(form="z-listy")
    assert "założony z listy gmin" in beata.page.text
    assert {each.programme.gmina for each in register.current()} >= {KARLINO}
    apply(client, KARLINO)
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    count = len(register.current())
    beata.post("/biuro/wykaz/z-listy", data={"csrf_token": beata.page.all("input")[0].get("value")})
    assert len(register.current()) == count


def test_the_register_decides_who_may_apply_and_says_why(app: Flask, client: Conscience) -> None:
    enter(app, RESKO, number="7/2025")
    apply(client, KARLINO)  # which the list has as entered
    assert "Gmina nie ma programu w Wykazie" in client.page.text
    assert "Złóż deklarację udziału" in client.page.text
    client.send({"gmina": RESKO})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    client.get("/f/szkolenie/wypelnij")
    office.receive(app, "deklaracja", gmina=KARLINO)
    apply(client, KARLINO)
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"


def test_the_form_shows_the_state_of_the_chosen_gmina(app: Flask, client: Conscience) -> None:
    enter(app, RESKO, number="7/2025")
    apply(client, RESKO)
    back = next(each.get("href") for each in client.page.all("a") if "Zmień" in "".join(each.itertext()))
    client.get(str(back))
    assert "W Wykazie: program GPR, „Nowe centrum”, wpis nr 7/2025" in client.page.text


def test_staff_see_of_every_gmina_why_it_may_or_may_not_apply(app: Flask, beata: Conscience) -> None:
    beata.get("/biuro/wykaz/gminy")
    assert "Wykaz jest jeszcze pusty" in beata.page.text
    enter(app, RESKO)
    office.receive(app, "deklaracja", gmina=KARLINO)
    beata.get("/biuro/wykaz/gminy?stan=deklaracja")
    assert "1 gmina" in beata.page.text
    assert "gmina ma złożoną deklarację udziału" in beata.page.text


def test_an_accepted_response_becomes_an_entry_by_one_button(app: Flask, beata: Conscience) -> None:
    answers: dict[str, Any] = {
        "rodzaj": "wpis",
        "tytul": "Nowe centrum",
        "podstawa": "GPR",
        "uchwala": {"numer": "LX/1"},
        "od": 2024,
        "do_": 2030,
    }
    stored = office.receive(app, "wpis", gmina=KARLINO, **answers)
    beata.get(f"/biuro/odpowiedzi/{stored.key}")
    assert any(each.get("href") == f"/biuro/odpowiedzi/{stored.key}/wykaz" for each in beata.page.all("a"))
    beata.get(f"/biuro/odpowiedzi/{stored.key}/wykaz")
    assert "Najpierw przyjmij zgłoszenie" in beata.page.text
    accept(app, stored)
    beata.get(f"/biuro/odpowiedzi/{stored.key}/wykaz")
    assert "Zgłoszenie proponuje nowy" in beata.page.text
    beata.send(form="wykaz")
    found = register.of_gmina(KARLINO)
    assert found is not None
    one = found.programme
    assert (one["title"], one["resolution"], str(one["valid_from"]), str(one["valid_to"])) == (
        "Nowe centrum",
        "LX/1",
        "2024-01-01",
        "2030-12-31",
    )
    assert (found.source, found.response, found.reason) == ("response", stored.key, f"Zgłoszenie {stored.reference}")
    beata.get(f"/biuro/odpowiedzi/{stored.key}/wykaz")
    assert "Wpis mówi to samo co zgłoszenie" in beata.page.text
    dorota = office.visitor(app, office.limit(office.hire("Dorota", "handler"), "szkolenie"))
    links = []
    for client in (beata, dorota):  # the response the entry came from is a way on only for who gets in there
        client.get(f"/biuro/wykaz/{found.entry}")
        links.append([each for each in client.page.all("a") if each.get("href") == f"/biuro/odpowiedzi/{stored.key}"])
    assert [len(each) for each in links] == [1, 0]


def test_a_response_that_asks_for_striking_off_strikes_off(app: Flask, beata: Conscience) -> None:
    enter(app)
    stored = office.receive(app, "wpis", gmina=KARLINO, rodzaj="koniec", tytul="Inny")
    accept(app, stored)
    beata.get(f"/biuro/odpowiedzi/{stored.key}/wykaz")
    assert "prosi o wykreślenie" in beata.page.text
    beata.send(form="wykaz")
    assert register.of_gmina(KARLINO) is None
    assert register.current(KARLINO)[0].programme["title"] == "Nowe centrum"


def apply(client: Conscience, gmina: str) -> None:
    client.get("/f/szkolenie/wypelnij")
    client.send({"gmina": gmina})


def accept(app: Flask, stored: responses.Response) -> None:
    form = office.services(app).catalogue.get("wpis")
    assert form is not None
    with app.app_context():
        bookings.accept(stored.key, form, now(), "system")

"""The Wykaz from a file: compared, mistakes by cell, saved only once somebody has confirmed it."""

from __future__ import annotations

from flask import Flask

from records import register
from tests.conscience import Conscience
from tests.views.registered import KARLINO, PŁOTY, RESKO, bring, enter


def test_a_file_is_compared_and_nothing_is_saved_until_it_is_confirmed(app: Flask, beata: Conscience) -> None:
    enter(app)
    enter(app, PŁOTY, title="Ryneczek")
    sheet = f"teryt;tytul;podstawa;ludnosc\n{KARLINO};Nowe centrum;GPR;3650\n{RESKO};Stary rynek;PR;\n"
    bring(beata, sheet)
    for word in ("Nic nie jest jeszcze zapisane", "Stary rynek", "3 650", "Ryneczek", "Zapisz 2 wpis"):
        assert word in beata.page.text
    assert len(register.current()) == 2
    beata.send({"powod": ""}, form="zapis")
    assert "Napisz, skąd ta zmiana" in beata.page.text
    beata.send({"powod": "plik z województwa"}, form="zapis")
    assert "Wczytano zmiany" in beata.page.text
    assert sorted(each.programme["title"] for each in register.current()) == ["Nowe centrum", "Ryneczek", "Stary rynek"]
    assert {each.reason for each in register.current() if each.source == "import"} == {"plik z województwa"}


def test_mistakes_of_a_file_are_named_by_cell_and_stop_saving(beata: Conscience) -> None:
    bring(beata, f"teryt;tytul;podstawa;uchwala_data;Opis\n{KARLINO};A;XYZ;31.02.2024;x\n3299999;B;GPR;;\n;C;GPR;;\n")
    assert "nic nie zapisano" in beata.page.text
    for word in (
        "Wpisz jedną z wartości: GPR, PR, IDS",
        "Takiej daty nie ma w kalendarzu",
        "Na liście gmin nie ma tego kodu",
        "Pomijamy kolumny",
        "Opis",
    ):
        assert word in beata.page.text
    assert not [each for each in beata.page.all("form") if each.get("id") == "zapis"]


def test_a_register_that_changed_after_the_comparison_is_compared_again(app: Flask, beata: Conscience) -> None:
    bring(beata, f"teryt;tytul;podstawa\n{RESKO};Stary rynek;PR\n")
    enter(app)
    beata.send({"powod": "plik"}, form="zapis")
    assert "Wykaz zmienił się po porównaniu" in beata.page.text
    assert len(register.current()) == 1
    beata.send({"powod": "plik"}, form="zapis")
    assert len(register.current()) == 2


def test_what_is_downloaded_and_brought_back_changes_nothing(app: Flask, beata: Conscience) -> None:
    enter(app, number="5/2024", title="=1+1", note="Droga 1, „rynek”; reszta")
    data = beata.get("/biuro/wykaz.csv?stan=wszystkie").data
    bring(beata, data)
    assert "Plik mówi to samo co Wykaz" in beata.page.text

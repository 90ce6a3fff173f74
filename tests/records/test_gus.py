"""A CSV of the Bank Danych Lokalnych: what is read of it, what is refused, what an import would change, what is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from records import audit, gus
from records.database import run
from tests.records.steps import LATER, NOW

GMINY = {"3216011", "3216022", "3201011"}
WIDE = (
    '\ufeff"Kod";"Nazwa";"ogółem;2022;[osoba]";"ogółem;2023;[osoba]";\r\n'
    '"3200000";"ZACHODNIOPOMORSKIE";"1650021";"1640622";\r\n'
    '"3216000";"Powiat świdwiński";"44021";"43760";\r\n'
    '"3216011";"Świdwin (1)";"15 012";"14893,0";\r\n'
    '"3216022";"Brzeżno (2)";"2711";"-";\r\n'
)
LONG = "Kod;Nazwa;Płeć;Rok;Wartość;Jednostka miary;Atrybut\n3216011;Świdwin (1);ogółem;2023;14893;osoba;\n3216011;Świdwin (1);kobiety;2023;7800;osoba;\n"


def test_the_table_form_is_read_by_year_and_other_places_are_only_counted() -> None:
    found = gus.read(WIDE.encode(), GMINY)
    assert found.problems == ()
    assert found.values == {
        ("3216011", 2022): Decimal(15012),
        ("3216011", 2023): Decimal("14893.0"),
        ("3216022", 2022): Decimal(2711),
    }
    assert found.others == 2


def test_the_long_form_is_read_by_the_word_that_chooses_a_measure() -> None:
    assert gus.read(LONG, GMINY, "ogółem").values == {("3216011", 2023): Decimal(14893)}
    problem, cure = gus.read(LONG, GMINY).problems
    assert str(problem) == "Wiersz 3: gmina 3216011 ma w 2023 r. dwie różne wartości."
    assert "ogółem" in str(cure)


def test_a_bdl_identifier_of_twelve_digits_is_a_teryt_code_too() -> None:
    found = gus.read("teryt;year;value\n023216516011;2023;1\n", GMINY)
    assert found.values == {("3216011", 2023): Decimal(1)}


def test_windows_1250_and_commas_are_read_too() -> None:
    raw = "Kod,Nazwa,ogółem;2023;[osoba]\n3216011,Świdwin (1),14893\n".encode("cp1250")
    assert gus.read(raw, GMINY).values == {("3216011", 2023): Decimal(14893)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Nazwa;2023\nŚwidwin;1\n", "Kod"),
        ("Kod;Nazwa\n3216011;Świdwin\n", "ogółem;2023;[osoba]"),
        ('Kod;"kobiety;2023";"mężczyźni;2023"\n3216011;1;2\n', "Rok 2023 ma kilka kolumn."),
        ("Kod;2023\n3216011;dużo\n", "Wiersz 2: „dużo” nie jest liczbą."),
        ("Kod;Rok;Wartość\n3216011;rok temu;5\n", "„rok temu” nie jest rokiem"),
        ("Kod;2023\n9999999;5\n", "żadnej gminy"),
        ("", "Kod"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, says: str) -> None:
    found = gus.read(text, GMINY)
    assert says in " ".join(map(str, found.problems))


def test_what_is_not_text_is_refused() -> None:
    assert gus.read(b"PK\x03\x04\0\0", GMINY).problems


def test_an_import_is_compared_before_it_is_kept_and_other_years_stay(database: Any) -> None:
    first = gus.read(WIDE, GMINY).values
    assert gus.compare("ludnosc", first).new == 3
    gus.store("ludnosc", first, "GUS BDL", date(2024, 5, 31), NOW, audit.SYSTEM)
    later = {("3216011", 2023): Decimal(14900), ("3216022", 2023): Decimal(2700), ("3216011", 2022): Decimal(15012)}
    change = gus.compare("ludnosc", later)
    assert (change.new, change.same) == (1, 1)
    assert change.changed == (("3216011", 2023, Decimal("14893.0"), Decimal(14900)),)
    gus.store("ludnosc", later, "GUS BDL", date(2025, 5, 31), LATER, audit.SYSTEM)
    assert gus.of_gmina("3216011", 2023) == {"ludnosc": gus.Statistic(Decimal(14900), "GUS BDL", date(2025, 5, 31))}
    assert gus.of_gmina("3216022", 2022)["ludnosc"].as_of == date(2024, 5, 31)
    (known,) = gus.known()
    assert (known.variable, known.first, known.last, known.gminy, known.values) == ("ludnosc", 2022, 2023, 2, 4)
    assert gus.compare("ludnosc", gus.read(gus.Found(dict(later)).text(), GMINY).values).same == 3


def test_the_log_tells_how_many_and_no_more(database: Any) -> None:
    gus.store("ludnosc", {("3216011", 2023): Decimal(1)}, "GUS BDL", date(2024, 5, 31), NOW, audit.staff(1))
    row = run("SELECT action, subject, details FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    assert (row[0], row[1]) == ("import-statistics", "ludnosc")
    assert "3216011" not in row[2]

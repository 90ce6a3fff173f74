"""The register as a file: read in whatever shape clerks save it, compared cell by cell, the same after a round trip."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from forms.importing.remarks import Unusable
from records import register
from records.register import Programme, Version
from records.register.comparing import Comparison, compare
from records.register.sheet import HEADERS, read, written
from tests.records.steps import NOW

KARLINO, RESKO, MIELNO = "3201033", "3218043", "3209053"
LABELS = {KARLINO: "Karlino", RESKO: "Resko", MIELNO: "Mielno"}
FULL: dict[str, Any] = {
    "status": "wpisany",
    "number": "5/2024",
    "title": "=Nowe; „centrum”, etap 1",
    "basis": "GPR",
    "resolution": "7/12",
    "resolution_on": date(2024, 2, 3),
    "link": "https://bip.example.pl/1?a=1",
    "entered_on": date(2024, 3, 12),
    "valid_from": date(2024, 1, 1),
    "valid_to": date(2030, 12, 31),
    "area_ha": Decimal("1214.30"),
    "population": 3650,
    "note": "'cytat' – uwagi",
}


def version(entry: int, gmina: str, number: int = 1, **values: Any) -> Version:
    base = {"status": "wpisany", "basis": "PR", "title": "Rynek"}
    return Version(entry, number, Programme(gmina, {**base, **values}), NOW, "system", "", "hand")


KNOWN = [
    version(1, KARLINO, **FULL),
    version(2, RESKO),
    version(3, MIELNO, status="wykreslony", struck_on=date(2025, 1, 7)),
]


def compared(text: str, known: list[Version] | None = None) -> Comparison:
    return compare(read(text.encode()), KNOWN if known is None else known, LABELS)


def wrong(text: str) -> list[tuple[int, str, str]]:
    return [(each.line, each.header, str(each.text)) for each in compared(text).mistakes]


def test_what_is_written_reads_back_the_same() -> None:
    found = compare(read(written(KNOWN, LABELS)), KNOWN, LABELS)
    assert (found.mistakes, found.new, found.changed, found.missing) == ((), (), (), ())
    assert len(found.unchanged) == len(KNOWN)


def test_a_register_that_is_lost_comes_back_from_its_file(database: Any) -> None:
    found = compared(
        written(KNOWN, LABELS).decode("utf-8-sig").replace("\n1;", "\n;").replace("\n2;", "\n;").replace("\n3;", "\n;"),
        [],
    )
    assert found.mistakes == ()
    register.change_many(found.changes, "z kopii", NOW, "system", register.IMPORT)
    assert {each.programme.gmina: each.programme for each in register.current()} == {
        each.programme.gmina: each.programme for each in KNOWN
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_a_csv_is_read_as_spreadsheets_save_it(delimiter: str, encoding: str) -> None:
    text = "TERYT,Tytuł programu,podstawa\r\n3218043,Łąka i rzeka,gpr\r\n".replace(",", delimiter)
    found = compare(read(text.encode(encoding)), [], LABELS)
    assert [(row.programme["title"], row.programme["basis"]) for row in found.new] == [("Łąka i rzeka", "GPR")]


def test_a_workbook_is_read_with_its_real_dates_and_numbers() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, day = book.add_worksheet("Wykaz 2026"), book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, ["teryt", "podstawa", "uchwala_data", "powierzchnia_ha", "ludnosc"])
    sheet.write_row(1, 0, [KARLINO, "GPR"])
    sheet.write_datetime(1, 2, date(2024, 2, 3), day)
    sheet.write_row(1, 3, [214.3, 3650])
    book.close()
    found = compare(read(out.getvalue()), [], LABELS)
    assert found.mistakes == ()
    one = found.new[0].programme
    assert (one["resolution_on"], one["area_ha"], one["population"]) == (date(2024, 2, 3), Decimal("214.30"), 3650)


def test_new_changed_unchanged_and_missing_are_told_apart() -> None:
    found = compared(f"teryt;tytul;podstawa\n{KARLINO};Inny tytuł;GPR\n{MIELNO};Molo;GPR\n")
    assert [row.programme.gmina for row in found.new] == [MIELNO]
    assert [(row.line, [column.name for column, _, _ in row.differences]) for row in found.changed] == [(2, ["title"])]
    assert [each.programme.gmina for each in found.missing] == [RESKO]
    assert found.changed[0].programme["area_ha"] == Decimal("1214.30")  # a column that the file has not stays


def test_an_empty_cell_takes_away_what_was_there() -> None:
    found = compared(f"teryt;ludnosc\n{KARLINO};\n")
    assert found.changed[0].programme["population"] is None


@pytest.mark.parametrize(
    ("row", "header", "words"),
    [
        (";X;GPR;;;", "teryt", "siedmiocyfrowy kod"),
        ("3299999;X;GPR;;;", "teryt", "Na liście gmin nie ma tego kodu"),
        ("3218042;X;GPR;;;", "teryt", "ma teraz kod 3218043"),
        ("3209053;X;;;;", "podstawa", "Uzupełnij"),
        ("3209053;X;LPR;;;", "podstawa", "GPR, PR, IDS"),
        ("3209053;X;GPR;31.02.2024;;", "uchwala_data", "nie ma w kalendarzu"),
        ("3209053;X;GPR;wczoraj;;", "uchwala_data", "DD.MM.RRRR"),
        ("3209053;X;GPR;;1.234;", "powierzchnia_ha", "Nie wiemy, czy"),
        ("3209053;X;GPR;;-3;", "powierzchnia_ha", "większą od zera"),
        ("3209053;X;GPR;;;77", "wpis", "Nie ma takiego wpisu"),
        ("3209053;X;GPR;;;1", "wpis", "należy do innej gminy"),
    ],
)
def test_each_mistake_names_its_cell_and_the_cure(row: str, header: str, words: str) -> None:
    found = wrong(f"teryt;tytul;podstawa;uchwala_data;powierzchnia_ha;wpis\n{row}\n")
    assert [(line, name) for line, name, _ in found] == [(2, header)]
    assert words in found[0][2]


def test_a_year_alone_is_its_first_day_where_a_programme_begins_and_its_last_where_it_ends() -> None:
    (row,) = compared(f"teryt;podstawa;okres_od;okres_do\n{MIELNO};GPR;2023;2032\n").new
    values = row.programme.values
    assert (values["valid_from"], values["valid_to"]) == (date(2023, 1, 1), date(2032, 12, 31))


def test_an_entry_whose_row_has_a_mistake_is_not_said_to_be_missing_from_the_file() -> None:
    assert compared(f"teryt;okres_od\n{RESKO};wiosna\n").missing == compared(f"teryt\n{RESKO}\n").missing


def test_mistakes_stop_everything() -> None:
    found = compared(f"teryt;podstawa\n{MIELNO};GPR\n{RESKO};XYZ\n")
    assert found.new
    assert found.changes == []


def test_a_gmina_and_an_entry_have_one_row_and_the_dates_go_together() -> None:
    assert "już w wierszu 2" in wrong(f"teryt;tytul\n{KARLINO};A\n{KARLINO};B\n")[0][2]
    assert "ma już wpis w wierszu 2" in wrong(f"teryt;podstawa\n{MIELNO};GPR\n{MIELNO};PR\n")[0][2]
    assert "wcześniejszy niż pierwszy" in wrong(f"teryt;okres_do\n{KARLINO};2023-12-31\n")[0][2]
    again = f"wpis;teryt;status;data_wykreslenia\n3;{MIELNO};wpisany;2025-01-07\n"
    assert "nie ma daty wykreślenia" in wrong(again)[0][2]


def test_an_old_entry_may_leave_and_a_new_one_come_in_one_file_but_not_two_stay() -> None:
    both = "wpis;teryt;tytul;podstawa;status\n;{0};Nowy;GPR;wpisany\n2;{0};Rynek;PR;{1}\n"
    found = compared(both.format(RESKO, "wykreslony"))
    assert found.mistakes == ()
    assert (len(found.new), len(found.changed)) == (1, 1)
    assert [each.header for each in compared(both.format(RESKO, "wpisany")).mistakes] == ["teryt"]
    revived = compared(f"wpis;teryt;status;data_wykreslenia\n3;{MIELNO};wpisany;\n;{MIELNO};wpisany;\n")
    assert revived.mistakes


@pytest.mark.parametrize(
    "data", [b"", b"teryt\n", b"a;b\n1;2\n", b"PK\x03\x04nic", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"x" * 1_600_000]
)
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes) -> None:
    with pytest.raises(Unusable) as unusable:
        read(data)
    assert str(unusable.value.what).endswith(".")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%\xb5\xed\n" + bytes(range(256)) * 40, "teryt;tytul\n".encode("utf-16")])
def test_what_is_no_table_is_not_called_too_long(data: bytes) -> None:
    with pytest.raises(Unusable) as unusable:
        read(data)
    assert str(unusable.value.what).startswith("To nie jest tabela CSV ani XLSX.")


def test_the_headers_are_those_that_staff_know() -> None:
    assert HEADERS[:5] == ("wpis", "teryt", "gmina", "numer_wpisu", "tytul")

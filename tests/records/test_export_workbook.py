"""A workbook opens in Excel with every cell as what it is, and nothing in it runs."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from records.export import workbook
from records.export.workbook import LONGEST_TEXT
from tests.records.exports import EVERYTHING, GROUPS, PERSON, answer, exported, publish
from tests.records.test_export_steady import many, peak


def opened(version: int, **more: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join(exported("xlsx", version, **more).chunks())))


def lines(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_cells_are_numbers_days_hours_and_truths_and_choices_are_in_words(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, liczba=1234, kwota="1850000.55", dzien="2027-03-09", godzina="08:30", nocleg=True, dieta="weganska")
    (row,) = lines(opened(version)["Odpowiedzi"])
    assert (row["liczba"], row["kwota"]) == (1234, 1850000.55)
    assert (row["dzien"], row["godzina"]) == (datetime(2027, 3, 9), time(8, 30))
    assert (row["nocleg"], row["dieta"]) == (True, "wegańska")
    assert row["sent_at"] == datetime(2026, 11, 23, 10, 5), "Polish time"


@pytest.mark.parametrize(
    "text", ["=1+1", "+48 1", "@SUM(A1)", "-5", "0201", "https://example.pl", "{=1}", "1-2", "\t=1"]
)
def test_a_text_stays_text_and_is_no_formula_and_no_link(database: Any, text: str) -> None:
    version = publish(EVERYTHING)
    answer(version, nazwa=text)
    cell = opened(version)["Odpowiedzi"]["F2"]
    assert (cell.value, cell.data_type, cell.hyperlink, cell.number_format) == (text, "s", None, "@")


def test_each_group_has_a_sheet_and_the_last_one_explains_the_columns(database: Any) -> None:
    version = publish(GROUPS)
    answer(version, jednostka="ROPS", osoby=[PERSON, {"imie": "Jan"}])
    book = opened(version)
    assert book.sheetnames == ["Odpowiedzi", "osoby", "osoby noce", "Słownik"]
    assert [(row["reference"], row["lp"], row["imie"]) for row in lines(book["osoby"])] == [
        ("SZK-2026-0001", 1, "Anna"),
        ("SZK-2026-0001", 2, "Jan"),
    ]
    assert ("osoby", "imie", "Imię", "tekst") in [tuple(row.values())[:4] for row in lines(book["Słownik"])]


def test_the_header_stays_in_sight_and_filters_the_rows(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, nazwa="ROPS")
    sheet = opened(version)["Odpowiedzi"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.auto_filter.ref.endswith("2")


def test_what_excel_cannot_hold_is_kept_as_text(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, liczba=1234567890123456, dzien="1899-12-31", opis="x" * 40_000)
    (row,) = lines(opened(version)["Odpowiedzi"])
    assert (row["liczba"], row["dzien"]) == ("1234567890123456", "1899-12-31")
    assert len(row["opis"]) == LONGEST_TEXT
    assert row["opis"].endswith("[…]")


def test_rows_that_do_not_fit_go_on_in_a_further_sheet(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    version = publish("title: T\nfields: [{name: a, type: text, label: A}]")
    for n in range(3):
        answer(version, a=f"{n}")
    book = opened(version)
    assert [row["a"] for name in ("Odpowiedzi", "Odpowiedzi (2)") for row in lines(book[name])] == ["0", "1", "2"]


def test_groups_whose_names_are_alike_at_their_beginning_get_sheets_of_their_own(database: Any) -> None:
    name = "bardzo_dluga_nazwa_grupy_uczestnikow"
    group = "  - {{name: {0}, type: group, label: G, fields: [{{name: a, type: text, label: A}}]}}\n"
    version = publish("title: T\nfields:\n" + group.format(name) + group.format(name + "_2"))
    assert opened(version).sheetnames[1:3] == ["bardzo_dluga_nazwa_grupy_uczest", "bardzo_dluga_nazwa_grupy_uc 2"]


def test_nothing_is_left_on_the_disk(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    version = publish(EVERYTHING)
    answer(version, nazwa="ROPS")
    pieces = exported("xlsx", version).chunks()
    next(pieces)
    assert list(tmp_path.glob("nabor-*"))
    pieces.close()  # type: ignore[attr-defined]
    assert not list(tmp_path.glob("nabor-*"))


@pytest.mark.parametrize("engine", ["sqlite"])  # what is written has nothing to do with where it comes from
def test_memory_does_not_grow_with_the_number_of_responses(database: Any) -> None:
    version = publish(GROUPS)

    def whole() -> int:
        return sum(map(len, exported("xlsx", version).chunks()))

    many(version, 1_500)
    whole()
    few = peak(whole)
    many(version, 3_000)
    assert peak(whole) < few * 1.1 + 100_000

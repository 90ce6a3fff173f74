"""Files that are no XLSForm, or a broken one, or one that would harm: each gets a sentence, none a traceback."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from openpyxl import Workbook

from forms.importing import Unusable, import_xlsform
from forms.importing.sheets import LARGEST, LARGEST_UNPACKED, as_text
from tests.forms.definitions import AROUND
from tests.workbooks import row, saved, table, told, visit, workbook

SURVEY = [["type", "name", "label"], ["text", "q", "Pytanie"]]


def refusal(data: bytes) -> str:
    """Why a file cannot be imported."""
    with pytest.raises(Unusable) as refused:
        import_xlsform(data, "plik.xlsx", AROUND)
    return str(refused.value.what)


def zipped(*parts: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A sound workbook in which one part is replaced."""
    with zipfile.ZipFile(io.BytesIO(visit())) as archive:
        kept = [(each.filename, archive.read(each)) for each in archive.infolist() if each.filename != name]
    return zipped(*kept, (name, content))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "nie jest plik .xlsx"),
        (b"type,name\ntext,q\n", "nie jest plik .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (b"PK\x03\x04" + b"\0" * 100, "Nie udało się odczytać"),
        (visit()[:3000], "Nie udało się odczytać"),
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")), "nie jest plik .xlsx"),
        (zipped(("xl/workbook.xml", b"<workbook>")), "Nie udało się odczytać"),
        (with_part("xl/worksheets/sheet1.xml", b"<worksheet><row"), "Nie udało się odczytać"),
        (b"PK" + b"x" * LARGEST, "10 MB"),
    ],
    ids=["empty", "csv", "xls", "broken zip", "cut off", "ods", "no workbook", "broken sheet", "too large"],
)
def test_what_is_no_sound_xlsx_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    many = LARGEST_UNPACKED + 1
    assert "po rozpakowaniu" in refusal(zipped(("xl/workbook.xml", b"<x/>"), ("xl/media/a.bin", b"\0" * many)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_would_grow_are_refused(encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    assert "nie jest plik .xlsx" in refusal(with_part("xl/sharedStrings.xml", bomb.encode(encoding)))


def test_a_workbook_without_what_is_needed_says_what_it_has() -> None:
    book = Workbook()
    assert "arkusza „survey”" in refusal(saved(book))
    assert "Sheet" in refusal(saved(book))
    table(book, "survey", [["type", "name"]])
    assert "nie ma wierszy" in refusal(saved(book))
    assert "pytań, które można przenieść" in refusal(workbook([row("geopoint", "gps")]))


def test_no_choices_and_no_settings_are_no_obstacle() -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    table(book, "Survey ", SURVEY)
    made = import_xlsform(saved(book), "Moja ankieta.xlsx", AROUND)
    assert made.slug == "moja-ankieta"
    assert [line for line in told(made) if "brakuje tytułu" in line]


def test_a_formula_gives_its_saved_value_and_without_one_a_remark() -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    table(book, "survey", [*SURVEY, ["text", "r", '="Cena: "&2']])
    made = import_xlsform(saved(book), "a.xlsx", AROUND)
    assert [line for line in told(made) if "survey!C3 (label): formuła bez zapisanej wartości" in line]
    assert "WEBSERVICE" not in made.text


def test_merged_cells_leave_columns_without_a_header_which_is_said() -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    table(book, "survey", [["type", "name", "label", "hint"], ["text", "q", "Pytanie", "Podpowiedź"]])
    book.worksheets[0].merge_cells("C1:D1")
    made = import_xlsform(saved(book), "a.xlsx", AROUND)
    assert [line for line in told(made) if "survey!D2" in line and "scalone" in line]


def test_numbers_dates_and_marks_read_as_their_author_sees_them() -> None:
    from datetime import date, datetime, time

    values = [1.0, 2, 2.5, True, date(2027, 3, 9), datetime(2027, 3, 9, 8, 30), time(8, 5), None, "a\u00a0b\r\nc\x07"]
    expected = ["1", "2", "2.5", "true", "2027-03-09", "2027-03-09 08:30", "08:05", "", "a b\nc"]
    assert [as_text(value) for value in values] == expected


def test_a_damaged_file_is_imported_or_refused_never_a_crash() -> None:
    sound, dice = visit(), random.Random(7)
    for _ in range(25):
        data = bytearray(sound)
        for _ in range(4):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            import_xlsform(bytes(data), "a.xlsx", AROUND)
        except Unusable as refused:
            assert refused.what.text  # noqa: PT017 – either outcome is right


def test_rows_of_nonsense_are_imported_or_refused_never_a_crash() -> None:
    dice = random.Random(3)
    words = ["text", "begin group", "end group", "begin repeat", "end repeat", "select_one tn", "rank tn", "calculate", "note",
             "${q}", "${a} = ''", "a", "q", "", "= 1", "{x", "}", "1 2", "${", "table-list", "range", "yes", ".", "matrix"]  # fmt: skip
    columns = ["type", "name", "label", "hint", "required", "relevant", "constraint", "calculation", "default", "appearance",
               "choice_filter", "repeat_count", "parameters"]  # fmt: skip
    for _ in range(60):
        rows = [{column: dice.choice(words) for column in columns if dice.random() < 0.5} for _ in range(12)]
        rows += [{"type": "text", "name": "q", "label": "Q"}]
        made = import_xlsform(workbook(rows), "a.xlsx", AROUND)
        assert made.read.form is not None


def test_many_rows_are_imported_in_time() -> None:
    made = import_xlsform(workbook(row("text", f"q{at}") for at in range(1_500)), "a.xlsx", AROUND)
    assert made.read.form is not None
    assert len(list(made.read.form.fields)) == 1_500

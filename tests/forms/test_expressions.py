"""What expressions give: operator by operator, function by function, answered and not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from forms.expressions import Env, Kind, compile_expression
from tests.forms.expression_samples import Names, compiled, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kwota == 12.5", True),
        ("kwota != 12.5", False),
        ("osoby < 3", False),
        ("osoby <= 3", True),
        ("osoby > 2.99", True),
        ("osoby >= 4", False),
        ("0 < osoby <= 3", True),
        ("0 < osoby < 3", False),
        ("imie == 'ŻANETA'", True),
        ("imie != 'żaneta'", False),
        ("nocleg == 'Tak'", True),
        ("nocleg in ('tak', 'nie')", True),
        ("nocleg in ['nie']", False),
        ("nocleg in ('tak')", True),
        ("nocleg not in ('nie',)", True),
        ("osoby in (1, 2, 3)", True),
        ("'tlumacz' in potrzeby", True),
        ("'petla' not in potrzeby", True),
        ("nocleg in uczestnicy.nocleg", True),
        ("'petla' in uczestnicy.potrzeby", True),
        ("'żan' in imie", True),
        ("zgoda", True),
        ("not zgoda", False),
        ("zgoda == true", True),
        ("zgoda and osoby > 5", False),
        ("zgoda or osoby > 5", True),
        ("not (osoby > 5)", True),
        ("od < do", True),
        ("od == 2024-01-31", True),
        ("od < '2024-02-01'", True),
        ("closes > today", True),
        ("closes == 2027-02-10", True),
        ("closes < 2027-02-10 15:01", True),
        ("godzina > '8:29'", True),
        ("gmina == '3212022'", True),
        ("gmina.powiat == '3212'", True),
        ("oceny.class == 'dobra'", True),
        ("adres.miasto == 'ińsko'", True),
    ],
)
def test_a_condition_says_whether_it_holds(text: str, expected: bool) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kwota + 0.1", "12.60"),
        ("kwota - osoby", "9.50"),
        ("kwota * 2", "25.00"),
        ("1 / 3", "0.3333333333333333333333333333"),
        ("osoby / 2", "1.5"),
        ("-osoby + 1", "-2"),
        ("+osoby", "3"),
        ("2 + 3 * 4", "14"),
        ("12.10", "12.10"),
        ("99999999999999999999999999999999.01 + 0.01", "99999999999999999999999999999999.02"),
        ("abs(-2.5)", "2.5"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(0.125, 2)", "0.13"),
        ("round(1250, -2)", "1300"),
        ("length('abc')", "3"),
        ("length(imie)", "8"),
        ("sum(uczestnicy.koszt)", "15.10"),
        ("sum(kwota, osoby, uczestnicy.koszt)", "30.60"),
        ("sum(tabela.plan)", "5"),
        ("tabela.drogi.koszt", "7"),
        ("min(kwota, osoby)", "3"),
        ("max(uczestnicy.koszt)", "10.10"),
        ("count(uczestnicy)", "3"),
        ("count(uczestnicy, nocleg == 'tak')", "1"),
        ("count(uczestnicy, koszt < kwota)", "2"),
        ("count(uczestnicy, n > 1)", "2"),
        ("count(uczestnicy.koszt)", "2"),
        ("count(potrzeby)", "1"),
        ("count(plik)", "2"),
        ("limit('prog')", "130000"),
        ("limit('prog', closes)", "130001"),
        ("days(od, do)", "29"),
        ("days(do, od)", "-29"),
        ("months(od, do)", "1"),
        ("months(do, od)", "-1"),
        ("months(2024-01-15, 2024-03-14)", "1"),
        ("years(2000-11-24, today)", "25"),
        ("years(2000-11-23, today)", "26"),
        ("years(today, 2000-11-24)", "-25"),
        ("year(closes)", "2027"),
        ("previous(kwota)", "10"),
        ("previous(tabela.drogi.plan)", "4"),
        ("change(kwota)", "25.00"),
        ("osoby if nocleg == 'tak' else 0", "3"),
    ],
)
def test_a_number_is_exact(text: str, expected: str) -> None:
    result = value(text)
    assert isinstance(result, Decimal)
    assert result == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", date(2026, 11, 23)),
        ("today - 24 months", date(2024, 11, 23)),
        ("od + 1 month", date(2024, 2, 29)),
        ("do + 1 year", date(2025, 2, 28)),
        ("od - 2 weeks", date(2024, 1, 17)),
        ("closes + 3 days", datetime(2027, 2, 13, 15)),
        ("closes - 90 minutes", datetime(2027, 2, 10, 13, 30)),
        ("od + 6 hours", datetime(2024, 1, 31, 6)),
        ("min(od, do, today)", date(2024, 1, 31)),
        ("max(closes, today)", datetime(2027, 2, 10, 15)),
        ("plural(osoby, 'osoba', 'osoby', 'osób')", "osoby"),
        ("plural(count(plik) + 3, 'plik', 'pliki', 'plików')", "plików"),
        ("imie", " Żaneta "),
        ("gmina.powiat", "3212"),
    ],
)
def test_other_values_keep_their_kind(text: str, expected: object) -> None:
    assert value(text) == expected


def test_inside_a_group_the_item_comes_first() -> None:
    item = {"nocleg": "nie", "imie": "Ewa"}
    assert value("nocleg == 'nie' and imie == 'ewa' and osoby == 3", item=item) is True
    assert value("n", item=item, n=2) == 2


def test_a_condition_of_count_sees_the_other_items_and_the_item_it_stands_in() -> None:
    item = {"kwota": Decimal(5)}
    assert value("count(uczestnicy, koszt > kwota)", item=item) == 1
    assert value("count(uczestnicy, imie == 'ola')", item={"imie": "Jan"}) == 1
    assert value("count(uczestnicy, nocleg == 'tak')", item={"nocleg": "tak"}) == 1  # Ola has not answered


def test_a_moment_is_compared_by_the_clock_in_warsaw() -> None:
    late = datetime(2027, 2, 9, 23, 30, tzinfo=UTC)  # already the 10th in Warsaw
    assert value("closes == 2027-02-10", closes=late) is True
    assert value("closes > 2027-02-10 00:29", closes=late) is True


def test_kinds_unknown_beforehand_are_compared_with_care() -> None:
    assert value("cokolwiek == 'A'", cokolwiek="a") is True
    assert value("cokolwiek > 3", cokolwiek="a") is False
    assert value("cokolwiek + 1", cokolwiek=2) == 3
    assert value("cokolwiek + 1", cokolwiek="a") is None
    assert value("'a' in cokolwiek", cokolwiek=("A", "b")) is True
    assert value("cokolwiek.nazwa == 'x'", cokolwiek={"nazwa": "X"}) is True


def test_a_name_may_be_a_word_of_python_or_of_polish() -> None:
    class Columns(Names):
        def kind(self, name: str) -> Kind | None:
            return Kind.NUMBER if name in ("class", "i", "from") else None

    expression = compile_expression("class + i * from", Columns())
    assert expression(Env({"class": 1, "i": 2, "from": 3})) == 7


def test_lines_and_hard_spaces_between_words_do_not_matter() -> None:
    assert value("\n kwota\n  >\u00a03\n\tand osoby == 3 ") is True


def test_a_backslash_and_the_other_quote_are_ordinary_characters() -> None:
    assert value(r"imie == '\n'", imie=r"\n") is True
    assert value('imie == "d\'Arc"', imie="D'ARC") is True


def test_an_expression_knows_which_names_it_reads() -> None:
    assert compiled("count(uczestnicy, koszt > kwota) > 0 and gmina.powiat == '3212'").names == {
        "uczestnicy",
        "kwota",
        "gmina",
    }
    assert compiled("previous(kwota) > osoby and today > od").names == {"osoby", "od"}
    assert compiled("change(kwota) > n", in_group=True).names == {"kwota"}


def test_expressions_with_the_same_text_are_equal() -> None:
    assert compiled("kwota > 3") == compiled("kwota > 3")
    assert len({compiled("kwota > 3"), compiled("kwota > 3"), compiled("kwota > 4")}) == 2

"""What an author is told about a wrong expression: the code, the place, the cure."""

from __future__ import annotations

import pytest

from forms.expressions import CODES, Kind
from tests.forms.expression_samples import compiled, mistake, mistakes


@pytest.mark.parametrize(
    ("text", "code", "marked", "cure"),
    [
        # syntax
        ("", "syntax", "", "puste"),
        ("kwota = 3", "syntax", "=", "„==”"),
        ("kwota === 3", "syntax", "===", "„==”"),
        ("zgoda && zgoda", "syntax", "&&", "„and”"),
        ("zgoda || zgoda", "syntax", "||", "„or”"),
        ("!zgoda", "syntax", "!", "„not”"),
        ("kwota <> 3", "syntax", "<>", "„!=”"),
        ("kwota ≥ 3", "syntax", "≥", "„>=”"),
        ("kwota => 3", "syntax", "=>", "„>=”"),
        ("kwota – 3", "syntax", "–", "„-”"),
        ("zgoda i zgoda", "syntax", "i", "„and”"),
        ("zgoda lub zgoda", "syntax", "lub", "„or”"),
        ("nie zgoda", "syntax", "nie", "„not”"),
        ("zgoda AND zgoda", "syntax", "AND", "„and”"),
        ("zgoda == True", "syntax", "True", "„true”"),
        ("kwota == None", "syntax", "None", "answered(pole)"),
        ("kwota is 3", "syntax", "is", "„==”"),
        ("nocleg == „tak”", "syntax", "„tak”", "'tak'"),
        ("nocleg == ’tak’", "syntax", "’tak’", "'tak'"),
        ("nocleg == 'tak", "syntax", "'tak", "zamykającego"),
        ("kwota > 12,5", "syntax", "kwota > 12,5", "12.5"),
        ("kwota > 1_000", "syntax", "1_000", "cyframi"),
        ("kwota > 0x10", "syntax", "0x10", "cyframi"),
        ("kwota > 1e5", "syntax", "1e5", "cyframi"),
        ("od > 2027-02-30", "syntax", "2027-02-30", "kalendarza"),
        ("kwota > 3 # tak", "syntax", "#", "„#”"),
        ("(kwota > 3", "syntax", "(", "zamknięty"),
        ("kwota > 3)", "syntax", ")", "pary"),
        ("kwota osoby", "syntax", "kwota osoby", "operatora"),
        ("kwota >", "syntax", ">", "brakuje wartości"),
        ("kwota > * 3", "syntax", "> *", "brakuje wartości"),
        ("'a''b' == imie", "syntax", "'b'", "operatora"),
        ("zgoda and'tak' == nocleg", "syntax", "'tak'", "odstępu"),
        ("f'x' == imie", "syntax", "'x'", "operatora"),
        ("if(zgoda, 1, 2)", "syntax", "if", "if warunek else"),
        ("kwota ** 2", "syntax", "**", "nie można"),
        ("uczestnicy[0]", "syntax", "uczestnicy[0]", "kropkę"),
        ("(1, 2)", "syntax", "(1, 2)", "po „in”"),
        ("sum(*uczestnicy)", "syntax", "*uczestnicy", "języku"),
        ("uczestnicy.koszt()", "syntax", "uczestnicy.koszt", "funkcji"),
        # names
        ("kwotta > 3", "unknown-name", "kwotta", "„kwota”"),
        ("żaneta > 3", "unknown-name", "żaneta", "nazwy pola"),
        ("nocleg == tak", "unknown-name", "tak", "'tak'"),
        ("count > 3", "unknown-name", "count", "count(x"),
        ("n > 3", "unknown-name", "n", "nazwy pola"),
        ("suma(kwota)", "unknown-function", "suma", "sum(x"),
        ("cuont(potrzeby)", "unknown-function", "cuont", "count(x"),
        ("open(imie)", "unknown-function", "open", "answered"),
        ("gmina.powait == 'x'", "unknown-attribute", "powait", "„powiat”"),
        ("kwota.real", "unknown-attribute", "real", "liczba"),
        ("imie.__class__", "unknown-attribute", "__class__", "tekst"),
        ("cokolwiek._x", "unknown-attribute", "_x", "dowolna"),
        ("limit('porg')", "unknown-limit", "'porg'", "„prog”"),
        ("limit('zupełnie inny')", "unknown-limit", "'zupełnie inny'", "limits.yaml"),
        # arguments
        ("days(od)", "wrong-arguments", "days(od)", "days(od, do)"),
        ("round(1, 2, 3)", "wrong-arguments", "round(1, 2, 3)", "round(x"),
        ("sum()", "wrong-arguments", "sum()", "sum(x"),
        ("limit(imie)", "wrong-arguments", "imie", "limit('nazwa'"),
        ("answered(3)", "wrong-arguments", "3", "answered(x)"),
        ("previous(kwota + 1)", "wrong-arguments", "kwota + 1", "previous(pole)"),
        ("count(kwota)", "wrong-arguments", "kwota", "liczba"),
        ("count(potrzeby, true)", "wrong-arguments", "true", "grupy"),
        ("count(uczestnicy, previous(koszt) > 1)", "wrong-arguments", "koszt", "count"),
        # kinds
        ("'a' > 3", "wrong-type", "'a' > 3", "cudzysłowie"),
        ("gmina == 3212022", "wrong-type", "gmina == 3212022", "cudzysłowie"),
        ("imie > 'a'", "wrong-type", "imie > 'a'", "liczby i daty"),
        ("zgoda == 'tak'", "wrong-type", "zgoda == 'tak'", "not"),
        ("potrzeby == 'petla'", "wrong-type", "potrzeby == 'petla'", "'opcja' in pole"),
        ("uczestnicy.koszt > 3", "wrong-type", "uczestnicy.koszt > 3", "count"),
        ("od == 'jutro'", "wrong-type", "'jutro'", "2027-03-09"),
        ("godzina == 'rano'", "wrong-type", "'rano'", "'08:30'"),
        ("od + 3", "wrong-type", "od + 3", "3 days"),
        ("do - od", "wrong-type", "do - od", "days(od, do)"),
        ("days(od, do) > 3 days", "wrong-type", "days(od, do) > 3 days", "today + 3 days"),
        ("3 days", "wrong-type", "3 days", "today + 3 days"),
        ("imie + 'a'", "wrong-type", "imie", "liczba"),
        ("sum(uczestnicy.imie)", "wrong-type", "uczestnicy.imie", "liczby"),
        ("max(kwota, od)", "wrong-type", "max(kwota, od)", "jednego rodzaju"),
        ("kwota if zgoda else imie", "wrong-type", "kwota if zgoda else imie", "tego samego rodzaju"),
        ("zgoda and kwota", "wrong-type", "kwota", "warunek"),
        ("not kwota", "wrong-type", "kwota", "warunek"),
        ("kwota in osoby", "wrong-type", "osoby", "Po „in”"),
        ("plik == 'x'", "wrong-type", "plik == 'x'", "porównać"),
        ("answered(tresc)", "wrong-type", "tresc", "nie zbiera"),
        # options
        ("nocleg == 'niee'", "not-an-option", "'niee'", "'nie'"),
        ("nocleg == 'Tak, poproszę'", "not-an-option", "'Tak, poproszę'", "'tak'"),
        ("nocleg in ('tak', 'moze')", "not-an-option", "'moze'", "tak, nie"),
        ("'winda' in potrzeby", "not-an-option", "'winda'", "tlumacz, petla"),
        ("'moze' in uczestnicy.nocleg", "not-an-option", "'moze'", "tak, nie"),
        # what cannot hold
        ("count(uczestnicy, koszt > 5 and koszt < 3) > 0", "never-holds", "koszt > 5 and koszt < 3", "żadna"),
    ],
)
def test_a_mistake_is_placed_and_tells_its_cure(text: str, code: str, marked: str, cure: str) -> None:
    found = mistake(text)
    assert found[:2] == (code, marked)
    assert cure in found[2]
    assert code in CODES


def test_all_mistakes_of_an_expression_are_told_at_once_in_order() -> None:
    text = "imei == 'x' and (gmina.powait == 'y' or suma(kwota) > 1) and count(uczestnicy, x == 1) > 0"
    assert [text[found.start : found.end] for found in mistakes(text)] == ["imei", "powait", "suma", "x"]


def test_places_are_true_in_an_expression_of_several_lines_with_polish_letters() -> None:
    text = "  imie == 'żółw'\n  and kwotta > 3"
    assert mistake(text)[1] == "kwotta"


def test_a_typed_option_of_ones_own_may_be_compared_with_anything() -> None:
    assert mistakes("rodzaj == 'cokolwiek innego'") == []


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("kwota", Kind.BOOLEAN),
        ("zgoda", Kind.NUMBER),
        ("imie", Kind.DATE),
        ("od", Kind.TIME),
        ("kwota", Kind.choice(["a"])),
        ("uczestnicy", Kind.TEXT),
    ],
)
def test_a_value_must_be_of_the_kind_its_place_wants(text: str, wants: Kind) -> None:
    assert mistake(text, wants=wants)[0] == "wrong-type"


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("closes", Kind.DATE),
        ("nocleg", Kind.TEXT),
        ("gmina", Kind.TEXT),
        ("'A'", Kind.choice(["a"])),
        ("kwota", Kind.ANY),
    ],
)
def test_a_related_kind_is_welcome(text: str, wants: Kind) -> None:
    assert mistakes(text, wants=wants) == []


def test_a_text_where_an_option_is_wanted_must_be_one() -> None:
    assert mistake("'b'", wants=Kind.choice(["a"]))[0] == "not-an-option"
    assert mistake("'b'", wants=Kind.choices(["a"]))[0] == "not-an-option"


@pytest.mark.parametrize(
    "text",
    [
        "kwota" + " + kwota" * 400,
        "(" * 60 + "kwota" + ")" * 60 + " > (" * 400,
        "not " * 60 + "zgoda",
        f"imie == '{'a' * 1001}'",
        "-" * 1900 + "1",
        "gmina" + ".a" * 900,
        "a" * 2001,
    ],
)
def test_an_expression_beyond_all_measure_is_refused(text: str) -> None:
    assert {found.code for found in mistakes(text)} == {"syntax"}


@pytest.mark.parametrize(
    "text",
    [
        "lambda: 1",
        "[x for x in uczestnicy]",
        "(x := 3)",
        "{'a': 1}",
        "f'{kwota}'",
        "kwota; osoby",
        "await kwota",
        "__import__('os')",
        "().__class__",
        "print(kwota)",
        "kwota @ 2",
        "~kwota",
        "yield",
        "kwota.__class__.__bases__",
        "round(x=1)",
        "answered(**uczestnicy)",
        "kwota\\\n> 3",
        "`kwota`",
        "\x00",
        "kwota \ufeff> 3",
    ],
)
def test_nothing_of_python_but_the_language_gets_through(text: str) -> None:
    assert mistakes(text)


# What can and cannot hold


@pytest.mark.parametrize(
    "text",
    [
        "kwota > 5 and kwota < 3",
        "kwota > 5 and not kwota > 3",
        "nocleg == 'tak' and nocleg == 'nie'",
        "nocleg not in ('tak', 'nie')",
        "nocleg in ()",
        "imie == 'a' and imie == 'b'",
        "zgoda and not zgoda",
        "od < 2020-01-01 and od > 2020-01-01",
        "count(potrzeby) < 0",
        "1 == 2",
        "kwota > 1 / 0",
        "'petla' in potrzeby and 'petla' not in potrzeby",
        "sum(uczestnicy.koszt) > 5 and sum(uczestnicy.koszt) < 3",
        "not answered(kwota) and kwota > 3",
        "kwota < osoby and not kwota < osoby",
    ],
)
def test_a_condition_that_can_never_hold_is_a_mistake(text: str) -> None:
    assert mistake(text, wants=Kind.BOOLEAN)[:2] == ("never-holds", text)
    assert compiled(text).always is False


@pytest.mark.parametrize(
    "text", ["not (kwota > 5 and kwota < 3)", "1 < 2", "count(potrzeby) >= 0 or zgoda or not zgoda"]
)
def test_a_condition_that_always_holds_is_worth_a_warning(text: str) -> None:
    expression = compiled(text, wants=Kind.BOOLEAN)
    assert expression.always is True
    assert [warning.code for warning in expression.warnings] == ["always-holds"]


@pytest.mark.parametrize(
    "text",
    [
        "kwota > 3 and kwota < 5",
        "kwota > 3 and kwota < 3.01",
        "kwota >= 3 and kwota <= 3",
        "kwota > 5 or kwota <= 5",  # false while unanswered
        "nocleg == 'tak' or nocleg == 'nie'",
        "rodzaj not in ('a', 'b', 'c')",  # a text of one's own
        "od > 2020-01-01 and od < 2020-01-03",
        "closes > 2020-01-01 15:00 and closes < 2020-01-01 15:01",
        "closes == 2020-01-01 and closes > 2020-01-01 23:58",
        "imie == 'a' or imie == 'b'",
        "'petla' in potrzeby and 'tlumacz' in potrzeby",
        "'petla' in potrzeby and 'tlumacz' not in potrzeby",
        "kwota > osoby and kwota < osoby + 1",
        "round(kwota) == 3 and kwota < 3",
        "answered(kwota) and kwota == 0",
        "not answered(kwota)",
        "'a' in imie and imie == 'kabaczek'",
        "godzina > '08:00' and godzina < '09:00'",
        "zgoda and (kwota > 5 or kwota < 3)",
        "days(od, do) < 0",
        "today > 2020-01-01",
        "limit('prog') > 3",
        "kwota == 1 if zgoda else kwota == 2",
    ],
)
def test_a_condition_that_may_hold_is_never_flagged(text: str) -> None:
    expression = compiled(text, wants=Kind.BOOLEAN)
    assert expression.always is None
    assert expression.warnings == ()


@pytest.mark.parametrize("text", ["answered(od)", "answered(closes)", "not answered(od)", "answered(plik)"])
def test_whether_a_date_or_a_file_is_answered_may_hold(text: str) -> None:
    assert compiled(text).always is None


def test_a_bare_true_or_false_is_deliberate() -> None:
    assert compiled("false", wants=Kind.BOOLEAN).always is False
    assert compiled("true", wants=Kind.BOOLEAN).warnings == ()

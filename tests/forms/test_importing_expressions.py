"""XPath in our expressions: what it becomes, what is refused, and that whatever is translated compiles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.expressions import ExpressionErrors, Kind, compile_expression
from forms.importing.functions import FUNCTIONS
from forms.importing.names import Known, Names
from forms.importing.remarks import Untranslatable
from forms.importing.translating import Translator
from tests.forms.expression_samples import value

WANTED = {"1": "1", "tak": "tak", "-99": "minus_99"}
KINDS = {
    "wiek": ("integer", Kind.NUMBER),
    "koszt": ("decimal", Kind.NUMBER),
    "imie": ("text", Kind.TEXT),
    "plec": ("choice", Kind.choice(["1", "tak", "minus_99"])),
    "potrzeby": ("choices", Kind.choices(["1", "tak", "minus_99"])),
    "zgoda": ("boolean", Kind.BOOLEAN),
    "od": ("date", Kind.DATE),
    "kiedy": ("datetime", Kind.DATETIME),
}
ITEM = {"lata": ("integer", Kind.NUMBER), "rola": ("choice", Kind.choice(["1", "tak", "minus_99"]))}
ALL = {**{name: kind for name, (_, kind) in KINDS.items()}, "osoby": Kind.group({n: k for n, (_, k) in ITEM.items()})}


def names() -> Names:
    found = Names()
    for name, (kind, _) in KINDS.items():
        found.add(name, Known((name,), kind, (), WANTED if kind in ("choice", "choices") else {}))
    found.add("osoby", Known(("osoby",), "group"))
    for name, (kind, _) in ITEM.items():
        found.add(name, Known(("osoby", name), kind, ("osoby",), WANTED if kind == "choice" else {}))
    return found


NAMES = names()


class Scope:
    """The same names as our expressions see them."""

    def __init__(self, inside: bool) -> None:
        self.kinds = {**ALL, **({name: kind for name, (_, kind) in ITEM.items()} if inside else {})}

    def kind(self, name: str) -> Kind | None:
        return self.kinds.get(name)

    def names(self) -> list[str]:
        return list(self.kinds)


def translated(xpath: str, own: str = "wiek", here: tuple[str, ...] = (), columns: dict[str, str] | None = None) -> str:
    """The value of an XPath in our language; it compiles."""
    text = Translator(NAMES, here, own, columns or {}).value(xpath).text
    compile_expression(text, Scope(bool(here)), in_group=bool(here))
    return text


@pytest.mark.parametrize(
    ("xpath", "ours"),
    [
        ("${wiek} >= 18 and ${wiek} < 65", "wiek >= 18 and wiek < 65"),
        ("${wiek} = '18' or 3 < ${wiek}", "wiek == 18 or wiek > 3"),
        ("(${wiek} > 1 or ${zgoda} = 'OK') and ${imie} = 'Jan'", "(wiek > 1 or zgoda) and imie == 'Jan'"),
        ("${plec} = 1", "plec == '1'"),
        ("${plec} = '-99'", "plec == 'minus_99'"),
        ("${plec} != 'tak'", "not plec == 'tak'"),
        ("${imie} = ''", "not answered(imie)"),
        ("${imie} != ''", "answered(imie)"),
        ("not(${imie} = '')", "answered(imie)"),
        ("${wiek}", "wiek"),
        ("selected(${potrzeby}, 'tak')", "'tak' in potrzeby"),
        ("not(selected(${potrzeby}, '1'))", "not '1' in potrzeby"),
        ("selected(${plec}, 'tak')", "plec == 'tak'"),
        ("${potrzeby} = 'tak'", "'tak' in potrzeby and count(potrzeby) == 1"),
        ("count-selected(${potrzeby}) != 2", "count(potrzeby) != 2"),
        (". > 0 and . <= ${koszt} * 2", "wiek > 0 and wiek <= koszt * 2"),
        ("${koszt} div (${wiek} - 1)", "koszt / (wiek - 1)"),
        ("${koszt} - (${wiek} - 1)", "koszt - (wiek - 1)"),
        ("-${wiek} + 2", "-wiek + 2"),
        ("sum(${lata}) > 100", "sum(osoby.lata) > 100"),
        ("max(${lata})", "max(osoby.lata)"),
        ("count(${osoby})", "count(osoby)"),
        ("count(${osoby}[${rola} = 'tak' and ${lata} > 18])", "count(osoby, rola == 'tak' and lata > 18)"),
        ("count(${osoby}[./rola = 'tak'])", "count(osoby, rola == 'tak')"),
        ("if(${wiek} > 1, 'dużo', 'mało')", "'dużo' if wiek > 1 else 'mało'"),
        ("if(${wiek}>1,1,if(${wiek}>0,2,3))", "1 if wiek > 1 else 2 if wiek > 0 else 3"),
        ("coalesce(${wiek}, 0) + 1", "(wiek if answered(wiek) else 0) + 1"),
        ("string-length(${imie}) > 3", "length(imie) > 3"),
        ("round(${koszt}, 2)", "round(koszt, 2)"),
        ("int((today() - ${od}) div 365.25)", "years(od, today)"),
        ("today() - ${od} > 30", "days(od, today) > 30"),
        ("${od} < '2027-01-31'", "od < 2027-01-31"),
        ("${od} <= date('2027-01-31')", "od <= 2027-01-31"),
        ("${od} > today() - 7", "od > today - 7 days"),
        ("number(format-date(${od}, '%Y')) = 2027", "year(od) == 2027"),
        ("../wiek = 3 and /form/grupa/wiek = 3", "wiek == 3 and wiek == 3"),
        ("number(${wiek}) + int('3')", "wiek + 3"),
        ("true() and ${zgoda}", "zgoda"),
        ("“a” = ${imie}", 'imie == "a"'.replace('"', "'")),
    ],
)  # fmt: skip
def test_an_xpath_becomes_an_expression_that_says_the_same(xpath: str, ours: str) -> None:
    assert translated(xpath) == ours


def test_inside_a_repeat_names_are_those_of_the_item() -> None:
    assert translated("${lata} > 18 and position(..) = 1", "lata", ("osoby",)) == "lata > 18 and n == 1"
    assert translated(". > ${wiek}", "lata", ("osoby",)) == "lata > wiek"


def test_a_filter_is_worked_out_for_the_columns_of_one_option() -> None:
    assert translated("powiat = ${plec}", columns={"powiat": "1"}) == "plec == '1'"
    assert translated("selected(${potrzeby}, name)", columns={"name": "tak"}) == "'tak' in potrzeby"
    assert translated("typ = 'a' or typ = 'b'", columns={"typ": "b"}) == "true"


@pytest.mark.parametrize(
    ("x", "whole"), [("7.9", 7), ("7", 7), ("0", 0), ("0.5", 0), ("-0.5", 0), ("-7.9", -7), ("-1", -1)]
)
def test_a_number_without_its_fraction_is_cut_towards_zero(x: str, whole: int) -> None:
    assert value(translated(f"int({x} + 0.0)")) == whole


@pytest.mark.parametrize(("a", "b", "rest"), [(7, 3, 1), (9, 3, 0), (-7, 3, -1), (2, 5, 2)])
def test_a_remainder_has_the_sign_of_what_is_divided(a: int, b: int, rest: int) -> None:
    assert value(translated(f"{a} mod {b}")) == rest


@pytest.mark.parametrize(
    ("xpath", "reason"),
    [
        ("${nie_ma} = 1", "nie ma pytania „nie_ma”"),
        ("${plc} = 1", "czy chodziło o „plec”"),
        ("${plec} = 'xyz'", "nie ma odpowiedzi „xyz”"),
        ("${lata} > 3", "w grupie, która się powtarza"),
        ("pulldata('a', 'b', 'c', ${imie})", "pulldata()"),
        ("concat(${imie}, 'x')", "concat()"),
        ("regex(${imie}, 'a')", "regex()"),
        ("${imie} > 3", "liczby i daty"),
        ("${imie} + 1", "nie jest liczbą"),
        ("${wiek} >", "nie da się odczytać"),
        ("${wiek} = = 3", "nie da się odczytać"),
        ("'niezamknięty", "nie da się odczytać"),
        ("round()", "ma nie tyle argumentów"),
        ("position(..)", "tylko w grupie"),
        ("..", "nic tu nie oznaczają"),
        ("", "nie da się odczytać"),
        ("(" * 500 + "1" + ")" * 500, "zbyt zagnieżdżone"),
        ("1" + " + 1" * 1000, "za długie"),
        ("if(${wiek} > 1, 1, 'a')", "tego samego rodzaju"),
        ("selected(${potrzeby}, ${imie})", "wprost"),
    ],
)
def test_what_has_no_counterpart_is_refused_with_the_reason(xpath: str, reason: str) -> None:
    with pytest.raises(Untranslatable) as refused:
        Translator(NAMES).value(xpath)
    assert reason in str(refused.value.what)


def numbers() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(
        ["${wiek}", "${koszt}", "2", "0.5", "sum(${lata})", "count(${osoby})", "count-selected(${potrzeby})", "../wiek",
         "string-length(${imie})", "today() - ${od}", "count(${osoby}[${lata} > 3])"]
    )  # fmt: skip
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "div"]), inner),
            st.builds("{}({})".format, st.sampled_from(["round", "abs", "number", "-", "min", "int"]), inner),
            st.builds("if({} > 1 or ${{zgoda}}, {}, {})".format, inner, inner, inner),
            st.builds("coalesce(${{wiek}}, {})".format, inner),
        ),
        max_leaves=5,
    )


def conditions(number: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    leaves = st.one_of(
        st.sampled_from(["${zgoda}", "true()", "selected(${potrzeby}, 'tak')", "${imie} = ''", "${plec} != '1'",
                         "${potrzeby} = '-99'", "${imie} != 'Jan'", "${od} < today()", "${imie}", "contains(${imie}, 'a')"]),
        st.builds("{} {} {}".format, number, signs, number),
    )  # fmt: skip
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
            st.builds("not({})".format, inner),
        ),
        max_leaves=4,
    )


def attempt(xpath: str) -> str | None:
    """The condition in our language, or None when it was refused with a reason."""
    try:
        return Translator(NAMES, own="wiek").condition(xpath).text
    except Untranslatable as refused:
        return None if str(refused.what) else "refused without a reason"


@settings(max_examples=150, deadline=None)
@given(conditions(st.deferred(numbers)))
def test_whatever_is_translated_compiles(xpath: str) -> None:
    ours = attempt(xpath)
    codes: set[str] = set()
    if ours is not None and len(ours) < 1500:
        try:
            compile_expression(ours, Scope(False), wants=Kind.BOOLEAN)
        except ExpressionErrors as errors:
            codes = {mistake.code for mistake in errors.mistakes}
    assert codes <= {"never-holds"}, ours  # a random condition may contradict itself


@settings(max_examples=150, deadline=None)
@given(conditions(st.sampled_from(["${wiek}", "${koszt} * 2", "3", "sum(${lata})", "round(${koszt}, 1)"])))
def test_the_supported_subset_is_never_refused(xpath: str) -> None:
    assert attempt(xpath) is not None


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="${}wieko.()[]'\"=<>!-+*/ ,andorx1", max_size=40))
def test_nothing_that_is_typed_breaks_the_translator(xpath: str) -> None:
    assert attempt(xpath) != "refused without a reason"


def test_every_function_refuses_a_wrong_number_of_arguments_calmly() -> None:
    calls = [f"{name}({arguments})" for name in FUNCTIONS for arguments in ("", "1", "1, 1", "1, 1, 1, 1, 1")]
    assert None in [attempt(call) for call in calls]

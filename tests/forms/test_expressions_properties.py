"""What holds for every expression: it compiles or is refused with places, and no missing answer makes it fail."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.expressions import FUNCTIONS, Env
from forms.expressions.functions import months, shift
from forms.spans import Span
from tests.forms.expression_samples import ANSWERS, NAMES, PARTICIPANT, compiled, mistakes

OPERATORS = [
    "and",
    "or",
    "not",
    "in",
    "if",
    "else",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    ",",
]
OPERATORS += [".", "[", "]", "=", "&&", "lambda", ":", "**", "{", "#", "\\", "\n", "„", "”", "i", "lub", "is", "None"]
VALUES = [
    "'tak'",
    "''",
    "12.50",
    "0",
    "true",
    "today",
    "n",
    "2027-03-09",
    "2027-03-09 15:00",
    "24 months",
    "'2020-01-01'",
]
PARTS = st.sampled_from([*OPERATORS, *VALUES, *NAMES, *PARTICIPANT, *FUNCTIONS, "powiat", "drogi", "plan"])

ANYTHING: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.sampled_from(["tak", "nie", "tlumacz", ""]),
    st.integers(-9, 9),
    st.decimals(-999, 999),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.lists(st.text(max_size=3), max_size=2),
    st.lists(st.fixed_dictionaries({}, optional={"nocleg": st.just("tak"), "koszt": st.decimals(0, 9)}), max_size=2),
)


def numbers() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(
        [
            "kwota",
            "osoby",
            "2",
            "0.5",
            "sum(uczestnicy.koszt)",
            "count(potrzeby)",
            "tabela.drogi.plan",
            "adres.numer",
            "days(od, do)",
            "months(od, closes)",
            "years(do, today)",
            "year(od)",
            "length(imie)",
            "change(kwota)",
            "n",
            "limit('prog', do)",
            "previous(osoby)",
            "count(uczestnicy, nocleg == 'tak' and koszt > kwota)",
            "(cokolwiek + 0)",
        ]
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
            st.builds("({} if zgoda else {})".format, inner, inner),
            st.builds("{}({})".format, st.sampled_from(["abs", "round", "min", "max", "-"]), inner),
            st.builds("round({}, {})".format, inner, inner),
        ),
        max_leaves=5,
    )


def conditions() -> st.SearchStrategy[str]:
    leaves = st.one_of(
        st.builds("{} {} {}".format, numbers(), st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), numbers()),
        st.sampled_from(
            [
                "zgoda",
                "answered(plik)",
                "imie == uwagi",
                "nocleg in ('tak', 'nie')",
                "'petla' not in potrzeby",
                "od < do",
                "closes > today - 24 months",
                "godzina >= '08:30'",
                "gmina.powiat != '3212'",
                "min(od, closes) <= do",
                "nocleg in uczestnicy.nocleg",
                "'a' in imie",
                "cokolwiek == 'x'",
                "cokolwiek in (1, 2)",
                "max(od, do) > od",
            ]
        ),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
            st.builds("not {}".format, inner),
        ),
        max_leaves=4,
    )


def compiles_or_is_refused(text: str) -> None:
    for found in mistakes(text, in_group=True):
        assert 0 <= found.start <= found.end <= len(text)
        assert str(found.what)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_compiles_or_is_refused(text: str) -> None:
    compiles_or_is_refused(text)


@given(st.lists(PARTS, max_size=12).flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])))
@settings(max_examples=200, deadline=None)
def test_any_words_of_the_language_compile_or_are_refused(text: str) -> None:
    compiles_or_is_refused(text)


@given(
    st.one_of(numbers(), conditions()),
    st.dictionaries(st.sampled_from(list(NAMES)), ANYTHING),
    st.none() | st.dictionaries(st.sampled_from(["imie", "koszt", "nocleg"]), ANYTHING),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_no_missing_or_strange_answer_makes_an_expression_fail(
    text: str, answers: dict[str, Any], item: dict[str, Any] | None, full: bool
) -> None:
    if answers.get("oceny") is not None:
        del answers["oceny"]
    expression = compiled(text, in_group=True)
    env = Env({**ANSWERS, **answers} if full else answers, item, previous=answers.get)
    result = expression(env)
    assert result is None or isinstance(result, (bool, Decimal, str, date, datetime, time))
    assert expression.fails(env) in (True, False)
    assert expression.describe(lambda path: path)


@given(conditions(), st.dictionaries(st.sampled_from(list(NAMES)), ANYTHING))
@settings(max_examples=200, deadline=None)
def test_what_is_said_to_hold_always_or_never_does(text: str, answers: dict[str, Any]) -> None:
    answers.pop("oceny", None)
    expression = compiled(text, in_group=True)
    if expression.always is not None:
        assert bool(expression(Env(answers, n=1))) is expression.always


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_whole_months_are_the_most_that_fit_between_two_days(start: date, end: date) -> None:
    start, end = sorted((start, end))
    whole = int(months(start, end))
    fits, passes = shift(start, Span(whole, "months")), shift(start, Span(whole + 1, "months"))
    assert fits is not None
    assert fits <= end
    assert passes is not None
    assert passes > end

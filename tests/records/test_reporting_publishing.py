"""Nothing that is published tells of fewer than five, not by adding and subtracting either."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.definition import Field
from forms.reader import read_form
from records.reporting.parts import Bars, Figures, Grid, Part, Question, Report, Sums
from records.reporting.publishing import LEAST, published, suppressed
from records.reporting.statistics import Spread, bins

COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=6)


def field(name: str = "a") -> Field:
    """`b` is asked on a condition."""
    fields = "[{name: a, type: yes_no, label: A}, {name: b, type: text, label: B, when: a}]"
    form = read_form("t.yaml", f"title: T\nfields: {fields}").form
    assert form is not None
    return next(each for each in form.fields if each.name == name)


def one(part: Part, answered: int = 100) -> tuple[Part, ...]:
    """What is published of a question with this part."""
    question = Question("a", field(), (), answered, answered, (part,), True)
    return published(Report(answered, (question,))).questions[0].parts


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_what_is_left_out_of_a_line_is_never_one_count_nor_fewer_than_five(counts: list[int]) -> None:
    cells = dict(enumerate(counts))
    out = suppressed(cells, [list(cells)])
    assert all(not 0 < count < LEAST for key, count in cells.items() if key not in out)
    if out and sum(counts) >= LEAST and len(counts) > 1:
        assert len(out) > 1
        assert sum(cells[key] for key in out) >= LEAST


@settings(max_examples=200, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 20), min_size=n, max_size=n), min_size=2, max_size=4)
    )
)
def test_no_row_and_no_column_of_a_cross_table_leaves_out_one_count_alone(rows: list[list[int]]) -> None:
    cells = {(i, j): count for i, row in enumerate(rows) for j, count in enumerate(row)}
    lines = [[(i, j) for j in range(len(rows[0]))] for i in range(len(rows))]
    lines += [[(i, j) for i in range(len(rows))] for j in range(len(rows[0]))]
    out = suppressed(cells, lines)
    assert all(len(out & set(line)) != 1 for line in lines)


def test_a_small_count_takes_the_next_smallest_with_it() -> None:
    (bars,) = one(Bars("", (("a", 2), ("b", 7), ("c", 91), ("d", 0)), 100))
    assert bars == Bars("", (("a", None), ("b", None), ("c", 91), ("d", 0)), 100)


def test_of_several_answers_each_is_left_out_when_few_gave_it_or_few_did_not() -> None:
    (bars,) = one(Bars("", (("a", 2), ("b", 97), ("c", 50)), 100, apart=False))
    assert bars == Bars("", (("a", None), ("b", None), ("c", 50)), 100, apart=False)


def test_single_answers_are_never_published() -> None:
    whole = Figures("", 20, Decimal(3), Decimal(3), (Decimal(2), Decimal(4)), (Decimal(1), Decimal(9)), Decimal(60))
    (figures,) = one(whole)
    assert isinstance(figures, Figures)
    assert (figures.mean, figures.quartiles, figures.extremes) == (3, None, None)
    assert one(Bars("", (("a", 3),), 3), answered=3) == ()
    assert one(Sums("", ("x",), (("a", ((4, Decimal(1), Decimal(1)),)),))) == (Sums("", ("x",), (("a", (None,)),)),)


def test_how_many_were_asked_on_a_condition_is_not_told_when_few_were_or_few_were_not() -> None:
    for name, answered, told in (("b", 3, None), ("b", 97, None), ("b", 50, 50), ("a", 97, 97), ("a", 3, None)):
        question = Question(name, field(name), (), answered, 100, (Bars("", (("x", answered),), answered),), True)
        (found,) = published(Report(100, (question,))).questions
        assert (found.answered, bool(found.parts), found.texts) == (told, told is not None, False)


def test_a_cross_table_leaves_out_whole_rows_that_are_left_out_elsewhere() -> None:
    bars = Bars("", (("a", 2), ("b", 20), ("c", 91)), 113)
    questions = (Question("a", field(), (), 113, 113, (bars,), True),)
    crossed = Grid("", ("x", "y"), (("a", (1, 1)), ("b", (10, 10)), ("c", (45, 46))))
    found = published(Report(113, questions, crossed, ("a", "other"))).crossed
    assert found is not None
    assert [cells for _, cells in found.rows] == [(None, None), (None, None), (45, 46)]


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.decimals(-1000, 1000, places=1), st.integers(1, 5), min_size=1))
def test_a_histogram_holds_every_number_in_few_bins(counts: dict[Decimal, int]) -> None:
    spread = Spread(counts)
    made = bins(spread)
    assert sum(count for _, count in made) == spread.count
    assert len(made) <= 13
    assert len({label for label, _ in made}) == len(made)


@given(st.lists(st.integers(-50, 50), min_size=1))
def test_quantiles_are_those_of_the_numbers_one_by_one(numbers: list[int]) -> None:
    spread = Spread({Decimal(number): numbers.count(number) for number in numbers})
    ordered = sorted(numbers)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / Decimal(2)
    assert spread.quantile(Decimal("0.5")) == middle
    assert (spread.quantile(Decimal(0)), spread.quantile(Decimal(1))) == (ordered[0], ordered[-1])

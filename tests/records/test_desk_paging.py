"""However a page of the table is found – named, walked or sorted out –, it holds the rows that stand there, and counts right."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest

from records.desk import asking, columns, paging, table
from records.desk.asking import Answered, Asked
from records.desk.paging import Order
from records.desk.questions import Questions
from records.desk.table import Wanted
from tests.forms.definitions import form_of
from tests.records.steps import NOW, counting, draft, send

SLUG = "szkolenie"
FORM = form_of(
    "title: Szkolenie\nfields:\n  - {name: osoba, type: text, label: Osoba}\n  - {name: dieta, type: text, label: Dieta}\n"
)
GMINY = ("3212022", "3262011", "3201022")  # as their names sort, say
MANY = 40
WEGE = Answered("dieta", asking.IS, ("wege",))
ASKED = {
    "nothing": Asked(),
    "a word of all": Asked(search="urząd"),
    "a word of most": Asked(search="gmina"),
    "a word of the oldest": Asked(search="dawno"),
    "a word of one": Asked(search="nr 17."),
    "a word of nobody": Asked(search="xyz"),
    "words of some": Asked(search="urzad dawno"),
    "an answer": Asked(answered=(WEGE,)),
    "not an answer": Asked(answered=(Answered("dieta", asking.IS_NOT, ("wege",)),)),
    "no answer": Asked(answered=(Answered("osoba", asking.EMPTY),)),
    "a word and an answer": Asked(search="urząd", answered=(WEGE,)),
    "a rare word and not an answer": Asked(search="dawno", answered=(Answered("dieta", asking.IS_NOT, ("wege",)),)),
    "a word in a gmina": Asked(search="urząd", gmina=GMINY[0]),
    "a word in two states": Asked(search="gmina", states=("submitted", "accepted")),
    "a powiat": Asked(powiat="3262"),
    "a range": Asked(answered=(Answered("osoba", asking.FROM, ("C",)), Answered("osoba", asking.TO, ("E",)))),
}
ORDERS = [
    Order(by, question=by == "osoba", descending=descending)
    for by, descending in itertools.product((*paging.SORTS, paging.GMINA, "osoba"), (True, False))
]


@pytest.fixture
def questions() -> Questions:
    return Questions(FORM, lambda version_id: FORM)


@pytest.fixture
def many(database: Any, version: int) -> None:
    """Sent responses of which some answer this, some that, some nothing; and a draft."""
    for n in range(MANY):
        answers = {"dieta": ("wege", "zwykła", "wege")[n % 3]} | ({} if n % 7 == 0 else {"osoba": "ABCDEF"[n % 6]})
        search = f"urzad {'gmina ' if n % 4 else ''}{'dawno ' if n < 9 else ''}nr {n}."
        gmina = (*GMINY, None)[(n * 5) % 4]
        send(draft(version, **answers), version, now=NOW + timedelta(hours=(n * 7) % 24), gmina=gmina, search=search)
    draft(version, dieta="wege")


def whole(asked: Asked, order: Order, questions: Questions) -> list[int]:
    """All that match, on one page."""
    found = table.look(SLUG, Wanted(asked, order, per_page=1000), questions, GMINY)
    assert (found.total, found.pages) == (len(found.rows), 1)
    return [row.id for row in found.rows]


# How many are named, walked and common: as with very many responses, as with few, and in between.
@pytest.mark.parametrize("bounds", [(0, 12, 0), (0, 12, 10), (3, 25, 5), (0, 1, 1000), (10, 10, 2)], ids=str)
def test_every_page_holds_what_stands_there(
    many: None, questions: Questions, monkeypatch: pytest.MonkeyPatch, bounds: tuple[int, int, int]
) -> None:
    expected = {(name, order): whole(asked, order, questions) for name, asked in ASKED.items() for order in ORDERS}
    for name, value in zip(("NAMED", "WALKED", "COMMON", "MOST_OF_ALL"), (*bounds, bounds[-1]), strict=True):
        monkeypatch.setattr(paging, name, value)
    for (name, order), ids in expected.items():
        assert whole(ASKED[name], order, questions) == ids, (name, order)
        for page in (1, 2, 5, 99):
            found = table.look(SLUG, Wanted(ASKED[name], order, page=page, per_page=7), questions, GMINY)
            assert found.total == len(ids), (name, order)
            assert found.page == min(page, max(1, -(-len(ids) // 7)))
            start = (found.page - 1) * 7
            assert [row.id for row in found.rows] == ids[start : start + 7], (name, order, page)


def test_what_is_asked_is_what_is_counted_and_exported(many: None, questions: Questions) -> None:
    for asked in ASKED.values():
        n = len(whole(asked, Order(), questions))
        assert table.count(SLUG, asked, questions) == n
        assert len(table.keys(SLUG, asked, questions, 1000)) == n
    assert len(whole(ASKED["a word of most"], Order(), questions)) == MANY - MANY // 4
    assert len(whole(ASKED["a word of the oldest"], Order(), questions)) == 9
    assert whole(ASKED["a word of nobody"], Order(), questions) == []


def test_a_page_takes_as_few_queries_in_the_dense_as_in_the_sparse(
    many: None, questions: Questions, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns.ready(SLUG, questions, [columns.SEARCH, "osoba", "dieta"])
    for bounds in ((0, 12, 0), (3, 25, 5), (0, 1, 1000)):
        for name, value in zip(("NAMED", "WALKED", "COMMON", "MOST_OF_ALL"), (*bounds, bounds[-1]), strict=True):
            monkeypatch.setattr(paging, name, value)
        for asked in ASKED.values():
            for order in ORDERS:
                with counting(database) as seen:
                    table.look(SLUG, Wanted(asked, order, per_page=7, page=2), questions, GMINY)
                assert len(seen) <= 9, (asked.search, order, seen)

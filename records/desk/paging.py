"""Which responses stand on a page of the table: decided on narrow indexes, however many match and whatever is asked.

A condition on an answer, or on the words that responses are found by, is looked at first. Where few meet it they are named,
and nothing is read of all the others. Where very many do, the page is found by walking: the list without the condition is
read from its beginning until enough of its rows meet it, instead of sorting out all that do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from records.database import database, run
from records.desk.asking import Clause, matches

SORTS = {
    "reference": ("year", "number"),
    "sent_at": ("sent_at", "id"),
    "changed_at": ("changed_at", "id"),
    "state": ("state", "year", "number"),
}
GMINA = "gmina"
PLAIN = "reference"  # what counts for a sort that makes no sense
IDS = "id IN (?"
FEW = ("key IN", "gmina = ", IDS, "1 = 0")  # conditions that have an index of their own
NAMED = 2000  # so many ids are named one by one
TRIED = 2  # conditions of which it is asked whether few meet them: each is a query
WALKED = 500  # rows that a walk looks at before it gives up
BEGUN = 10  # gminy, the first of the list, in which a walk looks for them
COMMON = 10_000  # where more meet a condition, it pays to sort the list and walk it; fewer are asked one by one
MOST_OF_ALL = 30_000  # the same by gminy, who often share a word with their neighbours: there walks are in vain


@dataclass(frozen=True, slots=True)
class Order:
    """By what rows are sorted: a key of SORTS, GMINA, or the name of a question (`question`)."""

    by: str = PLAIN
    question: bool = False
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Sorted:
    """The list that is paged: of this form, in this order.

    `column` is the id of the column that is sorted by (0: none), `gminy` the codes that occur, in the order of their names.
    `counts`: how many of those that match each gmina has, where that has been counted already.
    """

    slug: str
    order: Order
    column: int = 0
    gminy: Sequence[str] = ()
    counts: Mapping[str | None, int] | None = None

    @property
    def by_gmina(self) -> bool:
        """Whether the names of gminy decide the order."""
        return self.order.by == GMINA and not self.order.question


def find(these: Sorted, clauses: Sequence[Clause], page: int, per_page: int) -> tuple[list[int], int, int]:
    """(the ids on the page, how many match, the page): the page asked for, or the nearest that exists. Two to seven queries."""
    total, read = _asked(these, clauses)
    page = min(max(1, page), max(1, -(-total // per_page)))
    return read((page - 1) * per_page, per_page), total, page


def beside(these: Sorted, clauses: Sequence[Clause], row: int) -> tuple[list[int], int, int]:
    """(the ids of the row before this one, of this and of the next, how many match, the row of the first of these ids).

    Rows count from 1. Behind the end of the list there is only its last row.
    """
    total, read = _asked(these, clauses)
    first = max(1, min(row - 1, total))
    return read(first - 1, row + 2 - first), total, first


def _asked(these: Sorted, clauses: Sequence[Clause]) -> tuple[int, Callable[[int, int], list[int]]]:
    """How many match, and what reads the ids of so many of them from an offset on."""
    rest, common = _named(clauses, TRIED - these.by_gmina)
    if rest and common and _count(these.slug, rest, COMMON + 1) <= COMMON:
        rest, common = [*rest, *(each.of_each for each in common)], []
    if these.by_gmina and rest:
        these = replace(these, counts=_per_gmina(these.slug, [*rest, *common]))
    total = _total(these, rest, common)
    return total, lambda offset, most: _read(these, rest, common, total, min(most, total - offset), offset)


def _read(
    these: Sorted, rest: Sequence[Clause], common: Sequence[Clause], total: int, most: int, offset: int
) -> list[int]:
    if most <= 0:
        return []
    mirrored = not these.by_gmina and not these.column and offset > total // 2
    if mirrored:  # the end of a list is read from its end
        these = replace(these, order=replace(these.order, descending=not these.order.descending))
        offset = total - offset - most
    ids = _walk(these, rest, common, total, most, offset) if common else None
    if ids is None:
        ids = _ids(these, [*rest, *common], most, offset)
    return ids[::-1] if mirrored else ids


def listed(clauses: Sequence[Clause] = ()) -> str:
    """The table, read from the index that has all a list needs. SQLite has to be told: it would rather read wide rows."""
    few = any(each.sql.startswith(FEW) for each in clauses)
    return "response" if few or database.for_update else "response INDEXED BY response_listed"


def _named(clauses: Sequence[Clause], tried: int) -> tuple[list[Clause], list[Clause]]:
    """The conditions that are quickly told, and those that many meet in columns of answers.

    As soon as few meet one of the first of these, it becomes their ids, and the others are asked of those few. So many are
    `tried` in vain, one less where others narrow the list.
    """
    inside = [each for each in clauses if each.inside]
    rest = [each for each in clauses if not each.inside]
    for each in [one for one in inside if not one.but][: max(1, tried - bool(rest))]:
        query = f"SELECT response_id FROM listed_value WHERE {each.inside} LIMIT ?"  # noqa: S608
        ids = tuple(row[0] for row in run(query, *each.params, NAMED + 1).fetchall())
        if len(ids) <= NAMED:
            these = Clause(f"id IN ({', '.join('?' * len(ids))})", ids) if ids else Clause("1 = 0")
            return [these, *rest, *(other.of_each for other in inside if other is not each)], []
    return rest, inside


def _total(these: Sorted, rest: Sequence[Clause], common: Sequence[Clause]) -> int:
    if these.counts is not None:
        return sum(these.counts.values())
    if len(rest) == 1 and rest[0].sql.startswith(IDS):
        return len(rest[0].params)
    if rest or len(common) != 1:
        return _count(these.slug, [*rest, *common])
    (alone,) = common
    query = f"SELECT COUNT(*) FROM listed_value WHERE {alone.inside}"  # noqa: S608
    there = int(run(query, *alone.params).fetchone()[0])
    return _count(these.slug) - there if alone.but else there


def _count(slug: str, clauses: Sequence[Clause] = (), most: int | None = None) -> int:
    """How many match; no more than `most` are counted."""
    where = matches(slug, clauses)
    limited = "" if most is None else f" LIMIT {most}"
    query = f"SELECT COUNT(*) FROM (SELECT 1 FROM {listed(clauses)} WHERE {where.sql}{limited}) AS found"  # noqa: S608
    return int(run(query, *where.params).fetchone()[0])


def _walk(
    these: Sorted, rest: Sequence[Clause], common: Sequence[Clause], total: int, most: int, offset: int
) -> list[int] | None:
    """The page, out of the first rows of the list without what many meet; None when too few of these meet it."""
    in_order = these.order.by == PLAIN and not these.order.question  # others have to be sorted before one walks
    pays = in_order or total >= (MOST_OF_ALL if these.by_gmina else COMMON)
    if offset + most > WALKED or not pays or these.counts is not None:
        return None
    begun: dict[str | None, int] = dict.fromkeys(these.gminy, WALKED // BEGUN)
    first = _ids(replace(these, counts=begun) if these.by_gmina else these, rest, WALKED, 0)
    if not first:
        return None
    each = " AND ".join(clause.of_each.sql for clause in common)
    found = run(
        f"SELECT id FROM response WHERE id IN ({', '.join('?' * len(first))}) AND {each}",  # noqa: S608
        *first,
        *(value for clause in common for value in clause.params),
    ).fetchall()
    meet = {row[0] for row in found}
    here = [response_id for response_id in first if response_id in meet][offset : offset + most]
    return here if len(here) == most else None


def _ids(these: Sorted, clauses: Sequence[Clause], most: int, offset: int) -> list[int]:
    """So many ids of those that match, from the `offset`th on. One to three queries."""
    slug, order, column = these.slug, these.order, these.column
    if these.by_gmina:
        return _by_gmina(these, clauses, most, offset)
    way = _way(order)
    if column and not clauses:
        rows = run(
            f"SELECT response_id FROM listed_value WHERE column_id = ? "  # noqa: S608
            f"ORDER BY column_id {way}, sort {way}, response_id {way} LIMIT ? OFFSET ?",
            *(column, most, offset),
        ).fetchall()
        if len(rows) == most:  # none of those without an answer, who come last
            return [row[0] for row in rows]
    where = matches(slug, clauses)
    if not column:
        by = ", ".join(f"{name} {way}" for name in SORTS.get(order.by, SORTS[PLAIN]))
        query = f"SELECT id FROM {listed(clauses)} WHERE {where.sql} ORDER BY {by} LIMIT ? OFFSET ?"  # noqa: S608
        return [row[0] for row in run(query, *where.params, most, offset).fetchall()]
    rows = run(
        f"SELECT hit.id FROM (SELECT id FROM {listed(clauses)} WHERE {where.sql}) AS hit "  # noqa: S608
        "LEFT JOIN listed_value AS answer ON answer.column_id = ? AND answer.response_id = hit.id "
        f"ORDER BY answer.sort IS NULL, answer.sort {way}, hit.id {way} LIMIT ? OFFSET ?",
        *(*where.params, column, most, offset),
    ).fetchall()
    return [row[0] for row in rows]


def _by_gmina(these: Sorted, clauses: Sequence[Clause], most: int, offset: int) -> list[int]:
    """As `_ids`, sorted by the names of gminy: how many each has tells which of them stand on the page.

    To sort all rows by a rank that only Python knows takes ten times as long.
    """
    descending, where = these.order.descending, matches(these.slug, clauses)
    counts = these.counts if these.counts is not None else _per_gmina(these.slug, clauses)
    if not clauses and these.counts is None:
        counts = {**counts, None: offset + most}  # they come last, so it is enough that there may be some
    codes: list[str | None] = [*(reversed(these.gminy) if descending else these.gminy), None]
    here: list[str | None] = []
    start = reached = 0
    for code in codes:
        reached += counts.get(code, 0)
        if reached <= offset:
            start = reached
        elif counts.get(code):
            here.append(code)
        if reached >= offset + most:
            break
    if not here:
        return []
    way = _way(these.order)
    ranks = " ".join(["WHEN ? THEN ?"] * len(here))
    named = [code for code in here if code is not None]
    among = " OR ".join(
        [*([f"gmina IN ({', '.join('?' * len(named))})"] if named else []), *(["gmina IS NULL"] * (None in here))]
    )
    rows = run(
        f"SELECT id FROM {listed(clauses)} WHERE {where.sql} AND ({among}) "  # noqa: S608
        f"ORDER BY CASE COALESCE(gmina, '') {ranks} END, year {way}, number {way} LIMIT ? OFFSET ?",
        *(*where.params, *named),
        *(value for rank, code in enumerate(here) for value in (code or "", rank)),
        *(most, offset - start),
    ).fetchall()
    return [row[0] for row in rows]


def _per_gmina(slug: str, clauses: Sequence[Clause]) -> dict[str | None, int]:
    """How many of those that match each gmina has; of those without one (None) only where there are conditions."""
    where = matches(slug, clauses)
    if clauses:
        query = f"SELECT gmina, COUNT(*) FROM {listed(clauses)} WHERE {where.sql} GROUP BY gmina"  # noqa: S608
        return dict(run(query, *where.params).fetchall())
    # A draft has no gmina, so an index by gmina tells all.
    query = "SELECT gmina, COUNT(*) FROM response WHERE slug = ? AND gmina IS NOT NULL GROUP BY gmina"
    return dict(run(query, slug).fetchall())


def _way(order: Order) -> str:
    return "DESC" if order.descending else "ASC"

"""What a member of staff asks of the responses of a form, and the conditions in SQL that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from records.database import database
from records.desk import returned
from records.desk.columns import SEARCH
from records.desk.keys import found, order
from records.listing import fold
from records.models import stored
from records.shapes import DRAFT

IS, IS_NOT, HAS, FROM, TO, EMPTY, FILLED = "jest", "nie-jest", "zawiera", "od", "do", "puste", "wypelnione"
HOW = (IS, IS_NOT, HAS, FROM, TO, EMPTY, FILLED)
WITHOUT_VALUE = (EMPTY, FILLED)
RETURNED = {"returned": returned.OPEN, "answered": returned.ANSWERED}  # states of what was returned for correction


class Clause(NamedTuple):
    """A condition on the table `response`, with a value for each `?` in it.

    `inside`: the same as a condition on `listed_value`, where it is about one column of it; `but`: that one is not met.
    """

    sql: str
    params: tuple[Any, ...] = ()
    inside: str = ""
    but: bool = False

    @property
    def of_each(self) -> Clause:
        """What `inside` says, asked of one response after another: quicker where there are few of them.

        The sign before the column keeps SQLite, which knows nothing of how values are spread, from the key of all columns.
        """
        sign = "" if database.for_update else "+"
        query = f"SELECT 1 FROM listed_value WHERE response_id = response.id AND {sign}{self.inside}"  # noqa: S608
        return Clause(f"{'NOT ' if self.but else ''}EXISTS ({query})", self.params)


@dataclass(frozen=True, slots=True, repr=False)
class Answered:
    """What is asked of the answer to one question. `values` are typed; for IS and IS_NOT any of them will do.

    Without a repr: it quotes answers. `several`: a cell may hold several codes, joined by `|`.
    """

    question: str
    how: str
    values: tuple[Any, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What is asked; all of it at once. Without a state: all that was sent. Drafts are only ever counted."""

    search: str = ""
    states: tuple[str, ...] = ()
    gmina: str = ""
    powiat: str = ""  # the first four digits of the codes of its gminy
    event: str = ""
    booking_states: tuple[str, ...] = ()
    sent_from: datetime | None = None
    sent_until: datetime | None = None  # this moment is not included
    label: str = ""
    answered: tuple[Answered, ...] = ()
    keys: tuple[str, ...] = ()  # only these responses, by their keys

    @property
    def drafts(self) -> bool:
        """Whether drafts are asked for."""
        return DRAFT in self.states

    @property
    def columns(self) -> list[str]:
        """The columns of answers that are needed to tell what matches."""
        return [*([SEARCH] if fold(self.search) else []), *dict.fromkeys(each.question for each in self.answered)]

    def clauses(self, slug: str, columns: Mapping[str, int]) -> list[Clause]:
        """Conditions beyond being sent to the form; `columns` are the ids of those that are needed."""
        return [
            *([_in_state(slug, self.states)] if self.states else []),
            *self._about_response(),
            *self._about_bookings(slug),
            *([_labelled(slug, self.label)] if self.label else []),
            *([_searched(columns[SEARCH], fold(self.search).split())] if fold(self.search) else []),
            *self._ranges(columns),
            *(_answered(columns[each.question], each) for each in self.answered if each.how not in (FROM, TO)),
        ]

    def _ranges(self, columns: Mapping[str, int]) -> Iterable[Clause]:
        """From and to of one question are one condition: an index answers it in one go."""
        asked = [each for each in self.answered if each.how in (FROM, TO)]
        for question in dict.fromkeys(each.question for each in asked):
            here = [each for each in asked if each.question == question]
            # What begins with the value is within `to`: a moment of that day, a text of that letter.
            bounds = [order(each.values[0]) + (b"\xff" if each.how == TO else b"") for each in here]
            sql = "".join(" AND sort < ?" if each.how == TO else " AND sort >= ?" for each in here)
            yield _in_column(f"column_id = ?{sql}", columns[question], *bounds)

    def _about_response(self) -> Iterable[Clause]:
        if self.keys:
            yield Clause(f"key IN ({_marks(self.keys)})", self.keys)
        if self.gmina:
            yield Clause("gmina = ?", (self.gmina,))
        if self.powiat:
            yield Clause("gmina LIKE ?", (f"{self.powiat}%",))
        if self.sent_from is not None:
            yield Clause("sent_at >= ?", (stored(self.sent_from),))
        if self.sent_until is not None:
            yield Clause("sent_at < ?", (stored(self.sent_until),))

    def _about_bookings(self, slug: str) -> Iterable[Clause]:
        if not self.event and not self.booking_states:
            return
        sql, params = "slug = ?", [slug]
        if self.event:
            sql, params = f"{sql} AND event = ?", [*params, self.event]
        if self.booking_states:
            sql, params = f"{sql} AND state IN ({_marks(self.booking_states)})", [*params, *self.booking_states]
        yield Clause(f"id IN (SELECT response_id FROM booking WHERE {sql})", tuple(params))  # noqa: S608


def matches(slug: str, clauses: Sequence[Clause]) -> Clause:
    """All of these conditions, on what was sent to the form."""
    sql = " AND ".join(["slug = ?", "year IS NOT NULL", *(f"({each.sql})" for each in clauses)])
    return Clause(sql, (slug, *(value for each in clauses for value in each.params)))


def _in_state(slug: str, states: Sequence[str]) -> Clause:
    """Any of these states: of the response itself, or of what was returned for correction."""
    own = tuple(each for each in states if each not in RETURNED)
    asked = tuple(RETURNED[each] for each in states if each in RETURNED)
    parts = [f"state IN ({_marks(own)})"] if own else []
    if asked:
        sql = f"SELECT response_id FROM returned_request WHERE slug = ? AND state IN ({_marks(asked)})"  # noqa: S608
        parts.append(f"id IN ({sql})")
    return Clause(" OR ".join(parts), (*own, *((slug, *asked) if asked else ())))


def _labelled(slug: str, label: str) -> Clause:
    return Clause("id IN (SELECT response_id FROM response_label WHERE slug = ? AND name = ?)", (slug, label))


def _searched(column: int, words: Sequence[str]) -> Clause:
    sql = " AND ".join(["column_id = ?", *([database.contains.format("value")] * len(words))])
    # A number is rarer than any word, and a long word than a short one; what the first does not find is not asked the rest.
    rarest_first = sorted(words, key=lambda word: (any(map(str.isdecimal, word)), len(word)), reverse=True)
    return _in_column(sql, column, *rarest_first)


def _answered(column: int, asked: Answered) -> Clause:
    how, values = asked.how, asked.values
    if how in WITHOUT_VALUE:
        there = _in_column("column_id = ?", column)
        return there if how == FILLED else _but(there)
    if how == HAS:
        return _in_column(f"column_id = ? AND {database.contains.format('value')}", column, found(values[0]))
    if asked.several:
        any_of = " OR ".join([database.contains.format("'|' || value || '|'")] * len(values)) or "1 = 0"
        there = _in_column(f"column_id = ? AND ({any_of})", column, *(f"|{found(v)}|" for v in values))
    else:
        any_of = f"value IN ({_marks(values)})" if values else "1 = 0"
        there = _in_column(f"column_id = ? AND {any_of}", column, *map(found, values))
    return there if how == IS else _but(there)


def _in_column(sql: str, *params: Any) -> Clause:
    return Clause(f"id IN (SELECT response_id FROM listed_value WHERE {sql})", params, sql)  # noqa: S608


def _but(clause: Clause) -> Clause:
    return clause._replace(sql=f"NOT {clause.sql}", but=True)


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def typed(kind: str, text: str) -> Any:
    """What somebody typed as a value of a column of this kind (see Heading.kind). ValueError when it is none."""
    text = " ".join(text.split())
    if kind == "number":
        try:
            return Decimal(text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", "."))
        except ArithmeticError as error:
            raise ValueError(text) from error
    if kind in ("date", "datetime"):
        return day(text)
    if kind == "boolean":
        folded = fold(text)
        if folded not in ("tak", "nie", "1", "0", "yes", "no"):
            raise ValueError(text)
        return folded in ("tak", "1", "yes")
    if not text:
        raise ValueError(text)
    return text


def day(text: str) -> Any:
    """A day as `2027-03-09` or `9.03.2027`. ValueError when it is none."""
    for shape in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text.strip(), shape).date()
        except ValueError:
            continue
    raise ValueError(text)

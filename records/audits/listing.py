"""Lists of audits: those of one building, the critical barriers of the region, recommendations and which of them are late."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from records.audits.following import DONE, DROPPED
from records.bookings.booked import marks
from records.bookings.lifecycle import OVER
from records.database import run
from records.models import moment

AUDITED = (
    "SELECT response.id, response.key, kept.slug, kept.gmina, kept.building, kept.name, kept.day, response.reference, "
    "kept.score, kept.grade FROM audit_result AS kept JOIN response ON response.id = kept.response_id "
    "WHERE kept.building <> '' AND response.state NOT IN (?, ?)"
)
RECOMMENDED = (
    "SELECT id, response_id, path, item, text, priority, rank, cost, due, state, state_at, listed FROM recommendation"
)


@dataclass(frozen=True, slots=True, repr=False)
class Audited:
    """One audit of a building."""

    id: int
    key: str
    slug: str
    gmina: str
    building: str  # as it is compared
    name: str
    day: date
    reference: str
    score: Decimal | None
    grade: str

    @property
    def whose(self) -> tuple[str, str, str]:
        """What makes two audits those of one building."""
        return self.slug, self.gmina, self.building

    @classmethod
    def of(cls, row: Sequence[Any]) -> Audited:
        """Read back from a row of AUDITED."""
        score = None if row[8] is None else Decimal(row[8])
        return cls(
            row[0], row[1], row[2], row[3] or "", row[4], row[5], date.fromisoformat(row[6]), row[7], score, row[9]
        )


@dataclass(frozen=True, slots=True, repr=False)
class Recommended:
    """A recommendation as it stands."""

    id: int
    response_id: int
    path: str
    item: str
    text: str
    priority: str
    rank: int
    cost: Decimal | None
    due: date | None
    state: str
    state_at: datetime
    listed: bool

    @property
    def over(self) -> bool:
        """Whether nothing more is awaited."""
        return self.state in (DONE, DROPPED)

    def late(self, today: date) -> bool:
        """Whether its day has passed and it is neither done nor dropped."""
        return self.listed and not self.over and self.due is not None and self.due < today

    @classmethod
    def of(cls, row: Sequence[Any]) -> Recommended:
        """Read back from a row of RECOMMENDED."""
        cost, due = row[7], row[8]
        whole: Any = (
            *row[:7],
            None if cost is None else Decimal(cost),
            None if due is None else date.fromisoformat(due),
            *(row[9], moment(row[10]), bool(row[11])),
        )
        return cls(*whole)


@dataclass(frozen=True, slots=True, repr=False)
class Awaited:
    """How many recommendations of an audit are neither done nor dropped, how many of them are late, and their days."""

    key: str
    name: str  # of the building
    count: int
    late: int
    due: date | None  # the soonest day, passed or not
    ahead: date | None  # the soonest that has not passed


@dataclass(frozen=True, slots=True, repr=False)
class Barrier:
    """A critical barrier that stands, by the newest audit of its building; `since` is the day of the audit that first saw it."""

    audit: Audited
    item: str
    label: str
    since: date
    recommendation: Recommended | None


def every(slugs: Collection[str]) -> list[Audited]:
    """All audits of these forms that hold, by building and day. One SELECT."""
    if not slugs:
        return []
    rows = run(
        f"{AUDITED} AND kept.slug IN ({marks(list(slugs))}) "
        "ORDER BY kept.slug, kept.gmina, kept.building, kept.day, response.id",
        *(*OVER, *slugs),
    ).fetchall()
    return [Audited.of(row) for row in rows]


def of_building(slug: str, gmina: str, response_id: int) -> list[Audited]:
    """The audits of the gmina in this form, the newest first: those of the same building before the others. One SELECT."""
    rows = run(
        f"{AUDITED} AND kept.slug = ? AND kept.gmina = ? ORDER BY kept.day DESC, response.id DESC",
        *(*OVER, slug, gmina),
    ).fetchall()
    found = [Audited.of(row) for row in rows]
    this = next((each for each in found if each.id == response_id), None)
    return sorted(found, key=lambda each: this is None or each.building != this.building)


def recommendations(ids: Sequence[int]) -> list[Recommended]:
    """The recommendations of these audits, the most urgent first. One SELECT."""
    if not ids:
        return []
    rows = run(
        f"{RECOMMENDED} WHERE response_id IN ({marks(ids)}) ORDER BY response_id, listed DESC, rank, id", *ids
    ).fetchall()
    return [Recommended.of(row) for row in rows]


def barriers(slugs: Collection[str]) -> list[Barrier]:
    """The critical barriers of all buildings as their newest audits found them. Three SELECTs, however many there are."""
    buildings: dict[tuple[str, str, str], list[Audited]] = {}
    for each in every(slugs):
        buildings.setdefault(each.whose, []).append(each)
    if not buildings:
        return []
    among = f"SELECT response_id FROM audit_result WHERE slug IN ({marks(list(slugs))})"  # noqa: S608
    labels: dict[int, dict[str, str]] = {}
    for id_, item, label in run(
        f"SELECT response_id, item, label FROM audit_barrier WHERE response_id IN ({among}) ORDER BY item",  # noqa: S608
        *slugs,
    ).fetchall():
        labels.setdefault(id_, {})[item] = label
    advised: dict[tuple[int, str], Recommended] = {}
    for row in run(f"{RECOMMENDED} WHERE listed = 1 AND response_id IN ({among}) ORDER BY id", *slugs).fetchall():
        found = Recommended.of(row)
        advised.setdefault((found.response_id, found.item), found)
    return [barrier for audits in buildings.values() for barrier in _of_building(audits, labels, advised)]


def _of_building(
    audits: Sequence[Audited], labels: dict[int, dict[str, str]], advised: dict[tuple[int, str], Recommended]
) -> list[Barrier]:
    """The barriers of one building; its audits from the oldest to the newest."""
    newest, found = audits[-1], []
    for item, label in labels.get(newest.id, {}).items():
        since = newest.day
        for each in reversed(audits):
            if item not in labels.get(each.id, {}):
                break
            since = each.day
        known = (advised.get((each.id, item)) for each in reversed(audits))
        found.append(Barrier(newest, item, label, since, next((each for each in known if each is not None), None)))
    return found


def all_recommendations(slugs: Collection[str]) -> list[tuple[Audited, Recommended]]:
    """Every recommendation with its audit; of several for one item of a building, the newest.

    The soonest day comes first, those without a day last. Two SELECTs.
    """
    if not slugs:
        return []
    audits = {each.id: each for each in every(slugs)}
    among = f"SELECT response_id FROM audit_result WHERE slug IN ({marks(list(slugs))})"  # noqa: S608
    found: dict[tuple[Any, ...], tuple[Audited, Recommended]] = {}
    rows = run(f"{RECOMMENDED} WHERE listed = 1 AND response_id IN ({among}) ORDER BY id", *slugs).fetchall()
    kept = [each for each in map(Recommended.of, rows) if each.response_id in audits]
    for each in sorted(kept, key=lambda each: (audits[each.response_id].day, each.response_id, each.id)):
        audit = audits[each.response_id]
        found[(*audit.whose, each.path)] = (audit, each)
    return sorted(found.values(), key=lambda pair: (pair[1].due or date.max, pair[1].rank, pair[1].id))


def awaited(ids: Sequence[int], today: date) -> list[Awaited]:
    """Of each of these responses that is an audit and holds, what is awaited; the soonest day first. One SELECT, none without.

    What a newer one of them says anew of the same item of the same building counts there only.
    """
    if not ids:
        return []
    rows = run(
        "SELECT response.id, response.key, kept.name, COUNT(*), SUM(CASE WHEN due < ? THEN 1 ELSE 0 END), "  # noqa: S608
        "MIN(due), MIN(CASE WHEN due >= ? THEN due END) FROM recommendation "
        "JOIN audit_result AS kept ON kept.response_id = recommendation.response_id "
        "JOIN response ON response.id = kept.response_id "
        f"WHERE response.id IN ({marks(ids)}) AND response.state NOT IN (?, ?) AND listed = 1 "
        "AND recommendation.state NOT IN (?, ?) AND NOT EXISTS (SELECT 1 FROM recommendation AS anew "
        "JOIN audit_result AS after ON after.response_id = anew.response_id JOIN response AS newer ON newer.id = after.response_id "
        f"WHERE newer.id IN ({marks(ids)}) AND newer.state NOT IN (?, ?) AND anew.listed = 1 AND anew.path = recommendation.path "
        "AND after.slug = kept.slug AND after.gmina = kept.gmina AND after.building = kept.building AND after.building <> '' "
        "AND (after.day > kept.day OR (after.day = kept.day AND newer.id > response.id))) "
        "GROUP BY response.id, response.key, kept.name",
        *(today.isoformat(), today.isoformat(), *ids, *OVER, DONE, DROPPED, *ids, *OVER),
    ).fetchall()
    found = (
        Awaited(key, name, int(count), int(late), _day(due), _day(ahead))
        for _, key, name, count, late, due, ahead in rows
    )
    return sorted(found, key=lambda each: (each.due or date.max, each.key))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def late(slugs: Collection[str], today: date) -> int:
    """How many recommendations of these forms are late, of those that `all_recommendations` lists.

    One SELECT that finds the first, and its two where there is one.
    """
    if not slugs:
        return 0
    some = run(
        "SELECT 1 FROM recommendation JOIN audit_result AS kept ON kept.response_id = recommendation.response_id "  # noqa: S608
        f"WHERE kept.slug IN ({marks(list(slugs))}) AND listed = 1 AND due < ? AND state NOT IN (?, ?) LIMIT 1",
        *(*slugs, today.isoformat(), DONE, DROPPED),
    ).fetchone()
    return sum(each.late(today) for _, each in all_recommendations(slugs)) if some else 0

"""Audits beside their responses: kept results, barriers since when, recommendations and what was done about them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from forms.auditing.reading import Area, Findings, Rated, Recommendation
from records import audits, responses
from records.audits.keeping import forget, unwrite
from records.database import run, writing
from records.privacy import erasing
from records.responses import Response, Working
from records.shapes import Missing

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SLUG, GMINA, READ_BY = "szkolenie", "3201011", "abc"
LIFT = Recommendation("A10", "A10", "Zamontować platformę.", "wysoki", 0, Decimal("240000.00"), date(2026, 10, 31))
DOOR = Recommendation("A04", "A04", "Poszerzyć drzwi.", "niski", 2)


def found(
    *barriers: str, day: date = date(2026, 10, 14), name: str = "Urząd", said: tuple[Recommendation, ...] = ()
) -> Findings:
    items = tuple(Rated(each, "A", f"Pozycja {each}", True, "0", "nie spełnia", Decimal(0)) for each in barriers)
    areas = (Area("A", "Budynek", Decimal(40)),)
    return Findings(name, day, Decimal("40.0"), "niska", Decimal(2), areas, items, barriers, said)


def send(version: int, again: Response | None = None) -> Response:
    stored = again or responses.begin(SLUG, version, Working({}), "pl", NOW)
    if again is not None:
        responses.correct(stored.key, NOW)
        stored = responses.load(stored.key) or stored
    responses.send(
        stored.key,
        version_id=version,
        answers={},
        revision=stored.revision,
        number=lambda year, n: f"AUD-{year}-{n}",
        now=NOW,
        gmina=GMINA,
    )
    sent = responses.load(stored.key)
    assert sent is not None
    return sent


def kept(version: int, *barriers: str, **more: object) -> Response:
    stored = send(version)
    audits.keep(stored, found(*barriers, **more), READ_BY, NOW)  # type: ignore[arg-type]
    return stored


def test_an_audit_is_read_once_and_again_when_it_was_corrected_or_the_form_has_changed(version: int) -> None:
    stored = send(version)
    responses.begin(SLUG, version, Working({}), "pl", NOW)  # a draft has no result
    assert audits.stale(SLUG, READ_BY, 10) == [stored.key]
    audits.keep(stored, found("A10"), READ_BY, NOW)
    assert audits.stale(SLUG, READ_BY, 10) == []
    assert audits.stale(SLUG, "another", 10) == [stored.key]
    corrected = send(version, stored)
    assert audits.stale(SLUG, READ_BY, 10) == [stored.key]
    audits.keep(stored, found("A04"), READ_BY, NOW)  # read before the correction: too late
    assert [each.item for each in audits.barriers([SLUG])] == ["A10"]
    audits.keep(corrected, found("A04"), READ_BY, NOW)
    assert [each.item for each in audits.barriers([SLUG])] == ["A04"]


def test_a_barrier_stands_since_the_first_audit_of_the_building_that_saw_it_without_a_break(version: int) -> None:
    kept(version, "A03", "A10", day=date(2023, 5, 1), said=(LIFT,))
    kept(version, "A10", day=date(2025, 5, 1), name="  URZĄD ")
    kept(version, "A03", "A10", day=date(2026, 5, 1))
    kept(version, "A04", day=date(2026, 6, 1), name="Szkoła")
    rows = {(each.audit.name, each.item): each for each in audits.barriers([SLUG])}
    assert {key: each.since for key, each in rows.items()} == {
        ("Urząd", "A03"): date(2026, 5, 1),
        ("Urząd", "A10"): date(2023, 5, 1),
        ("Szkoła", "A04"): date(2026, 6, 1),
    }
    lift = rows["Urząd", "A10"].recommendation
    assert lift is not None
    assert lift.text == LIFT.text
    assert rows["Urząd", "A03"].recommendation is None
    assert audits.barriers([]) == [] == audits.barriers(["inny"])


def test_what_was_withdrawn_is_in_no_list(version: int) -> None:
    stored = kept(version, "A10")
    run("UPDATE response SET state = 'withdrawn' WHERE id = ?", stored.id)
    assert audits.barriers([SLUG]) == []
    assert audits.of_building(SLUG, GMINA, stored.id) == []


def test_the_audits_of_the_same_building_come_first_the_newest_before_the_others(version: int) -> None:
    old = kept(version, day=date(2023, 5, 1))
    school = kept(version, day=date(2026, 9, 1), name="Szkoła")
    new = kept(version, day=date(2026, 5, 1))
    assert [each.id for each in audits.of_building(SLUG, GMINA, old.id)] == [new.id, old.id, school.id]


def test_what_is_done_about_a_recommendation_is_told_with_who_and_when_and_logged_without_words(version: int) -> None:
    stored = kept(version, "A10", said=(LIFT, DOOR))
    lift, door = audits.recommendations([stored.id])
    assert (lift.cost, lift.due, lift.state) == (Decimal("240000.00"), date(2026, 10, 31), audits.OPEN)
    assert lift.late(date(2026, 11, 1))
    assert not lift.late(date(2026, 10, 31))
    assert not door.late(date(2099, 1, 1))

    with pytest.raises(audits.Same):
        audits.follow(stored.id, lift.id, audits.OPEN, "  ", "staff:1", NOW)
    with pytest.raises(audits.NoWords):
        audits.follow(stored.id, lift.id, audits.DONE, "", "staff:1", NOW)
    with pytest.raises(Missing):
        audits.follow(stored.id + 1, lift.id, audits.DONE, "Jest.", "staff:1", NOW)
    with pytest.raises(Missing):
        audits.follow(stored.id, lift.id, "gone", "Jest.", "staff:1", NOW)
    audits.follow(stored.id, lift.id, audits.PLANNED, "", "gmina:7", NOW)
    audits.follow(stored.id, lift.id, audits.DONE, "Platforma działa.", "staff:1", NOW)

    again = audits.recommendations([stored.id])[0]
    assert again.state == audits.DONE
    assert not again.late(date(2099, 1, 1))
    told = [(each.actor, each.state, each.text) for each in audits.log_of([lift.id])[lift.id]]
    assert told == [("gmina:7", audits.PLANNED, ""), ("staff:1", audits.DONE, "Platforma działa.")]
    logged = run("SELECT details FROM audit_entry WHERE action = 'recommendation' ORDER BY id").fetchall()
    assert [row[0] for row in logged] == ['{"item":"A10","state":"planned"}', '{"item":"A10","state":"done"}']


def test_what_is_awaited_is_counted_by_audit_and_what_a_newer_one_says_anew_counts_there_only(version: int) -> None:
    old = kept(version, "A10", day=date(2024, 5, 1), said=(LIFT, DOOR))
    new = kept(version, "A10", day=date(2026, 5, 1), said=(LIFT,))
    ids, day = [old.id, new.id], date(2026, 11, 23)
    rows = [(each.key, each.count, each.late, each.due, each.ahead) for each in audits.awaited(ids, day)]
    assert rows == [(new.key, 1, 1, LIFT.due, None), (old.key, 1, 0, None, None)]
    assert audits.awaited(ids, date(2026, 10, 31))[0].ahead == LIFT.due
    assert (audits.late([SLUG], day), audits.late([SLUG], date(2026, 10, 31)), audits.late(["inny"], day)) == (1, 0, 0)
    done = next(each for each in audits.recommendations([new.id]) if each.item == "A10")
    audits.follow(new.id, done.id, audits.DONE, "Działa.", "staff:1", NOW)
    assert audits.late([SLUG], day) == 0
    run("UPDATE response SET state = 'withdrawn' WHERE id = ?", new.id)
    assert [(each.key, each.count, each.late) for each in audits.awaited(ids, day)] == [(old.key, 2, 1)]
    assert audits.awaited([], day) == []


def test_a_correction_keeps_what_was_done_and_drops_what_nobody_worked_on(version: int) -> None:
    stored = kept(version, "A10", said=(LIFT, DOOR))
    lift, _ = audits.recommendations([stored.id])
    audits.follow(stored.id, lift.id, audits.PLANNED, "W budżecie.", "staff:1", NOW)
    corrected = send(version, stored)
    audits.keep(corrected, found("A10", said=(DOOR,)), READ_BY, NOW)
    door, left = audits.recommendations([stored.id])
    assert (door.item, door.listed) == ("A04", True)
    assert (left.id, left.listed, left.state) == (lift.id, False, audits.PLANNED)
    assert not left.late(date(2099, 1, 1))
    audits.keep(corrected, found("A10", said=()), READ_BY, NOW)
    assert [each.item for each in audits.recommendations([stored.id])] == ["A10"]


def test_copies_of_answers_go_with_the_answers(version: int) -> None:
    stored = kept(version, "A10", said=(LIFT,))
    lift = audits.recommendations([stored.id])[0]
    audits.follow(stored.id, lift.id, audits.PLANNED, "Pan Nowak zamówił projekt.", "staff:1", NOW)
    assert unwrite(stored.id, lambda text: "Nowak" in text) == 1
    forget(stored.id, whole=False)
    assert run("SELECT text FROM recommendation").fetchall() == [("",)]
    assert run("SELECT text FROM follow_up").fetchall() == [("",)]
    assert audits.stale(SLUG, READ_BY, 10) == [stored.key]

    run("UPDATE response SET erased = '*' WHERE id = ?", stored.id)
    assert forget(stored.id, whole=True) == 1
    assert audits.stale(SLUG, READ_BY, 10) == []
    audits.keep(stored, found("A10", said=(LIFT,)), READ_BY, NOW)
    for table in ("audit_result", "audit_barrier", "recommendation", "follow_up"):
        assert run(f"SELECT COUNT(*) FROM {table}").fetchone()[0] == 0


def test_who_makes_a_response_anonymous_takes_its_audit_along(version: int) -> None:
    stored = kept(version, "A10", said=(LIFT,))
    lift = audits.recommendations([stored.id])[0]
    audits.follow(stored.id, lift.id, audits.PLANNED, "Pani Zych pilnuje.", "staff:1", NOW)
    with writing():
        assert erasing.unname(stored.id)["notes"] == 1
    assert audits.recommendations([stored.id]) == []
    assert audits.barriers([SLUG]) == []

"""A hundred thousand responses, made by the engine itself in a second or two."""

from __future__ import annotations

import json
from typing import Any

from records.database import database, run, writing
from records.listing import fold

SLUG = "wielki"
MANY = 100_000
FORM = """
title: Wielki
fields:
  - {name: gmina, type: gmina, label: Gmina}
  - {name: nazwa, type: text, label: Nazwa}
  - {name: dieta, type: choice, label: Dieta, options: [{miesna: mięsna}, {wege: wegetariańska}, {celiak: bezglutenowa}]}
  - {name: kwota, type: decimal, label: Kwota, min: 0, max: 1000000}
  - {name: zdrowie, type: text, label: Zdrowie, sensitive: true}
  - {name: uwagi, type: long_text, label: Uwagi}
"""
WORDS = ("Łobez", "Ąbrowo", "Zagórze", "Świdwin", "Ćmielów", "Cedynia", "Ósemka", "Żabno", "Lubin", "Alfa")
STATES = ("submitted", "accepted", "waiting", "rejected")
GMINY = tuple(f"32{n:02}0{m}1" for n in range(1, 20) for m in range(1, 7))
NOTES = "Prosimy o kontakt w godzinach pracy urzędu. " * 12


def fill(version_id: int, count: int = MANY, slug: str = SLUG) -> None:
    """So many sent responses of different gminy, states, days and answers, a kilobyte each.

    A few hundred rows are written out; the engine multiplies them: nothing goes over the wire 100,000 times.
    """
    sqlite = not database.for_update
    base = 2000
    with writing():
        run("CREATE TEMPORARY TABLE made (n INTEGER, state TEXT, gmina TEXT, search TEXT, answers TEXT)")
        for start in range(0, base, 100):
            rows = [_row(n) for n in range(start, start + 100)]
            marks = ", ".join(["(?, ?, ?, ?, ?)"] * len(rows))
            run(f"INSERT INTO made VALUES {marks}", *(value for row in rows for value in row))
        times = (
            f"(WITH RECURSIVE t(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM t WHERE k < {count // base - 1}) SELECT k FROM t)"
            if sqlite
            else f"(SELECT generate_series(0, {count // base - 1}) AS k)"
        )
        number = f"(times.k * {base} + made.n + 1)"
        day = (
            "date('2026-01-01', '+' || (({n} * 7) % 300) || ' days') || ' 09:05:00'"
            if sqlite
            else ("timestamp '2026-01-01 09:05:00' + MOD({n} * 7, 300) * interval '1 day'")
        )
        at = day.replace("{n}", number)
        run(
            "INSERT INTO response (key, link_secret, slug, state, revision, language, version_id, correction, year, number, "
            "reference, gmina, begun_at, saved_at, sent_at, changed_at, search, answers) "
            f"SELECT 'w' || {number}, 'tajny', '{slug}', made.state, 1, 'pl', {version_id}, 0, 2026, {number}, "
            f"'W-' || {number}, made.gmina, {at}, {at}, {at}, {at}, 'w-' || {number} || made.search, made.answers "
            f"FROM {times} AS times CROSS JOIN made ORDER BY {number}"
        )
        run("DROP TABLE made")
    tidy()


def tidy() -> None:
    """What PostgreSQL does by itself within a minute or two of so many rows: it looks them over, to plan by."""
    if database.for_update:
        run("VACUUM ANALYZE")


def _row(n: int) -> tuple[Any, ...]:
    word, gmina = WORDS[n % len(WORDS)], GMINY[(n * 13) % len(GMINY)]
    name = f"{word} {n % 137}"
    answers = {
        "gmina": gmina,
        "nazwa": name,
        "dieta": ("miesna", "wege", "celiak")[n % 3],
        "kwota": f"{n % 1000}.50",
        "uwagi": NOTES,
    }
    search = f" {fold(name)} urzad miejski w miejscowosci wegetarianska telefon 91 000 00 {n % 100:02} jan kowalski"
    return n, STATES[n % len(STATES)], gmina, search, json.dumps(answers, ensure_ascii=False)

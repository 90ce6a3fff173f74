"""The answers that the benchmark sends to the form of twenty questions, ours and Django's."""

from __future__ import annotations

VALID: dict[str, str | list[str]] = {
    "gmina": "3212022",
    "imie_nazwisko": "Jan Kowalski",
    "email": "jan.kowalski@gmina.pl",
    "telefon": "91 433 00 01",
    "rola": "inspektor",
    "temat": "finansowanie",
    "forma": "zdalnie",
    "poziom": "4",
    "moduly": ["podstawy", "finanse", "prawo"],
    "potrzeby": ["nocleg", "zaswiadczenie"],
    "od": "9.03.2027",
    "do": "10.03.2027",
    "osoby": "2",
    "koszt": "1 234,50",
    "udzial": "12,5",
    "obiad": "tak",
    "kod": "70-540",
    "numer": "34",
    "uwagi": "Poproszę o miejsce blisko wejścia.",
    "zgoda": "tak",
}

WRONG = {**VALID, "numer": "13"}
"""Every answer reads well, and every question has a check that this number fails."""

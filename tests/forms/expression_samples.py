"""One small form as expressions see it: every kind of name, and a set of answers to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from forms.expressions import Env, Expression, ExpressionErrors, Kind, Mistake, compile_expression

PARTICIPANT = {
    "imie": Kind.TEXT,
    "nocleg": Kind.choice(["tak", "nie"]),
    "koszt": Kind.NUMBER,
    "potrzeby": Kind.choices(["tlumacz", "petla"]),
}
GMINA = Kind.record(
    "gmina", {"powiat": (Kind.TEXT, lambda code: code[:4]), "starts": (Kind.DATETIME, lambda code: None)}
)
NAMES: Mapping[str, Kind] = {
    "kwota": Kind.NUMBER,
    "osoby": Kind.NUMBER,
    "imie": Kind.TEXT,
    "uwagi": Kind.TEXT,
    "zgoda": Kind.BOOLEAN,
    "nocleg": Kind.choice(["tak", "nie"], {"tak": "Tak, poproszę", "nie": "Nie, dziękuję"}),
    "rodzaj": Kind.choice(["a", "b", "c"], other=True),
    "potrzeby": Kind.choices(["tlumacz", "petla"], {"petla": "pętla indukcyjna"}),
    "od": Kind.DATE,
    "do": Kind.DATE,
    "closes": Kind.DATETIME,
    "godzina": Kind.TIME,
    "plik": Kind.FILE,
    "tresc": Kind.NOTHING,
    "cokolwiek": Kind.ANY,
    "gmina": GMINA,
    "uczestnicy": Kind.group(PARTICIPANT),
    "adres": Kind.one({"miasto": Kind.TEXT, "numer": Kind.NUMBER}),
    "tabela": Kind.table({"drogi": {"plan": Kind.NUMBER, "koszt": Kind.NUMBER}, "parki": {"plan": Kind.NUMBER}}),
    "oceny": Kind.record("oceny", {"class": (Kind.TEXT, lambda scores: scores["class"])}, of=Kind.ANY),
}
ANSWERS: Mapping[str, Any] = {
    "kwota": Decimal("12.50"),
    "osoby": 3,
    "imie": " Żaneta ",
    "zgoda": True,
    "nocleg": "tak",
    "potrzeby": ("tlumacz",),
    "od": date(2024, 1, 31),
    "do": date(2024, 2, 29),
    "closes": datetime(2027, 2, 10, 15),
    "godzina": time(8, 30),
    "plik": ("skan.pdf", "plan.pdf"),
    "gmina": "3212022",
    "uczestnicy": [
        {"imie": "Jan", "nocleg": "tak", "koszt": Decimal("10.10")},
        {"imie": "Ewa", "nocleg": "nie", "koszt": 5, "potrzeby": ("petla", "tlumacz")},
        {"imie": "Ola"},
    ],
    "adres": {"miasto": "Ińsko"},
    "tabela": {"drogi": {"plan": 2, "koszt": Decimal(7)}, "parki": {"plan": Decimal(3)}},
    "oceny": {"class": "dobra"},
}
LIMITS = {"prog": Decimal(130000)}


class Names:
    """The names above as a scope."""

    def kind(self, name: str) -> Kind | None:
        return NAMES.get(name)

    def names(self) -> Iterable[str]:
        return NAMES


def compiled(text: str, **options: Any) -> Expression:
    """The expression, compiled in the scope above."""
    return compile_expression(text, Names(), limits=LIMITS, **options)


def value(text: str, item: Mapping[str, Any] | None = None, n: int | None = None, **changed: Any) -> Any:
    """What the expression gives for the answers above, with some changed (None: unanswered)."""
    expression = compiled(text, in_group=item is not None)
    return expression(
        Env(
            {**ANSWERS, **changed},
            item,
            n,
            today=date(2026, 11, 23),
            limits=lambda name, day: LIMITS[name] + (1 if day.year > 2026 else 0),
            previous={"kwota": Decimal(10), "tabela.drogi.plan": 4, "osoby": 0}.get,
        )
    )


def mistakes(text: str, **options: Any) -> list[Mistake]:
    """What is wrong with the expression; nothing when it compiles."""
    try:
        compiled(text, **options)
    except ExpressionErrors as errors:
        return list(errors.mistakes)
    return []


def mistake(text: str, **options: Any) -> tuple[str, str, str]:
    """The only mistake of an expression: its code, the part it marks, and what it says."""
    found = mistakes(text, **options)
    assert len(found) == 1, found
    return found[0].code, text[found[0].start : found[0].end], str(found[0].what)

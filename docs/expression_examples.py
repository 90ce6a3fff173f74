"""An example of each function of the language, with the value it gives; a test evaluates them all."""

from __future__ import annotations

FORM = """
title: Przykłady
period: {field: rok, every: year}
fields:
  - {name: rok, type: year, label: Rok}
  - {name: gmina, type: gmina, label: Gmina}
  - {name: imie, type: text, label: Imię}
  - {name: kwota, type: decimal, label: Kwota}
  - {name: od, type: date, label: Od, hint: Na przykład 09.03.2027.}
  - {name: do, type: date, label: Do, hint: Na przykład 09.03.2027.}
  - {name: posilki, type: choices, label: Posiłki, options: [{obiad: obiad}, {kolacja: kolacja}]}
  - name: uczestnicy
    type: group
    label: Uczestnicy
    fields:
      - {name: nocleg, type: yes_no, label: Nocleg}
      - {name: koszt, type: money, label: Koszt}
  - name: oceny
    type: checklist
    label: Ocena
    scale: [{value: "2", label: spełnia, points: 2}, {value: "1", label: częściowo, points: 1}]
    areas:
      - id: A
        title: Wejście
        items: [{id: A04, label: Drzwi są szerokie, photo: true, measure: {unit: cm, min: 90}}]
    classes: [{from: 90, label: wysoka}, {from: 0, label: niska}]
"""
ANSWERS = {
    "imie": "Jan",
    "kwota": "12,345",
    "od": "31.01.2027",
    "do": "28.02.2028",
    "posilki": ["obiad", "kolacja"],
    "oceny": {"A04": {"rating": "1", "measure": "82", "remark": "Wąsko."}},
    "uczestnicy": [{"nocleg": "tak", "koszt": "100"}, {"nocleg": "nie", "koszt": "80"}],
}
PREVIOUS = {"kwota": 10}  # the answers of the previous period

# Function → (expression, value as it is shown).
EXAMPLES: dict[str, tuple[str, str]] = {
    "answered": ("answered(imie)", "tak"),
    "count": ("count(uczestnicy, nocleg)", "1"),
    "sum": ("sum(uczestnicy.koszt)", "180"),
    "min": ("min(uczestnicy.koszt)", "80"),
    "max": ("max(uczestnicy.koszt, 120)", "120"),
    "abs": ("abs(5 - 8)", "3"),
    "round": ("round(kwota, 2)", "12,35"),
    "length": ("length(imie)", "3"),
    "limit": ("limit('ocena_lata')", "3"),
    "days": ("days(od, do)", "393"),
    "months": ("months(od, do)", "12"),
    "years": ("years(od, do)", "1"),
    "year": ("year(do) - year(od)", "1"),
    "plural": ("plural(count(uczestnicy), 'osoba', 'osoby', 'osób')", "osoby"),
    "previous": ("previous(kwota)", "10"),
    "change": ("change(kwota)", "23,45"),
}
# Everything else that may stand in an expression.
OPERATORS: tuple[tuple[str, str, str, str], ...] = (
    ("`and` `or` `not`", "i, lub, nie", "answered(imie) and not answered(kwota)", "nie"),
    ("`==` `!=` `<` `<=` `>` `>=`", "porównanie; tekst bez względu na wielkość liter", "imie == 'JAN'", "tak"),
    ("`in` `not in`", "czy jest wśród podanych albo zaznaczonych", "'obiad' in posilki", "tak"),
    ("`+` `-` `*` `/`", "działania na dokładnych liczbach; data + czas", "do + 2 days", "1 marca 2028 r."),
    ("`a if c else b`", "a, gdy c, w przeciwnym razie b", "'dużo' if kwota > 10 else 'mało'", "dużo"),
    ("`today`", "dzisiejsza data", "today > do", "nie"),
    ("`n`", "numer pozycji, tylko w grupie", "", ""),
    ("`grupa.pole`", "wartości pola we wszystkich pozycjach", "count(uczestnicy.koszt)", "2"),
    ("`oceny.A04`", "ocena pozycji listy kontrolnej; to samo co `oceny.A04.rating`", "oceny.A04 == '1'", "tak"),
    ("`oceny.A04.measure`", "pomiar, także przed oceną; podobnie `remark` i `photo`", "90 - oceny.A04.measure", "8"),
    (
        "`oceny.A.score` `oceny.score` `oceny.class`",
        "wynik obszaru i całości w procentach, klasa",
        "oceny.A.score",
        "50",
    ),
)

"""For each code of a mistake a definition that makes it, and the same one cured: `docs/mistakes.md` shows both.

What the program says of the mistake, the document asks the program. A pair is (wrong, cured), both whole definitions.
"""

from __future__ import annotations

from collections.abc import Mapping

Pair = tuple[str, str]
FIELDS = "fields:\n  - {name: osoby, type: integer, label: Liczba osób}\n"


def form(wrong: str, cured: str) -> Pair:
    """Lines of a form, wrong and cured; the title and a question are added where they are missing."""
    return _whole(wrong), _whole(cured)


def _whole(lines: str) -> str:
    text = f"{lines}\n" if lines else ""
    if not any(key in text for key in ("fields:", "steps:", "-name: pole")):
        text += FIELDS
    return text if "title" in text or "<<" in text else f"title: Spacer\n{text}"


def field(wrong: str, cured: str, before: str = "") -> Pair:
    """A form of one question with these keys, after other lines of the form."""

    def whole(keys: str) -> str:
        return f"title: Spacer\n{before}fields:\n  - {{name: pole, label: Pole, {keys}}}\n"

    return whole(wrong), whole(cured)


def when(wrong: str, cured: str) -> Pair:
    """A form whose last question is asked on this condition."""

    def whole(condition: str) -> str:
        return (
            f"title: Spacer\n{FIELDS}  - {{name: nocleg, type: choice, label: Nocleg, options: [Tak, Nie]}}\n"
            f"  - name: opis\n    type: text\n    label: Opis\n    when: {condition}\n"
        )

    return whole(wrong), whole(cured)


def steps(wrong: str, cured: str) -> Pair:
    """A form of two steps; the keys are those of the second one, `id` among them."""

    def whole(keys: str) -> str:
        return (
            "title: Spacer\nsteps:\n  - {id: pierwszy, title: Pierwszy, fields: [{name: wiek, type: integer, label: Wiek, "
            f"min: 18}}]}}\n  - {{{keys}, title: Drugi, fields: [{{name: imie, type: text, label: Imię}}]}}\n"
        )

    return whole(wrong), whole(cured)


def swap(text: str, wrong: str, cured: str) -> Pair:
    """The same definition with one part of it wrong and cured; `…` marks the part."""
    return text.replace("…", wrong), text.replace("…", cured)


LABEL = "title: Spacer\nfields:\n  - {name: osoby, type: integer, label: …}\n"
NAME = "title: Spacer\nfields:\n  - {name: …, type: integer, label: Liczba osób}\n"
GROUP = "type: group, fields: [{name: imie, type: text, label: Imię}]"
CHECKLIST = "type: checklist, areas: [{id: A, title: Wejście, items: [{id: A1, label: Drzwi}]}], "
YEARLY = (
    "title: Raport\nperiod: {field: rok, every: year}\nfields:\n  - {name: rok, type: year, label: Rok}\n"
    "  - {name: gmina, type: gmina, label: Gmina}\n"
)
EXAMPLE = f"title: Spacer\n{FIELDS}examples: [{{name: Jedna osoba, …}}]\n"

UNREADABLE: Mapping[str, Pair] = {
    "not-a-mapping": ("sam tekst\n", f"title: Spacer\n{FIELDS}"),
    "control-character": swap(f"title: Spa…cer\n{FIELDS}", "\x07", ""),
    "many-documents": (f"title: Spacer\n{FIELDS}---\ntitle: Druga\n", f"title: Spacer\n{FIELDS}"),
    "directive": swap(f"…title: Spacer\n{FIELDS}", "%YAML 1.1\n---\n", ""),
    "duplicate-key": form("title: Spacer\ntitle: Druga wersja", "title: Druga wersja"),
    "alias": form("title: *Spacer*", 'title: "*Spacer*"'),
    "anchor": form("title: &nowy Spacer", 'title: "&nowy Spacer"'),
    "tag": form("title: !nowy Spacer", 'title: "!nowy Spacer"'),
    "merge-key": swap(f"title: Spacer\n{FIELDS.rstrip()[:-1]}…}}\n", ", <<: opis", ""),
    "key-not-text": form("title: Spacer\n[summary]: Opis", "title: Spacer\nsummary: Opis"),
    "special-start": form("title: @Spacer", 'title: "@Spacer"'),
    "colon-in-text": form("title: Zapisy: spacer", 'title: "Zapisy: spacer"'),
    "no-space-after-colon": form("title:Spacer\nkind: survey", "title: Spacer\nkind: survey"),
    "missing-colon": form("title: Spacer\nsummary Opis\nkind: survey", "title: Spacer\nsummary: Opis\nkind: survey"),
    "no-space-after-hyphen": (
        "title: Spacer\nfields:\n  -name: osoby\n    type: integer\n    label: Liczba osób\n",
        "title: Spacer\nfields:\n  - name: osoby\n    type: integer\n    label: Liczba osób\n",
    ),
    "comma-in-braces": form("contact: {name: Urząd Miasta, pokój 4}", 'contact: {name: "Urząd Miasta, pokój 4"}'),
    "hash-in-braces": form("title: {pl: Punkt #1}\nkind: survey", 'title: {pl: "Punkt #1"}\nkind: survey'),
    "hash-in-text": form("title: Punkt #1", 'title: "Punkt #1"'),
    "text-in-braces": form('title: {pl: "Co" to}', 'title: {pl: "„Co” to"}'),
    "bracket-not-closed": form("languages: [pl\ntitle: Spacer", "languages: [pl]\ntitle: Spacer"),
    "extra-bracket": form("languages: [pl]]\ntitle: Spacer", "languages: [pl]\ntitle: Spacer"),
    "quote-not-closed": form('title: "Spacer\nkind: survey', 'title: "Spacer"\nkind: survey'),
    "quote-inside": form('title: "Tak" albo nie', "title: '„Tak” albo nie'"),
    "typographic-quotes": form("title: „Spacer”", 'title: "Spacer"'),
    "backslash": form('title: "C:\\dane"', "title: 'C:\\dane'"),
    "tab-indent": form("title:\n\tpl: Spacer", "title:\n  pl: Spacer"),
    "nbsp-indent": form(
        "contact:\n  name: Urząd\n\u00a0\u00a0phone: 91 000 00 00", "contact:\n  name: Urząd\n  phone: 91 000 00 00"
    ),
    "wrong-indent": form("title: Spacer\n  kind: survey", "title: Spacer\nkind: survey"),
}
KEYS: Mapping[str, Pair] = {
    "unknown-key": field("type: text, podpowiedź: Imię", "type: text, hint: Imię"),
    "missing-key": swap("title: Spacer\nfields:\n  - {name: osoby, type: integer…}\n", "", ", label: Liczba osób"),
    "unknown-type": field("type: tekst", "type: text"),
    "unknown-value": form("kind: ankieta", "kind: survey"),
    "unknown-language": form("title: {pl: Spacer, de: Spaziergang}", "title: {pl: Spacer}"),
    "unknown-text": form("privacy: rodoo-szkolenia", "privacy: rodo-szkolenia"),
    "unknown-list": field("type: choice, options: {list: dietta}", "type: choice, options: {list: dieta}"),
    "unknown-message": field("type: text, message: {brak: Uzupełnij.}", "type: text, message: {required: Uzupełnij.}"),
    "wrong-value": form("reference: SPACER-{rok}", "reference: SPACER-{year}-{number}"),
    "not-a-list": field("type: choice, options: Tak", "type: choice, options: [Tak, Nie]"),
    "not-a-text": field("type: text, hint: [Imię]", "type: text, hint: Imię"),
    "not-a-boolean": form("anonymous: tak", "anonymous: true"),
    "not-a-number": field(f"{GROUP}, max: wiele", f"{GROUP}, max: 20"),
    "not-a-moment": form("closes: jutro", "closes: 2027-02-10 15:00"),
    "not-a-day": swap(EXAMPLE, "today: jutro, expect: {valid: true}", "today: 2027-02-10, expect: {valid: true}"),
    "not-a-span": form("grace: kwadrans", "grace: 15 minutes"),
    "not-a-size": field("type: file, max_size: duży", "type: file, max_size: 5 MB"),
    "not-a-bound": field("type: integer, min: []", "type: integer, min: 1"),
    "not-an-expression": field("type: text, when: []", "type: text"),
}
FORMS: Mapping[str, Pair] = {
    "steps-and-fields": (
        "title: Spacer\nsteps:\n  - {id: a, title: A, fields: [{name: x, type: text, label: X}]}\n" + FIELDS,
        "title: Spacer\nsteps:\n  - {id: a, title: A, fields: [{name: x, type: text, label: X}]}\n",
    ),
    "no-fields": ("title: Spacer\nfields: []\n", f"title: Spacer\n{FIELDS}"),
    "duplicate-step": steps("id: pierwszy", "id: drugi"),
    "duplicate-name": swap(f"title: Spacer\n{FIELDS}  - {{name: …, type: text, label: Kto}}\n", "osoby", "kto"),
    "reserved-name": swap(NAME, "count", "osoby"),
    "wrong-name": swap(NAME, "Osoby", "osoby"),
    "closes-before-opens": form("opens: 2027-02-10\ncloses: 2027-02-09", "opens: 2027-02-09\ncloses: 2027-02-10"),
    "confirm-steps": swap(steps("id: drugi", "")[0].replace("Spacer\n", "Spacer\nconfirm: …\n", 1), "false", "true"),
    "wrong-default": field("type: integer, max: 5, default: 7", "type: integer, max: 5, default: 5"),
    "wrong-pattern": field("type: text, pattern: '[0-9'", "type: text, pattern: '[0-9]+'"),
    "wrong-column": field(
        "type: table, rows: [Rok], columns: [{name: k, type: file, label: Plik}]",
        "type: table, rows: [Rok], columns: [{name: k, type: money, label: Koszt}]",
    ),
    "min-over-max": field(
        "type: date, hint: Dzień, min: today, max: today - 3 days",
        "type: date, hint: Dzień, min: today - 3 days, max: today",
    ),
    "not-repeating": field(f"{GROUP}, repeat: false, min: 1", f"{GROUP}, min: 1"),
    "nested-groups": field(
        f"type: group, fields: [{{name: b, label: B, type: group, fields: [{{name: c, label: C, {GROUP}}}]}}]",
        "type: group, fields: [{name: b, label: B, type: group, fields: [{name: imie, type: text, label: Imię}]}]",
    ),
    "no-points": field(
        f"{CHECKLIST}scale: [{{value: nie, label: nie spełnia}}]",
        f"{CHECKLIST}scale: [{{value: tak, label: spełnia, points: 1}}, {{value: nie, label: nie spełnia}}]",
    ),
    "scale-too-long": field("type: scale, from: 1, to: 20", "type: scale, from: 1, to: 5"),
}
OPTIONS: Mapping[str, Pair] = {
    "duplicate-option": field("type: choice, options: [Tak, tak]", "type: choice, options: [Tak, Nie]"),
    "empty-options": field("type: choice, options: []", "type: choice, options: [Tak, Nie]"),
    "no-value": field("type: choice, options: ['±', Inaczej]", "type: choice, options: [{mniej_wiecej: '±'}, Inaczej]"),
    "not-an-option": when("nocleg == 'moze'", "nocleg == 'tak'"),
}
EXPRESSIONS: Mapping[str, Pair] = {
    "syntax": when("osoby = 3", "osoby == 3"),
    "unknown-name": when("osoba > 3", "osoby > 3"),
    "unknown-function": when("suma(osoby) > 3", "sum(osoby) > 3"),
    "unknown-attribute": when("osoby.ile > 3", "osoby > 3"),
    "unknown-limit": when("osoby > limit('nieznany')", "osoby > 20"),
    "wrong-arguments": when("round() > 3", "round(osoby) > 3"),
    "wrong-type": when("osoby > 'trzy'", "osoby > 3"),
    "later-step": swap(
        "title: Spacer\nsteps:\n  - {id: a, title: A, fields: [{name: x, type: text, label: X…}]}\n"
        "  - {id: b, title: B, fields: [{name: y, type: text, label: Y}]}\n",
        ", when: answered(y)",
        "",
    ),
    "circle": swap(
        f"title: Spacer\n{FIELDS}  - {{name: razem, type: computed, label: Razem, value: … + 1}}\n", "razem", "osoby"
    ),
}
NEVER: Mapping[str, Pair] = {
    "never-holds": when("osoby > 5 and osoby < 3", "osoby > 3 and osoby < 5"),
    "unreachable-step": steps("id: drugi, when: wiek < 18", "id: drugi, when: wiek < 21"),
    "option-never-offered": swap(
        "title: Spacer\nfields:\n  - {name: wiek, type: integer, label: Wiek, max: 99}\n"
        "  - {name: bilet, type: choice, label: Bilet, options: [Zwykły, {value: u, label: Ulgowy, when: wiek > …}]}\n",
        "99",
        "64",
    ),
    "always-holds": when("osoby > 3 or not (osoby > 3)", "osoby > 3"),
    "dead-part": when("nocleg == 'tak' or osoby > 5 and osoby < 3", "nocleg == 'tak' or osoby < 3"),
    "maybe-unasked": swap(
        "title: Spacer\nfields:\n  - {name: nocleg, type: yes_no, label: Nocleg}\n"
        "  - {name: noce, type: integer, label: Ile nocy, when: nocleg}\n"
        "  - {name: uwagi, type: text, label: 'Uwagi do {noce} nocy'…}\n",
        "",
        ", when: nocleg",
    ),
    "unused-condition": form("conditions: {duzo: osoby > 20}", ""),
}
PERIODS: Mapping[str, Pair] = {
    "wrong-period": swap(
        "title: Raport\nperiod: {field: rok, every: …}\nfields:\n  - {name: rok, type: year, label: Rok}\n"
        "  - {name: gmina, type: gmina, label: Gmina}\n",
        "month",
        "year",
    ),
    "period-without-gmina": swap(
        "title: Raport\nperiod: {field: rok, every: year}\nfields:\n  - {name: rok, type: year, label: Rok}\n…",
        "",
        "  - {name: gmina, type: gmina, label: Gmina}\n",
    ),
    "anonymous-period": swap(f"…{YEARLY}", "anonymous: true\n", ""),
    "due-without-open": swap(YEARLY.replace("every: year", "every: year…, due: 2027-03-31"), "", ", open: 2026"),
    "no-period": field("type: money, compare: true", "type: money"),
    "wrong-compare": swap(f"{YEARLY}  - {{name: opis, type: text, label: Opis, …: 30}}\n", "warn_change", "max"),
    "early-prefill": swap(
        "title: Raport\nperiod: {field: rok, every: year}\nsteps:\n  - id: gmina\n    title: Gmina\n    fields:\n"
        "      - {name: rok, type: year, label: Rok}\n      - {name: gmina, type: gmina, label: Gmina}\n…"
        "      - {name: osoby, type: integer, label: Liczba osób, prefill: previous}\n",
        "",
        "  - id: dane\n    title: Dane\n    fields:\n",
    ),
}
AUDITS: Mapping[str, Pair] = {
    "wrong-audit": swap(
        "title: Audyt\naudit: {ratings: oceny, building: …}\nfields:\n  - {name: gmina, type: gmina, label: Gmina}\n"
        "  - {name: obiekt, type: text, label: Obiekt}\n  - {name: pietra, type: integer, label: Liczba pięter}\n"
        "  - name: oceny\n    type: checklist\n    label: Oceny\n    scale: [{value: tak, label: tak, points: 1}]\n"
        "    areas: [{id: A, title: Budynek, items: [{id: A1, label: Dojście jest równe}]}]\n",
        "pietra",
        "obiekt",
    ),
}
TRIED: Mapping[str, Pair] = {
    "not-answered": swap(
        f"title: Spacer\n{FIELDS}  - {{name: razem, type: computed, label: Razem, value: osoby + 1}}\n"
        "examples: [{name: Dwie osoby, answers: {osoby: 1…}, expect: {valid: true}}]\n",
        ", razem: 2",
        "",
    ),
}
STYLE: Mapping[str, Pair] = {
    "missing-translation": form(
        "languages: [pl, en]\ntitle: {pl: Spacer}\nfields:\n  - {name: x, type: integer, label: {pl: Ile, en: How many}}",
        "languages: [pl, en]\ntitle: {pl: Spacer, en: Walk}\nfields:\n  - {name: x, type: integer, label: {pl: Ile, en: How many}}",
    ),
    "missing-hint": field("type: nip", "type: nip, hint: Na przykład 123-456-32-18."),
    "label-colon": swap(LABEL, "'Liczba osób:'", "Liczba osób"),
    "long-label": swap(LABEL, f"{'bardzo ' * 30}długie pytanie", "Krótkie pytanie"),
    "straight-quotes": swap(LABEL, "'Podaj \"liczbę\"'", "Podaj „liczbę”"),
    "no-privacy": swap(
        "title: Spacer\n…fields:\n  - {name: email, type: email, label: E-mail, hint: Na przykład jan@gmina.pl.}\n",
        "",
        "privacy: rodo-szkolenia\n",
    ),
}
# Mistakes of which a definition alone cannot be an example: tests/test_docs_mistakes.py makes each of them.
ELSEWHERE = (
    "empty-file", "not-utf8", "not-text", "too-large", "too-deep", "unreadable", "wrong-slug", "broken-list",
    "list-columns", "list-row", "example-failed", "not-covered", "same-reference", "unknown-survey",
    "unknown-form", "past-in-indicator", "duplicate-tile",
)  # fmt: skip

CHAPTERS: Mapping[str, Mapping[str, Pair]] = {
    "Pliki, których nie da się odczytać": UNREADABLE,
    "Klucze i wartości": KEYS,
    "Formularz, kroki i pola": FORMS,
    "Opcje i listy": OPTIONS,
    "Wyrażenia": EXPRESSIONS,
    "Czego formularz nigdy nie zrobi": NEVER,
    "Okresy": PERIODS,
    "Audyty": AUDITS,
    "Przykłady": TRIED,
    "Język tekstów": STYLE,
}

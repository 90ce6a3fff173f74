"""Examples in a definition: what they may say, how they fail, and what they leave untried."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import indent

import pytest

from config.settings import ROOT
from forms.catalogue import Catalogue
from forms.examples.coverage import coverage
from forms.examples.trying import run
from forms.plan import Plan
from forms.problems import Problem
from tests.forms.definitions import CATALOGUE, TODAY, codes, form_of, read, said

FORM = """
opens: 2026-11-16
conditions: {duzo: "count(osoby) > 1"}
fields:
  - {name: rok, type: year, label: Rok, required: true, min: 2020}
  - {name: koszt, type: money, label: Koszt}
  - {name: dni, type: integer, label: Dni}
  - {name: dziennie, type: computed, label: Dziennie, value: koszt / dni}
  - name: program
    type: group
    repeat: false
    label: Program
    fields:
      - {name: rodzaj, type: choice, label: Rodzaj, options: [GPR, brak], required: true}
      - {name: plany, type: text, label: Plany, when: "rodzaj == 'brak'", required: true}
  - name: osoby
    type: group
    label: Osoby
    fields:
      - {name: imie, type: text, label: Imię, required: true}
      - {name: nocleg, type: yes_no, label: Nocleg, default: false}
  - {name: data, type: date, label: Data, hint: Na przykład 1.02.2026., max: today}
  - name: tabela
    type: table
    label: Tabela
    no_data: true
    rows: [{id: r1, label: Pierwszy}, {id: r2, label: Drugi}]
    columns: [{name: plan, type: integer, label: Plan}]
  - name: oceny
    type: checklist
    label: Oceny
    scale: [{value: tak, label: tak, points: 1}, {value: nie, label: nie, points: 0}, {value: nd, label: nd, remark: 5}]
    areas: [{id: A, title: Wejście, items: [{id: A1, label: Drzwi, measure: {min: 90}}, {id: A2, label: Próg}]}]
  - {name: pliki, type: file, label: Pliki, max_files: 2}
checks:
  - {that: "dni <= 30", message: Najwyżej 30 dni., on: dni, code: DLUGO}
  - {that: "koszt < 1000", message: Bardzo drogo., on: koszt, level: warning, code: DROGO}
"""


def with_example(example: str) -> str:
    return f"title: Próba\n{FORM.lstrip()}examples:\n" + indent(example.strip(), "  ") + "\n"


def failed(example: str) -> list[Problem]:
    form = form_of(with_example(example))
    return run(Plan(form), "proba.yaml", CATALOGUE.limit, TODAY)


def told(example: str) -> list[str]:
    return [said(problem.what) for problem in failed(example)]


def test_an_example_that_comes_out_as_it_says_has_no_problems() -> None:
    assert told("""
- name: wszystko
  answers:
    rok: 2025
    koszt: 1 000,00
    dni: 3
    program: {rodzaj: brak, plany: wkrótce}
    osoby: [{imie: Jan}, {imie: Ola, nocleg: true}]
    data: 15.11.2026
    tabela: {r1: {plan: 5}, r2: {plan: {none: nie liczymy}}}
    oceny: {A1: {rating: tak, measure: 92}, A2: nie}
    pliki: [a.pdf, b.pdf]
  explain: {DROGO: Tak trzeba.}
  expect:
    valid: true
    asked: [plany, osoby.2.nocleg, formularz]
    errors: {}
    values: {dziennie: 333.33, duzo: true, "count(osoby, nocleg)": 1, data: 2026-11-15, tabela.r1.plan: 5, oceny.score: 50,
             oceny.A1: tak, program.rodzaj: brak, "count(osoby, imie == 'jan')": 1, osoby.nocleg: [false, true]}
""") == []  # fmt: skip


def test_answers_in_the_form_in_which_they_are_kept_are_read_too() -> None:
    assert told("""
- name: kanoniczne
  answers: {koszt: 1234.50, data: 2026-11-15, oceny: {A1: {rating: nd, remark: nie ma drzwi}}}
  expect: {errors: {koszt: DROGO}, values: {koszt: 1234.5, data: 2026-11-15, oceny.A1: nd, dni: , "answered(dni)": false}}
""") == []  # fmt: skip


@pytest.mark.parametrize(
    ("expect", "what"),
    [
        ("valid: true", "Te odpowiedzi powinny przejść, a nie przechodzą: dni: Najwyżej 30 dni. [DLUGO]"),
        ("asked: [plany]", "„plany” powinno być pytane, a nie jest."),
        ("not_asked: [osoby.imie]", "„osoby.imie” nie powinno być pytane, a jest."),
        ("errors: {}", "Tego błędu przykład nie przewiduje: dni: Najwyżej 30 dni. [DLUGO]"),
        ("errors: {dni: max}", "W polu „dni” powinien być błąd „max”, a jest: dni: Najwyżej 30 dni. [DLUGO]"),
        ("errors: {dni: DLUGO, rok: min}", "W polu „rok” powinien być błąd „min”, a nie ma żadnego."),
        ("values: {dni: 5}", "„dni” powinno mieć wartość 5, a ma 40."),
        ("values: {koszt: 5}", "„koszt” powinno mieć wartość 5, a nie ma żadnej."),
        ("values: {dni: }", "„dni” powinno mieć wartość pustą, a ma 40."),
    ],
)
def test_an_expectation_that_is_not_met_is_told(expect: str, what: str) -> None:
    example = f"""
- name: za długo
  answers: {{rok: 2025, dni: 40, program: {{rodzaj: gpr}}, osoby: [{{imie: Jan}}]}}
  expect: {{{expect}}}
"""
    assert told(example) == [what]


def test_answers_that_should_not_pass_and_do_are_told_at_the_word_valid() -> None:
    (problem,) = failed(
        "- name: dobre\n  answers: {rok: 2025, program: {rodzaj: gpr}}\n  expect:\n    errors: {}\n    valid: false"
    )
    text = with_example("- name: dobre\n  answers: {}\n  expect:\n    errors: {}\n    valid: false")
    lines = text.splitlines()
    assert lines[problem.place.line - 1].strip() == "valid: false"
    assert problem.code == "example-failed"
    assert str(problem.thing) == "przykład „dobre”"


@pytest.mark.parametrize("expected", ["DLUGO", "check", "Najwyżej 30 dni."])
def test_an_error_is_expected_by_its_code_its_kind_or_its_words(expected: str) -> None:
    assert told(f"- name: błąd\n  answers: {{dni: 40}}\n  expect: {{valid: false, errors: {{dni: {expected}}}}}") == []


def test_what_is_required_and_left_out_counts_only_for_valid() -> None:
    assert told("- name: nic\n  answers: {dni: 2}\n  expect: {valid: false, errors: {}}") == []
    assert told("- name: nic\n  answers: {}\n  expect: {errors: {rok: required, rodzaj: required}}") == []


def test_the_day_of_an_example_is_its_own_or_the_day_on_which_the_form_opens() -> None:
    wrong = told("- name: jutro\n  answers: {data: 2026-11-17}\n  expect: {errors: {}}")
    assert wrong == ["Tego błędu przykład nie przewiduje: data: Data nie może być późniejsza niż dzisiaj (16.11.2026). [max]"]  # fmt: skip
    assert told("- name: potem\n  today: 2026-12-01\n  answers: {data: 2026-11-17}\n  expect: {errors: {}}") == []


def test_mistakes_in_an_example_are_found_while_the_file_is_read() -> None:
    found = read(with_example("""
- name: literówki
  answers: {rokk: 2025, program: {rodzja: gpr}, osoby: {imie: Jan}, dziennie: 4}
  today: jutro
  expect: {asked: [plan], not_asked: [osoby.email], errors: {dnii: max}, values: {dzienie: 3}, wynik: 3}
""")).problems.sorted()  # fmt: skip
    assert [(problem.code, said(problem.what)) for problem in found] == [
        ("unknown-name", "Nie ma pola „rokk” – czy chodziło o „rok”?"),
        ("unknown-name", "Nie ma pola „rodzja” – czy chodziło o „rodzaj”?"),
        ("not-a-list", "Tu powinna stać lista pozycji, każda po myślniku."),
        ("not-answered", "Na pole „dziennie” nikt nie odpowiada. Jego wartość wpisz w „values”."),
        ("not-a-day", "Tu powinien stać dzień, na przykład 2027-03-09."),
        ("unknown-name", "Nie ma pola „plan” – czy chodziło o „plany”?"),
        ("unknown-name", "Nie ma pola „osoby.email”."),
        ("unknown-name", "Nie ma pola „dnii” – czy chodziło o „dni”?"),
        ("unknown-name", "Nieznana nazwa „dzienie” – czy chodziło o „dziennie”?"),
        ("unknown-key", "Nieznany klucz „wynik”. Możliwe: valid, asked, not_asked, errors, values."),
    ]


def test_an_example_without_a_name_or_expectation_is_refused() -> None:
    assert codes(with_example("- answers: {}")) == ["missing-key"] * 2


def test_a_failing_example_keeps_the_version_before_it_serving(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    file = tmp_path / "forms" / "proba.yaml"
    good = "- name: dni\n  answers: {dni: 3}\n  expect: {errors: {}}"
    file.write_text(with_example(good), encoding="utf-8")
    catalogue = Catalogue(tmp_path)
    before = catalogue.get("proba")
    assert before is not None
    file.write_text(with_example(good.replace("dni: 3", "dni: 31")), encoding="utf-8")
    catalogue.refresh(now=True)
    entry = catalogue.entry("proba")
    assert entry is not None
    assert entry.form is before
    assert [problem.code for problem in entry.errors] == ["example-failed"]


def test_coverage_looks_at_options_and_rows_too() -> None:
    form = form_of("""
title: Opcje
fields:
  - {name: a, type: yes_no, label: A}
  - {name: b, type: choice, label: B, options: [{value: x, label: X, when: a}, Y]}
  - {name: c, type: matrix, label: C, rows: [{id: r, label: R, when: not a}, {s: S}], options: [Tak, Nie]}
examples: [{name: tak, answers: {a: tak}, expect: {valid: true}}]
""")
    found = coverage(Plan(form), "proba.yaml", CATALOGUE.limit, TODAY)
    assert [(str(gap.thing), str(gap.what).rpartition(": ")[2]) for gap in found.gaps] == [
        ("pole „b”", "a"),
        ("pole „c”", "not a"),
    ]


def test_coverage_names_the_outcomes_that_no_example_reaches() -> None:
    form = form_of(with_example("""
- name: jedna osoba
  answers: {dni: 2, program: {rodzaj: gpr}, osoby: [{imie: Jan}]}
  expect: {errors: {}}
- name: za długo
  answers: {dni: 40, program: {rodzaj: brak}, osoby: [{imie: Jan}]}
  expect: {errors: {dni: DLUGO}}
"""))  # fmt: skip
    found = coverage(Plan(form), "proba.yaml", CATALOGUE.limit, date(2026, 11, 23))
    assert [(str(gap.thing), str(gap.what).partition(",")[2]) for gap in found.gaps] == [
        ("warunek „duzo”", " co się dzieje, gdy ten warunek jest spełniony: count(osoby) > 1"),
        ("formularz", " co się dzieje, gdy ten warunek jest spełniony: koszt < 1000"),
        ("formularz", " co się dzieje, gdy ten warunek nie jest spełniony: koszt < 1000"),
    ]
    assert (found.conditions, found.reached, found.percent) == (4, 5, 62)


@pytest.mark.parametrize("slug", sorted(path.stem for path in (ROOT / "config" / "forms").glob("*.yaml")))
def test_every_form_of_the_office_is_proved_by_examples_of_what_passes_and_of_what_does_not(slug: str) -> None:
    entry = CATALOGUE.entry(slug)
    assert entry is not None
    assert entry.errors == []
    assert entry.form is not None
    assert len(entry.form.examples) >= 2
    assert any(example.expect.errors is not None for example in entry.form.examples)

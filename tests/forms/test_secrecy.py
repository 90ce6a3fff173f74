"""What a sensitive answer gives away is sensitive too."""

from __future__ import annotations

from forms.definition import Field
from forms.reader import read_form
from forms.secrecy import without_sensitive

FORM = """
title: Szkolenie
conditions: {szczegolnie: "dieta == 'inna'"}
steps:
  - id: a
    title: O Tobie
    fields:
      - {name: imie, type: text, label: Imię}
      - {name: dieta, type: choice, label: Dieta, options: [mięsna, inna], sensitive: true}
      - {name: jaka, type: text, label: Jaka dieta, when: "dieta == 'inna'"}
      - {name: dlaczego, type: text, label: Dlaczego, when: "answered(jaka)"}
      - {name: opis, type: computed, label: Opis, value: "imie if szczegolnie else 'nie'"}
      - {name: uwagi, type: text, label: Uwagi, default: dieta}
      - {name: noclegi, type: integer, label: Noclegi}
      - name: osoby
        type: group
        label: Osoby
        fields:
          - {name: nazwisko, type: text, label: Nazwisko}
          - {name: potrzeby, type: yes_no, label: Potrzeby, sensitive: true}
          - {name: jakie, type: text, label: Jakie, when: potrzeby}
          - {name: dieta2, type: text, label: Inna, when: szczegolnie}
      - {name: ilu, type: computed, label: Ilu z potrzebami, value: "count(osoby, potrzeby)"}
      - {name: ile, type: computed, label: Ile osób, value: "count(osoby)"}
      - {name: pierwsza, type: yes_no, label: Czy są potrzeby, when: "count(osoby.potrzeby) > 0"}
  - id: b
    title: Kuchnia
    when: szczegolnie
    fields:
      - {name: kuchnia, type: text, label: Dla kuchni}
"""


def sensitive(fields: tuple[Field, ...], before: str = "") -> set[str]:
    found = {before + each.name for each in fields if each.sensitive}
    return found.union(*(sensitive(each.fields, f"{before}{each.name}.") for each in fields)) if fields else found


def test_what_is_asked_computed_or_filled_in_because_of_a_sensitive_answer_is_sensitive() -> None:
    read = read_form("szkolenie.yaml", FORM)
    assert read.form is not None, [problem.line() for problem in read.problems.sorted()]
    assert sensitive(tuple(read.form.fields)) == {
        "dieta",
        "jaka",
        "dlaczego",
        "opis",
        "uwagi",
        "osoby.potrzeby",
        "osoby.jakie",
        "osoby.dieta2",
        "ilu",
        "pierwsza",
        "kuchnia",
    }


def test_answers_without_the_sensitive_ones_of_this_version_and_of_the_newest() -> None:
    read = read_form("szkolenie.yaml", FORM)
    newest = read_form(
        "szkolenie.yaml",
        "title: Nowy\nfields:\n"
        "  - {name: imie, type: text, label: Imię}\n"
        "  - {name: noce, type: integer, label: Noce, was: [noclegi], sensitive: true}\n",
    )
    assert read.form is not None
    assert newest.form is not None
    kept = {"imie": "Jan", "dieta": "inna", "noclegi": 2, "osoby": [{"nazwisko": "Nowak", "potrzeby": True}]}
    fields = tuple(read.form.fields)
    assert without_sensitive(fields, kept) == {"imie": "Jan", "noclegi": 2, "osoby": [{"nazwisko": "Nowak"}]}
    assert without_sensitive(fields, kept, newest.form.fields) == {"imie": "Jan", "osoby": [{"nazwisko": "Nowak"}]}
    assert kept["dieta"] == "inna", "what was given stays as it was"

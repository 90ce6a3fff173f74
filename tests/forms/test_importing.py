"""An XLSForm becomes a definition: each kind of row, what cannot be turned said with its place, the rest kept."""

from __future__ import annotations

import re
from typing import Any

import pytest

from config.settings import ROOT
from forms.definition import Field
from forms.importing import Imported, import_xlsform
from forms.importing.functions import FUNCTIONS
from forms.importing.types import TYPES
from forms.types.base import REGISTRY
from tests.forms.definitions import AROUND, read
from tests.workbooks import YES_NO, imported, row, told, visit


def field(made: Imported, name: str) -> Field:
    assert made.read.form is not None
    return next(each for each in made.read.form.fields if each.name == name)


def keys(*rows: dict[str, Any], name: str = "q", **settings: Any) -> str:
    """The lines of one field in the definition."""
    made = imported(*rows, **settings)
    found = re.search(rf"^( *)- name: {name}\n((?:\1  .*\n|\1 *#.*\n)*)", made.text, re.MULTILINE)
    assert found is not None, made.text
    return re.sub(rf"^{found[1]}  ", "", found[2], flags=re.MULTILINE)


def test_a_whole_form_is_turned_without_remarks_and_reads_cleanly() -> None:
    made = import_xlsform(visit(), "wizyta.xlsx", AROUND)
    assert told(made) == []
    assert read(made.text).form is not None
    assert made.slug == "wizyta-2027"
    assert "state: draft" not in made.text
    form = made.read.form
    assert form is not None
    assert [step.id for step in form.steps] == ["gmina_dane", "projekt", "zespol", "oceny", "koniec"]
    assert form.languages == ("pl", "en")
    assert {each.name: each.type.name for each in form.fields} | {"udzial": "computed"} == {
        "gmina": "text", "powiat": "choice", "miasto": "choice", "osoba": "text", "poczta": "email", "telefon": "phone",
        "tytul": "text", "opis": "long_text", "od": "date", "do": "date", "koszt": "decimal", "wklad": "decimal",
        "udzial": "computed", "uwaga": "note", "temat": "choices", "temat_opis": "text", "ile": "integer",
        "osoby": "group", "noclegi": "computed", "oceny": "matrix", "pewnosc": "scale", "zgoda": "consent",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        ({"type": "text"}, "type: text\nlabel: Q\n"),
        ({"type": "TEXT ", "appearance": "multiline w4"}, "type: long_text\nlabel: Q\n"),
        ({"type": "text", "appearance": "email"}, "type: email\nlabel: Q\n"),
        ({"type": "text", "appearance": "tel"}, "type: phone\nlabel: Q\n"),
        ({"type": "text", "constraint": "regex(., '^[A-Z]{2}$')", "constraint_message": "Dwie litery."},
         "type: text\nlabel: Q\npattern: '[A-Z]{2}'\nmessage: {pattern: Dwie litery.}\n".replace("'", '"')),
        ({"type": "integer", "constraint": ". >= 0 and . < 10"}, "type: integer\nlabel: Q\nmin: 0\nmax: 9\n"),
        ({"type": "decimal", "constraint": ".>=0.5 and .<='7'"}, "type: decimal\nlabel: Q\nmin: 0.5\nmax: 7\n"),
        ({"type": "select_one tn"}, "type: choice\nlabel: Q\noptions:\n  - {value: tak, label: Tak}\n"
         "  - {value: nie, label: Nie}\n"),
        ({"type": "select one from tn or specify other", "appearance": "autocomplete"},
         "type: choice\nlabel: Q\noptions:\n  - {value: tak, label: Tak}\n  - {value: nie, label: Nie}\n"
         "as: autocomplete\nother: true\n"),
        ({"type": "select_multiple tn", "default": "tak nie", "constraint": "count-selected(.) <= 2"},
         "type: choices\nlabel: Q\noptions:\n  - {value: tak, label: Tak}\n  - {value: nie, label: Nie}\n"
         "max: 2\ndefault: [tak, nie]\n"),
        ({"type": "select_one_from_file gminy.csv"}, "type: choice\nlabel: Q\noptions: {list: gminy}\n"),
        ({"type": "date", "appearance": "month-year"}, "type: month\nlabel: Q\n"),
        ({"type": "date", "default": "today()"}, "type: date\nlabel: Q\ndefault: today\n"),
        ({"type": "dateTime", "required": "TRUE"}, "type: datetime\nlabel: Q\nrequired: true\n"),
        ({"type": "time", "required": "no"}, "type: time\nlabel: Q\n"),
        ({"type": "acknowledge", "required": "yes", "required_message": "Zaznacz."},
         "type: consent\nlabel: Q\nrequired: true\nmessage: {required: Zaznacz.}\n"),
        ({"type": "image"}, "type: file\nlabel: Q\naccept: [jpg, png]\n"),
        ({"type": "file"}, "type: file\nlabel: Q\n"),
        ({"type": "range", "parameters": "start=0 end=10 step=1"}, "type: scale\nlabel: Q\nfrom: 0\nto: 10\n"),
        ({"type": "range", "parameters": "start=0 end=100 step=1"}, "type: integer\nlabel: Q\nmin: 0\nmax: 100\n"),
        ({"type": "calculate", "calculation": "1 + 2"}, "type: computed\nlabel: Q\nvalue: 1 + 2\n"),
        ({"type": "hidden", "default": "abc", "label": None}, "type: hidden\nvalue: abc\n"),
        ({"type": "note", "label": "**Uwaga**: {x}"}, 'type: note\ntext: "**Uwaga**: {{x}}"\n'),
    ],
)  # fmt: skip
def test_a_row_becomes_a_field_of_the_right_type(cells: dict[str, Any], written: str) -> None:
    assert keys({"name": "q", "label": "Q", **cells}) == written


@pytest.mark.parametrize("kind", [name for name, known in TYPES.items() if known.ours not in ("step",)])
def test_every_type_of_the_table_is_imported_or_remarked_upon(kind: str) -> None:
    first = {"rank": "rank tn", "repeat": "begin repeat"}.get(kind, kind + (" tn" if kind.startswith("select") else ""))
    rows = [row("text", "inne"), row(first, "q", calculation="1" if kind == "calculate" else None)]
    rows += [row("text", "a"), {"type": "end repeat"}] if kind == "repeat" else []
    made = imported(*rows)
    ours = TYPES[kind].ours
    if ours and not kind.endswith("from_file"):
        assert field(made, "q").type.name == ours
    elif kind not in ("start", "end", "today"):
        assert any("survey!A3" in line for line in told(made))
        assert "survey!A3" in made.text


def test_the_table_knows_only_types_that_there_are() -> None:
    assert {known.ours for known in TYPES.values()} - {"", "step"} <= set(REGISTRY)


def test_texts_in_two_languages_keep_both_and_a_third_is_said_to_be_left_out() -> None:
    made = imported(
        {
            "type": "text",
            "name": "q",
            "LABEL :: Polski (pl)": "Imię:",
            "label::English (en)": "Name",
            "label::Deutsch (de)": "N",
        },
        default_language="English (en)",
    )
    assert "languages: [en, pl]" in made.text
    assert "label: {en: Name, pl: Imię}" in made.text
    assert [line for line in told(made) if "survey!E2" in line and "„de”" in line]


def test_polish_headers_and_sheet_contents_in_any_case_are_understood() -> None:
    made = imported({"TYP": "integer", "Nazwa": "q", "Etykieta": "Ile?", "Podpowiedź": "Liczba.", "Wymagane": "Tak"})
    assert "type: integer\n    label: Ile?\n    hint: Liczba.\n    required: true" in made.text
    assert told(made) == []


def test_a_name_that_is_not_legal_here_is_changed_everywhere_and_said() -> None:
    made = imported(row("integer", "WiekOsoby", "Wiek"), row("text", "q", "Czy ${WiekOsoby} to dużo?", relevant="${WiekOsoby} > 3"),
                    row("text", "not"))  # fmt: skip
    assert "when: wiek_osoby > 3" in made.text
    assert "label: Czy {wiek_osoby} to dużo?" in made.text
    assert "- name: not_1" in made.text
    assert [line for line in told(made) if "survey!B2 (name): nazwa to teraz „wiek_osoby”." in line]
    assert "# survey!B2, name: WiekOsoby" in made.text


def test_two_questions_of_one_name_get_two_names() -> None:
    made = imported(row("begin group", "a"), row("text", "q"), {"type": "end group"},
                    row("begin group", "b"), row("text", "q"), {"type": "end group"})  # fmt: skip
    assert [each.name for each in made.read.form.fields] == ["q", "q_2"]  # type: ignore[union-attr]


def test_what_cannot_be_translated_stands_in_a_comment_at_its_place() -> None:
    made = imported(row("text", "a"), row("text", "q", relevant="pulldata('x', 'y', 'z', ${a}) = 1"))
    assert (
        "  # survey!D3, relevant: pulldata('x', 'y', 'z', ${a}) = 1 – nie ma tu odpowiednika funkcji pulldata()"
        in made.text
    )
    assert made.text.index("pulldata") < made.text.index("- name: q")
    assert field(made, "q").when is None
    assert "state: draft" in made.text


def test_every_option_keeps_its_own_filter_and_one_that_is_never_shown_is_said() -> None:
    parents = [{"list_name": "p", "name": name, "label": name.upper()} for name in ("a", "b")]
    options = [{"list_name": "o", "name": f"{of}1", "label": "O", "p": of} for of in ("a", "nieznane", "b")]
    made = imported(
        row("select_one p", "p"), row("select_one o", "q", choice_filter="p = ${p}"), choices=[*parents, *options]
    )
    assert re.findall("when: (.*)", made.text) == ["p == 'a'", "p == 'b'"]
    assert [line for line in told(made) if "choices!B5" in line and "filtr nigdy" in line]


def test_what_a_type_has_no_use_for_is_said() -> None:
    made = imported(row("select_one tn", "q", parameters="randomize=true", appearance="hologram"))
    lines = "\n".join(told(made))
    assert "survey!D2 (parameters)" in lines
    assert "„hologram”" in lines


def test_a_table_of_questions_keeps_what_its_rows_say() -> None:
    made = imported(
        row("begin group", "t", "Oceny", appearance="table-list", relevant="1 = 1"),
        row("select_one tn", "a", hint="Pomoc", required="yes", required_message="Zaznacz."),
        row("select_one tn", "b", required="yes", default="tak"),
        {"type": "end group"}, row("text", "c", relevant="${b} = 'nie'"),
    )  # fmt: skip
    assert "hint: Pomoc" in made.text
    assert "message: {required: Zaznacz.}" in made.text
    assert "when: t.b == 'nie'" in made.text
    assert [line for line in told(made) if "(default)" in line]


def test_what_our_own_reader_refuses_is_taken_out_and_said_with_its_cell() -> None:
    made = imported(row("begin group", "a"), row("text", "q", relevant="${pozniej} = 'x'"), row("text", "r", "Po: ${pozniej}"),
                    {"type": "end group"}, row("begin group", "b"), row("text", "pozniej"), {"type": "end group"})  # fmt: skip
    lines = told(made)
    assert [line for line in lines if "survey!D3 (relevant)" in line and "późniejszym kroku" in line]
    assert [line for line in lines if "survey!C4 (label)" in line]
    assert 'label: "Po: …"' in made.text


def test_a_group_within_a_step_gives_its_condition_to_each_question_and_its_name_to_a_note() -> None:
    made = imported(
        row("begin group", "krok"), row("integer", "ile"), row("begin group", "w", "Szczegóły", relevant="${ile} > 1"),
        row("text", "q", relevant="${ile} < 5 or ${ile} = 7"), {"type": "end group"}, {"type": "end group"},
    )  # fmt: skip
    assert "text: '**Szczegóły**'".replace("'", '"') in made.text
    assert "when: ile > 1 and (ile < 5 or ile == 7)" in made.text


def test_questions_between_groups_get_steps_and_what_is_only_computed_joins_a_neighbour() -> None:
    made = imported(
        row("text", "przed"), row("begin group", "krok"), row("integer", "ile"), {"type": "end group"},
        row("calculate", "razem", "Razem", calculation="${ile} * 2"), row("begin group", "dalej", relevant="${razem} > 2"),
        row("text", "q"), {"type": "end group"},
    )  # fmt: skip
    form = made.read.form
    assert form is not None
    assert [(step.id, [each.name for each in step.fields]) for step in form.steps] == [
        ("pytania", ["przed"]), ("krok", ["ile", "razem"]), ("dalej", ["q"]),
    ]  # fmt: skip


def test_a_calculation_that_joins_texts_is_written_out_where_it_is_shown() -> None:
    made = imported(
        row("text", "imie"), row("select_one tn", "tn"),
        row("calculate", "kto", None, calculation="concat(${imie}, ' (', jr:choice-name(${tn}, '${tn}'), ')')"),
        row("note", "n", "Witaj, ${kto}!"),
    )  # fmt: skip
    assert "text: Witaj, {imie} ({tn})!" in made.text
    assert [line for line in told(made) if "tylko wstawiany do treści" in line]


def test_a_repeat_with_a_fixed_count_has_exactly_that_many_items() -> None:
    made = imported(row("begin repeat", "q", repeat_count="3"), row("text", "a"), {"type": "end repeat"})
    group = field(made, "q").type
    assert (group.least, group.most) == (3, 3)


def test_wrong_ends_of_groups_rows_without_type_and_unknown_columns_are_said() -> None:
    made = imported(
        {"type": "end group"}, row("text", "a", body="x"), {"name": "bez"}, row("begin group", "g"), row("text", "b")
    )
    lines = "\n".join(told(made))
    for expected in ("survey!A2", "nie pasuje do żadnego początku", "wiersz bez typu", "„body”", "nie ma końca"):
        assert expected in lines


def test_choices_that_cannot_stay_as_they_are_are_said() -> None:
    options = [*YES_NO, {"list_name": "tn", "name": "tak", "label": "Drugie tak"}, {"list_name": "tn", "label": "?"},
               {"list_name": "tn", "name": "nie wiem", "label": "Nie wiem"}, {"list_name": "tn", "name": "-99"}]  # fmt: skip
    made = imported(row("select_one tn", "q"), row("text", "r", relevant="${q} = '-99' or ${q} = 'nie wiem'"),
                    row("select_one brak", "s"), choices=options)  # fmt: skip
    assert "when: q == 'minus_99' or q == 'nie_wiem'" in made.text
    lines = "\n".join(told(made))
    for expected in ("choices!B4", "już jest na tej liście", "bez nazwy została pominięta", "nie ma listy „brak”"):
        assert expected in lines
    assert "# - name: s" in made.text


def test_texts_that_yaml_would_take_for_something_else_come_back_as_they_were() -> None:
    labels = [
        "Tak: czy nie?",
        "- lista",
        "#1",
        "nie # komentarz",
        "null",
        "'a' i \"b\"",
        "a \\ b",
        "[x]",
        "? co",
        "@x",
        "„Tak”",
        "true",
        "~",
    ]
    made = imported(*(row("text", f"q{at}", label) for at, label in enumerate(labels)))
    assert [str(each.label) for each in made.read.form.fields] == labels  # type: ignore[union-attr]


def test_the_documentation_lists_every_type_and_function_that_is_translated() -> None:
    page = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([^`]+)`", page))
    types = {"dateTime" if name == "datetime" else name for name in TYPES} - {"group", "repeat"}
    assert types <= named | {"begin group", "begin repeat"}, sorted(types - named)
    assert {f"{name}()" for name in FUNCTIONS} <= named, sorted({f"{name}()" for name in FUNCTIONS} - named)
    for name, known in TYPES.items():
        line = next(
            (line for line in page.splitlines() if line.startswith("|") and f"`{name}`" in line.split("|")[1]), ""
        )
        assert known.ours in ("", "step") or not line or f"`{known.ours}`" in line, line

"""Reading a field: which mistakes an author is told, where, and what the field is when there are none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import forms.types.all
from forms.expressions import Env
from forms.fields import MESSAGE_KINDS, RESERVED, TYPE_WORDS
from forms.formula import Default
from forms.types.base import REGISTRY
from tests.forms.definitions import form_of, read

TYPES = Path(forms.types.__file__).parent


def lines(text: str, level: str = "error") -> list[str]:
    """What the author of these fields is told, without the notes that a clause on personal data is missing."""
    found = read(f"title: Próba\nfields:\n{text}").problems.sorted()
    return [problem.line() for problem in found if problem.level == level and problem.code != "no-privacy"]


def only(text: str, level: str = "error") -> str:
    """The one thing the author is told."""
    told = lines(text, level)
    assert len(told) == 1, told
    return told[0]


def test_a_misspelt_type_is_answered_with_the_one_that_was_meant() -> None:
    told = only("  - name: nip\n    type: nipp\n    label: NIP\n    hint: 10 cyfr")
    assert told == "proba.yaml:4:11: pole „nip”: nieznany typ „nipp” – czy chodziło o „nip”? [unknown-type]"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("tekst", "text"),
        ("Textarea", "long_text"),
        ("wybór", "choice"),
        ("checkbox", "choices"),
        ("select_one", "choice"),
    ],
)
def test_a_word_from_elsewhere_for_a_type_is_understood(word: str, meant: str) -> None:
    told = lines(f"  - {{name: a, type: {word}, label: A, options: [Tak, Nie]}}")
    assert f"„{word}” – czy chodziło o „{meant}”?" in told[0]


def test_every_word_for_a_type_leads_to_a_type() -> None:
    assert set(TYPE_WORDS.values()) <= set(REGISTRY)
    assert not set(TYPE_WORDS) & set(REGISTRY)


def test_a_type_that_means_nothing_is_answered_with_all_types_and_other_mistakes_are_still_told() -> None:
    told = lines("  - {name: a, type: qqqqq, label: A, podpowiedź: B, options: [x]}")
    assert [line.rsplit(" ", 1)[1] for line in told] == ["[unknown-type]", "[unknown-key]"]
    assert all(name in told[0] for name in REGISTRY)


def test_a_polish_word_for_label_is_answered_once() -> None:
    assert "ten klucz nazywa się „label”" in only("  - {name: a, type: text, etykieta: A}")


def test_a_question_needs_a_label_and_a_note_does_not() -> None:
    assert "brakuje klucza „label”" in only("  - {name: a, type: text}")
    assert lines("  - {name: a, type: note, text: Uwaga}") == []


@pytest.mark.parametrize("name", ["and", "class", "today", "n", "count", "sum", "csrf_token", "true"])
def test_a_word_of_the_expressions_cannot_be_a_name(name: str) -> None:
    assert name in RESERVED
    assert "[reserved-name]" in only(f"  - {{name: {name}, type: text, label: A}}")


@pytest.mark.parametrize("name", ["Imie", "imię", "1a", "a-b", "a b"])
def test_a_name_has_only_small_letters_digits_and_underscores(name: str) -> None:
    assert "[wrong-name]" in only(f"  - {{name: {name}, type: text, label: A}}")


@pytest.mark.parametrize("key", ["fields", "columns"])
def test_a_name_twice_in_a_group_or_table_names_the_first_line(key: str) -> None:
    kind = "type: group" if key == "fields" else "type: table\n    rows: [Wiersz]"
    told = only(
        f"  - name: g\n    {kind}\n    label: G\n    {key}:\n"
        "      - {name: a, type: text, label: A}\n      - {name: a, type: text, label: B}"
    )
    line = 7 if key == "fields" else 8
    assert told.startswith(f"proba.yaml:{line + 1}:16: pole „a”:")
    assert f"jest już w wierszu {line}." in told


def test_one_message_stands_for_every_mistake() -> None:
    field = next(form_of("fields:\n  - {name: a, type: nip, label: A, message: {pl: Popraw NIP.}}").fields)
    assert {kind: str(text) for kind, text in field.messages.items()} == {"": "Popraw NIP."}


def test_messages_by_kind_of_mistake_are_kept_apart() -> None:
    text = "fields:\n  - {name: a, type: nip, label: A, message: {required: Podaj NIP., checksum: Popraw NIP.}}"
    field = next(form_of(text).fields)
    assert {kind: str(text) for kind, text in field.messages.items()} == {
        "required": "Podaj NIP.",
        "checksum": "Popraw NIP.",
    }


def test_a_misspelt_kind_of_mistake_is_answered() -> None:
    told = only("  - {name: a, type: text, label: A, message: {requird: Podaj.}}")
    assert "„requird” nie jest rodzajem błędu – czy chodziło o „required”?" in told


def test_every_kind_of_refusal_may_be_given_a_message() -> None:
    raised: set[str] = set()
    for file in TYPES.glob("*.py"):
        code = file.read_text(encoding="utf-8")
        raised |= set(re.findall(r'(?:Refused|refuse)\(\s*"([a-z_]+)"', code))
    assert len(raised) > 15
    assert raised <= set(MESSAGE_KINDS)


def test_a_default_waits_until_all_names_are_known() -> None:
    form = form_of(
        "fields:\n  - {name: b, type: integer, label: B, default: a * 2}\n  - {name: a, type: integer, label: A, default: 5}"
    )
    b, a = (each.default for each in form.fields)
    assert isinstance(a, Default)
    assert isinstance(b, Default)
    assert a(Env({})) == 5
    assert b(Env({"a": 7})) == 14


def test_a_field_knows_every_formula_that_its_look_depends_on() -> None:
    form = form_of(
        "fields:\n  - {name: a, type: integer, label: A}\n"
        '  - {name: b, type: integer, label: "Ile z {a}?", max: a, when: a > 0}'
    )
    assert sorted(formula.text for formula in list(form.fields)[1].reads) == ["a", "a", "a > 0"]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("type: text, label: 'Imię:'", "label-colon"),
        ("type: text, label: 'Podaj \"imię\"'", "straight-quotes"),
        ("type: text, label: A, hint: 'Jak w \"dowodzie\"'", "straight-quotes"),
        (f"type: text, label: {'bardzo ' * 30}długie pytanie", "long-label"),
        ("type: nip, label: NIP", "missing-hint"),
    ],
)
def test_the_style_of_texts_is_a_warning(keys: str, code: str) -> None:
    text = f"  - {{name: a, {keys}}}"
    assert lines(text) == []
    assert f"[{code}]" in only(text, "warning")


def test_quotation_marks_within_an_expression_are_no_matter_of_style() -> None:
    text = "  - {name: b, type: integer, label: B}\n"
    text += '  - name: a\n    type: text\n    label: \'Ile {plural(b, "osoba", "osoby", "osób")}?\''
    assert lines(text, "warning") == []


def test_a_group_within_a_group_is_allowed_and_no_deeper() -> None:
    def nested(depth: int) -> str:
        indent = "  " * (2 * depth)
        if depth == 3:
            return f"{indent}- {{name: pole, type: text, label: Pole}}"
        return f"{indent}- name: g{depth}\n{indent}  type: group\n{indent}  label: G\n{indent}  fields:\n{nested(depth + 1)}"

    assert lines("  - name: g\n    type: group\n    label: G\n    fields:\n" + nested(2)) == []
    assert "[nested-groups]" in only("  - name: g\n    type: group\n    label: G\n    fields:\n" + nested(1))


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("type: file", "typ „file” nie mieści się w komórce tabeli."),
        ("type: long_text", "typ „long_text” nie mieści się w komórce tabeli."),
        ("type: integer, when: 'true'", "kolumna tabeli nie może mieć klucza „when”."),
    ],
)
def test_a_column_of_a_table_is_a_simple_question(column: str, told: str) -> None:
    text = f"  - name: t\n    type: table\n    label: T\n    rows: [Wiersz]\n    columns: [{{name: k, label: K, {column}}}]"
    assert any(told in line for line in lines(text))


def test_rows_may_be_written_in_full_or_in_short() -> None:
    form = form_of(
        "fields:\n  - name: t\n    type: matrix\n    label: T\n    options: [Tak, Nie]\n"
        "    rows: [Treść była zrozumiała, {czas: Czas}, {id: S01, label: Sala}, {value: S02, label: Stół}]"
    )
    assert next(form.fields).type.parts == ("tresc_byla_zrozumiala", "czas", "S01", "S02")


def test_a_size_of_a_file_is_read_as_file_managers_count() -> None:
    kind = next(form_of("fields:\n  - {name: p, type: file, label: P, max_size: 2 MB}").fields).type
    assert getattr(kind, "max_size", None) == 2 * 1024 * 1024
    assert "[not-a-size]" in only("  - {name: p, type: file, label: P, max_size: 20 GB}")

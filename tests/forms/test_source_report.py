"""How mistakes are shown: place, thing, cause, code, and a caret beneath the very word."""

from __future__ import annotations

import pytest

from forms.problems import SHOWN_COLUMNS
from forms.source import Place, Problems, nearest, report
from forms.wording import say, speaking

SOURCE = "title: Szkolenie\nfields:\n  - name: nip\n    type: nipp\n"


def one(place: Place, **more: str) -> Problems:
    """A file with one mistake at a place."""
    problems = Problems("szkolenie.yaml")
    what = say("nieznany typ „{word}” – czy chodziło o „{known}”?", word="nipp", known="nip")
    problems.add(place, "unknown-type", what, say("pole „{name}”", name="nip"), **more)  # type: ignore[arg-type]
    return problems


def test_a_mistake_is_shown_with_its_line_and_a_caret() -> None:
    assert report(one(Place(4, 11, 15)), {"szkolenie.yaml": SOURCE}) == (
        "szkolenie.yaml:4:11: pole „nip”: nieznany typ „nipp” – czy chodziło o „nip”? [unknown-type]\n"
        "  4 |     type: nipp\n"
        "    |           ^~~~\n"
        "1 błąd"
    )


def test_without_the_source_one_line_says_it_all() -> None:
    shown = report(one(Place(4, 11, 15)), {})
    assert shown.splitlines()[0].endswith("[unknown-type]")
    assert shown.count("\n") == 1


def test_a_warning_says_that_it_is_one_and_is_counted_apart() -> None:
    problems = one(Place(4, 11, 15), level="warning")
    problems.add(Place(1, 1, 6), "x", say("źle"))
    shown = report(problems, {})
    assert shown.splitlines()[0] == "szkolenie.yaml:1:1: źle [x]"
    assert shown.splitlines()[1].startswith("szkolenie.yaml:4:11: ostrzeżenie: pole „nip”: ")
    assert shown.splitlines()[-1] == "1 błąd, 1 ostrzeżenie"
    assert [p.code for p in problems.errors] == ["x"]
    assert [p.code for p in problems.warnings] == ["unknown-type"]


def test_mistakes_of_several_files_are_sorted_by_file_line_and_column() -> None:
    first, second = Problems("b.yaml"), Problems("a.yaml")
    first.add(Place(10, 1, 2), "late", say("x"))
    first.add(Place(9, 7, 8), "right", say("x"))
    first.add(Place(9, 3, 4), "left", say("x"))
    second.add(Place(99, 1, 2), "other", say("x"))
    first.extend(second)
    assert [problem.code for problem in first.sorted()] == ["other", "left", "right", "late"]


def test_no_mistakes_are_no_text() -> None:
    assert report([], {"a.yaml": "a: b"}) == ""
    assert not Problems("a.yaml")


def test_the_caret_stands_under_its_letter_also_after_combining_accents() -> None:
    problems = Problems("f")
    problems.add(Place(1, 11, 12), "x", say("x"))
    _, line, caret, _ = report(problems, {"f": "label: o\u0301 q"}).split("\n")
    assert line == "  1 | label: o\u0301 q"
    assert caret == "    |          ^"


def test_a_very_long_line_is_shown_only_around_the_mistake() -> None:
    problems = Problems("f")
    problems.add(Place(1, 5001, 5004), "x", say("x"))
    _, line, caret, _ = report(problems, {"f": "a" * 5000 + "bcd" + "e" * 5000}).split("\n")
    assert len(line) < SHOWN_COLUMNS + 20
    assert line[caret.index("^") : caret.index("^") + 3] == "bcd"
    assert caret.endswith("^~~")


def test_a_terminal_is_never_sent_control_characters() -> None:
    problems = Problems("f")
    problems.add(Place(1, 2, 3), "x", say("x"))
    assert "\x1b" not in report(problems, {"f": "a\x1b[31mb"})


def test_a_mistake_is_told_in_the_language_then_in_force() -> None:
    problems = one(Place(4, 11, 15))
    with speaking("en"):
        assert "unknown-type" in report(problems, {})


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("nipp", "nip"),
        ("emial", "email"),
        ("Label", "label"),
        ("lable", "label"),
        ("długi_tekst", "dlugi_tekst"),
        ("long-text", "long_text"),
        ("kod pocztowy", None),
        ("zzz", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_the_nearest_known_word_is_offered_or_none(word: str, expected: str | None) -> None:
    assert nearest(word, ["nip", "email", "label", "title", "dlugi_tekst", "long_text"]) == expected

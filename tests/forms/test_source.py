"""Reading YAML: the text stays as typed, everything has its place, and nothing in a file can hurt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.source import Mapping, Node, Place, Problems, Scalar, Sequence, read, report


def readable(text: bytes | str) -> Mapping:
    """The mapping of a file that has no mistakes."""
    problems = Problems("dobry.yaml")
    node = read(text, "dobry.yaml", problems)
    assert not list(problems), report(problems, {})
    assert isinstance(node, Mapping)
    return node


def scalar(node: Node | None) -> Scalar:
    """The node, which must be a text."""
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize("typed", ["0201", "08:30", "no", "1.10", "2027-02-10", "1_000", "0x1F", "yes", "1e3"])
def test_a_value_stays_the_text_that_was_typed(typed: str) -> None:
    value = scalar(readable(f"a: {typed}\n").get("a"))
    assert value.text == typed
    assert not value.null
    assert not value.quoted


@pytest.mark.parametrize("typed", ["", "~", "null"])
def test_nothing_is_told_from_a_quoted_word(typed: str) -> None:
    assert scalar(readable(f"a: {typed}\n").get("a")).null
    assert not scalar(readable(f"a: '{typed}'\n").get("a")).null


def test_nodes_know_their_line_and_column_from_one() -> None:
    node = readable("title: Zażółć\nfields:\n  - name: nip\n    options: [Tak, Nie]\n")
    assert [entry.key.text for entry in node.entries] == ["title", "fields"]
    assert scalar(node.get("title")).place == Place(1, 8, 14)
    fields = node.get("fields")
    assert isinstance(fields, Sequence)
    item = fields.items[0]
    assert isinstance(item, Mapping)
    assert item.place == Place(3, 5, 9)
    options = item.get("options")
    assert isinstance(options, Sequence)
    assert options.place == Place(4, 14, 24)
    assert [option.place for option in options.items] == [Place(4, 15, 18), Place(4, 20, 23)]
    assert node.get("steps") is None


@pytest.mark.parametrize("text", ["a: b\r\nc: d\r\n", "a: b\rc: d\r", "\ufeffa: b\nc: d", b"\xef\xbb\xbfa: b\nc: d\n"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(text: bytes | str) -> None:
    node = readable(text)
    assert scalar(node.get("c")).place == Place(2, 4, 5)
    assert node.entries[0].key.place == Place(1, 1, 2)


@pytest.mark.parametrize(
    ("source", "word", "line", "column"),
    [
        ("a: jeden + dwa", "dwa", 1, 12),
        ("a: 'to == ''tak'' and dwa'", "dwa", 1, 23),
        ('a: "\\u0142 \\"x\\" dwa"', "dwa", 1, 18),
        ("a: |\n  jeden\n    i\n  oraz dwa\n", "dwa", 4, 8),
        ("a: >\n  jeden\n  oraz dwa\n", "dwa", 3, 8),
        ("a: >-\n\n  jeden\n\n\n  oraz dwa\n", "dwa", 6, 8),
        ("a: jeden\n  oraz\n\n  oraz dwa\n", "dwa", 4, 8),
        ('a: "jeden \\\n   dwa"', "dwa", 2, 4),
    ],
)
def test_a_character_of_a_text_is_found_again_in_the_file(source: str, word: str, line: int, column: int) -> None:
    value = scalar(readable(source).get("a"))
    place = value.at(value.text.index(word))
    assert (place.line, place.column) == (line, column)


@given(st.text(alphabet=" ab'\"\\ż\n{", max_size=30), st.data())
def test_in_quotes_of_one_line_every_character_is_found_exactly(text: str, data: st.DataObject) -> None:
    line = text.replace("\n", "") + "x"
    source = "a: '" + line.replace("'", "''") + "'"
    value = scalar(readable(source).get("a"))
    offset = data.draw(st.integers(0, len(line) - 1))
    assert value.text == line
    place = value.at(offset)
    assert place.line == 1
    assert source[place.column - 1] == line[offset] or line[offset] == " "


def test_block_and_quoted_texts_are_told_apart() -> None:
    node = readable("a: |\n  x\nb: 'x'\nc: x\n")
    assert [(scalar(e.value).quoted, scalar(e.value).block) for e in node.entries] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_a_list_may_be_asked_for_instead_of_a_form() -> None:
    problems = Problems("lista.yaml")
    assert isinstance(read("- a\n- b\n", "lista.yaml", problems, root="sequence"), Sequence)
    assert read("a: b\n", "lista.yaml", problems, root="sequence") is None
    assert [problem.code for problem in problems] == ["not-a-list"]


def test_a_file_mended_in_passing_is_read_to_its_end() -> None:
    problems = Problems("f.yaml")
    node = read('title: Nabór: jesień\nhint: "bez końca\nkind: @x\nkind: audit\n', "f.yaml", problems)
    assert [(p.place.line, p.code) for p in problems.errors] == [
        (1, "colon-in-text"),
        (2, "quote-not-closed"),
        (3, "special-start"),
        (4, "duplicate-key"),
    ]
    assert isinstance(node, Mapping)
    assert scalar(node.get("title")).text == "Nabór: jesień"


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    answered(data)


@settings(max_examples=300)
@given(st.text(alphabet=" \t\n-:?,[]{}#&*!|>'\"%@`\\ab0~<=„”ż\u00a0\ud800", max_size=60))
def test_no_text_raises(text: str) -> None:
    answered(text)


HOSTILE = {
    "ten megabytes": (b"a" * 10_000_000, "too-large"),
    "deep lists": ("[" * 900_000, "too-deep"),
    "deep items": ("- " * 450_000, "too-deep"),
    "a bomb of aliases": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "alias"),
    "anchors without end": ("- &a\n" * 190_000, "anchor"),
    "values without end": ("a: [" + "a," * 480_000 + "]", "too-large"),
    "a command": ("a: !!python/object/apply:os.system ['touch hurt']\n", "tag"),
    "many broken lines": ("a: b: c\n" * 120_000, "colon-in-text"),
    "one long line": ("a: " + "x: " * 300_000, "colon-in-text"),
    "an open quote": ('a: "' + "x\n" * 400_000, "quote-not-closed"),
    "a program": (bytes(range(256)) * 3000, "not-text"),
    "an office document": (b"PK\x03\x04" + b"\x14" * 1000, "not-text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_at_once_with_a_placed_mistake(name: str) -> None:
    data, code = HOSTILE[name]
    started = time.process_time()
    problems = answered(data)
    assert time.process_time() - started < 1
    assert code in {problem.code for problem in problems.errors}


def answered(data: bytes | str) -> Problems:
    """The mistakes of a file; whatever it is, each has a place, and without a node there is at least one."""
    problems = Problems("wrogi.yaml")
    node = read(data, "wrogi.yaml", problems)
    assert node is not None or problems.errors
    assert all(problem.place.line >= 1 and problem.place.end > problem.place.column >= 1 for problem in problems)
    shown = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    assert bool(report(problems, {"wrogi.yaml": shown})) == bool(list(problems))
    return problems


def test_three_hundred_forms_load_within_the_blink_of_an_eye() -> None:
    field = (
        "  - name: pole{}\n    type: text\n    label: {{pl: Pole, en: Field}}\n    hint: Wpisz to\n    required: true\n"
    )
    text = "title: Test\nfields:\n" + "".join(field.format(number) for number in range(20))
    assert text.count("\n") > 100
    started = time.process_time()
    for _ in range(300):
        readable(text)
    assert time.process_time() - started < 2  # 0.3 s on an idle machine; the test guards against a change of order

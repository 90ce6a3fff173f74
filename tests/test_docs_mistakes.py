"""Every code of an author's mistake is documented: each example makes just that mistake there, and its cure makes none."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from config.settings import ROOT
from docs.mistake_examples import ELSEWHERE
from docs.mistakes import FILE, LEVELS, mistakes, told
from forms.catalogue import Catalogue
from forms.codes import CODES
from forms.examples.coverage import coverage
from forms.plan import Plan
from forms.reader import read_form
from views.checking import check_all

DOCUMENT = FILE.read_text("utf-8")
SECTION = re.compile(
    r"^### `(?P<code>[a-z0-9-]+)` – (?P<level>\w+)\n\n(?P<means>.+)\n\n"
    r"```yaml\n(?P<wrong>(?s:.*?))```\n\n```text\n(?P<report>(?s:.*?))\n```\n\nPo poprawce:\n\n```yaml\n(?P<cured>(?s:.*?))```$",
    re.MULTILINE,
)
SECTIONS = {found["code"]: found for found in SECTION.finditer(DOCUMENT)}
FIRST_LINE = re.compile(r"formularz\.yaml:(\d+):(\d+): .* \[([a-z0-9-]+)\]")
# Calls that note a mistake: among their arguments is its code.
NOTING = {"problem", "add", "refuse", "scalar", "Mistake", "Problem", "Trap", "_stop", "_tell"}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|" + "|".join(sorted(code for code in CODES if "-" not in code)))
SURVEYED = (
    "title: Spacer\nsurvey: {}\nevents: [{{id: T1, title: Termin, starts: 2027-03-09}}]\n"
    "fields:\n  - {{name: termin, type: event, label: Termin}}\n"
)
FORM = "title: Spacer\n{}fields:\n  - {{name: osoby, type: integer, label: Liczba osób{}}}\n"


def noted() -> Iterator[str]:
    """Every code that stands in the source where a mistake is noted."""
    for path in (*(ROOT / "forms").rglob("*.py"), ROOT / "views" / "checking.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            arguments: list[ast.expr] = []
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                arguments = node.args if name in NOTING else []
            elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
                arguments = node.value.elts[2:]
            for each in (part for argument in arguments for part in ast.walk(argument)):
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and CODE.fullmatch(each.value):
                    yield each.value


def test_every_code_that_is_noted_is_registered() -> None:
    assert set(noted()) - set(CODES) == set(), "dopisz kod w forms/codes.py"


def test_no_code_is_registered_that_nothing_notes() -> None:
    source = "".join(p.read_text("utf-8") for p in (ROOT / "forms").rglob("*.py") if p.name != "codes.py")
    source += (ROOT / "views" / "checking.py").read_text("utf-8")
    assert [code for code in CODES if f'"{code}"' not in source] == []


def test_the_document_is_what_the_program_says_today() -> None:
    assert mistakes() == DOCUMENT, "uruchom „make docs”"


def test_every_code_is_documented_once() -> None:
    assert sorted([*SECTIONS, *ELSEWHERE]) == sorted(CODES), "dopisz przykład w docs/mistake_examples.py"
    for code in ELSEWHERE:
        assert f"| `{code}` | {CODES[code].means} | {LEVELS[CODES[code].level]} |" in DOCUMENT


@pytest.mark.parametrize("code", sorted(SECTIONS))
def test_the_example_makes_just_that_mistake_at_that_place_and_its_cure_makes_none(code: str) -> None:
    section = SECTIONS[code]
    assert (section["level"], section["means"]) == (LEVELS[CODES[code].level], CODES[code].means)
    place = FIRST_LINE.match(section["report"])
    assert place is not None
    found = told(section["wrong"])
    assert [(p.code, p.level, p.place.line, p.place.column) for p in found] == [
        (place[3], CODES[code].level, int(place[1]), int(place[2]))
    ]
    assert place[3] == code
    assert [problem.line() for problem in told(section["cured"])] == []


@pytest.mark.parametrize(
    ("code", "name", "text"),
    [
        ("empty-file", "a.yaml", b""),
        ("not-utf8", "a.yaml", "title: Świdwin\n".encode("cp1250")),
        ("not-text", "a.yaml", b"PK\x03\x04"),
        ("too-large", "a.yaml", b"# " + b"a" * 1_100_000),
        ("too-deep", "a.yaml", b"title: " + b"[" * 60),
        ("unreadable", "a.yaml", b"\n? |title: x\n"),
        ("wrong-slug", "Spacer 1.yaml", FORM.format("", "").encode()),
    ],
)
def test_a_file_that_is_no_definition_is_told_so(code: str, name: str, text: bytes) -> None:
    assert code in [problem.code for problem in read_form(name, text).problems]


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("list-columns", {"lists/l.csv": "a;b\n1;2\n"}),
        ("list-row", {"lists/l.csv": "value;label\na;\n"}),
        ("duplicate-option", {"lists/l.csv": "value;label\na;A\na;B\n"}),
        ("not-utf8", {"lists/l.csv": "value;label\na;Świdwin\n".encode("cp1250").decode("latin1")}),
        ("not-a-number", {"limits.yaml": "prog: dużo\n"}),
        ("broken-list", {"lists/l.csv": "a;b\n", "forms/a.yaml": "title: A\nfields: [{name: a, type: choice, label: A, options: {list: l}}]\n"}),
        ("same-reference", {f"forms/{n}.yaml": FORM.format("reference: A-{number}\n", "") for n in "ab"}),
        ("unknown-survey", {"forms/a.yaml": SURVEYED.format("b"), "forms/b.yaml": FORM.format("", "")}),
        ("unknown-survey", {"forms/a.yaml": SURVEYED.format("b")}),
        ("example-failed", {"forms/a.yaml": FORM.format("examples: [{name: x, expect: {valid: false}}]\n", "")}),
    ],
)  # fmt: skip
def test_mistakes_outside_one_definition_are_told_with_the_file(
    tmp_path: Path, code: str, files: dict[str, str]
) -> None:
    for folder in ("forms", "lists"):
        (tmp_path / folder).mkdir()
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode("latin1" if code == "not-utf8" else "utf-8"))
    found = [problem for problem in check_all(tmp_path, "32").problems if problem.code == code]
    assert found
    assert found[0].level == CODES[code].level
    assert any(name.endswith(found[0].file) for name in files)


def test_a_condition_that_no_example_tries_is_told_when_asked_for(tmp_path: Path) -> None:
    form = read_form("a.yaml", FORM.format("", ", checks: [{that: osoby > 1, message: Więcej.}]")).form
    assert form is not None
    limits: Callable[[str, date], None] = lambda name, day: None  # noqa: E731
    assert {gap.code for gap in coverage(Plan(form), "a.yaml", limits, date(2026, 11, 23)).gaps} == {"not-covered"}


def test_an_office_without_mistakes_is_told_nothing() -> None:
    assert [problem.line() for problem in check_all(ROOT / "config", "32").problems] == []
    assert all(file.problems == () for file in Catalogue(ROOT / "config", "32").shared)

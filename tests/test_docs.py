"""The reference of the language is complete and up to date, and what it shows works."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from config.settings import ROOT
from docs.expression_examples import ANSWERS, EXAMPLES, FORM, OPERATORS, PREVIOUS
from docs.reference import FILE, PICTURES, UNSEEN, reference
from forms.expressions import FUNCTIONS
from forms.fields import FIELD_KEYS
from forms.form_keys import FORM_KEYS, STEP_KEYS
from forms.types.base import REGISTRY
from tests.forms.definitions import CATALOGUE, TODAY, fill, form_of, read, said

WRITTEN = FILE.read_text("utf-8")
SHOWN = [*EXAMPLES.values(), *((example, value) for _, _, example, value in OPERATORS if example)]
HEAVIEST = 30_000  # bytes of one picture


def section(title: str, level: int = 2) -> str:
    """The text under a heading, up to the next one of its level."""
    found = re.search(
        rf"^{'#' * level} {re.escape(title)}\n(.*?)(?=^#{{2,{level}}} |\Z)", WRITTEN, re.DOTALL | re.MULTILINE
    )
    assert found is not None, f"docs/forms.md nie ma rozdziału „{title}”"
    return found[1]


def test_the_reference_is_what_the_program_says_today() -> None:
    assert reference() == WRITTEN, "uruchom „make docs”"


@pytest.mark.parametrize(
    ("title", "keys"), [("Formularz", FORM_KEYS), ("Krok", STEP_KEYS), ("Pole: klucze wspólne", FIELD_KEYS)]
)
def test_every_key_stands_in_the_reference_with_its_meaning(title: str, keys: dict[str, object]) -> None:
    text = section(title)
    assert [
        key for key in keys if not re.search(rf"^\| `{key}`(?: \*\*wymagany\*\*)? \| .+ \| .+ \|$", text, re.MULTILINE)
    ] == []


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_type_has_its_keys_an_example_that_reads_and_a_picture(name: str) -> None:
    text = section(name, 3)
    assert [key for key in REGISTRY[name].keys if f"| `{key}`" not in text] == []
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example is not None, f"dodaj tests/forms/types/{name}.yaml"
    assert read(example[1]).problems.errors == []
    if name not in UNSEEN:
        assert f"](pictures/{name}.png)" in text


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", WRITTEN))))
def test_every_link_of_the_reference_leads_to_a_file(link: str) -> None:
    assert (FILE.parent / link).is_file(), "uruchom „make docs”"


def test_there_is_no_picture_that_nobody_shows_and_none_is_heavy() -> None:
    pictures = {picture.name: picture.stat().st_size for picture in PICTURES.glob("*.png")}
    assert set(pictures) <= {f"{name}.png" for name in REGISTRY}
    assert {name: size for name, size in pictures.items() if size > HEAVIEST} == {}


def test_every_function_has_an_example() -> None:
    assert set(EXAMPLES) == set(FUNCTIONS)
    assert [name for name, (example, _) in EXAMPLES.items() if f"{name}(" not in example] == []


@pytest.mark.parametrize(("example", "expected"), SHOWN)
def test_an_example_of_an_expression_gives_the_value_it_shows(example: str, expected: str) -> None:
    computed = f'  - {{name: wynik, type: computed, label: Wynik, value: "{example}"}}\n'
    form = form_of(FORM + computed)
    field = next(each for each in form.fields if each.name == "wynik")
    env = fill(form, ANSWERS).found.env
    env.previous = lambda path: Decimal(PREVIOUS[path])
    env.today, env.limits = TODAY, CATALOGUE.limit
    formula = field.type.decides[0]
    assert said(field.type.show(formula(env))) == expected


def test_the_editor_line_names_the_address_that_serves_the_schema() -> None:
    assert "yaml-language-server: $schema=https://formularze.urzad.pl/schemat/formularz.json" in WRITTEN
    assert '"/schemat/formularz.json"' in (ROOT / "views" / "documents.py").read_text("utf-8")

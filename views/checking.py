"""What `flask forms check` looks at: every file an office writes, read as the program reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from string import Formatter

from forms import source
from forms.catalogue import Catalogue
from forms.definition import Form
from forms.examples.trying import Limits
from forms.indicators import Indicators
from forms.indicators.reader import read_indicators
from forms.problems import Examined, Place, Problem, Problems
from forms.wording import say

START = Place(1, 1, 2)
DIGIT, DIGITS = "digit", "digits"  # one digit; any number of them


@dataclass
class Checked(Examined):
    """What was read: the text of each file by its name, every mistake, and the forms that may serve."""

    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    forms: dict[str, Form] = field(default_factory=dict)
    limit: Limits = lambda name, day: None

    def read(self, path: Path, name: str, reader: Callable[[str, str, Problems], object]) -> None:
        """Reads a file under a name, with what reads files of its kind, and keeps the mistakes."""
        problems = Problems(name)
        self.texts[name] = path.read_bytes().decode("utf-8-sig", "replace")
        reader(name, self.texts[name], problems)
        self.problems += problems


def check_all(folder: Path, region: str) -> Checked:
    """Everything in a folder of configuration: site.yaml, limits, lists, forms and indicators."""
    checked = Checked()
    for path in _present(folder / "site.yaml"):
        checked.read(path, path.name, lambda name, text, problems: source.read(text, name, problems))
    references = {}
    catalogue = Catalogue(folder, region)
    for shared in catalogue.shared:
        checked.texts[shared.name] = shared.text
        checked.problems += shared.problems
    checked.limit = catalogue.limit
    for entry in catalogue.entries():
        name = f"{entry.slug}.yaml"
        checked.texts[name] = entry.text
        checked.problems += entry.problems
        if entry.form is not None:
            references[name] = entry.form.reference
            checked.forms[name] = entry.form
    for name, text, problems in Indicators(folder, catalogue).files():
        checked.texts[name] = text
        checked.problems += problems
    checked.problems += same_numbers(references, checked.texts)
    checked.problems += strange_surveys(checked.forms, catalogue, checked.texts)
    return checked


def check_files(folder: Path, region: str, paths: Sequence[Path]) -> Checked:
    """The given definitions, of forms and of indicators, with the lists, texts and limits of a folder of configuration."""
    catalogue = Catalogue(folder, region)
    catalogue.refresh(now=True)
    checked = Checked(limit=catalogue.limit)
    for path in paths:
        if path.resolve().parent.name == "indicators":
            known = [entry.slug for entry in catalogue.entries()]
            sheet = read_indicators(
                path.as_posix(), path.read_bytes(), catalogue.get(path.stem), known, catalogue.limits
            )
            checked.texts[path.as_posix()] = sheet.text
            checked.problems += sheet.problems
            continue
        read = catalogue.read(path.as_posix(), path.read_bytes(), catalogue.surroundings())
        checked.texts[path.as_posix()] = read.text
        checked.problems += read.problems
        if read.form is not None:
            checked.forms[path.as_posix()] = read.form
    checked.problems += strange_surveys(checked.forms, catalogue, checked.texts)
    return checked


def same_numbers(references: dict[str, str], texts: dict[str, str]) -> list[Problem]:
    """A warning for each form (file → pattern) whose numbers could also be those of a form before it."""
    found = []
    for (first, pattern), (second, other) in combinations(references.items(), 2):
        if overlap(pattern, other):
            what = say("Numery mogą się powtórzyć z numerami formularza {file} – zmień „reference”.", file=first)
            found.append(Problem(second, _place(texts[second]), "same-reference", what, level="warning"))
    return found


def strange_surveys(forms: Mapping[str, Form], catalogue: Catalogue, texts: Mapping[str, str]) -> list[Problem]:
    """A mistake for each form (by its file) whose `survey` is no form that keeps its answers anonymous."""
    anonymous = [entry.slug for entry in catalogue.entries() if entry.form is not None and entry.form.anonymous]
    found = []
    for file, form in forms.items():
        if not form.survey or form.survey in anonymous:
            continue
        close = source.nearest(form.survey, anonymous)
        if catalogue.get(form.survey) is not None:
            what = say("Formularz „{name}” nie jest anonimowy – dopisz w nim „anonymous: true”.", name=form.survey)
        elif close:
            what = say("Nie ma formularza „{name}” – czy chodziło o „{close}”?", name=form.survey, close=close)
        else:
            what = say("Nie ma formularza „{name}” – ankieta to osobny, anonimowy formularz.", name=form.survey)
        found.append(Problem(file, _place(texts[file], "survey"), "unknown-survey", what))
    return found


def overlap(pattern: str, other: str) -> bool:
    """Whether two patterns of numbers, such as `SZK-{year}-{number:04}`, could give the same number one day."""
    return _meet(_tokens(pattern), _tokens(other))


def _tokens(pattern: str) -> tuple[str, ...]:
    tokens: list[str] = []
    for literal, name, width, _ in Formatter().parse(pattern):
        tokens += literal
        if name == "year":
            tokens += [DIGIT] * 4
        elif name == "number":
            tokens += [*[DIGIT] * int(width or "1"), DIGITS]
    return tuple(tokens)


@lru_cache(maxsize=4096)
def _meet(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if not one or not two:
        return all(token == DIGITS for token in one or two)
    if one[0] == DIGITS:
        return _meet(one[1:], two) or (_is_digit(two[0]) and _meet(one, two[1:]))
    if two[0] == DIGITS:
        return _meet(two, one)
    alike = one[0] == two[0] or (DIGIT in (one[0], two[0]) and _is_digit(one[0]) and _is_digit(two[0]))
    return alike and _meet(one[1:], two[1:])


def _is_digit(token: str) -> bool:
    return token in (DIGIT, DIGITS) or token.isdecimal()


def _place(text: str, key: str = "reference") -> Place:
    """Where the value of a key stands in a file; at its start when the file leaves it to the program."""
    root = source.read(text, "", Problems())
    entries = root.entries if isinstance(root, source.Mapping) else ()
    return next((entry.value.place for entry in entries if entry.key.text == key), START)


def _present(path: Path) -> list[Path]:
    return [path] if path.is_file() else []

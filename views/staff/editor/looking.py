"""A definition looked at before it serves: what is wrong with it and where, in the words of `flask forms check`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms.codes import JUDGED
from forms.definition import Form
from forms.examples.trying import CODE as EXAMPLE_FAILED
from forms.problems import Examined, Problem, counted, lines_of
from forms.reader import Read
from forms.wording import say
from views.checking import same_numbers, strange_surveys
from views.services import services


@dataclass(frozen=True)
class Looked(Examined):
    """What came of reading a text: the form if it may serve, the form if it can at least be drawn, what is wrong."""

    text: str
    form: Form | None
    drawable: Form | None
    problems: tuple[Problem, ...]

    @property
    def summary(self) -> str:
        """How much is wrong, in a sentence."""
        return counted(self.problems) or str(say("Nie ma błędów."))


def look(slug: str, text: str) -> Looked:
    """Reads a text as the file of this form would be read, together with the files of the other forms."""
    file = f"{slug}.yaml"
    catalogue = services().catalogue
    others = [entry.form for entry in catalogue.entries() if entry.form is not None and entry.slug != slug]
    read = catalogue.read(file, text, catalogue.surroundings())
    problems = list(read.problems)
    form = read.form
    if form is not None:
        problems += strange_surveys({file: form}, catalogue, {file: text})
        for other in others:
            problems += same_numbers({f"{other.slug}.yaml": other.reference, file: form.reference}, {file: text})
    wrong = any(problem.level == "error" for problem in problems)
    return Looked(text, None if wrong else form, form or _drawable(read), tuple(sorted(problems)))


def _drawable(read: Read) -> Form | None:
    """The form with mistakes that do not keep it from being drawn: of its examples, and of what is judged about it."""
    errors = {problem.code for problem in read.problems.errors}
    return read.whole if errors <= JUDGED | {EXAMPLE_FAILED} else None


def shown(looked: Looked) -> list[dict[str, Any]]:
    """The mistakes as the page lists them, each with where it stands."""
    lines = lines_of(looked.text)
    found = []
    for problem in looked.problems:
        _, _, source = problem.report(lines).partition("\n")
        line, column, end = problem.place
        found.append(
            {
                "line": line,
                "column": column,
                "end": end,
                "where": str(say("wiersz {line}, kolumna {column}", line=line, column=column)),
                "what": f"{problem.thing}: {problem.what}" if problem.thing is not None else str(problem.what),
                "code": problem.code,
                "level": problem.level,
                "source": source,
            }
        )
    return found

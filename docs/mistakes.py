"""Makes docs/mistakes.md, every code of an author's mistake: what it means, one of each, its cure: `python -m docs.mistakes`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from config.settings import ROOT
from docs import mistake_examples, mistake_examples_events
from docs.mistake_examples import ELSEWHERE
from forms.catalogue import Catalogue
from forms.codes import CODES
from forms.problems import Problem, lines_of
from forms.reader import Surroundings, read_form

FILE = ROOT / "docs" / "mistakes.md"
NAME = "formularz.yaml"
LONGEST = 400  # characters of one message
LEVELS = {"error": "błąd", "warning": "uwaga"}
INTRO = """# Błędy w plikach formularzy

`flask --app app forms check` wypisuje wszystkie błędy i uwagi: miejsce (wiersz i kolumna), co jest nie tak i jak to poprawić, na
końcu kod w nawiasie. Kody się nie zmieniają. Błąd zatrzymuje publikację: działa wtedy ostatnia dobra wersja formularza. Uwaga
(„ostrzeżenie”) niczego nie zatrzymuje. Przy każdym kodzie stoi definicja z błędem, to, co mówi o niej program, i ta sama
definicja po poprawce. Ten spis powstaje z programu poleceniem `make docs`.
"""


def mistakes() -> str:
    """The whole document."""
    return "\n".join(_lines()).rstrip() + "\n"


def told(text: str) -> list[Problem]:
    """All that is said of a definition among the lists, texts and limits of the office."""
    return read_form(NAME, text, _office()).problems.sorted()


@cache
def _office() -> Surroundings:
    catalogue = Catalogue(ROOT / "config", region="32")
    catalogue.refresh(now=True)
    return catalogue.surroundings()


def _lines() -> Iterator[str]:
    yield INTRO
    for title, examples in {**mistake_examples.CHAPTERS, **mistake_examples_events.CHAPTERS}.items():
        yield f"## {title}\n"
        for code, (wrong, cured) in examples.items():
            yield f"### `{code}` – {LEVELS[CODES[code].level]}\n\n{CODES[code].means}\n"
            yield f"```yaml\n{wrong}```\n"
            report = "\n".join(_short(problem.report(lines_of(wrong))) for problem in told(wrong))
            yield f"```text\n{report}\n```\n"
            yield f"Po poprawce:\n\n```yaml\n{cured}```\n"
    yield "## Błędy poza jedną definicją\n"
    yield "| kod | co znaczy | |\n|---|---|---|"
    yield from (f"| `{code}` | {CODES[code].means} | {LEVELS[CODES[code].level]} |" for code in ELSEWHERE)


def _short(report: str) -> str:
    first, _, rest = report.partition("\n")
    if len(first) > LONGEST:
        head, _, code = first.rpartition(" [")
        first = f"{head[:LONGEST].rsplit(' ', 1)[0]} … [{code}"
    return re.sub(r"[^\S\n]+$", "", f"{first}\n{rest}".rstrip(), flags=re.MULTILINE)


def main(file: Path = FILE) -> None:
    """Writes the document."""
    file.write_text(mistakes(), encoding="utf-8")


if __name__ == "__main__":
    main()

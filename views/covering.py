"""What `flask forms check --coverage` prints: by form, the conditions that its examples do not reach."""

from __future__ import annotations

from datetime import date

from forms.examples.coverage import coverage
from forms.plan import Plan
from forms.problems import lines_of
from forms.wording import say
from views.checking import Checked


def covered(checked: Checked, today: date) -> str:
    """Every outcome of a condition that no example reaches, with its place; under each form, how much is reached."""
    told = []
    for file, form in checked.forms.items():
        found = coverage(Plan(form), file, checked.limit, today)
        told += [gap.report(lines_of(checked.texts[file])) for gap in found.gaps]
        told.append(
            str(
                say(
                    "{file}: przykłady: {examples}, warunki: {conditions}, sprawdzono {percent}% wyników.",
                    file=file,
                    examples=len(form.examples),
                    conditions=found.conditions,
                    percent=found.percent,
                )
            )
        )
    return "\n".join(told)

"""`audience: programme`: the gmina that the answers name must be in the Wykaz or have declared that it takes part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forms import source
from forms.definition import Field, Step
from forms.reading import Reading
from forms.standing import WYKAZ
from forms.types.gmina import Gmina
from forms.wording import Say, say

AUDIENCES = ("everyone", "gminy", "programme", "invited", "staff")
AUDIENCE = (
    "Kto wypełnia. everyone, gminy: każdy; programme: gmina, która jest w Wykazie albo złożyła deklarację; invited: kto ma link "
    "dla zaproszonych (stoi na liście formularzy w biurze), a na stronie głównej formularza nie ma; staff: kto się zalogował."
)


def entitle(steps: tuple[Step, ...], root: source.Mapping, audience: str, reading: Reading) -> tuple[Step, ...]:
    """The steps, with the gmina asked for its programme where the form is for gminy that have one.

    It is the first gmina outside groups, the one that a response is said to come from.
    """
    if audience != "programme":
        return steps
    first = next((each for step in steps for each in step.fields if isinstance(each.type, Gmina)), None)
    for what in _missing(first):
        reading.problem(root.get("audience") or root, "programme-gmina", what)
    if first is None or not isinstance(first.type, Gmina):
        return steps
    asked = replace(first, type=replace(first.type, programme=True))
    return tuple(
        replace(step, fields=tuple(asked if each is first else each for each in step.fields)) for step in steps
    )


def _missing(gmina: Field | None) -> Iterator[Say]:
    """What the key needs and the form has not."""
    if gmina is None:
        yield say("„audience: programme” pyta gminę o program, więc formularz musi mieć poza grupami pole typu gmina.")
    elif isinstance(gmina.type, Gmina) and not gmina.type.lists(WYKAZ):
        yield say("„audience: programme” wymaga kolumny „wykaz” na liście gmin (config/lists/gminy.csv).")

"""How a gmina stands: whether it has a programme in the Wykaz, or has declared that it takes part, and why that is said.

The list `gminy` says it in its columns `wykaz` and `program`. Whoever keeps a register passes a function from the code of
a gmina to its `Standing` into the `Env`; then that decides, in `audience: programme` and wherever a form names
`gmina.wykaz`, `gmina.program` or `gmina.stan`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forms.wording import Say, say

WYKAZ, PROGRAM, WORDS = "wykaz", "program", "stan"
ATTRIBUTES = frozenset({WYKAZ, PROGRAM, WORDS})
"""What is said of a gmina by its standing; the last is no column of the list, but words for people."""
ENTERED, DECLARED, NEITHER = "w_wykazie", "deklaracja", "brak"
STATES = (ENTERED, DECLARED, NEITHER)
ENTITLED = frozenset({ENTERED, DECLARED})
PROGRAMMES = ("GPR", "PR", "IDS", NEITHER)


@dataclass(frozen=True, slots=True)
class Standing:
    """What `wykaz` and `program` are, and the reason in words."""

    wykaz: str
    program: str
    words: Say

    def of(self, attribute: str) -> str:
        """The value of `wykaz`, `program` or `stan`."""
        if attribute == WORDS:
            return str(self.words)
        return self.wykaz if attribute == WYKAZ else self.program


Standings = Callable[[str], Standing | None]
"""From a TERYT code to how that gmina stands; None where nothing is known and the list of the form decides."""

LISTED: dict[str, Say] = {
    ENTERED: say("Program gminy jest w Wykazie programów rewitalizacji."),
    DECLARED: say("Gmina złożyła deklarację udziału."),
    NEITHER: say("Gmina nie ma programu w Wykazie programów rewitalizacji ani złożonej deklaracji."),
}


def listed(wykaz: str | None, program: str | None) -> Standing:
    """How a gmina stands by the columns of a list; what they do not say is `brak`."""
    state = wykaz if wykaz in ENTITLED and wykaz is not None else NEITHER
    return Standing(state, program or NEITHER, LISTED[state])

"""What the lists over all audits share: the names of gminy and their powiaty, and filters kept in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request

from forms.lists import Rows
from forms.polish import sort_key
from forms.wording import Say
from views import acting


class Gminy:
    """The list of gminy as it stands; where it cannot be read, codes stand for names."""

    def __init__(self) -> None:
        self.rows: Rows | None = acting.gminy()

    def name(self, gmina: str) -> str:
        """What a gmina (TERYT code) is called."""
        return self._of(gmina, "label") or gmina

    def powiat(self, gmina: str) -> str:
        """The powiat of a gmina; "" where it is not known."""
        return self._of(gmina, "powiat")

    def _of(self, gmina: str, column: str) -> str:
        row = self.rows.by_value.get(gmina) if self.rows is not None else None
        return row.get(column, "") if row is not None else ""


def asked(names: Iterable[str]) -> dict[str, Any]:
    """The filters that the address has, without empty ones."""
    return {name: request.args[name] for name in names if request.args.get(name)}


def choice(name: str, label: Say, options: Mapping[str, str], *, ordered: bool = False) -> dict[str, Any]:
    """A select of the filters: its options in the order given, or of the Polish alphabet."""
    found = options.items() if ordered else sorted(options.items(), key=lambda each: sort_key(each[1]))
    return {
        "name": name,
        "label": str(label),
        "options": [
            {"value": value, "text": text, "selected": value == request.args.get(name)} for value, text in found
        ],
    }

"""Which gminy have answered, and which are missing, by powiat."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from forms.definition import Field, Form
from forms.options import Option
from forms.polish import sort_key
from forms.types.gmina import Gmina


@dataclass(frozen=True, slots=True)
class Powiat:
    """The gminy of one powiat that were asked: how many, and the names of those that have not answered."""

    name: str
    count: int
    missing: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many have answered."""
        return self.count - len(self.missing)


def gmina_field(form: Form) -> Field | None:
    """The question that says which gmina a response comes from; None without one, and where responses are anonymous."""
    if form.anonymous:
        return None
    return next((each for each in form.fields if isinstance(each.type, Gmina)), None)


def gmina_type(form: Form) -> Gmina | None:
    """The type of that question, which knows the list of gminy."""
    field = gmina_field(form)
    return field.type if field is not None and isinstance(field.type, Gmina) else None


def gminy(form: Form) -> tuple[Option, ...]:
    """The gminy that the form offers."""
    kind = gmina_type(form)
    return tuple(each for each in kind.options.items if not each.retired) if kind is not None else ()


def coverage(offered: Iterable[Option], answered: Collection[str]) -> list[Powiat]:
    """The powiaty in the order of the Polish alphabet; `answered` are codes of gminy."""
    found: dict[str, list[Option]] = {}
    for option in offered:
        found.setdefault((option.row or {}).get("powiat", ""), []).append(option)
    return [
        Powiat(name, len(found[name]), tuple(str(each.label) for each in found[name] if each.value not in answered))
        for name in sorted(found, key=sort_key)
    ]

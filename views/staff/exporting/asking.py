"""What the address of an export asks for, and what may be chosen. What makes no sense in it counts as not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from forms.definition import Form
from forms.wording import Say, say
from records.export.asked import Asked
from records.export.shape import Shape
from records.export.table import EXPLAINING, EXPLANATIONS, RESPONSE
from views.services import services
from views.staff.exporting.formats import NAMES
from views.staff.table.asking import Address, narrowing, read

WRITTEN: tuple[tuple[str, Say], ...] = (
    ("", say("Jak zwykle w tym formacie")),
    ("etykiety", say("Słowami, jak na formularzu")),
    ("kody", say("Kodami, jak w pliku formularza")),
)
WORDS = {"etykiety": True, "kody": False}
COLUMN, WRITING, VERSIONS, SENSITIVE, FORMAT = "kolumny_eksportu", "zapis", "wersje", "wrazliwe", "format"
NEWEST, YES = "obecna", "1"
OWN = frozenset({COLUMN, WRITING, VERSIONS, SENSITIVE, FORMAT})
NOT_OURS = frozenset(
    {"page", "per_page", "sort", "order", "csrf_token", "kol", "akcja", "zrobiono"}
)  # of the table alone
GONE = say("Filtr dotyczy pytania, którego nie ma albo którego nie możesz widzieć.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What an address asks for; `query` is its text without what is as it is by default."""

    format: str
    asked: Asked
    query: str
    filters: tuple[tuple[str, str], ...]  # the part of it that says which responses
    table: Address  # that part as the table of responses understands it

    @property
    def secret(self) -> bool:
        """Whether sensitive answers are in it, or have a part in choosing the responses."""
        return self.asked.sensitive or bool(self.searched)

    @property
    def searched(self) -> list[str]:
        """The sensitive questions whose answers choose the responses."""
        used = dict.fromkeys(each.question for each in self.table.asked.answered)
        return [name for name in used if self.table.known[name].sensitive]

    @property
    def dropped(self) -> list[str]:
        """Why filters of the address do not count: they are not understood, or no longer this person's to use."""
        whole = sum(name == "pole" for name, _ in self.filters)
        silent = whole - len(self.table.filters) - len(self.table.problems)
        return [*self.table.problems, *([str(GONE)] if silent > 0 else [])]


@dataclass(frozen=True, slots=True)
class Question:
    """A column, or several of one question, to be chosen."""

    id: str
    label: str
    group: str = ""
    sensitive: bool = False


def wish(form: Form, args: MultiDict[str, str], *, sensitive: bool) -> Wish:
    """What an address asks for; sensitive answers only for those with the right (`sensitive`)."""
    given = [(name, text.strip()) for name, text in args.items(multi=True) if name not in NOT_OURS and text.strip()]
    if not sensitive:
        given = [each for each in given if each[0] != SENSITIVE]
    kept = MultiDict(given)
    columns = frozenset(kept.getlist(COLUMN))
    format_ = kept.get(FORMAT, "")
    table = read(form, kept, sensitive=sensitive)
    asked = Asked(
        filter=narrowing(form, kept, sensitive=sensitive),
        columns=columns or None,
        words=WORDS.get(kept.get(WRITING, "")),
        newest=kept.get(VERSIONS) == NEWEST,
        sensitive=sensitive and kept.get(SENSITIVE) == YES,
    )
    return Wish(
        format_ if format_ in NAMES else "xlsx",
        asked,
        urlencode(given),
        tuple(each for each in given if each[0] not in OWN),
        table,
    )


def wish_of(form: Form, query: str, *, sensitive: bool) -> Wish:
    """What the text of an address, kept some time ago, asks for."""
    return wish(form, MultiDict(parse_qsl(query)), sensitive=sensitive)


def with_format(query: str, format_: str) -> str:
    """The text of an address with another format."""
    return urlencode([*(each for each in parse_qsl(query) if each[0] != FORMAT), (FORMAT, format_)])


def questions(form: Form, *, sensitive: bool) -> list[Question]:
    """The columns to choose from: those of ours, then the questions of every version, the newest first. One query."""
    shape = shape_of(form, Asked(sensitive=sensitive))
    ours = [Question(name, str(label)) for name, (_, label) in RESPONSE.items() if name != "reference"]
    ours.append(Question(EXPLANATIONS, str(EXPLAINING)))
    return [*ours, *_asked(shape)]


def shape_of(form: Form, asked: Asked) -> Shape:
    """What the export of a form would hold."""
    here = services()
    return Shape.of(
        form.slug,
        form,
        lambda version_id: here.version(form.slug, version_id),
        sensitive=asked.sensitive,
        chosen=asked.columns,
        only_newest=asked.newest,
    )


def _asked(shape: Shape) -> Iterable[Question]:
    """Each question once, as its newest version words it, in the order of the columns."""
    plain = {each.id for each in _places(replace(shape, choice=replace(shape.choice, sensitive=False)))}
    found: dict[str, Question] = {}
    for each in _places(shape):
        found.setdefault(each.id, replace(each, sensitive=each.id not in plain))
    return found.values()


def _places(shape: Shape) -> Iterator[Question]:
    for top in shape.levels():
        for level in top.all():
            for place in level.places:
                name = ".".join((*level.table, place.name))
                yield Question(name, str(place.field.label), ".".join(level.table))


def choices(pairs: Iterable[tuple[str, Any]], chosen: str) -> list[dict[str, Any]]:
    """[{value, text, checked}] to choose one from."""
    return [{"value": value, "text": str(text), "checked": value == chosen} for value, text in pairs]

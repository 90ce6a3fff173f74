"""What every field type is: its keys, its input, its parsing, its display, its columns. A new type subclasses `FieldType`.

The life of an answer: the browser sends `Typed` (texts by part) → `parse` gives the one canonical value or raises
`Refused` → `dump`/`load` to and from JSON → `show` for people → `columns`/`cells` for exports. `typed` turns a value
back into what stands in the input; `fills` says which slots of the type's template that text goes into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from forms.describing.words import Described, Words
from forms.events import Event
from forms.expressions import Env, Kind
from forms.formula import Formula
from forms.key import Key
from forms.options import NO_OPTIONS, Option, Options
from forms.reading import Reading
from forms.source import Node
from forms.types.attachment import Attachment
from forms.types.given import Column, Refused, Typed
from forms.types.own import own_codes
from forms.wording import Say, say

if TYPE_CHECKING:  # a type is asked about its field, and a field has a type: the one circle of the language
    from forms.definition import Field

NO_SEATS: Mapping[str, Event] = {}
REGISTRY: dict[str, type[FieldType]] = {}
"""The field types by name; filled by importing `forms.types.all`."""


@dataclass(frozen=True, eq=False)
class FieldType:
    """Base of all types. Class attributes say what the type is; instance attributes are the keys of one field."""

    name: ClassVar[str] = ""
    doc: ClassVar[str] = ""  # one line for the reference, in Polish
    keys: ClassVar[Mapping[str, Key]] = {}  # own keys, beyond those every field has
    parts: ClassVar[tuple[str, ...]] = ("",)  # the inputs that make one answer
    asks: ClassVar[bool] = True  # False: computed, hidden, note – nothing is typed
    stores: ClassVar[bool] = True  # False: note
    labelled: ClassVar[bool] = True  # whether `label` is required
    inside: ClassVar[frozenset[str]] = frozenset()  # keys whose expressions see the fields of the item first (group)
    fieldset: ClassVar[bool] = False  # several inputs under one legend
    like: ClassVar[str] = ""  # a kind of text that people get wrong, so a hint is wanted ("" = none)
    example: ClassVar[str] = ""  # a typed example, for the reference and for test data
    input: ClassVar[str] = "text"  # the type attribute of the HTML input
    uploads: ClassVar[bool] = False  # answered with files, sent beside the texts
    whole: ClassVar[bool] = False  # whether the answer is always a whole number
    only: ClassVar[tuple[Any, ...]] = ()  # the answers there are, where not all of their kind (consent: True)
    personal: ClassVar[bool] = False  # data about a person, so a privacy text is wanted
    marked: ClassVar[bool] = False  # one of its answers is marked from the start, so it is never left blank
    identifies: ClassVar[bool] = False  # tells one person from another (an e-mail address)
    short: ClassVar[str] = ""  # how wide the input is: "" (full), "short", "medium"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__dict__.get("name"):
            return  # a base for other types
        if cls.name in REGISTRY and REGISTRY[cls.name].__qualname__ != cls.__qualname__:
            raise TypeError(f"two field types are called {cls.name!r}")
        REGISTRY[cls.name] = cls

    @classmethod
    def build(cls, reading: Reading, node: Node, **values: Any) -> FieldType:
        """The type of one field from the values of its keys; a type that needs more than its keys overrides this."""
        return cls(**values)

    @property
    def attributes(self) -> Mapping[str, str]:
        """Further HTML attributes of the input, such as inputmode."""
        return {}

    @property
    def template(self) -> str:
        """The template that draws the input."""
        return f"fields/{self.name}.html"

    @property
    def fields(self) -> tuple[Field, ...]:
        """Fields inside this one (group)."""
        return ()

    @property
    def cols(self) -> tuple[Field, ...]:
        """The columns of a table."""
        return ()

    @property
    def repeats(self) -> bool:
        """Whether this is a group that holds a list of items."""
        return False

    @property
    def least(self) -> int:
        """How many items a group must have."""
        return 0

    @property
    def most(self) -> int:
        """How many items a group may have."""
        return 100

    @property
    def unique(self) -> Sequence[str]:
        """Fields of a group that together differ from item to item."""
        return ()

    @property
    def key(self) -> str:
        """The field of a group by which an item is known again a period later and in a correction; "" for none."""
        return ""

    def title(self, field: Field, env: Env) -> str:
        """The heading of an item of a group (`env.item`, number `env.n`)."""
        return field.label(env)

    @property
    def kind(self) -> Kind:
        """What the answer is in expressions."""
        return Kind.TEXT

    @property
    def extent(self) -> tuple[Any, Any]:
        """The least and the greatest answer that pass, as expressions see them; None where no fixed value limits them."""
        return None, None

    @property
    def options(self) -> Options:
        """The options of a type that has them; none for others."""
        return NO_OPTIONS

    @property
    def conditional(self) -> Mapping[str, Formula]:
        """The options that are offered only on a condition: value to condition."""
        return {}

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        """Mistakes in the combination of keys that can be seen in the definition: (key at fault, what, code)."""
        return ()

    @property
    def given(self) -> Any:
        """The value that the definition itself gives, which nobody can change (hidden)."""
        return None

    @property
    def asked_of(self) -> str:
        """The parameter of the address that gives the value when the form is opened (hidden)."""
        return ""

    @property
    def decides(self) -> Sequence[Formula]:
        """Formulas that give the answer itself, so that what they read must be known first (computed)."""
        return ()

    @property
    def parted(self) -> Sequence[Formula]:
        """Conditions of the parts of an answer (rows, items): what they read must be known first too."""
        return ()

    def literal(self, node: Node) -> Typed:
        """What an author writes as a default or in an example, as if it had been typed."""
        items = getattr(node, "items", None)
        nodes = [node] if items is None else items
        return {"": [getattr(each, "text", "") for each in nodes]}

    @property
    def attached(self) -> Mapping[str, Attachment]:
        """The parts of an answer that are files, and what each takes."""
        return {}

    def refiled(self, value: Any, keep: Callable[[str, Attachment, Mapping[str, Any]], Mapping[str, Any]]) -> Any:
        """The value with each file in it replaced by what `keep` gives for its part, what that takes, and itself."""
        return value

    def part_now(self, part: str) -> str:
        """What a part of an answer is called now that had this name in an earlier version."""
        return part

    # --- from people ---

    def blank(self, typed: Typed) -> bool:
        """Whether nothing was typed (blanks do not count)."""
        for texts in typed.values():
            for text in texts:
                if text and not text.isspace():
                    return False
        return True

    def missing(self, field: Field) -> Say:
        """The message when a required field is left blank."""
        return say("Uzupełnij pole: {label}.", label=str(field.label).rstrip(".:?"))

    def answer(self, typed: Typed, field: Field) -> Any:
        """The canonical value of what was typed, None when that is nothing. Raises Refused."""
        return None if self.blank(typed) else self.parse(typed, field)

    def parse(self, typed: Typed, field: Field) -> Any:
        """The canonical value of what was typed (never blank). Raises Refused."""
        raise NotImplementedError

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        """Limits that may depend on other answers (min, max, options offered …): what is wrong, or None."""
        return None

    def complete(self, value: Any, env: Env | None = None) -> Any:
        """The value as expressions see it: without rows not asked, with what is worked out of it (scores); None for none."""
        return value

    # --- to people ---

    def typed(self, value: Any) -> Typed:
        """The value as it stands in the input."""
        return {"": [self.show(value)]}

    def fills(self, typed: Typed) -> Iterable[tuple[str, str | bool]]:
        """Slots of the template and what goes in: a text, or True for a mark such as `checked`."""
        for part, texts in typed.items():
            if texts:
                yield (f"value:{part}" if part else "value", texts[0])

    def offered(self, env: Env) -> tuple[Option, ...]:
        """The options offered now, for types that have options."""
        return self.options.offered(env)

    @property
    def options_fixed(self) -> bool:
        """Whether the options offered are the same whatever has been answered."""
        return self.options.fixed

    def shows(self, value: Any, env: Env) -> Iterable[tuple[str, str | bool]]:
        """Slots for what is shown and never typed (a computed value, the text of a note with values put in)."""
        return ()

    def show(self, value: Any) -> str:
        """The value in its Polish form, on one line (English when that is the language in force)."""
        return str(value)

    def described(self, words: Words) -> Described:
        """What staff are told of a field of this type, and how it is drawn on paper; a line to write on if not said."""
        return Described()

    # --- to disk and out ---

    def details(self, value: Any) -> Sequence[tuple[str, str]]:
        """(label, text) of each part of a value that needs more than one line (a matrix, a table); empty for others."""
        return ()

    def gmina(self, value: Any) -> str | None:
        """The TERYT code of the gmina that the value names, for types that name one."""
        return None

    @property
    def names_gmina(self) -> bool:
        """Whether an answer says which gmina it comes from."""
        return type(self).gmina is not FieldType.gmina

    @property
    def seats_of(self) -> str:
        """The group whose every item takes the place that is chosen here; "" where one answer takes one place."""
        return ""

    def seats(self, path: str) -> Mapping[str, Event]:
        """The limited places that answers take, by the value of the option; `path` is the field's dotted name."""
        return NO_SEATS

    def dump(self, value: Any) -> Any:
        """The value as JSON keeps it."""
        return value

    def load(self, kept: Any) -> Any:
        """The value that `dump` gave away. Raises ValueError when it was not of this type."""
        return kept

    def chosen(self, kept: Any) -> Iterable[str]:
        """The options that a stored value names (`other` for an own answer), for types with options."""
        return own_codes(kept)

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The export columns of a field of this type."""
        return (Column("", "text"),)

    def cells(self, value: Any) -> Sequence[Any]:
        """One plain value (str, int, Decimal, date, datetime, time, bool or None) for each column; codes, not labels."""
        return (value,)

    @property
    def plain(self) -> bool:
        """Whether what `dump` gives has the text of the one cell already: an export then need not `load` it first."""
        return type(self).cells is FieldType.cells

    def words(self, value: Any) -> Sequence[Any]:
        """As `cells`, with labels in place of codes, for people who open the file in a spreadsheet."""
        return self.cells(value)

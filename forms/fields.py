"""Reading one field of a definition: its type first, then the keys every field has together with the type's own."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from forms import source
from forms.check import CHECKS
from forms.definition import Field
from forms.expressions import FUNCTIONS, Kind
from forms.formula import Default, Formula, plain
from forms.key import WRONG, Key, read_keys
from forms.key_times import SpanKey
from forms.keys import NAME, Boolean, BooleanOrExpr, Expr, ListOf, OneOf, Plain, Translated
from forms.periods.series import FOLLOWING_KEYS
from forms.reading import Reading
from forms.source import Node, Scalar, nearest
from forms.style import check_label, check_texts
from forms.types.base import REGISTRY, FieldType
from forms.vocabulary import ALIASES, MESSAGE_KINDS, TYPE_WORDS
from forms.wording import LANGUAGES, say

RESERVED = (
    frozenset(keyword.kwlist) | frozenset(FUNCTIONS) | {"true", "false", "none", "null", "today", "n", "csrf_token"}
)

MADE = ("name", "type", "label", "message")  # keys that a field does not hold as they are read
AUTOCOMPLETE = (
    "name", "given-name", "additional-name", "family-name", "honorific-prefix", "email", "tel", "tel-national",
    "organization", "organization-title", "street-address", "address-line1", "address-line2", "address-level1",
    "address-level2", "postal-code", "country", "country-name", "bday", "bday-day", "bday-month", "bday-year",
    "sex", "url", "language", "username", "off",
)  # fmt: skip


@dataclass(frozen=True)
class NameKey(Key):
    """A name that expressions, exports and stored answers use."""

    def read(self, node: Node, reading: Reading) -> Any:
        scalar = self.scalar(node, reading, "wrong-name", "nazwa pola")
        if scalar is None:
            return WRONG
        name = scalar.text
        if name in RESERVED:
            what = say("„{name}” to słowo języka wyrażeń – wybierz inną nazwę, na przykład „{name}_1”.", name=name)
            reading.problem(node, "reserved-name", what)
        elif not NAME.match(name):
            what = say("Nazwa „{name}” może mieć tylko małe litery a–z, cyfry i _, a zaczyna się od litery.", name=name)
            reading.problem(node, "wrong-name", what)
        return name

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": NAME.pattern}


@dataclass(frozen=True)
class DefaultKey(Key):
    """A value or an expression; which of them is found out when all names are known."""

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, source.Sequence) and all(isinstance(item, Scalar) for item in node.items):
            return Default(node)
        scalar = self.scalar(node, reading, "wrong-default", "wartość albo wyrażenie")
        return WRONG if scalar is None else Default(scalar)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean", "array"]}


@dataclass(frozen=True)
class MessageKey(Key):
    """One text for every mistake, or a text for each kind of mistake; read as {kind: Text}, "" standing for every kind."""

    default: Any = None

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, source.Mapping) or all(entry.key.text in LANGUAGES for entry in node.entries):
            text = Translated().read(node, reading)
            return WRONG if text is WRONG else {"": text}
        messages = {}
        for entry in node.entries:
            kind = entry.key.text
            if kind not in MESSAGE_KINDS:
                close = nearest(kind, MESSAGE_KINDS)
                what = say(
                    "„{kind}” nie jest rodzajem błędu. Możliwe: {kinds}.", kind=kind, kinds=", ".join(MESSAGE_KINDS)
                )
                if close:
                    what = say("„{kind}” nie jest rodzajem błędu – czy chodziło o „{close}”?", kind=kind, close=close)
                reading.problem(entry.key, "unknown-message", what)
            text = Translated().read(entry.value, reading)
            if text is not WRONG:
                messages[kind] = text
        return messages

    def schema(self) -> dict[str, Any]:
        text = {"$ref": "#/$defs/text"}
        kinds = {kind: {**text, "description": doc} for kind, doc in MESSAGE_KINDS.items()}
        return {"anyOf": [text, {"type": "object", "properties": kinds, "additionalProperties": False}]}


FIELD_KEYS: dict[str, Key] = {
    "name": NameKey("Nazwa w wyrażeniach, eksporcie i zapisanych odpowiedziach: a–z, 0–9, _.", required=True),
    "type": Plain("Rodzaj pola.", required=True),
    "label": Translated("Pytanie albo nazwa pola."),
    "hint": Translated("Podpowiedź pod pytaniem."),
    "required": BooleanOrExpr("Czy odpowiedź jest obowiązkowa: true, false albo warunek."),
    "when": Expr("Pole jest pytane tylko wtedy, gdy warunek jest spełniony.", wants=Kind.BOOLEAN, role="when"),
    "default": DefaultKey("Wartość albo wyrażenie, od którego zaczyna się wypełnianie."),
    "message": MessageKey("Własny komunikat o błędzie albo komunikaty według rodzaju błędu."),
    "checks": CHECKS,
    "sensitive": Boolean(
        "Dane wrażliwe: widoczne tylko dla uprawnionych, poza zwykłym eksportem. "
        "To, co się z nich liczy albo od nich zależy, też jest wrażliwe."
    ),
    "retain": SpanKey("Po jakim czasie odpowiedź jest usuwana."),
    "was": ListOf(
        "Wcześniejsze nazwy tego pola.", item=Plain(pattern=r"[a-z][a-z0-9_]{0,62}", example="adres_email"), single=True
    ),
    "autocomplete": OneOf(
        "Podpowiedź przeglądarki, tylko dla danych osoby wypełniającej.", default="", words=AUTOCOMPLETE
    ),
    **FOLLOWING_KEYS,
}


@dataclass(frozen=True)
class FieldsKey(Key):
    """A list of fields. `alone`: their names must differ within the list (those of steps are compared over the whole form)."""

    alone: bool = False
    hints: bool = True  # whether a missing hint is worth a warning

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, source.Sequence):
            reading.problem(node, "not-a-list", say("Tu powinna stać lista pól, każde po myślniku."))
            return WRONG
        if not node.items:
            reading.problem(node, "no-fields", say("Ta lista pól jest pusta. Dodaj co najmniej jedno pole."))
        fields = []
        for item in node.items:
            read = read_field(item, reading, hints=self.hints)
            if read is not None:
                fields.append(read)
            elif isinstance(item, source.Mapping) and (name := _text(item, "name")):
                reading.unread.add(name)
        if self.alone:
            _report_duplicates(fields, reading)
        return tuple(fields)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"$ref": "#/$defs/field"}, "minItems": 1}


@dataclass(frozen=True)
class Inside(Key):
    """Another key, read so that its expressions see the fields of a group first."""

    key: Key = field(default_factory=Plain)
    group: str = ""

    def read(self, node: Node, reading: Reading) -> Any:
        with reading.inside(self.group):
            return self.key.read(node, reading)


def read_field(node: Node, reading: Reading, *, hints: bool = True) -> Field | None:
    """The field that a mapping defines, or None when it cannot be made; every mistake goes to the reading's problems."""
    if not isinstance(node, source.Mapping):
        reading.problem(
            node, "not-a-mapping", say("Tu powinno stać pole: {example}.", example="{name: …, type: …, label: …}")
        )
        return None
    name = _text(node, "name")
    with reading.within(say("pole „{name}”", name=name) if name else say("pole bez nazwy")):
        kind = _type(node, reading)
        if kind is None:
            read_keys(_common_part(node), FIELD_KEYS, reading)
            return None
        keys = _keys(kind.name)
        reading_keys = keys
        if kind.inside:
            reading_keys = {key: _inside(keys[key], name) if key in kind.inside else keys[key] for key in keys}
        start = len(reading.pending)
        values = read_keys(node, reading_keys, reading)
        if kind.labelled and not any(_means(entry.key.text, "label") for entry in node.entries):
            reading.problem(node, "missing-key", say("Brakuje klucza „{key}”.", key="label"))
        asked = [entry.value for entry in node.entries if _is_text(keys.get(entry.key.text))]
        check_texts(asked, reading)
        check_label(node.get("label"), reading)
        if hints and kind.like and node.get("hint") is None:
            what = say("Dodaj podpowiedź („hint”) z przykładem zapisu: {like}.", like=kind.like)
            reading.problem(node, "missing-hint", what, "warning")
        if values is None:
            return None
        own = {key.as_name or word: values[key.as_name or word] for word, key in kind.keys.items()}
        made = kind.build(reading, node, **own)
        for at, what, code in made.verify():
            reading.problem(node.get(at) or node, code, what)
        formulas = tuple(pending.formula for pending in reading.pending[start:])
        return _field(node, values, made, formulas)


@cache
def _keys(kind: str) -> Mapping[str, Key]:
    """All keys of a field of this type."""
    return {**FIELD_KEYS, **REGISTRY[kind].keys}


def _field(node: source.Mapping, values: Mapping[str, Any], made: FieldType, formulas: tuple[Formula, ...]) -> Field:
    common = {key: value for key, value in values.items() if key in FIELD_KEYS and key not in MADE}
    return Field(
        name=values["name"],
        type=made,
        label=values["label"] or plain(values["name"]),
        place=(node.get("name") or node).place,
        messages=values["message"] or {},
        reads=formulas,
        **common,
    )


def _type(node: source.Mapping, reading: Reading) -> type[FieldType] | None:
    """The class of the field's type; for a misspelt one, reported, the class that was probably meant."""
    at = node.get("type")
    if not isinstance(at, Scalar) or at.null:
        return None
    word = at.text
    if word in REGISTRY:
        return REGISTRY[word]
    meant = (
        TYPE_WORDS.get(word.strip().lower())
        or nearest(word, REGISTRY)
        or TYPE_WORDS.get(nearest(word, TYPE_WORDS) or "")
    )
    if meant is not None and meant in REGISTRY:
        what = say("nieznany typ „{word}” – czy chodziło o „{close}”?", word=word, close=meant)
        reading.problem(at, "unknown-type", what)
        return REGISTRY[meant]
    what = say("nieznany typ „{word}”. Możliwe: {types}.", word=word, types=", ".join(sorted(REGISTRY)))
    reading.problem(at, "unknown-type", what)
    return None


def _common_part(node: source.Mapping) -> source.Mapping:
    """The entries that can be judged without knowing the type."""
    known = [
        entry for entry in node.entries if entry.key.text in FIELD_KEYS or ALIASES.get(entry.key.text) in FIELD_KEYS
    ]
    return source.Mapping(node.place, tuple(known))


def _means(word: str, key: str) -> bool:
    """Whether an author's key is this one, or another word for it that is reported as unknown anyway."""
    return word == key or ALIASES.get(word.strip().lower()) == key


def _is_text(key: Key | None) -> bool:
    """Whether a key holds a text for readers that is not Markdown (there quotes also stand around titles of links)."""
    return isinstance(key, MessageKey) or (isinstance(key, Translated) and not key.markdown)


def _inside(key: Key, group: str) -> Key:
    return Inside(key.doc, key.required, key.default, key.as_name, key, group)


def _text(node: source.Mapping, key: str) -> str:
    found = node.get(key)
    return found.text if isinstance(found, Scalar) else ""


def _report_duplicates(fields: Iterable[Field], reading: Reading) -> None:
    first: dict[str, int] = {}
    for each in fields:
        if each.name in first:
            with reading.within(say("pole „{name}”", name=each.name)):
                what = say("Nazwa „{name}” jest już w wierszu {line}.", name=each.name, line=first[each.name])
                reading.problem(each.place, "duplicate-name", what)
        first.setdefault(each.name, each.place.line)

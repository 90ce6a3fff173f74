"""What the template of a question is told: finished values, the same for everybody who is asked it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from forms.definition import Field
from forms.events import Event
from forms.events.claims import seats_at
from forms.formula import Text
from forms.wording import language

# A change of a question on which others depend is sent as its own; that of any other is sent by the form (step.html).
LIVE = Markup(' data-hx-post="" data-hx-trigger="change consume"')


@dataclass(frozen=True)
class Facts:
    """What a field's template needs to know: finished values."""

    field: Field
    id: str
    label: str | Markup
    hint: Markup | None
    optional: bool
    watched: bool
    options: tuple[Any, ...] = ()
    items: tuple[Any, ...] = ()
    can_add: bool = False
    again: bool = False  # the label says what the heading of the page has said

    @property
    def type(self) -> Any:
        """The field's type with its keys."""
        return self.field.type

    @property
    def wrapper_id(self) -> str:
        """The id of the whole question."""
        return f"f-{self.id}"

    @property
    def hint_id(self) -> str:
        """The id of the hint."""
        return f"{self.id}--hint"

    @property
    def error_id(self) -> str:
        """The id of the place where errors stand."""
        return f"{self.id}--error"

    @property
    def live(self) -> Markup:
        """htmx attributes: a change of this question is sent at once."""
        return LIVE if self.watched else Markup("")

    @property
    def shown(self) -> Markup:
        """Says to the server that this conditional question was on the page."""
        if self.field.when is None:
            return Markup("")
        return Markup('<input type="hidden" name="_shown" value="{}">').format(self.id)

    @property
    def described(self) -> Markup:
        """What describes the input."""
        ids = f"{self.hint_id} {self.error_id}" if self.hint else self.error_id
        if self.field.followed:
            ids = f"{ids} {self.id}--before"
        return Markup(' aria-describedby="{}"').format(ids)

    @property
    def described_wrong(self) -> Markup:
        """As `described`, for an input that is wrong; a fieldset cannot be marked invalid, its inputs are described."""
        return self.described if self.type.fieldset else Markup(' aria-invalid="true"') + self.described

    @property
    def label_lang(self) -> Markup:
        """The language of the label, where it is not that of the page."""
        return _lang(self.field.label)

    @property
    def hint_lang(self) -> Markup:
        """The language of the hint, where it is not that of the page."""
        return _lang(self.field.hint) if self.field.hint is not None else Markup("")

    @property
    def autocomplete(self) -> Markup:
        """The HTML token for data about the person who is typing."""
        token = self.field.autocomplete
        return Markup(' autocomplete="{}"').format(token) if token else Markup("")

    @property
    def seats(self) -> Mapping[str, Event]:
        """The options that take a limited place."""
        return seats_at(self.field, self.id)

    @property
    def attributes(self) -> Markup:
        """Further attributes that the type wants."""
        return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in self.type.attributes.items())

    def part(self, name: str) -> str:
        """Id and name of a further input of the same answer."""
        return f"{self.id}--{name}"


def _lang(text: Text) -> Markup:
    return Markup("") if text.lang == language.get() else Markup(' lang="{}"').format(text.lang)

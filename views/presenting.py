"""Answers as a person reads them: sections of labelled rows, for the summary, the private page, printing and staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from forms.answers import Outcome
from forms.definition import Field, Form, Step
from forms.expressions import Env
from forms.judging import Failure
from forms.wording import say
from views.markdown import paragraphs, shown, typographic


@dataclass
class Row:
    """One question and its answer: text, Markup, or the lines of an answer that has several parts."""

    label: str
    value: Markup | str | Sequence[str]
    change_url: str = ""
    warning: str = ""
    wrong: str = ""
    mark: str = ""


@dataclass
class Item:
    """One item of a group."""

    title: str
    rows: list[Row] = field(default_factory=list)


@dataclass
class Section:
    """A step: its rows, and the items of its groups."""

    title: str
    change_url: str = ""
    share_url: str = ""
    rows: list[Row] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


@dataclass
class Presenting:
    """How answers are shown to someone: `change` gives the address where a question is changed ("" for none), `share` the one
    where a step is handed to a colleague, `mark` a word."""

    form: Form
    found: Outcome
    sensitive: bool = True
    change: Callable[[Step, str], str] = lambda step, path: ""
    failures: Sequence[Failure] = ()
    explained: Mapping[str, str] = field(default_factory=dict)
    mark: Callable[[str], str] = lambda path: ""
    share: Callable[[Step], str] = lambda step: ""

    def sections(self) -> list[Section]:
        """The answers of all asked steps, in order."""
        result = []
        for step in self.found.steps:
            section = Section(self._title(step), self.change(step, ""), self.share(step))
            for each in step.fields:
                self._add(step, each, each.name, self.found.values, self.found.env, section, section.rows)
            if section.rows or section.items:
                result.append(section)
        return result

    def _title(self, step: Step) -> str:
        """The step's title; the only step of a form often has the form's, which the page says already."""
        title = step.title(self.found.env)
        alone = len(self.form.steps) == 1 and title == self.form.title(self.found.env)
        return str(say("Odpowiedzi")) if alone else typographic(title)

    def _add(
        self, step: Step, each: Field, path: str, values: Mapping[str, Any], env: Env, section: Section, rows: list[Row]
    ) -> None:
        if path not in self.found.asked or not each.type.stores or (each.sensitive and not self.sensitive):
            return
        value = values.get(each.name)
        if not each.fields:
            if each.type.labelled or value is not None:
                rows.append(self._row(step, each, path, value, env))
            return
        entries = list(value or ()) if each.type.repeats else [value or {}]
        if not entries:
            rows.append(self._row(step, each, path, None, env))
        for index, item in enumerate(entries):
            place = f"{path}-{index}" if each.type.repeats else path
            inside = self.found.items[place]
            part = Item(typographic(each.type.title(each, inside)))
            section.items.append(part)
            for inner in each.fields:
                self._add(step, inner, f"{place}-{inner.name}", item, inside, section, part.rows)

    def _row(self, step: Step, each: Field, path: str, value: Any, env: Env) -> Row:
        answer: Markup | str | Sequence[str] = ""
        if value is not None:
            parts = [f"{typographic(label)}: {text}" for label, text in each.type.details(value)]
            answer = parts or paragraphs(str(shown(each.type.show(value))))
        here = [failure for failure in self.failures if failure.path == path]
        return Row(
            typographic(each.label(env)) or each.name,
            answer,
            self.change(step, path) if each.type.asks else "",
            " ".join(self._explanation(failure) for failure in here if failure.level == "warning"),
            typographic(" ".join(failure.text for failure in here if failure.level == "error")),
            self.mark(path),
        )

    def _explanation(self, failure: Failure) -> str:
        why = self.explained.get(failure.key, "")
        return f"{typographic(failure.text)} – {why}" if why else typographic(failure.text)


def item_title(form: Form, found: Outcome, path: str) -> str:
    """How the group item at this path is called, such as „Uczestnik 1: Jan Nowak”; "" when it is gone, or for none."""
    group, env = group_of(form, path), found.items.get(path)
    return group.type.title(group, env) if group is not None and env is not None else ""


def group_of(form: Form, path: str) -> Field | None:
    """The group in which the item at this path (`uczestnicy-0`) stands; None for no item."""
    group: Field | None = None
    fields = tuple(form.fields)
    for name in path.split("-"):
        inner = next((each for each in fields if each.name == name), None)
        if inner is not None:
            group, fields = inner, inner.fields
    return group if group is not None and group.fields else None


def search_text(form: Form, found: Outcome) -> str:
    """What staff can find a response by: its answers in words, sensitive ones and long texts left out."""
    words: list[str] = []
    for row in _rows(Presenting(form, found, sensitive=False).sections()):
        if isinstance(row.value, Markup):
            words.append(row.value.striptags())
    return " ".join(word for word in words if len(word) < 200)[:4000]


def _rows(sections: Sequence[Section]) -> Iterator[Row]:
    for section in sections:
        yield from section.rows
        for item in section.items:
            yield from item.rows

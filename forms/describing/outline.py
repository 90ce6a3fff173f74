"""A form in plain words, for staff and lawyers, and for printing: steps, numbered questions, conditions as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from forms.certificates.attended import participants
from forms.check import Check
from forms.definition import Field, Form, Step
from forms.describing.facts import form_facts, span_words
from forms.describing.words import Described
from forms.expressions import Expression
from forms.formula import Default, Formula, Text
from forms.periods.series import PREVIOUS, STATISTICS
from forms.wording import Say, language, say

GAP = "……"
ATTENDED: Mapping[str, Say] = {  # what the rule of a certificate knows of a person's attendance
    "present": say("udział w zajęciach (od 0 do 1)"),
    "modules": say("zaliczone moduły"),
    "events": say("zaliczone wydarzenia"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: finished words. In `facts`, `when` and `required` names stand between asterisks."""

    number: str
    name: str
    label: str
    hint: str
    type: str  # what the type is, in a sentence (its name in a language other than Polish)
    required: str  # "" for optional, else that it is, or on what condition
    when: str
    facts: tuple[str, ...]
    checks: tuple[str, ...]
    drawn: Described
    asks: bool  # whether a person answers it
    items: tuple[Question, ...] = ()
    title: str = ""  # the heading of an item of a group, "" when the group does not repeat
    least: int = 0
    most: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """One step."""

    title: str
    intro: str  # Markdown
    when: str
    questions: tuple[Question, ...]
    checks: tuple[str, ...]
    shared: bool


@dataclass(frozen=True, slots=True)
class Description:
    """The whole form. `facts` are its rules in sentences."""

    title: str
    summary: str
    intro: str  # Markdown
    facts: tuple[str, ...]
    sections: tuple[Section, ...]
    checks: tuple[str, ...]


def describe_form(form: Form) -> Description:
    """The form in words of the language now in force."""
    words = Naming(form)
    numbers = iter(range(1, 10_000))
    sections = tuple(_section(step, words, numbers) for step in form.steps)
    return Description(
        words.text(form.title),
        words.text(form.summary),
        words.text(form.intro),
        (*form_facts(form, words), *_afterwards(form)),
        sections,
        tuple(_check(check, words) for check in form.checks),
    )


def rule_in_words(form: Form) -> str:
    """Who gets a certificate of the form; names and values stand between asterisks. "" where there are none."""
    if form.certificate is None:
        return ""
    group = participants(form.steps)
    about = next((each.fields for each in form.fields if each.name == group), ())
    return Naming(form, about, ATTENDED).formula(form.certificate.rule)


def _afterwards(form: Form) -> Iterator[str]:
    """What follows an event, or a report."""
    if form.sign_off == "two":
        yield str(say("Wysłany formularz podpisują w gminie dwie osoby: kto sporządził i kto zatwierdził."))
    elif form.sign_off == "one":
        yield str(
            say("Wysłany formularz podpisuje w gminie, kto sporządził i kto zatwierdził; może to być jedna osoba.")
        )
    if form.survey:
        yield str(say("Po wydarzeniu uczestnicy dostają anonimową ankietę „{name}”.", name=form.survey))
    if form.certificate is not None:
        yield str(say("Zaświadczenie dostaje osoba, która spełnia warunek: {rule}.", rule=rule_in_words(form)))


@dataclass(frozen=True)
class Naming:
    """Labels for the names of one form; within a group its own fields come first."""

    form: Form
    inner: tuple[Field, ...] = ()
    more: Mapping[str, Say] = field(default_factory=dict)  # names that are no fields

    @cached_property
    def _fields(self) -> Mapping[str, Field]:
        return {each.name: each for each in (*self.form.fields, *self.inner)}

    @cached_property
    def _conditions(self) -> Mapping[str, Expression]:
        return {name: formula.expression for name, formula in self.form.conditions.items()}

    def text(self, text: Text | None) -> str:
        """A text for readers, with a gap where an answer would stand; "" for none, and for nothing but a gap."""
        told = "" if text is None else "".join(part if isinstance(part, str) else GAP for part in text.parts)
        return told if told.strip() != GAP else ""

    def formula(self, formula: Formula) -> str:
        """An expression in words."""
        return formula.expression.describe(self.label, self._conditions)

    def label(self, path: str) -> str:
        """The words for a name or a dotted path; as it is when no field is called so (a column of a list)."""
        first, _, rest = path.partition(".")
        field = self._fields.get(first)
        if path in self.more:
            return str(self.more[path])
        if field is None:
            return path
        label = self.text(field.label).rstrip(" :")
        return f"{label} – {self._part(field, rest)}" if rest else label

    def _part(self, field: Field, rest: str) -> str:
        """The words for what stands after the dot: a field of a group, else a column of the export."""
        first, _, further = rest.partition(".")
        inside = next((each for each in field.fields if each.name == first), None)
        if inside is not None:
            return self._part(inside, further) if further else self.text(inside.label).rstrip(" :")
        labels = {column.key: column.label for column in field.type.columns(field)}
        return labels.get(rest.removesuffix(".rating")) or labels.get(f"{rest}.score") or rest


def _section(step: Step, words: Naming, numbers: Iterator[int]) -> Section:
    return Section(
        words.text(step.title),
        words.text(step.intro),
        "" if step.when is None else words.formula(step.when),
        tuple(_questions(step.fields, words, numbers)),
        tuple(_check(check, words) for check in step.checks),
        step.share,
    )


def _questions(fields: Sequence[Field], words: Naming, numbers: Iterable[int], before: str = "") -> Iterator[Question]:
    """The questions in order; what is neither asked nor shown (hidden) has no number."""
    counted = iter(numbers)
    for each in fields:
        shown = each.type.asks or each.type.labelled
        yield _question(each, words, f"{before}{next(counted)}" if shown else "")


def _question(field: Field, words: Naming, number: str) -> Question:
    inside = Naming(words.form, (*words.inner, *field.fields))
    items = tuple(_questions(field.fields, inside, range(1, 1000), f"{number}."))
    repeats = field.type.repeats
    return Question(
        number,
        field.name,
        words.text(field.label),
        words.text(field.hint),
        field.type.doc if language.get() == "pl" else field.type.name,
        _required(field, words),
        "" if field.when is None else words.formula(field.when),
        (*field.type.described(inside).facts, *_facts(field, words)),
        tuple(_check(check, inside) for check in field.checks),
        field.type.described(inside),
        field.type.asks,
        items,
        words.text(field.label) if repeats else "",
        field.type.least,
        field.type.most if repeats else 1,
    )


def _required(field: Field, words: Naming) -> str:
    if isinstance(field.required, Formula):
        return str(say("Obowiązkowe, jeżeli {condition}.", condition=words.formula(field.required)))
    return str(say("Obowiązkowe.")) if field.required else ""


def _facts(field: Field, words: Naming) -> Iterator[str]:
    default = field.default
    if isinstance(default, Default) and default.formula is not None:
        yield str(say("Na początku: {value}.", value=words.formula(default.formula)))
    elif isinstance(default, Default) and default.value is not None:
        yield str(say("Na początku: {value}.", value=field.type.show(default.value)))
    if field.prefill == PREVIOUS:
        yield str(say("Na początku: odpowiedź z poprzedniego okresu, do sprawdzenia."))
    if field.prefill == STATISTICS:
        yield str(say("Na początku: liczba ze statystyki publicznej, do sprawdzenia."))
    elif field.statistics:
        yield str(say("Obok stoi liczba ze statystyki publicznej, ze źródłem i datą."))
    if field.warn_change is not None:
        yield str(
            say("Zmiana o więcej niż {n}%, licząc od poprzedniego okresu, wymaga wyjaśnienia.", n=field.warn_change)
        )
    if field.sensitive:
        yield str(say("Dane wrażliwe: widzą je tylko uprawnieni pracownicy, zwykły eksport je pomija."))
    if field.retain is not None:
        yield str(say("Usuwane po czasie: {span}.", span=span_words(field.retain)))


def _check(check: Check, words: Naming) -> str:
    params = {"condition": words.formula(check.that), "message": words.text(check.message)}
    if check.level == "warning":
        return str(
            say("Jeżeli nie jest tak, że {condition}, prosimy o poprawę albo wyjaśnienie: „{message}”", **params)
        )
    return str(say("Musi być tak, że {condition}. W przeciwnym razie: „{message}”", **params))

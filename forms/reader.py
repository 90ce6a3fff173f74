"""From a file's text to a `Form`, or to the list of all its mistakes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from forms import linking, source
from forms.audience import entitle
from forms.auditing.checking import check_audit
from forms.certificates.reader import read_certificate
from forms.codes import JUDGED
from forms.definition import Form, Step
from forms.events.claims import places
from forms.events.keys import check_events, declare
from forms.examples.names import check_examples
from forms.form_keys import FORM_KEYS
from forms.formula import Text
from forms.key import read_keys
from forms.lists import Rows, read_list
from forms.periods.opening import collecting
from forms.problems import Problems
from forms.reading import Reading
from forms.register import read_register
from forms.secrecy import spread
from forms.sign_off import check_sign_off
from forms.source import Node, Place, Scalar
from forms.spans import Span
from forms.wording import say

SLUG = re.compile(r"^[a-z0-9][a-z0-9-]{0,62}$")
START = Place(1, 1, 2)


@dataclass(frozen=True)
class Surroundings:
    """What a definition may refer to outside its own file."""

    lists: Callable[[str], Rows | None] = lambda name: None
    texts: Collection[str] = ()  # names of the texts in config/texts
    limits: Collection[str] = ()  # names of the limits in config/limits.yaml
    region: str = ""
    names: Collection[str] = ()  # of the lists in config/lists, those with mistakes too


@dataclass
class Read:
    """What came of reading a file: the form if it can serve, and every mistake and warning."""

    form: Form | None
    problems: Problems
    text: str = ""
    whole: Form | None = None  # the form also where it has mistakes, as long as all its expressions compile


def read_form(file: str, text: str | bytes, around: Surroundings | None = None) -> Read:
    """The form that a file defines. Its slug is the file's name without the ending."""
    around = around or Surroundings()
    problems = Problems(file)
    root = source.read(text, file, problems)
    plain_text = text if isinstance(text, str) else text.decode("utf-8-sig", "replace")
    form = None
    if isinstance(root, source.Mapping):
        form = _form(file, plain_text, root, problems, around)
    return Read(None if problems.errors else form, problems, plain_text, form)


def reread(slug: str, bundle: Mapping[str, Any], around: Surroundings) -> Form:
    """A stored version read again from its bundle. Raises ValueError when it no longer reads.

    It was published by the rules of its time: what is judged today about a form that reads does not take it away.
    """
    lists = {file.rpartition(".")[0]: read_list(file, text, Problems(file)) for file, text in bundle["lists"].items()}
    again = read_form(f"{slug}.yaml", bundle["file"], replace(around, lists=lists.get))
    errors = {problem.code for problem in again.problems.errors}
    if again.whole is None or errors - JUDGED:
        raise ValueError(f"stored version of {slug} does not read: {sorted(errors)}")
    return again.whole


def _form(file: str, text: str, root: source.Mapping, problems: Problems, around: Surroundings) -> Form | None:
    slug = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    reading = Reading(problems, around.lists, region=around.region, names=around.names)
    if not SLUG.match(slug):
        reading.problem(START, "wrong-slug", say("Nazwa pliku może mieć tylko małe litery a–z, cyfry i łączniki."))
    reading.languages = _languages(root)
    reading.events = declare(root, reading)  # first: fields and expressions name them
    values = read_keys(root, FORM_KEYS, reading)
    if values is None:
        return None
    steps = _steps(root, values, reading)
    if steps is None:
        return None
    steps = entitle(steps, root, values["audience"], reading)
    steps = collecting(steps, root, values["period"], values["closes"], reading)
    values.pop("fields")
    values["certificate"] = read_certificate(root, steps, reading)
    values["register"] = read_register(root, reading)
    values["grace"] = values["grace"].delta if isinstance(values["grace"], Span) else timedelta()
    values["reference"] = values["reference"] or f"{slug.upper()}-{{year}}-{{number:04}}"
    values["languages"] = reading.languages
    waiting_list: bool = values.pop("waiting_list")
    values["places"] = places(values["title"], reading.events, steps, values["places"], waiting_list)
    bundle = {"file": text, "lists": {rows.file: rows.text for rows in reading.used_lists.values()}}
    # The same hash under which records.versions stores the bundle: the ledger of places tells versions apart by it.
    whole = json.dumps(bundle, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(whole.encode()).hexdigest()
    form = Form(slug=slug, **{**values, "steps": steps}, hash=digest, bundle=bundle)
    _cross_checks(form, root, reading, around)
    check_events(form, root, waiting_list, reading)
    check_audit(form.audit, form.anonymous, root, form.steps, reading)
    check_sign_off(form, root, reading)
    linked = linking.link(form, reading, around.limits)
    if linked:
        spread(form)
    check_examples(form, reading)
    return form if linked else None


def _languages(root: source.Mapping) -> tuple[str, ...]:
    node = root.get("languages")
    if isinstance(node, source.Sequence):
        found = tuple(item.text for item in node.items if isinstance(item, Scalar) and item.text in ("pl", "en"))
        return found or ("pl",)
    return ("pl",)


def _steps(root: source.Mapping, values: dict[str, Any], reading: Reading) -> tuple[Step, ...] | None:
    steps, fields = values["steps"], values["fields"]
    if root.get("steps") is not None and root.get("fields") is not None:
        reading.problem(
            _key(root, "fields"), "steps-and-fields", say("Formularz ma „steps” albo „fields”, nie jedno i drugie.")
        )
        return None
    if root.get("steps") is None and root.get("fields") is None:
        reading.problem(root, "missing-key", say("Brakuje klucza „steps” (kroki) albo „fields” (pytania)."))
        return None
    if fields is not None:
        title: Text = values["title"]
        return (Step(id="formularz", title=title, fields=fields),)
    if not steps:
        return None
    return tuple(steps)


def _key(root: source.Mapping, name: str) -> Node:
    return next(entry.key for entry in root.entries if entry.key.text == name)


def _cross_checks(form: Form, root: source.Mapping, reading: Reading, around: Surroundings) -> None:
    """Mistakes that only the whole shows."""
    names = _told_apart(form, root, reading)
    node = root.get("one_per")
    for name in form.one_per:
        if name not in names and node is not None:
            close = source.nearest(name, names)
            what = (
                say("Nie ma pola „{name}” – czy chodziło o „{close}”?", name=name, close=close)
                if close
                else say("Nie ma pola „{name}”.", name=name)
            )
            reading.problem(node, "unknown-name", what)
    if form.opens and form.closes and form.opens >= form.closes:
        reading.problem(
            root.get("closes") or root, "closes-before-opens", say("Zamknięcie musi być później niż otwarcie.")
        )
    privacy = root.get("privacy")
    if form.privacy and privacy is not None and form.privacy not in around.texts:
        close = source.nearest(form.privacy, around.texts)
        what = say("Nie ma tekstu config/texts/{name}.md.", name=form.privacy)
        if close:
            what = say(
                "Nie ma tekstu config/texts/{name}.md – czy chodziło o „{close}”?", name=form.privacy, close=close
            )
        reading.problem(privacy, "unknown-text", what)
    if not form.privacy and any(each.type.personal for each in _all_fields(form)):
        reading.problem(
            START, "no-privacy", say("Formularz pyta o dane osobowe, a nie ma klauzuli („privacy”)."), "warning"
        )
    if not form.confirm and len(form.steps) > 1:
        reading.problem(
            root.get("confirm") or root,
            "confirm-steps",
            say("Bez podsumowania można wysłać tylko formularz o jednym kroku."),
        )


def _told_apart(form: Form, root: source.Mapping, reading: Reading) -> Mapping[str, int]:
    """The line of each field outside groups, by name; names and ids that are there twice are reported."""
    steps: set[str] = set()
    names: dict[str, int] = {}
    steps_node = root.get("steps")
    for index, step in enumerate(form.steps):
        if step.id in steps and isinstance(steps_node, source.Sequence):
            reading.problem(
                steps_node.items[index],
                "duplicate-step",
                say("Krok „{id}” już jest – każdy krok ma własne id.", id=step.id),
            )
        steps.add(step.id)
        for each in step.fields:
            if each.name in names:
                with reading.within(say("pole „{name}”", name=each.name)):
                    reading.problem(
                        each.place,
                        "duplicate-name",
                        say("Nazwa „{name}” jest już w wierszu {line}.", name=each.name, line=names[each.name]),
                    )
            elif each.name in form.conditions:
                with reading.within(say("pole „{name}”", name=each.name)):
                    reading.problem(
                        each.place, "duplicate-name", say("Nazwa „{name}” należy już do warunku.", name=each.name)
                    )
            names[each.name] = each.place.line
    return names


def _all_fields(form: Form) -> list[Any]:
    found = list(form.fields)
    for each in found:
        found.extend(each.fields)
    return found

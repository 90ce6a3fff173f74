"""Filling in a whole form as a person does, page by page and without JavaScript: samples in, a reference out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from forms.definition import Field, Form
from forms.types.given import Typed
from tests.conscience import Conscience

SAMPLES = Path(__file__).parent / "samples"
MOST_PAGES = 60


def samples(name: str) -> list[dict[str, Any]]:
    """The samples of a file: `valid` or `invalid`."""
    found: list[dict[str, Any]] = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def changed(answers: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the answers with these changes: path (`uczestnicy.1.email`) to value, None takes the answer away."""
    result = deepcopy(dict(answers))
    for path, value in changes.items():
        *way, last = (int(part) if part.isdecimal() else part for part in path.split("."))
        at: Any = result
        for part in way:
            at = at.setdefault(part, {}) if isinstance(at, dict) else at[part]
        if value is None:
            at.pop(last, None)
        else:
            at[last] = value
    return result


def typed(field: Field, value: Any) -> Typed:
    """What a person types to give this answer."""
    if isinstance(value, dict):
        return field.type.typed(field.type.load(_texts(value)))
    texts = [_text(each) for each in (value if isinstance(value, list) else [value])]
    return {"": texts}


def inputs(form: Form, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Every answer of a sample as inputs of the page: name to texts."""
    return dict(as_typed(form.fields, answers, write=typed))


def as_typed(
    fields: Iterable[Field],
    answers: Mapping[str, Any],
    path: str = "",
    write: Callable[[Field, Any], Typed] = lambda field, value: field.type.typed(value),
) -> Iterator[tuple[str, list[str]]]:
    """Answers as inputs of the page: name to texts; `write` makes them of an answer, as the program holds it if not told."""
    for field in fields:
        here, value = f"{path}{field.name}", answers.get(field.name)
        if value is None:
            continue
        if field.fields and field.type.repeats:
            yield f"{here}--item", [str(index) for index in range(len(value))]
            for index, item in enumerate(value):
                yield from as_typed(field.fields, item, f"{here}-{index}-", write)
        elif field.fields:
            yield from as_typed(field.fields, value, f"{here}-", write)
        elif field.type.asks:
            for part, texts in write(field, value).items():
                yield (f"{here}--{part}" if part else here), list(texts)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "tak" if value else "nie"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(each) for key, each in value.items()}
    if isinstance(value, bool | str) or value is None:
        return value
    return str(Decimal(str(value)))


class Journey:
    """A person with all answers at hand, in front of one form."""

    def __init__(self, client: Conscience, form: Form, answers: Mapping[str, Any]) -> None:
        self.client = client
        self.form = form
        self.inputs = inputs(form, answers)
        self.steps: list[str] = []

    def insist(self) -> str:
        """Fills in every step though some do not pass; all that the pages said on the way."""
        said = []
        self.fill()
        while self.client.page.by_id("fields"):
            said.append(self.client.page.text)
            if self.form.journey == "tasks":
                self.client.get(self.resume())
            elif not self.skip():
                break
            self.fill_on()
        said.append(self.client.page.text)
        return " ".join(said)

    def resume(self) -> str:
        """The address to come back to."""
        links = [each.get("href", "") for each in self.client.page.all("a")]
        return next(link for link in links if link.endswith("/dalej"))

    def skip(self) -> bool:
        """On to the step after the one that does not pass, by its address; False after the last."""
        token = self.resume().split("/")[2]
        heading = self.client.page.heading
        ids = [step.id for step in self.form.steps]
        at = next(index for index, step in enumerate(self.form.steps) if str(step.title) == heading)
        for step_id in ids[at + 1 :]:
            self.client.get(f"/z/{token}/krok/{step_id}")
            if hasattr(self.client, "page") and self.client.page.heading != heading:
                return True
        return False

    def fill(self) -> None:
        """Goes through all steps up to the summary, or stops at a page that does not pass (422)."""
        self.client.get(f"/f/{self.form.slug}/wypelnij", follow_redirects=True)
        self.fill_on()

    def fill_on(self) -> None:
        """From the page at hand on."""
        response: Any = None
        for _ in range(MOST_PAGES):
            if (
                response is not None and response.status_code == 422
            ) or self.client.page.heading == "Sprawdź odpowiedzi i wyślij":
                return
            if not self.client.page.by_id("fields"):
                response = self.task()
                if response is None:
                    return
                continue
            self.steps.append(self.client.page.heading)
            response = self.page()
        raise AssertionError(f"no way out of {self.steps}")

    def page(self) -> Any:
        """Fills in what is on the page at hand and sends it."""
        names = self.names()
        for name, texts in self.inputs.items():
            group, _, marker = name.rpartition("--")
            if marker == "item" and group in self.adding() and names.get(name, 0) < len(texts):
                return self.client.send(self.here(names), button=group)
        return self.client.send(self.here(names))

    def task(self) -> Any:
        """From the list of steps to the first that is not done, else to the summary; None where there is no list."""
        for item in self.client.page.all("li"):
            links = [element.get("href", "") for element in item.iter("a")]
            todo = "gotowe" not in "".join(item.itertext())
            if links and "/krok/" in links[0] and todo and links[0] not in self.steps:
                self.steps.append(links[0])
                return self.client.get(links[0])
        for element in self.client.page.all("a"):
            if element.get("href", "").endswith("/podsumowanie"):
                return self.client.get(element.get("href", ""))
        return None

    def here(self, names: Mapping[str, int]) -> dict[str, Any]:
        """The answers to what is asked on the page at hand."""
        return {name: texts for name, texts in self.inputs.items() if name in names and not name.endswith("--item")}

    def names(self) -> dict[str, int]:
        """The names of the inputs on the page, and how many of each."""
        found: dict[str, int] = {}
        for form in self.client.page.forms():
            for element in form.iter():
                name = element.get("name")
                if name:
                    found[name] = found.get(name, 0) + 1
        return found

    def adding(self) -> set[str]:
        """The groups on the page to which an item can be added."""
        return {button.get("value", "") for button in self.client.page.all("button") if button.get("name") == "_add"}

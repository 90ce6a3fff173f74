"""The way through a whole form in a browser, from the list of forms to the number, whoever goes it and by what means.

`Walker` knows the pages and what is still to be answered; with the mouse (here), with the keyboard alone (`keys.py`) and
without scripts (`plain.py`) a person answers it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import FilePayload, Locator, Page, expect

from records.kinds import extension
from tests.web.eyes import STATES, Eyes
from tests.web.person import QUIET
from views.commands.filling import content

MOST_PAGES, MOST_TRIES = 40, 6
REASON = "Sprawdziliśmy, tak jest w dokumentach."

# Every control of the step, in the order of the page. A select that one types into is the input in its place.
# A group has the button that adds to it: its value is how many items there are.
CONTROLS = """() => [...document.querySelectorAll("#fields [name]:not([type=hidden], [name=_remove], [name=_drop])")].map((e) => {
  if (e.name === "_add") {
    const there = document.getElementsByName(`${e.value}--item`).length;
    return {id: "", name: `${e.value}--item`, kind: "group", value: String(there), checked: false, shown: true, text: []};
  }
  const box = e.tagName === "SELECT" && e.hidden;
  const seen = box ? document.getElementById(e.id.replace(/-select$/, "")) : e;
  const kind = box ? "combobox" : e.tagName === "SELECT" ? "select" : e.type;
  return {id: seen.id, name: e.name, kind, value: e.value, checked: Boolean(e.checked), shown: seen.checkVisibility(),
          text: kind === "combobox" || kind === "select" ? [...e.options].map(({value, text}) => [value, text]) : []};
})"""
WHERE = """() => document.querySelector(".sent") ? "sent" : document.getElementById("fields") ? "step" :
  document.querySelector(".tasks") ? "tasks" : "summary" """


@dataclass(frozen=True, slots=True)
class Control:
    """One input of the page, and what is to be done about it: `wanted` is the text to give, or to mark it."""

    id: str
    name: str
    kind: str
    value: str
    checked: bool
    shown: bool
    text: Sequence[tuple[str, str]]
    wanted: str = ""

    @property
    def words(self) -> str:
        """What a person reads of the option that is wanted."""
        return dict(self.text).get(self.wanted, "")


@dataclass
class Walker:
    """A person with all answers at hand, who answers with the mouse and types."""

    page: Page
    eyes: Eyes
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    given: set[tuple[str, str]] = field(default_factory=set)
    steps: list[str] = field(default_factory=list)

    def walk(self, slug: str, answers: Mapping[str, Sequence[str]]) -> str:
        """From the list of forms to the page that says the number, with these answers (name of an input to texts)."""
        self.answers = answers
        self.page.goto("/")
        self.follow(self.page.locator(f'.form-card a[href="/f/{slug}"]'))
        self.welcomed()
        self.follow(self.page.locator(".main .button--big"))
        for _ in range(MOST_PAGES):
            match self.page.evaluate(WHERE):
                case "step":
                    self.step()
                case "tasks":
                    self.task()
                case "summary":
                    self.arrived()
                    self.follow(self.page.locator("#form button[type=submit]"))
                case _:
                    self.arrived()
                    return self.page.locator(".sent__number").inner_text()
        raise AssertionError(f"no way out of {self.steps}")

    # --- the pages ---

    def step(self) -> None:
        """Answers a step, looks at it in every state, and goes on; the first is sent without answers at first."""
        if not self.steps:
            self.err()
        else:
            self.begun()
        heading = self.page.locator("h1").inner_text()
        assert self.steps.count(heading) < MOST_TRIES, f"{heading}: {self.page.locator('#summary').inner_text()}"
        self.steps.append(heading)
        self.fill()
        self.leave()
        self.follow(self.onward)

    def err(self) -> None:
        """Sends the step as it is; the error summary has focus, and leads to the first field."""
        self.follow(self.onward)
        expect(self.page.locator("#error-summary")).to_be_focused()
        expect(self.page).to_have_title(f"Błąd: {self.page.title().removeprefix('Błąd: ')}")
        self.eyes.focus()
        self.eyes.whole()
        first = self.page.locator("#error-summary a").first
        self.lead(first)
        assert "#" + self.page.evaluate("document.activeElement.id") == first.get_attribute("href")

    def task(self) -> None:
        """Opens the first step of the list that has not been opened yet; after all, what is sent."""
        links = self.page.locator(".tasks a[href*='/krok/']")
        addresses: list[str] = links.evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
        left = [n for n, address in enumerate(addresses) if ("task", address) not in self.given]
        if not left or len(left) == len(addresses):
            self.arrived()
        if left:
            self.given.add(("task", addresses[left[0]]))
            self.follow(links.nth(left[0]))
        else:
            self.follow(self.page.locator("a[href$='/podsumowanie']").last)

    @property
    def onward(self) -> Locator:
        """The button at the end of a step."""
        return self.page.locator("#form > .buttons button[type=submit]").first

    # --- what is still to be done ---

    def todo(self) -> Control | None:
        """The first input of the page that is not yet as it is wanted."""
        found = [Control(**each) for each in self.page.evaluate(CONTROLS)]
        return next((done for each in found if (done := self.wish(each)) is not None), None)

    def wish(self, each: Control) -> Control | None:
        """What is to be done about an input: itself with what is wanted of it; None when nothing is."""
        texts = self.answers.get(each.name.removesuffix("--upload"))
        if each.name.startswith("_why--"):
            texts = [REASON]
        if texts is None or not each.shown:
            return None
        if each.kind == "group":
            return self.asked(each, each.value, int(each.value) < len(texts))
        if each.kind in ("radio", "checkbox"):
            return self.asked(each, each.value, (each.value in texts) != each.checked)
        return self.asked(each, texts[0], bool(texts[0]) and each.value != texts[0])

    def asked(self, each: Control, text: str, needed: bool) -> Control | None:
        """The input with what is wanted; nobody is asked twice for the same."""
        if not needed or (each.id or each.name, text) in self.given:
            return None
        return Control(each.id, each.name, each.kind, each.value, each.checked, each.shown, each.text, text)

    # --- the means ---

    def fill(self) -> None:
        """Answers all that is asked on the page, also what the answers make appear."""
        while (each := self.todo()) is not None:
            self.given.add((each.id or each.name, each.wanted))
            self.give(each)
            self.settled()

    def give(self, each: Control) -> None:
        """One answer, with the mouse."""
        at = self.page.locator(f'[id="{each.id}"]')
        if each.kind == "group":
            self.page.locator(f'button[name="_add"][value="{each.name.removesuffix("--item")}"]').click()
        elif each.kind in ("radio", "checkbox"):
            label = self.page.locator(f'label[for="{each.id}"]')
            (label if label.count() else at).click()
        elif each.kind == "select":
            at.select_option(each.wanted)
        elif each.kind == "combobox":
            at.click()
            at.fill(each.words)
            self.page.get_by_role("option", name=each.words, exact=True).click()
        elif each.kind == "file":
            at.set_input_files(document(each))
        else:
            at.fill(each.wanted)
            at.press("Tab")

    def settled(self) -> None:
        """What was changed is answered and stands on the page, without barriers."""
        self.page.evaluate(QUIET)
        self.eyes.changed()

    def follow(self, place: Locator) -> None:
        """Presses a link or a button that leads to another page."""
        with self.page.expect_navigation():
            place.click()

    def lead(self, link: Locator) -> None:
        """Follows a link that leads to a place on the page."""
        link.click()

    def arrived(self) -> None:
        """Looks at a page that has just come."""
        self.eyes.whole()

    def welcomed(self) -> None:
        """The page before the form; it is the same for everybody, so that only who clicks looks at it."""
        self.eyes.whole()

    def begun(self) -> None:
        """A step that has just come; where scripts answer, it is looked at when it is filled in."""

    def leave(self) -> None:
        """Looks at a step that is filled in, every other one in the dark or in colours of the reader's own."""
        self.eyes.whole()
        self.eyes.dressed(STATES[len(self.steps) % len(STATES)])


def document(each: Control) -> FilePayload:
    """The file that an answer names, small but of its kind."""
    name = json.loads(each.wanted)["name"]
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content(extension(name))}

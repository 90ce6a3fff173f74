"""The way through a form with the keyboard alone: Tab, Space, arrows and Enter, and every place one comes by is looked at."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.web.eyes import ENLARGED, WIDE
from tests.web.walking import Control, Walker, document

MOST_STOPS = 900  # places that the Tab key stops at on one page
AT = """() => { const e = document.activeElement;
  return [e.name || document.getElementById(`${e.id}-select`)?.name || "", e.type || "", e.value || "", e.id]; }"""
STOPPED = "(place) => place === document.activeElement"


class Keys(Walker):
    """A person without a mouse. Every other step is filled in at 400 %, where there is least room for focus."""

    def fill(self) -> None:
        """Goes along the page with the Tab key, and answers where there is something to answer, until nothing is left."""
        self.page.set_viewport_size(ENLARGED if len(self.steps) % 2 else WIDE)
        for _ in range(MOST_STOPS):
            each = self.todo()
            if each is None:
                return
            self.reach(each)
            self.given.add((each.id or each.name, each.wanted))
            self.give(each)
            self.settled()
            self.eyes.focus()
        raise AssertionError(f"{self.page.url}: there is no end to it")

    def reach(self, each: Control) -> None:
        """On with the Tab key up to this input, or to the button of its group, or to any answer of its question."""
        wanted = each.name.removesuffix("--item") if each.kind == "group" else each.id
        for _ in range(MOST_STOPS):
            name, kind, value, at = self.page.evaluate(AT)
            if each.kind == "group":
                if name == "_add" and value == wanted:
                    return
            elif at == wanted or (each.kind == kind == "radio" and name == each.name):
                return
            self.tab()
        raise AssertionError(f"{self.page.url}: the Tab key does not lead to {wanted}")

    def give(self, each: Control) -> None:
        """One answer, where focus is."""
        keyboard = self.page.keyboard
        if each.kind in ("group", "checkbox"):
            keyboard.press("Space")
        elif each.kind == "radio":
            self.mark(each)
        elif each.kind == "select":
            order = [value for value, _ in each.text]
            steps = order.index(each.wanted) - order.index(each.value)
            for _ in range(abs(steps)):
                keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        elif each.kind == "combobox":
            self.choose(each)
        elif each.kind == "file":
            with self.page.expect_file_chooser() as chosen:
                keyboard.press("Enter")
            chosen.value.set_files(document(each))
        else:
            keyboard.press("ControlOrMeta+a")
            keyboard.insert_text(each.wanted)
            self.tab()

    def mark(self, each: Control) -> None:
        """One of several answers: Space where one is, or the arrow down to it."""
        for _ in range(50):
            name, _, value, _ = self.page.evaluate(AT)
            assert name == each.name, f"{each.name}: the arrow leads to {name}"
            if value == each.value:
                if not self.page.evaluate("document.activeElement.checked"):
                    self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
            self.settled()

    def choose(self, each: Control) -> None:
        """An option of a long list: its name is typed, and the arrow leads down to it."""
        self.page.keyboard.type(each.words.partition(" (")[0])
        self.eyes.changed()
        for _ in range(50):
            self.page.keyboard.press("ArrowDown")
            active = self.page.locator('[role="option"][aria-selected="true"]')
            if active.inner_text() == each.words:
                self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"the arrow does not lead to {each.words}")

    def tab(self) -> None:
        """One place further, which is seen; round the page and into it again."""
        self.page.keyboard.press("Tab")
        if self.page.evaluate("document.activeElement !== document.body"):
            self.eyes.focus()

    def to(self, place: Locator) -> None:
        """On with the Tab key up to this place."""
        wanted = place.element_handle()
        for _ in range(MOST_STOPS):
            if self.page.evaluate(STOPPED, wanted):
                return
            self.tab()
        raise AssertionError(f"{self.page.url}: the Tab key does not lead to {place}")

    def follow(self, place: Locator) -> None:
        self.to(place)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def lead(self, link: Locator) -> None:
        self.to(link)
        self.page.keyboard.press("Enter")
        self.eyes.focus()

    def welcomed(self) -> None:
        """Looked at by who clicks."""

    def leave(self) -> None:
        self.eyes.whole()

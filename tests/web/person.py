"""A person at a browser window: types, ticks and goes on, and looks at the page with a critical eye."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.barriers import assert_no_barriers
from tests.soundness import Page as Parsed
from tests.soundness import faults
from tests.web.gallery import CHANGING

# Resolves as soon as what was changed is answered and stands on the page (asked at every frame: quicker than `expect`).
QUIET = """() => new Promise((done, failed) => {
  const until = performance.now() + 10000;
  const look = () => !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling") ? done()
    : performance.now() > until ? failed("the page does not settle") : requestAnimationFrame(look);
  look();
})"""


@dataclass
class Person:
    """What a person does on the pages of a form; `axe` is asked on every page that is looked at."""

    page: Page
    axe: Callable[[Page], None]

    def look(self) -> None:
        """The page has no barriers, and no one has to scroll sideways to read it."""
        self.settled()
        self.axe(self.page)
        self.flat()

    def dark(self) -> None:
        """The page that was looked at, in the dark: what colours have to do with is asked again."""
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        self.settled()
        assert_no_barriers(self.page, CHANGING)
        self.flat()

    def flat(self) -> None:
        """No one has to scroll sideways to read the page."""
        width, window = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width <= window, f"{self.page.url}: the page is {width} px wide in a window of {window} px"

    def sound(self) -> None:
        """The HTML as it came is sound."""
        html = self.page.request.get(self.page.url).text()
        assert not faults(Parsed(html), self.page.url)

    def settled(self) -> None:
        """Waits until what was changed is answered and stands on the page."""
        self.page.evaluate(QUIET)

    def begin(self, slug: str) -> None:
        """The first step of a form."""
        self.page.goto(f"/f/{slug}/wypelnij")

    def fill(self, answers: Mapping[str, str | Sequence[str]]) -> None:
        """Answers what is asked: the name of an input to what is typed into it, or chosen."""
        for name, value in answers.items():
            for text in [value] if isinstance(value, str) else value:
                self.answer(name, text)

    def answer(self, name: str, text: str) -> None:
        """One answer: ticked, chosen or typed, and left with the Tab key."""
        box = self.page.locator(
            f'[name="{name}"][type=radio][value="{text}"], [name="{name}"][type=checkbox][value="{text}"]'
        )
        if box.count():
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
        elif (select := self.page.locator(f'select[name="{name}"]:visible')).count():
            select.select_option(text)
        else:
            place = self.page.locator(f'[id="{name}"]')
            place.fill(text)
            place.press("Tab")
        self.settled()

    def press(self, text: str) -> None:
        """Presses the last button with these words: the one a person sees at the end of the page, or of the list."""
        self.page.get_by_role("button", name=text).last.click()
        self.settled()

    def address(self) -> str:
        """Where the person is, as the browser's own line says."""
        return str(self.page.evaluate("location.href"))

    def step(self, step_id: str) -> None:
        """Another step of the same draft, by its address."""
        self.page.goto(self.address().partition("/krok/")[0] + f"/krok/{step_id}")

    @property
    def focused(self) -> str:
        """The id of what has focus."""
        return str(self.page.evaluate("document.activeElement.id"))

    @property
    def heading(self) -> Locator:
        """The h1."""
        return self.page.locator("h1")

    @property
    def live(self) -> Locator:
        """What was said to a screen reader last."""
        return self.page.locator("#live")

    def arrive(self, heading: str) -> None:
        """The page with this heading is there."""
        expect(self.heading).to_have_text(heading)

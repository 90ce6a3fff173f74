"""The way through a form without scripts and in a narrow window: pages come and go whole, lists of options are selects."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.walking import Control, Walker


class Plain(Walker):
    """A person whose browser runs no scripts. What answers make appear comes with the next page."""

    def give(self, each: Control) -> None:
        """One answer; the button that adds to a list brings a new page."""
        if each.kind == "group":
            self.follow(self.page.locator(f'button[name="_add"][value="{each.name.removesuffix("--item")}"]'))
        else:
            super().give(each)

    def err(self) -> None:
        """Sends the step as it is; the page begins with what is wrong, and leads to the first field."""
        self.follow(self.onward)
        expect(self.page.locator("#error-summary")).to_be_visible()
        expect(self.page).to_have_title(f"Błąd: {self.page.title().removeprefix('Błąd: ')}")
        self.eyes.whole()
        first = self.page.locator("#error-summary a").first
        self.lead(first)
        assert self.page.url.endswith(first.get_attribute("href") or "")

    def settled(self) -> None:
        """Nothing is answered before the page is sent."""

    def begun(self) -> None:
        self.eyes.whole()

    def welcomed(self) -> None:
        """Looked at by who clicks."""

    def leave(self) -> None:
        self.eyes.flat()

"""A critical look at the page in the window: barriers, scrolling sideways, where focus is – as it is, and in other states.

The states of a page (dark, forced colours, narrow, 400 %) are looked at without loading it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from playwright.sync_api import CDPSession, Page, ViewportSize

from tests.barriers import assert_no_barriers
from tests.web.gallery import CHANGING, sideways

WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=640)
ENLARGED = ViewportSize(width=320, height=256)  # what a window of 1280 × 1024 shows at 400 %


class State(NamedTuple):
    """How somebody has their window: colours and size."""

    scheme: Literal["light", "dark"]
    forced: Literal["active", "none"]
    size: ViewportSize


# Colours do not depend on the size, so that each size is looked at in colours of its own.
STATES = (State("dark", "none", NARROW), State("light", "active", ENLARGED))
SEEN: set[str] = set()  # what htmx has put in so far, on any page

# Keeps what htmx has put into the page since it was last looked at.
WATCH = """
window.swapped = [];
document.addEventListener("htmx:load", ({detail: {elt}}) => swapped.push(elt instanceof Element ? elt : elt.parentElement));
"""
# Marks the parts put in that are still there and shown, and gives their markup without numbers, so that each is asked about once.
MARK = """() => {
  const parts = [...new Set(swapped)].filter((part) => part?.isConnected && part.checkVisibility());
  const outer = parts.filter((part) => !parts.some((other) => other !== part && other.contains(part)));
  outer.forEach((part) => part.setAttribute("data-swapped", ""));
  swapped.length = 0;
  return outer.map((part) => part.outerHTML.replace(/ value="[^"]*"|\\d/g, "")).join("");
}"""
UNMARK = """document.querySelectorAll("[data-swapped]").forEach((part) => part.removeAttribute("data-swapped"))"""
# What has focus: whether it is marked, in the window, and not under anything else (WCAG 2.4.7 and 2.4.11).
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "nothing has focus";
  const name = `${at.tagName.toLowerCase()}#${at.id} ${at.textContent.trim().slice(0, 40)}`;
  const outlined = [at, at.closest(".choice")].some((each) => {
    const style = each && getComputedStyle(each);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  if (!outlined) return `${name}: focus is not seen`;
  for (const box of at.getClientRects()) {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    for (const x of [.5, .1, .9]) for (const y of [.5, .1, .9]) {
      const over = left < right && top < bottom &&
        document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
      if (over && (at.contains(over) || [...(at.labels ?? [])].some((label) => label.contains(over)))) return "";
    }
  }
  return `${name}: what has focus is covered or outside the window`;
}"""


@dataclass
class Eyes:
    """Looks at one window. `session` switches scripts on for axe, where the person's browser runs none."""

    page: Page
    session: CDPSession | None = None

    def whole(self) -> None:
        """All rules of axe on the whole page, and whether one has to scroll sideways."""
        with self.scripts():
            assert_no_barriers(self.page)
            self.flat()

    def changed(self) -> None:
        """All rules of axe on what htmx has put in; the same markup is not asked about twice."""
        markup = self.page.evaluate(MARK)
        if markup and markup not in SEEN:
            SEEN.add(markup)
            assert_no_barriers(self.page, within="[data-swapped]")
        if markup:
            self.page.evaluate(UNMARK)

    def dressed(self, state: State) -> None:
        """The page as it stands, in other colours and narrow: contrast, size of targets, width."""
        size = self.page.viewport_size or WIDE
        self.dress(state)
        assert_no_barriers(self.page, CHANGING)
        self.flat()
        self.dress(State("light", "none", size))

    def dress(self, state: State) -> None:
        """The reader's colours and the size of the window."""
        self.page.emulate_media(color_scheme=state.scheme, forced_colors=state.forced, reduced_motion="reduce")
        self.page.set_viewport_size(state.size)

    def flat(self) -> None:
        """Nobody has to scroll sideways."""
        wide = sideways(self.page)
        assert not wide, f"{self.page.url}: the page is {wide}"

    def focus(self) -> None:
        """What has focus is seen, and nothing hides it."""
        wrong = self.page.evaluate(FOCUS)
        assert not wrong, f"{self.page.url}: {wrong}"

    @contextmanager
    def scripts(self) -> Iterator[None]:
        """Lets axe run on a page whose own scripts were not loaded."""
        self._disabled(False)
        try:
            yield
        finally:
            self._disabled(True)

    def _disabled(self, value: bool) -> Any:
        return self.session and self.session.send("Emulation.setScriptExecutionDisabled", {"value": value})

"""Pages of the exhibition in a real browser: each is shown as it came, with the styles and scripts of the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import js_lib_htmx
from playwright.sync_api import Browser, BrowserContext, Page, Route

from config.settings import ROOT
from tests.exhibition import Exhibit

HTMX = Path(js_lib_htmx.__file__).parent / "static" / "htmx"
FOLDERS = {"/static/": ROOT / "static", "/vendor/": HTMX}
WIDE, NARROW = 1280, 320  # CSS pixels; 320 is also what a window of 1280 shows at 400 %
CHANGING = ("color-contrast", "target-size")  # the rules of axe that colours and width have to do with


@dataclass
class Gallery:
    """A browser window in which a kept page can be put."""

    page: Page
    kept: Mapping[str, Exhibit]

    def show(self, name: str, theme: str = "light", width: int = WIDE) -> None:
        """Puts the page in the window. (Chromium keeps some of the old colours when forced ones come later.)"""
        self.dress(theme, width)
        self.page.goto(f"http://localhost/?{name}", wait_until="load")

    def dress(self, theme: str, width: int) -> None:
        """The reader's colours and the width of the window."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(
            color_scheme="dark" if theme == "dark" else "light",
            forced_colors="active" if theme == "forced" else "none",
            reduced_motion="reduce",
        )

    def serve(self, route: Route) -> None:
        """Answers a request of the page: itself, a file of ours, or nothing."""
        path, _, query = route.request.url.removeprefix("http://localhost").partition("?")
        folder = next((each for each in FOLDERS if path.startswith(each)), None)
        if folder is not None:
            route.fulfill(path=FOLDERS[folder] / path.removeprefix(folder))
        elif path in self.kept:
            route.fulfill(body=self.kept[path].html, content_type="image/svg+xml")
        elif path == "/" and query in self.kept:
            route.fulfill(body=self.kept[query].html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404, body="")


@contextmanager
def gallery(browser: Browser, kept: Mapping[str, Exhibit], **more: int) -> Iterator[Gallery]:
    """A window on these pages."""
    context: BrowserContext = browser.new_context(locale="pl-PL", timezone_id="Europe/Warsaw", **more)
    made = Gallery(context.new_page(), kept)
    context.route("**/*", made.serve)
    try:
        yield made
    finally:
        context.close()


def sideways(page: Page) -> str:
    """What makes the page wider than its window, or ""."""
    width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return "" if width <= window else f"{width} px in a window of {window} px"

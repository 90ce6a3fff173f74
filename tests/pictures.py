"""Takes a picture of every page of the exhibition: `python -m tests.pictures FOLDER [NAMES]`, or `make pictures`.

Each page in light and in dark, in a window of 320 and of 1280 CSS pixels; NAMES is a regular expression of pages.
Of a page taller than TALLEST the picture shows the beginning: a browser draws more than that for minutes.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import browser
from tests.exhibition import exhibition
from tests.tour import visit
from tests.web.gallery import NARROW, WIDE, gallery

TALLEST = 16_000  # CSS pixels


def main(folder: Path, names: str = "") -> None:
    """Takes the pictures into this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as office_folder, exhibition(Path(office_folder)) as office:
        kept = visit(office)
    wanted = [name for name, each in kept.items() if each.page and re.search(names, name)]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(browser.find_or_install()), args=list(browser.ARGUMENTS)
        )
        with gallery(chromium, kept) as shown:
            for name in wanted:
                for theme in ("light", "dark"):
                    for width in (WIDE, NARROW):
                        shown.show(name, theme, width)
                        take(shown.page, width, folder / f"{name}-{theme}-{width}.png")
        chromium.close()
    print(f"{len(wanted)} stron, obrazy w {folder}")


def take(page: Page, width: int, path: Path) -> None:
    """A picture of the page in a window of this width, of all of it where it is not too tall."""
    whole = page.evaluate("document.documentElement.scrollHeight") <= TALLEST
    if not whole:
        page.set_viewport_size({"width": width, "height": TALLEST})
    page.screenshot(path=path, full_page=whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])

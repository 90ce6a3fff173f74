"""Takes a picture of every page of the exhibition: `python -m tests.pictures FOLDER [NAMES]`, or `make pictures`.

Each page in light and in dark, in a window of 320 and of 1280 CSS pixels; NAMES is a regular expression of pages.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browser
from tests.exhibition import exhibition
from tests.tour import visit
from tests.web.gallery import NARROW, WIDE, gallery


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
                        shown.page.screenshot(path=folder / f"{name}-{theme}-{width}.png", full_page=True)
        chromium.close()
    print(f"{len(wanted)} stron, obrazy w {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])

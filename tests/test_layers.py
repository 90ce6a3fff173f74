"""Imports go down the layers only, and no file grows until nobody reads it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from config.settings import ROOT

LAYERS = ("views", "records", "forms", "config")
LONGEST = 300  # lines; split a file before it gets there
MUTUAL = {  # (who names the other for its types alone, the other): each pair speaks of one thing from two sides
    ("forms.types.base", "forms.definition"),  # a field has a type, and a type is asked about its field
    ("forms.importing.functions", "forms.importing.translating"),  # calls stand in expressions, expressions in calls
}


def contracts_hold(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs import-linter over a work tree, with the contracts in its pyproject.toml."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)


def test_imports_go_down_the_layers_only() -> None:
    done = contracts_hold(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("forms", "import records.database"),
        ("config", "from forms import wording"),
        ("records", "import flask"),
        ("forms", "import peewee"),
        ("views", "import app"),
        ("records", "from views import pages"),
    ],
)
def test_a_forbidden_import_is_noticed(tmp_path: Path, module: str, line: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "app.py").touch()
    for layer, name in zip(LAYERS, ("pages", "database", "wording", "settings"), strict=True):
        (tmp_path / layer).mkdir()
        (tmp_path / layer / "__init__.py").touch()
        (tmp_path / layer / f"{name}.py").touch()
    (tmp_path / module / "wrong.py").write_text(f"{line}\n")
    done = contracts_hold(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{module}.wrong" in done.stdout


def imported(path: Path, modules: set[str]) -> Iterator[str]:
    """The modules of the program that a file imports, those too that it imports for types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in modules else node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_imports_form_no_circle_but_the_few_that_are_meant() -> None:
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for layer in LAYERS
        for path in (ROOT / layer).rglob("*.py")
    }
    graph = {module: set(imported(path, set(files))) & files.keys() - {module} for module, path in files.items()}
    for one, other in MUTUAL:
        assert one in graph[other], f"{one} and {other} are no circle any more"
        graph[one].remove(other)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        raise AssertionError(f"imports run in a circle: {' → '.join(reversed(found.args[1]))}") from None


def test_no_file_grows_past_what_one_reads_at_once() -> None:
    files = [
        ROOT / "app.py",
        *(path for folder in (*LAYERS, "translations", "tests", "bench") for path in (ROOT / folder).rglob("*.py")),
    ]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files if path.exists()
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}

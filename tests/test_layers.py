"""Imports go down the layers only, and no file grows until nobody reads it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import ROOT

LAYERS = ("views", "records", "forms", "config")
LONGEST = 300  # lines; split a file before it gets there


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


def test_no_file_grows_past_what_one_reads_at_once() -> None:
    files = [
        ROOT / "app.py",
        *(path for folder in (*LAYERS, "translations", "tests", "bench") for path in (ROOT / folder).rglob("*.py")),
    ]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files if path.exists()
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}

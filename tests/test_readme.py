"""What the README says can be done, works."""

from __future__ import annotations

import dataclasses
import re

import pytest

from config.settings import ROOT, Settings
from forms.lists import read_list
from forms.problems import Problems
from forms.reader import Surroundings, read_form

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_form_in_five_minutes_reads_without_a_single_remark() -> None:
    found = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert found is not None
    lists = ROOT / "config" / "lists"
    around = Surroundings(
        lists=lambda name: read_list(f"{name}.csv", (lists / f"{name}.csv").read_text("utf-8"), Problems(name)),
        texts={path.stem for path in (ROOT / "config" / "texts").glob("*.md")},
        region="32",
    )
    read = read_form("spacer.yaml", found[1], around)
    assert [problem.line() for problem in read.problems.sorted()] == []
    assert read.form is not None


@pytest.mark.parametrize("setting", [field.name for field in dataclasses.fields(Settings) if field.name != "env"])
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`{setting.upper()}`" in README


@pytest.mark.parametrize(
    "command", ["setup", "staff add", "forms check", "forms describe", "forms schema", "forms export", "drafts erase"]
)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"flask --app app {command}" in README

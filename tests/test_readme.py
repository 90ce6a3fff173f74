"""What the README says can be done, works."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import click
import pytest

from config.settings import ROOT, Settings
from forms.lists import read_list
from forms.problems import Problems
from forms.reader import Surroundings, read_form
from views.commands import cli as commands

README = (ROOT / "README.md").read_text(encoding="utf-8")
HOUSE = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")


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


def ours() -> Iterator[tuple[str, str]]:
    """(group, command) of each command of the program; the group is "" for one that stands alone."""
    for name, command in commands.commands.items():
        inner = command.commands if isinstance(command, click.Group) else {"": command}
        yield from ((name, one) if one else ("", name) for one in inner)


@pytest.mark.parametrize(("group", "command"), list(ours()))
def test_every_command_is_in_the_readme(group: str, command: str) -> None:
    line = rf"^flask --app app {group} .*\b{command}\b" if group else rf"^flask --app app {command}\b"
    assert re.search(line, README, re.MULTILINE)


def test_what_the_page_of_the_house_says_of_files_is_there() -> None:
    named = set(re.findall(r"`((?:[\w.]+/)+(?:[\w.]+\.(?:py|yaml|md|html))?)(?:: (\w+))?`", HOUSE))
    assert len(named) > 10
    for path, name in named:
        place = ROOT / path
        assert place.exists(), path
        assert not name or re.search(rf"^(def|class) {name}\b", place.read_text("utf-8"), re.MULTILINE), (path, name)

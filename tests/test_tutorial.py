"""The tutorial can be followed: its definitions read without a remark, its commands exist, its example holds."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from flask import Flask

from config.settings import ROOT
from tests.conscience import Conscience
from tests.forms.test_schema import faults
from tests.views import office

TEXT = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
SNIPPETS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
FIRST, *FRAGMENTS, FINISHED = SNIPPETS
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.strip().splitlines()]


@pytest.fixture
def forms() -> dict[str, str]:
    return {"wizyta": FIRST}


def checked(app: Flask, text: str, folder: Path) -> str:
    """What `forms check` says of a definition."""
    file = folder / "wizyta.yaml"
    file.write_text(text, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["forms", "check", str(file)]).output


@pytest.mark.parametrize("text", [FIRST, FINISHED], ids=["first", "finished"])
def test_a_whole_definition_of_the_tutorial_reads_without_a_remark(app: Flask, text: str, tmp_path: Path) -> None:
    assert checked(app, text, tmp_path) == "Sprawdzono 1 plik.\n"
    assert faults(text) == []


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_every_fragment_stands_word_for_word_in_the_finished_form(fragment: str) -> None:
    assert fragment in FINISHED


@pytest.mark.parametrize("parts", range(1, len(FRAGMENTS) + 1))
def test_after_each_part_the_form_has_no_mistake(app: Flask, parts: int, tmp_path: Path) -> None:
    given = FRAGMENTS[:parts]
    steps = [each for each in given if each.startswith(("steps:", " "))]
    below = [each for each in given if each.startswith(("checks:", "examples:"))]
    rules = [each for each in given if each not in steps and each not in below]
    file = tmp_path / "wizyta.yaml"
    file.write_text(FIRST.partition("fields:")[0] + "".join((*rules, *steps, *below)), encoding="utf-8")
    found = app.test_cli_runner().invoke(args=["forms", "check", str(file)])
    assert found.exit_code == 0, found.output


def test_the_title_and_the_numbers_are_those_of_no_form_of_the_office() -> None:
    others = [file.read_text("utf-8") for file in (ROOT / "config" / "forms").glob("*.yaml")]
    for key in ("title", "reference"):
        (line,) = re.findall(rf"^{key}: .*$", FINISHED, re.MULTILINE)
        assert not any(line in other for other in others)


def test_the_example_of_the_tutorial_would_notice_a_mistake(app: Flask, tmp_path: Path) -> None:
    assert "example-failed" in checked(app, FINISHED.replace("* 180", "* 200"), tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_tutorial_exists_with_its_options(app: Flask, command: str) -> None:
    words = shlex.split(command.split(" > ")[0])
    assert words[:3] == ["flask", "--app", "app"]
    words = words[3:]
    found: click.Command | None = app.cli
    while isinstance(found, click.Group):
        found = found.get_command(click.Context(found), words.pop(0))
    assert found is not None, "there is no such command"
    known = {option for parameter in found.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_first_form_is_seen_by_staff_only(app: Flask, client: Conscience) -> None:
    assert client.get("/f/wizyta").status_code == 404
    with app.app_context():
        anna = office.team()["Anna"]
    assert office.visitor(app, anna).get("/f/wizyta").status_code == 200


def test_the_tutorial_leads_to_pages_and_words_that_are_there() -> None:
    start = (ROOT / "templates" / "public" / "start.html").read_text("utf-8")
    for words in re.findall(r"^- „(.+?)” na tej stronie", TEXT, re.MULTILINE):
        assert words in start
    for link in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (ROOT / "docs" / link).is_file()

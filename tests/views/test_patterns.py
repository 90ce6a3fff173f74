"""The page of patterns shows every component and every type of field, and is not for the public."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from config.settings import ROOT
from forms.types.base import REGISTRY
from tests.conscience import Conscience
from tests.views import office
from views.patterns import components

MACROS = re.compile(r"macro (\w+)\(")


def test_every_component_is_documented_and_shown(app: Flask, client: Conscience) -> None:
    client.get("/wzory")
    shown = {name for heading in client.page.all("h2") for name in "".join(heading.itertext()).split(", ")}
    macros = set(MACROS.findall((ROOT / "templates" / "components.html").read_text("utf-8")))
    parts = {"error_line", "answer"}  # of error_summary and of summary_list
    assert macros - shown == parts
    with app.app_context():
        assert all(components()[name] for name in macros)


def test_every_type_of_field_is_shown_blank_filled_in_and_wrong(client: Conscience) -> None:
    client.get("/wzory")
    client.get("/wzory")  # the second time as the first
    headings = {"".join(each.itertext()).partition(":")[0] for each in client.page.all("h3")}
    assert set(REGISTRY) <= headings
    ids = {each.get("id", "") for each in client.page.elements}
    for name in REGISTRY:
        assert {f"f-{state}_{name}" for state in ("puste", "wypelnione", "bledne")} <= ids
    wrong = [each for each in client.page.elements if "field--wrong" in each.get("class", "")]
    assert len(wrong) >= len(REGISTRY) - 3  # a computed value, a note and a hidden field cannot be wrong


@pytest.mark.parametrize(("role", "status"), [("", 303), ("viewer", 200)])
def test_where_the_public_comes_only_staff_see_it(app: Flask, role: str, status: int) -> None:
    services = office.services(app)
    services.settings = replace(services.settings, env="production")
    person = office.hire("Celina", role) if role else None
    assert office.visitor(app, person).get("/wzory").status_code == status

"""The numbers of the law where they matter: beside the questions that are checked by them, and on a page of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.conscience import Conscience

FORM = """
title: Obszar
steps:
  - id: obszar
    title: Obszar
    fields:
      - name: udzial
        type: percent
        label: Udział
        checks: [{that: "udzial <= limit('prog')", level: warning, message: "Najwyżej {limit('prog')}%."}]
  - {id: inne, title: Inne, fields: [{name: uwagi, type: text, label: Uwagi}]}
"""
LIMITS = """
prog:
  label: Największy udział obszaru
  values:
    - {value: 25, to: 2025-12-31, unit: "%", source: dawna ustawa}
    - {value: 20, from: 2026-01-01, unit: "%", source: art. 10 ust. 2 ustawy}
wlasny: 7
"""


@pytest.fixture
def forms() -> dict[str, str]:
    return {"obszar": FORM}


@pytest.fixture(autouse=True)
def limits(config_dir: Path) -> Path:
    path = config_dir / "limits.yaml"
    path.write_text(LIMITS, encoding="utf-8")
    return path


def test_beside_a_question_stands_the_number_it_is_checked_by_with_its_source(client: Conscience) -> None:
    client.get("/f/obszar/wypelnij")

    assert "Największy udział obszaru: 20% (art. 10 ust. 2 ustawy, od 1 stycznia 2026 r.)" in client.page.text


def test_a_changed_number_stands_there_at_once(client: Conscience, limits: Path, app: Flask) -> None:
    client.get("/f/obszar/wypelnij")
    limits.write_text(LIMITS.replace("value: 20", "value: 18"), encoding="utf-8")
    app.extensions["nabor"].catalogue.refresh(now=True)
    client.get("/f/obszar/wypelnij")

    assert "Największy udział obszaru: 18%" in client.page.text


def test_a_step_without_such_a_check_says_nothing_of_the_law(client: Conscience) -> None:
    client.get("/f/obszar/wypelnij")
    client.send({"udzial": "5"})

    assert client.page.heading == "Inne"
    assert "Największy udział" not in client.page.text


def test_a_page_lists_all_numbers_with_their_days_and_which_hold_now(client: Conscience) -> None:
    client.get("/przepisy")

    assert client.page.heading == "Liczby z przepisów"
    assert "20% od 1 stycznia 2026 r. teraz art. 10 ust. 2 ustawy" in client.page.text
    assert "25% do 31 grudnia 2025 r. dawna ustawa" in client.page.text
    assert "wlasny" not in client.page.text

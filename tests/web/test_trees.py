"""What a screen reader finds in the main components: their accessibility trees, as kept in trees.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

from tests.exhibition import exhibition
from tests.web.gallery import gallery

TREES = yaml.safe_load(Path(__file__).with_name("trees.yaml").read_text("utf-8"))


def test_a_screen_reader_finds_names_roles_and_errors_where_they_belong(
    browser: Browser, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    with exhibition(tmp_path) as office:
        office.visitor().get("/wzory")
    with gallery(browser, office.kept) as shown:
        shown.show("wzory")
        for tree in TREES:
            with subtests.test(tree["what"]):
                if "typed" in tree:
                    shown.page.locator(tree["at"]).get_by_role("combobox").fill(tree["typed"])
                    shown.page.keyboard.press("ArrowDown")
                expect(shown.page.locator(tree["at"]).first).to_match_aria_snapshot(tree["tree"], timeout=1000)

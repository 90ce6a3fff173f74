"""A report in the browser: no barriers in light and dark, and nothing of it reaches past a narrow window."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.barriers import assert_no_barriers
from tests.exhibition import exhibition
from tests.views import office
from tests.web.gallery import CHANGING, NARROW, WIDE, gallery, sideways

ITEM = {"A01": {"rating": "2"}, "A02": {"rating": "0"}}
AUDIT = {"gmina": office.BIALOGARD, "rodzaj": "urzad", "nazwa": "Urząd", "oceny": ITEM}


def test_a_report_has_no_barriers_and_fits_the_window(browser: Browser, tmp_path: Path) -> None:
    with exhibition(tmp_path) as visited:
        for _ in range(6):
            office.receive(visited.app, "audyt-dostepnosci", **AUDIT)
        anna = visited.visitor(role="administrator")
        address = "/biuro/formularze/audyt-dostepnosci/raport"
        anna.get(f"{address}?wiersze=rodzaj&kolumny=gmina:powiat")
    (name,) = visited.kept
    with gallery(browser, visited.kept) as shown:
        for theme, width, rules in (("light", WIDE, ()), ("dark", NARROW, CHANGING)):
            shown.show(name, theme, width)
            assert shown.page.get_by_role("table", name="Oceny pozycji").is_visible()
            assert sideways(shown.page) == ""
            assert_no_barriers(shown.page, rules)

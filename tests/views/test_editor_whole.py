"""The preview of the editor shows every page that a respondent comes through, of each of the office's own forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import ROOT
from records.database import run
from tests.conscience import Conscience

FORMS = {path.stem: path for path in sorted((ROOT / "config" / "forms").glob("*.yaml"))}


@pytest.fixture
def forms() -> dict[str, Path]:
    """The office's own."""
    return dict(FORMS)


def offered(desk: Conscience, slug: str) -> list[str]:
    """The names of the pages to choose from in the editor, in their order."""
    desk.get(f"/biuro/formularze/{slug}/edytor")
    chooser = desk.page.by_id("krok")
    assert chooser is not None
    return [option.get("value") or "" for option in chooser.iter("option")]


@pytest.mark.parametrize("slug", FORMS)
def test_every_page_of_a_form_is_shown_in_its_order_and_nothing_of_it_is_kept(slug: str, desk: Conscience) -> None:
    names = offered(desk, slug)
    shown = {}
    for name in names:
        answer = desk.get(f"/biuro/formularze/{slug}/edytor/podglad?krok={name}")
        assert answer.status_code == 200
        assert "form-action 'none'" in answer.headers["Content-Security-Policy"]
        assert "<script" not in answer.text
        shown[name] = desk.page.heading, desk.page.text
    assert names[0] == "-poczatek"
    assert "Rozpocznij" in shown["-poczatek"][1]
    assert names[-1] == "-wyslane"
    assert shown["-wyslane"][0].startswith("Przyjęliśmy")
    if "-podsumowanie" in shown:
        assert shown["-podsumowanie"][0] == "Sprawdź odpowiedzi i wyślij"
        assert "Odpowiedzi są tu wymyślone." in shown["-podsumowanie"][1]
    assert run("SELECT COUNT(*) FROM response").fetchone()[0] == 0


def test_the_pages_of_a_series_name_their_period_as_they_do_for_respondents(desk: Conscience) -> None:
    for name in ("-kroki", "gmina", "-podsumowanie", "-wyslane"):
        desk.get(f"/biuro/formularze/monitoring/edytor/podglad?krok={name}")
        assert "Monitoring rewitalizacji (20" in desk.page.text, name

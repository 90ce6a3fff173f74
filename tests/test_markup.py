"""Every page of the exhibition, as the Nu checker of the W3C reads it: not one error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exhibition import exhibition
from tests.nu import complaints
from tests.tour import visit


def test_the_nu_checker_has_nothing_against_any_page(tmp_path: Path) -> None:
    with exhibition(tmp_path) as office:
        pages = visit(office)
    assert len(pages) > 100
    found = complaints({name: page.html for name, page in pages.items() if page.page}, tmp_path / "html")
    if found is None:
        pytest.skip("nie ma Javy – sprawdza tylko html5lib")
    assert found == []

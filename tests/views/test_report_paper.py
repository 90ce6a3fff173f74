"""The report of a form on paper: the same numbers as the page, small ones left out where it is to be published."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from pypdf import PdfReader

from records import obligations
from tests.conscience import Conscience
from tests.views import office
from tests.views.reports import REPORT
from tests.views.test_staff_report import FORM
from views.services import now

HERE = "/biuro/formularze/szkolenie/raport"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": FORM, "raport": REPORT}


@pytest.fixture
def viewer(app: Flask) -> Conscience:
    for n in range(8):
        office.receive(
            app,
            gmina=office.BIALOGARD,
            posilek="weganski" if n == 7 else "miesny",
            wiek=20 + n,
            uwagi=f"uwaga numer {n}",
            potrzeby="pętla indukcyjna",
            zgody={"r1": "tak"},
            at=office.SENT + timedelta(days=n),
        )
    return office.visitor(app, office.hire("Celina", "viewer"))


def text_of(client: Conscience, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split())


def test_the_paper_has_the_numbers_of_the_page_and_no_sensitive_question(viewer: Conscience) -> None:
    text = text_of(viewer, f"{HERE}.pdf")
    assert all(
        word in text for word in ("Raport: Szkolenie", "Mięsny 7 (87,5%)", "Wegański 1 (12,5%)", "Średnia: 23,5")
    )
    assert "potrzeby" not in text
    assert "uwaga numer" not in text
    viewer.get(HERE)
    assert viewer.page.text.count("7 (87,5%)") == text.count("7 (87,5%)")


def test_on_the_paper_to_be_published_small_numbers_are_left_out_too(viewer: Conscience) -> None:
    text = text_of(viewer, f"{HERE}.pdf?publikacja=1")
    assert "Mięsny ukryte" in text
    assert "(12,5%)" not in text
    assert "Najmniej" not in text
    assert "mniejszych niż 5" in text


def test_of_a_report_that_is_owed_the_gminy_that_owe_it_count(app: Flask, viewer: Conscience) -> None:
    obligations.open_period("raport", "2025", [office.BIALOGARD, office.SWINOUJSCIE], now())
    office.receive(app, "raport", gmina=office.BIALOGARD, rok=2025)
    obligations.excuse("raport", "2025", office.BIALOGARD, "połączona", now(), "staff:1")
    viewer.get("/biuro/formularze/raport/raport")
    assert "Które gminy odpowiedziały – 2025" in viewer.page.text
    assert "0 z 1 gminy (0%)" in viewer.page.text
    assert "Świnoujście" in text_of(viewer, "/biuro/formularze/raport/raport.pdf")

"""A yearly form with indicators, and reports of gminy that have come in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from records import responses
from records.responses import Working
from tests.views.office import services
from tests.views.owing import FORM

SENT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
SWIDWIN, BRZEZNO, POLCZYN = "3216011", "3216022", "3216033"
MONITORING = (
    FORM
    + """
      - name: tabela
        type: table
        label: Dane
        no_data: true
        rows: [{value: S1, label: Bezrobotni}]
        columns: [{name: gmina, type: decimal, label: Gmina}]
      - name: projekty
        type: group
        label: Projekty
        when: koszt > 0
        fields: [{name: wydatki, type: money, label: Wydatki}]
"""
)
INDICATORS = """
shown: true
indicators:
  - {name: koszt, label: Koszt programu, formula: koszt, unit: zł, sphere: pieniądze, direction: up, places: 0}
  - {name: bezrobotni, label: Bezrobotni, formula: tabela.S1.gmina, unit: "%", direction: down, total: false, places: 1}
  - {name: wydatki, label: Wydatki, formula: sum(projekty.wydatki), unit: zł, sphere: pieniądze}
"""
LIST, ONE = "/biuro/wskazniki", "/biuro/wskazniki/monitoring/koszt"


def written(config_dir: Path, text: str = INDICATORS) -> None:
    """The file of indicators, put beside the forms of the test."""
    (config_dir / "indicators").mkdir(exist_ok=True)
    (config_dir / "indicators" / "monitoring.yaml").write_text(text, encoding="utf-8")


def report(app: Flask, gmina: str, year: int, **answers: Any) -> responses.Response:
    """A gmina's report of a year, as it is stored once it is sent."""
    with app.app_context():
        here = services(app)
        form = here.catalogue.get("monitoring")
        assert form is not None
        version = here.version_id(form)
        kept = {"rok": str(year), "gmina": gmina, **answers}
        begun = responses.begin("monitoring", version, Working(kept), "pl", SENT)
        responses.send(
            begun.key,
            version_id=version,
            answers=kept,
            revision=begun.revision,
            number=lambda of, n: f"MON-{of}-{n:04}",
            now=SENT,
            gmina=gmina,
            period=str(year),
            one_per=f"{gmina}|{year}",
        )
        found = responses.load(begun.key)
        assert found is not None
        return found

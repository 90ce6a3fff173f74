"""What a person takes away from the private link: a calendar file, and a confirmation on paper or as a PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from tests.conscience import Conscience
from tests.views.training import BIALOGARD, FORMS, RESKO, others, register
from views import services

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {**FORMS}


def test_the_calendar_holds_each_date_with_a_place_once(client: Conscience) -> None:
    token = register(client, RESKO, "T1", "T1", "T2")
    client.get(f"/z/{token}/")
    assert f"/z/{token}/terminy.ics" in [each.get("href") for each in client.page.all("a")]
    answer = client.get(f"/z/{token}/terminy.ics")
    assert answer.mimetype == "text/calendar"
    events: list[Any] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [event["SUMMARY"] for event in events] == ["Termin pierwszy – Szkolenie", "Termin drugi – Szkolenie"]
    assert events[0]["DTSTART"].dt == datetime(2027, 3, 9, 9, 0, tzinfo=services.WARSAW)


def test_who_only_waits_has_no_calendar_but_a_confirmation_that_says_so(client: Conscience, app: Flask) -> None:
    others(app, RESKO, "T1", "T1")
    token = register(client, RESKO, "T1")
    assert client.get(f"/z/{token}/terminy.ics").status_code == 404
    client.get(f"/z/{token}/potwierdzenie")
    words = client.page.text
    assert "limit gminy: 2 z 2" in words
    assert "20 stycznia 2027 r., godz. 12:00" in words


def test_the_confirmation_is_a_tagged_pdf_that_is_never_kept(client: Conscience) -> None:
    token = register(client, BIALOGARD, "T1")
    client.get(f"/z/{token}/potwierdzenie")
    answer = client.get(f"/z/{token}/potwierdzenie.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert b"pdfuaid" in answer.data
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'filename="SZKOLENIE-2027-0001.pdf"' in answer.headers["Content-Disposition"]


def test_a_draft_has_nothing_to_confirm(client: Conscience) -> None:
    client.get("/f/spacer/wypelnij")
    token = client.send({"imie": "Anna"}, button="_later").request.path.split("/")[2]
    for part in ("potwierdzenie", "potwierdzenie.pdf", "terminy.ics"):
        assert client.get(f"/z/{token}/{part}").status_code == 404

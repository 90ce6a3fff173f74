"""Reminders before the end of a period: 14, 7 and 2 days before, once each, only to gminy that have sent nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from records import obligations, outbox
from records.database import run
from records.gminy import people
from records.obligations import reminding
from tests.views import office
from tests.views.owing import BRZEZNO, FORM, POLCZYN, SWIDWIN, at, begin, messages, report, turn
from tests.views.test_moved_drafts import edit
from views import services

OWN = FORM + 'emails: {reminder: {subject: "{gmina.name}: czas do {until}", body: "Wyślij: {link}"}}\n'


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"monitoring": FORM}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move(monkeypatch, at(2026, 12, 1))


def move(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(services, "clock", lambda: moment)


def day(monkeypatch: pytest.MonkeyPatch, month: int, day_: int, hour: int = 12) -> None:
    move(monkeypatch, at(2027, month, day_, hour))


def test_who_has_a_draft_is_reminded_14_7_and_2_days_before_and_once_each(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(app)
    _, token = begin(app, BRZEZNO, "brzezno@gmina.example")
    report(app, SWIDWIN, "swidwin@gmina.example")
    counts = []
    for date in (16, 17, 18, 24, 25, 29, 30, 31):
        day(monkeypatch, 3, date, 6)
        messages(app, "due")  # nobody is reminded at night
        day(monkeypatch, 3, date)
        counts.append(len(messages(app, "due")))
    assert counts == [0, 1, 1, 2, 2, 3, 3, 3]
    to, subject, text = messages(app, "due")[0]
    assert (to, subject.replace("\u00a0", " ")) == (
        "brzezno@gmina.example",
        "Przypomnienie: Monitoring (2025) – do 31 marca 2027 r.",
    )
    assert token in text
    assert "Jest zaczęty, ale nie wysłany" in text


def test_who_sends_before_the_message_goes_is_not_reminded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    turn(app)
    client, token = begin(app, BRZEZNO, "brzezno@gmina.example")
    day(monkeypatch, 3, 18)
    form = office.services(app).catalogue.get("monitoring")
    assert form is not None
    assert reminding.remind(form, services.now()) == 1
    client.get(f"/z/{token}/krok/dane")
    client.send({"koszt": "1"})
    client.send()
    assert messages(app, "due") == []
    assert run("SELECT state FROM message WHERE kind = 'due'").fetchone()[0] == outbox.SKIPPED


def test_a_gmina_without_a_draft_is_written_to_at_its_official_addresses_else_where_its_last_report_came_from(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(app)
    report(app, BRZEZNO, "urzad@brzezno.example")
    run("UPDATE response SET period = '2024', one_per = NULL WHERE gmina = ?", BRZEZNO)
    people.add(POLCZYN, "Ewa Lis", "ewa@polczyn.example", "coordinator", services.now(), "staff:1")
    day(monkeypatch, 3, 18)
    found = {to: text for to, _, text in messages(app, "due")}
    assert set(found) == {"urzad@brzezno.example", "ewa@polczyn.example"}
    assert "/f/monitoring/wypelnij?po=" in found["urzad@brzezno.example"]
    assert (
        "http://localhost/gmina\n" in found["ewa@polczyn.example"]
    )  # what is begun there stands on the page of the gmina
    assert "gminy Połczyn-Zdrój" in found["ewa@polczyn.example"]


def test_nobody_gets_the_same_reminder_twice_as_author_and_as_gmina(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(app)
    people.add(POLCZYN, "Ewa Lis", "ewa@polczyn.example", "coordinator", services.now(), "staff:1")
    begin(app, POLCZYN, "ewa@polczyn.example")
    day(monkeypatch, 3, 18)
    assert [to for to, _, _ in messages(app, "due")] == ["ewa@polczyn.example"]


def test_more_time_moves_the_reminders_and_letting_off_ends_them(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    turn(app)
    begin(app, BRZEZNO, "brzezno@gmina.example")
    begin(app, POLCZYN, "polczyn@gmina.example")
    day(monkeypatch, 3, 17)
    now = services.now()
    obligations.excuse("monitoring", "2025", POLCZYN, "x", now, "staff:1")
    obligations.extend("monitoring", "2025", BRZEZNO, now + timedelta(days=20), "x", now, "staff:1")
    assert messages(app, "due") == []
    day(monkeypatch, 3, 23)
    assert [to for to, _, _ in messages(app, "due")] == ["brzezno@gmina.example"]


def test_a_form_opened_shortly_before_its_end_does_not_remind_at_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    day(monkeypatch, 3, 26)
    turn(app)
    begin(app, BRZEZNO, "brzezno@gmina.example")
    assert messages(app, "due") == []
    day(monkeypatch, 3, 29)
    assert len(messages(app, "due")) == 1


def test_the_forms_own_words_for_reminders_are_used(
    app: Flask, config_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(app, config_dir, "monitoring", OWN)
    turn(app)
    begin(app, BRZEZNO, "brzezno@gmina.example")
    day(monkeypatch, 3, 18)
    _, subject, text = messages(app, "due")[0]
    assert subject.replace("\u00a0", " ") == "Brzeżno: czas do 31 marca 2027 r."
    assert "Wyślij: http://localhost/z/" in text

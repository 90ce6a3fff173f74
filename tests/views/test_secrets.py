"""What somebody without the right to sensitive answers can find out of them: nothing, by any page, export, search or message.

Everything that such a person can open is opened twice: before and after a sensitive answer is another one. Nothing may differ.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from records import accounts
from records.audit import SYSTEM
from records.database import run
from records.people import Person
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.staffed import AFTER, BEFORE
from views import services
from views.access import Right, rule
from views.mail import Folder, worker

SECRET, OTHER = "petlaindukcyjna", "tlumaczmigowego"
FORM = """
title: Szkolenie
review: staff
edit_until: closes
closes: 2027-02-10
events:
  - {id: M1, title: Moduł 1, group: M1, starts: 2027-03-09 09:00, ends: 2027-03-10 15:00, place: Szczecin, places: 1, waiting_list: true}
conditions: {cos: "answered(uwagi)"}
emails:
  received: {subject: "Jest {uwagi}", body: "Wpisano: {uwagi}, {podsumowanie}. {events}"}
certificate:
  title: Zaświadczenie
  text: "Udział: {modules}, {potrzeby}"
  hours: 6 * count(modules)
  rule: present >= 0
  number: ZASW-{year}-{number:04}
steps:
  - id: gmina
    title: "Gmina {uwagi}"
    fields:
      - {name: gmina, type: gmina, label: Gmina, required: true}
      - {name: email, type: email, label: E-mail}
      - {name: uwagi, type: text, label: Uwagi, sensitive: true}
      - {name: po_uwagach, type: text, label: "Zwykłe pytanie po {uwagi}"}
      - {name: bo_uwagi, type: text, label: Tylko gdy są uwagi, when: cos}
      - {name: podsumowanie, type: computed, label: Podsumowanie, value: uwagi}
  - id: osoby
    title: Osoby
    fields:
      - name: osoby
        type: group
        label: Osoby
        min: 1
        item: "{imie} {nazwisko} {potrzeby}"
        fields:
          - {name: imie, type: text, label: Imię, required: true}
          - {name: nazwisko, type: text, label: Nazwisko, required: true}
          - {name: m1, type: event, label: Moduł 1, group: M1, none: nie biorę udziału}
          - {name: potrzeby, type: text, label: Potrzeby, sensitive: true}
          - {name: opis, type: computed, label: Opis, value: potrzeby}
"""
CHANGING = re.compile(r'name="(csrf_token|raz|once)" value="[^"]*"|value="[^"]*" name="(csrf_token|raz|once)"')
SEARCHES = (
    f"q={SECRET}",
    f"q={OTHER}",
    f"pole=uwagi&jak=zawiera&wart={SECRET}",
    "sort=a.uwagi",
    "kol=a.uwagi",
    "kol=a.podsumowanie&kol=a.bo_uwagi",
)
REPORTS = ("wrazliwe=1", "wiersze=uwagi&kolumny=gmina:powiat", "wiersze=podsumowanie&kolumny=gmina:powiat")


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": FORM}


@pytest.fixture
def key(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The key of a response that was sent, corrected, accepted, written to, attended and certified."""
    monkeypatch.setattr(services, "clock", lambda: BEFORE)
    client = office.visitor(app)
    client.get("/f/szkolenie/wypelnij")
    client.send({"gmina": office.BIALOGARD, "email": "urzad@gmina.example", "uwagi": SECRET, "po_uwagach": "zwykłe"})
    sent = client.send({"bo_uwagi": "bo tak"})
    token = sent.request.path.split("/")[2]
    client.send({"osoby-0-imie": "Jan", "osoby-0-nazwisko": "Nowak", "osoby-0-m1": "M1", "osoby-0-potrzeby": SECRET})
    client.send()
    client.get(f"/z/{token}/")
    client.send(form="popraw")
    client.get(f"/z/{token}/krok/gmina")
    client.send({"po_uwagach": "inne"})
    client.get(f"/z/{token}/krok/osoby")
    client.send()
    client.send()
    (found,) = run("SELECT key FROM response WHERE correction = 1").fetchone()
    handler = office.hire("Beata", "handler")
    beata = office.visitor(app, handler)
    beata.get(f"/biuro/odpowiedzi/{found}")
    press(beata, "Przyjmij zgłoszenie")
    worker.turn(app, Folder(tmp_path / "mail"))
    monkeypatch.setattr(services, "clock", lambda: AFTER)
    beata = office.visitor(app, handler)
    beata.get("/biuro/formularze/szkolenie/terminy/M1")
    press(beata, "Oznacz obecność", kto=["1"])
    beata.get("/biuro/formularze/szkolenie/zaswiadczenia")
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    assert run("SELECT COUNT(*) FROM certificate").fetchone()[0] == 1
    assert SECRET in str(run("SELECT answers FROM response").fetchall())
    return str(found)


def without(role: str) -> Person:
    """Somebody with this role and without the right to sensitive answers."""
    return accounts.change(office.hire(role.title(), role), role, False, None, AFTER, SYSTEM)


def addresses(app: Flask, key: str) -> Iterator[str]:
    """Every address that can be opened, with what there is; and what one may ask of the table and the report."""
    values: dict[str, Any] = {"slug": "szkolenie", "key": key, "event": "M1", "booking_id": 1, "question": "uwagi"}
    values |= {"code": run("SELECT code FROM certificate").fetchone()[0], "format": "csv", "gmina": office.BIALOGARD}
    letters = [row[0] for row in run("SELECT id FROM message ORDER BY id").fetchall()]
    with app.test_request_context():
        for found in app.url_map.iter_rules():
            if not isinstance(rule(app, found.endpoint), Right) or "GET" not in (found.methods or ()):
                continue
            for letter in letters if "message_id" in found.arguments else [1]:
                given = {name: values.get(name, 1) for name in found.arguments} | {"message_id": letter}
                yield app.url_for(found.endpoint, **{name: given[name] for name in found.arguments})
        for format in ("csv", "csv-excel", "jsonl", "xlsx", "datapackage"):
            yield app.url_for("staff.export", slug="szkolenie", format=format, wrazliwe="1", sensitive="1")
    yield from (f"/biuro/formularze/szkolenie/odpowiedzi?{query}" for query in SEARCHES)
    yield from (f"/biuro/formularze/szkolenie/raport?{query}" for query in REPORTS)
    yield from (f"/biuro/formularze/szkolenie/raport/{name}" for name in ("podsumowanie", "opis", "po_uwagach"))
    yield f"/biuro/odpowiedzi/{key}?od=0&do=1"


def seen(client: Conscience, address: str) -> tuple[int, str]:
    answer = client.get(address)
    if answer.mimetype == "application/pdf":
        return answer.status_code, "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    if str(answer.mimetype).startswith("text/") or "json" in str(answer.mimetype):
        return answer.status_code, CHANGING.sub("", answer.text).replace(address.partition("?")[0], "")
    return answer.status_code, hashlib.sha256(answer.data).hexdigest()


def test_the_walk_finds_what_it_looks_for_where_somebody_has_the_right(app: Flask, key: str) -> None:
    client = office.visitor(app, office.hire("Celina", "handler"))
    told = {address for address in addresses(app, key) if SECRET in seen(client, address)[1]}
    assert {f"/biuro/odpowiedzi/{key}", "/biuro/formularze/szkolenie/terminy/M1"} <= told


def test_nothing_that_can_be_opened_differs_by_a_sensitive_answer_or_by_its_being_there(app: Flask, key: str) -> None:
    clients = [office.visitor(app, without(role)) for role in ("viewer", "handler")]
    before = [{address: seen(client, address) for address in addresses(app, key)} for client in clients]
    for found in before:
        assert found[f"/biuro/odpowiedzi/{key}"][0] == 200
        # A page of search says once more what was typed into it.
        assert [address for address, (_, text) in found.items() if SECRET in text and SECRET not in address] == []
    for change in (another, none):
        change()
        run("UPDATE response SET stale = 1")
        for client, found in zip(clients, before, strict=True):
            assert [address for address in found if found[address] != seen(client, address)] == []


def another() -> None:
    """The sensitive answers are other ones, wherever they are kept."""
    for table in ("response", "sent_version"):
        run(f"UPDATE {table} SET answers = REPLACE(answers, ?, ?)", SECRET, OTHER)


def none() -> None:
    """The sensitive questions are unanswered, and so is what they decide."""
    for table in ("response", "sent_version"):
        kept = json.loads(run(f"SELECT answers FROM {table}").fetchone()[0])
        for name in ("uwagi", "bo_uwagi", "podsumowanie"):
            kept.pop(name, None)
        for name in ("potrzeby", "opis"):
            kept["osoby"][0].pop(name, None)
        run(f"UPDATE {table} SET answers = ?", json.dumps(kept, ensure_ascii=False))


def test_no_message_carries_a_sensitive_answer(app: Flask, key: str, tmp_path: Path) -> None:
    sent = [path.read_text(encoding="utf-8") for path in (tmp_path / "mail").glob("*.eml")]
    assert sent
    assert [text for text in sent if SECRET in text] == []
    assert SECRET not in str(run("SELECT subject, text, html, calendar FROM message").fetchall())


def test_what_becomes_sensitive_today_hides_what_was_answered_before(app: Flask, key: str, tmp_path: Path) -> None:
    client = office.visitor(app, without("viewer"))
    search = "/biuro/formularze/szkolenie/odpowiedzi?q=inne"
    assert "inne" in client.get(f"/biuro/odpowiedzi/{key}").text
    assert "Nic nie pasuje do" not in client.get(search).text
    text = FORM.replace(
        'name: po_uwagach, type: text, label: "Zwykłe pytanie po {uwagi}"',
        "name: po_uwagach, type: text, label: Zwykłe, sensitive: true",
    )
    office.publish(app, "szkolenie", text)
    assert "inne" not in client.get(f"/biuro/odpowiedzi/{key}").text
    worker.turn(app, Folder(tmp_path))
    assert "Nic nie pasuje do" in client.get(search).text


def test_who_is_limited_to_another_form_learns_nothing_of_all_this(app: Flask, key: str) -> None:
    client = office.visitor(app, office.limit(office.hire("Ola", "handler"), "inny"))
    for address in addresses(app, key):
        status, text = seen(client, address)
        assert status != 200 or not {"szkolenie", key} & set(address.split("/")), f"{address}: 404 było tu oczekiwane"
        assert not any(word in text for word in ("SZKOLENIE-2027", "Nowak", "Moduł 1", key)), address

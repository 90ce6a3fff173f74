"""The page of the audit log: in words, searched, page by page, as a file that is itself noted."""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from config.settings import ROOT
from records import audit, people
from records.database import database, run, writing
from records.responses import Response
from tests.conscience import Conscience
from tests.records.steps import counting
from tests.views import office
from views.staff import journal
from views.staff.journal_words import ACTIONS

LOG = "/biuro/dziennik"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": office.TRAINING}


@pytest.fixture
def response(app: Flask) -> Response:
    return office.receive(app, gmina=office.BIALOGARD, osoba="Jan", dieta="koszerna")


@pytest.fixture
def administrator(app: Flask, response: Response) -> Conscience:
    return office.visitor(app, office.hire("Anna", "administrator", office.PASSWORD))


def rows(client: Conscience) -> list[str]:
    return [" ".join(" ".join(row.itertext()).split()) for body in client.page.all("tbody") for row in body]


def test_a_look_at_sensitive_answers_is_told_by_who_and_at_which_response(
    administrator: Conscience, response: Response
) -> None:
    administrator.get(f"/biuro/odpowiedzi/{response.key}")
    administrator.get(LOG)
    newest = rows(administrator)[0]
    assert all(
        word in newest for word in ("Anna", "zobaczono odpowiedzi wrażliwe", str(response.reference), "Szkolenie")
    )
    assert "koszerna" not in administrator.page.text


def test_formats_and_days_are_told_in_polish_words(administrator: Conscience, response: Response) -> None:
    audit.record(audit.staff(1), "export", "szkolenie", "szkolenie", {"format": "datapackage"}, office.SENT)
    audit.record(audit.staff(1), "extended", response.key, "szkolenie", {"until": "2027-01-25T22:59:59"}, office.SENT)
    administrator.get(LOG)
    extended, export = rows(administrator)[:2]
    assert "format: Pakiet danych" in export
    assert "do dnia 25.01.2027" in extended


def test_signing_in_and_failing_to_are_told(app: Flask, administrator: Conscience) -> None:
    client = office.visitor(app)
    for password in ("zgaduję hasło", office.PASSWORD):
        client.get("/biuro/logowanie")
        client.send({"email": "anna@urzad.example", "password": password})
    client.get("/biuro/logowanie")
    administrator.get(f"{LOG}?kto={people.find('anna@urzad.example').id}")  # type: ignore[union-attr]
    told = rows(administrator)
    assert "zalogowano się" in told[0]
    assert "ktoś niezalogowany" in told[1]
    assert "nieudana próba zalogowania" in told[1]
    assert "Anna" in told[1]


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("kto=respondent", 1),
        ("kto=1", 2),
        ("czynnosc=sent", 1),
        ("formularz=inny", 1),
        ("co=SZKOLENIE-2026-0001", 2),
        ("od=2026-11-20&do=2026-11-20", 1),
        ("od=2026-11-22", 3),
        ("od=wczoraj&kto=x%27x&przed=abc", 4),
    ],
)
def test_filters_narrow_and_nonsense_does_not(
    administrator: Conscience, response: Response, query: str, n: int
) -> None:
    assert response.reference == "SZKOLENIE-2026-0001"
    run("DELETE FROM audit_entry")
    audit.record(audit.RESPONDENT, "sent", response.key, "szkolenie", {}, office.SENT)
    now = office.SENT + timedelta(days=3)
    audit.record(audit.staff(1), "read-sensitive", response.key, "szkolenie", {}, now)
    audit.record(audit.staff(1), "export", "inny", "inny", {"format": "csv"}, now)
    audit.record(audit.SYSTEM, "log-export", "log", None, {}, now)
    administrator.get(f"{LOG}?{query}")
    assert len(rows(administrator)) == n


def test_a_page_ends_where_the_next_begins_and_takes_four_queries(
    administrator: Conscience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "PER_PAGE", 3)
    for n in range(7):
        audit.record(audit.staff(1), "export", f"r{n}", "szkolenie", {}, office.SENT)
    seen: list[str] = []
    address = f"{LOG}?czynnosc=export"
    while address:
        with counting(database) as asked:
            administrator.get(address)
        assert len(asked) <= 4  # who is here, the entries, their references, names of staff
        seen += [row.split()[-2] for row in rows(administrator)]
        address = next(
            (a.get("href", "") for a in administrator.page.all("a") if "".join(a.itertext()) == "Starsze wpisy"), ""
        )
    assert seen == [f"r{n}" for n in reversed(range(7))]


def test_the_file_holds_all_that_fits_and_taking_it_is_an_entry(administrator: Conscience) -> None:
    with writing():
        for n in range(1200):
            audit.record(audit.staff(1), "export", f"r{n}", "szkolenie", {"format": "csv"}, office.SENT)
    answer = administrator.get(f"{LOG}.csv?czynnosc=export&formularz=szkolenie")
    table = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.mimetype == "text/csv"
    assert len(table) == 1200
    assert table[0]["subject"] == "r1199"
    assert table[0]["details"] == '{"format":"csv"}'
    assert audit.recent()[0].action == "log-export"
    assert audit.verify() is None


def literals() -> Iterator[tuple[str, str]]:
    """(file, action) of every entry whose action is written out where it is made."""
    for folder in ("records", "views"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or len(node.args) < 2:
                    continue
                name = ast.unparse(node.func)
                if name in ("audit.record", "_log") and isinstance(node.args[1], ast.Constant):
                    yield path.name, str(node.args[1].value)


def test_every_action_has_its_words() -> None:
    found = set(literals())
    assert len(found) > 15
    assert {each for each in found if each[1] not in ACTIONS} == set(), "dopisz czynność do ACTIONS w journal_words.py"

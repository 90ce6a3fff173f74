"""What somebody of another gmina, or a colleague who was given nothing, finds of a report: nothing, wherever they knock."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from records.database import run
from records.gminy import people
from records.gminy.people import COLLEAGUE, COORDINATOR, Person
from tests.conscience import Conscience
from tests.views.test_gmina import BIALOGARD, KARLINO, REPORT, anna, begun, inside
from views.services import now
from views.staff.messages import _shown

__all__ = ["anna"]
LOOKS = ("/", "/dalej", "/krok/kto", "/podsumowanie", "/wyslane", "/plik/1", "/do-poprawy", "/przekaz/kto", "/wycofaj")
ACTS = ("/popraw", "/porzuc", "/krok/kto", "/podsumowanie", "/do-poprawy", "/wycofaj")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"sprawozdanie": REPORT}


@pytest.mark.parametrize(("gmina", "role"), [(KARLINO, COORDINATOR), (BIALOGARD, COLLEAGUE)])
def test_nothing_of_a_report_opens_to_who_has_no_part_in_it(app: Flask, anna: Person, gmina: str, role: str) -> None:
    client = inside(app, anna)
    key = begun(app, client)
    with app.app_context():
        person = people.add(gmina, "Ktoś", "ktos@gmina.example", role, now(), "staff:1")
    stranger = inside(app, person)
    stranger.get("/gmina")
    looks = [f"/z/gmina-{key}{path}" for path in LOOKS]
    looks += [f"/k/gmina-{key}/kto", f"/k/gmina-{key}/kto/zapisane", f"/gmina/odpowiedzi/{key}"]
    looks += [f"/gmina/odpowiedzi/{key}/podpis/0.pdf"]
    nothing = stranger.get("/z/gmina-abcdefghjk/").text
    for url in looks:
        found = stranger.get(url)
        assert found.status_code == 404, url
    assert stranger.get(f"/z/gmina-{key}/").text == nothing.replace("abcdefghjk", key), "as if there were none"
    acts = [f"/z/gmina-{key}{path}" for path in ACTS]
    acts += [f"/gmina/odpowiedzi/{key}/kroki", f"/gmina/odpowiedzi/{key}/podpis", f"/gmina/osoby/{anna.id}/zakoncz"]
    for url in acts:
        assert stranger.post(url, data={"csrf_token": client_page(stranger).page.csrf}).status_code == 404, url
    with app.app_context():
        assert run("SELECT ended_at FROM gmina_person WHERE id = ?", anna.id).fetchone()[0] is None


def client_page(client: Conscience) -> Conscience:
    client.get("/gmina")
    return client


@pytest.mark.parametrize("period", ["abc", "99999", "0", "2025 "])
def test_a_period_that_is_none_begins_nothing(app: Flask, anna: Person, period: str) -> None:
    client = client_page(inside(app, anna))
    sent = {"slug": "sprawozdanie", "period": period, "csrf_token": client.page.csrf}
    assert client.post("/gmina/zacznij", data=sent).status_code == 404
    assert run("SELECT COUNT(*) FROM response").fetchone()[0] == 0


def test_staff_do_not_read_the_links_that_open_what_a_gmina_sent_before(app: Flask) -> None:
    with app.test_request_context():
        for link in ("http://x.pl/f/a/wypelnij?po=KEY-SIG", "http://x.pl/z/KEY-SIG/", "http://x.pl/f/a?j=1&za=TAJNE"):
            shown = _shown(f"Wypełnij: {link} – dziękujemy")
            assert "SIG" not in shown
            assert "TAJNE" not in shown

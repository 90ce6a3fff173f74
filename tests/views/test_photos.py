"""Photographs in a checklist, from the page that takes them to the desk that reads them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from flask import Flask

from records import files, responses
from records.database import run
from tests.conscience import Conscience
from tests.views import office

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
AUDIT = """
title: Audyt
reference: AUD-{number:04}
fields:
  - name: oceny
    type: checklist
    label: Ocena
    required: true
    scale: [{value: "2", label: spełnia, points: 2}, {value: "0", label: nie spełnia, points: 0}]
    areas:
      - id: A
        title: Budynek
        items:
          - {id: A01, label: Dojście jest równe, photo: true}
          - {id: A02, label: Wejście jest oznaczone}
"""
PLAN = """
title: Plan
fields:
  - {name: mapy, type: file, label: Mapy, accept: [png], max_files: 2, describe: true}
"""
RATED = {"oceny--A01": "2", "oceny--A02": "0"}


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"audyt": AUDIT, "plan": PLAN}


def photo(name: str = "schody.png") -> tuple[io.BytesIO, str]:
    return io.BytesIO(PNG), name


def link(client: Conscience) -> str:
    """The private link of the response on the page."""
    actions = [each.get("action", "") for each in client.page.forms()]
    return next(found[1] for action in actions if (found := re.search(r"(/z/[^/]+/)", action)))


def test_a_photograph_is_attached_with_its_description_and_goes_all_the_way(app: Flask, client: Conscience) -> None:
    client.get("/f/audyt/wypelnij")
    assert client.page.by_id("oceny--A01.photo") is not None
    assert client.page.by_id("oceny--A02.photo") is None
    client.send({**RATED, "oceny--A01.photo--upload": photo(), "oceny--A01.photo--alt": "Schody bez poręczy"})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    assert "zdjęcia: schody.png (1 kB) – Schody bez poręczy" in client.page.text
    private = link(client)
    client.send()
    client.get(private)
    kept = next(each.get("href", "") for each in client.page.all("a") if "/plik/" in each.get("href", ""))
    assert client.get(kept).headers["Content-Disposition"].startswith("attachment")
    sent = responses.load(run("SELECT key FROM response").fetchone()[0])
    assert sent is not None
    anna = office.visitor(app, office.team()["Anna"])
    anna.get(f"/biuro/odpowiedzi/{sent.key}")
    shown = next(each for each in anna.page.all("a") if "/plik/" in each.get("href", ""))
    assert "Ocena – A01" in anna.page.text
    assert anna.get(shown.get("href", "")).data == PNG


def test_a_photograph_without_a_description_is_kept_and_asked_about(client: Conscience) -> None:
    client.get("/f/audyt/wypelnij")
    again = client.send({**RATED, "oceny--A01.photo--upload": photo()})
    assert again.status_code == 422
    assert "Opisz plik „schody.png”" in client.page.text
    assert any(each.get("href") == "#oceny--A01.photo.alt0" for each in client.page.all("a"))
    place = client.page.by_id("oceny--A01.photo.alt0")
    assert place is not None
    client.send({place.get("name", ""): "Schody"})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    assert "Schody" in client.page.text


def test_what_is_no_photograph_is_refused_at_its_item(client: Conscience) -> None:
    client.get("/f/audyt/wypelnij")
    fake = client.send({**RATED, "oceny--A01.photo--upload": (io.BytesIO(b"<svg/>"), "schody.png")})
    assert fake.status_code == 422
    assert "Dołącz plik JPG lub PNG." in client.page.text
    assert any(each.get("href") == "#oceny--A01.photo" for each in client.page.all("a"))
    assert any(each.get("open") is not None for each in client.page.all("details") if each.get("class") == "photo")


def test_nobody_claims_a_file_of_others_by_writing_it_into_the_form(client: Conscience) -> None:
    client.get("/f/audyt/wypelnij")
    claim = '{"id": "1", "name": "cudzy.png", "size": 10, "type": "image/png", "alt": "Cudze"}'
    token = client.page.csrf
    client.post("/f/audyt/wypelnij", data={**RATED, "oceny--A01.photo": claim, "csrf_token": token})
    assert "cudzy" not in run("SELECT working FROM response").fetchone()[0]


def test_a_photograph_is_removed_alone_and_descriptions_of_the_others_stay(client: Conscience) -> None:
    client.get("/f/audyt/wypelnij")
    client.send({"oceny--A01.photo--upload": photo("a.png"), "oceny--A01.photo--alt": "Pierwsze"})
    client.send({"oceny--A01.photo--upload": photo("b.png"), "oceny--A01.photo--alt": "Drugie"})
    drop = [each.get("value", "") for each in client.page.all("button") if each.get("name") == "_drop"]
    client.send(button=drop[0])
    assert "a.png" not in client.page.text
    place = client.page.by_id("oceny--A01.photo.alt0")
    assert place is not None
    assert place.get("value") == "Drugie"


def test_photographs_follow_an_item_that_has_another_id_now(app: Flask, client: Conscience) -> None:
    client.get("/f/audyt/wypelnij")
    client.send({**RATED, "oceny--A01.photo--upload": photo(), "oceny--A01.photo--alt": "Schody"})
    private = link(client)
    renamed = AUDIT.replace("{id: A01,", "{id: A11, was: [A01],")
    office.publish(app, "audyt", renamed)
    client.get(f"{private}krok/formularz")
    assert "schody.png" in client.page.text
    client.send()
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    assert "A11" in client.page.text
    assert "schody.png" in client.page.text
    assert [each.path for each in files.of_responses([1])] == ["oceny--A11.photo"]


def test_plain_files_may_be_described_too(client: Conscience) -> None:
    client.get("/f/plan/wypelnij")
    assert client.send({"mapy--upload": photo("mapa.png")}).status_code == 422
    place = client.page.by_id("mapy--alt0")
    assert place is not None
    client.send({place.get("name", ""): "Mapa centrum"})
    assert "mapa.png (1 kB) – Mapa centrum" in client.page.text


def test_without_leaving_the_page_the_one_who_attached_goes_on_with_the_description(client: Conscience) -> None:
    client.get("/f/audyt/wypelnij")
    token = client.page.csrf
    data = {"csrf_token": token, "oceny--A01.photo--upload": photo()}
    part = client.post("/f/audyt/wypelnij", data=data, headers={"HX-Request": "true", "HX-Trigger": "f-oceny"})
    assert re.search(r'name="oceny--A01\.photo--alt-\d+" data-focus', part.text)
    assert 'id="oceny--A01-files" data-hx-swap-oob="true"' in part.text
    swapped = re.findall(r'id="([^"]+)" data-hx-swap-oob', part.text)
    assert [each for each in swapped if "." in each] == [], "htmx takes a dot in an id for the start of a class"
    assert "oceny--A02" not in part.text, "what is typed at other items meanwhile must stay"

"""Pictures: only the logos that site.yaml names, safe to open; a QR code and a poster for each form."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask

from tests.conscience import Conscience
from tests.views import office

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
STAFF_ONLY = "title: Dla nas\naudience: staff\nfields: [{name: a, type: text, label: Pytanie}]"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": office.TRAINING, "nasz": STAFF_ONLY}


@pytest.fixture
def logos(config_dir: Path) -> Path:
    """Two logos named by site.yaml, one of them without its file, and things that are not named."""
    site = config_dir / "site.yaml"
    named = (
        ("ue.svg", "Dofinansowane przez Unię Europejską"),
        ("rp.svg", "Rzeczpospolita Polska"),
        ("tajne.txt", "Nic"),
    )
    listed = "logos:\n" + "\n".join(f"  - {{file: {name}, alt: {alt}}}" for name, alt in named)
    site.write_text(site.read_text("utf-8").replace("logos: []", listed), encoding="utf-8")
    folder = config_dir / "logos"
    folder.mkdir()
    for name in ("ue.svg", "inny.svg", "tajne.txt"):
        (folder / name).write_text(SVG, encoding="utf-8")
    return folder


def test_the_footer_shows_the_logos_whose_files_are_there(logos: Path, client: Conscience) -> None:
    client.get("/")
    shown = [(each.get("alt"), each.get("src", "").partition("?")[0]) for each in client.page.all("img")]
    assert shown == [("Dofinansowane przez Unię Europejską", "/znaki/ue.svg")]
    (logos / "rp.svg").write_text(SVG, encoding="utf-8")
    client.get("/")
    assert [each.get("alt") for each in client.page.all("img")][1:] == ["Rzeczpospolita Polska"]


def test_a_logo_is_a_picture_in_which_no_script_runs(logos: Path, client: Conscience) -> None:
    answer = client.get("/znaki/ue.svg")
    assert answer.mimetype == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["inny.svg", "tajne.txt", "..%2Fsite.yaml", "../site.yaml", "rp.svg"])
def test_nothing_else_of_the_folder_is_given_out(logos: Path, client: Conscience, name: str) -> None:
    assert client.get(f"/znaki/{name}").status_code == 404


def test_each_form_has_a_qr_code_of_its_own(app: Flask, client: Conscience) -> None:
    answer = client.get("/f/szkolenie/kod-qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert ElementTree.fromstring(answer.text).tag.endswith("svg")
    assert client.get("/f/nie-ma/kod-qr.svg").status_code == 404
    assert client.get("/f/nasz/kod-qr.svg").status_code == 403
    beata = office.visitor(app, office.hire("Beata", "handler"))
    assert beata.get("/f/nasz/kod-qr.svg").text != answer.text


def test_the_poster_says_what_until_when_and_where(app: Flask) -> None:
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    celina.get("/biuro/formularze/szkolenie/opis")
    poster = next(each.get("href", "") for each in celina.page.all("a") if each.get("href", "").endswith("/plakat"))
    celina.get(poster)
    assert celina.page.heading == "Szkolenie"
    assert "localhost/f/szkolenie" in celina.page.text
    assert "Otwarte bez terminu" in celina.page.text
    assert [each.get("src") for each in celina.page.all("img")] == ["/f/szkolenie/kod-qr.svg"]

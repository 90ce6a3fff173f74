"""Whom a form lets in: gminy with a programme, people with the link for the invited, staff."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.conscience import Conscience
from tests.views import office

ASKS = "fields: [{name: gmina, type: gmina, label: Gmina, required: true}]\n"
NOT_LISTED, LISTED = "3212022", "3201011"


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {
        "szkolenie": f"title: Szkolenie\naudience: programme\n{ASKS}",
        "deklaracja": f"title: Deklaracja udziału\n{ASKS}",
        "spotkanie": f"title: Spotkanie\naudience: invited\n{ASKS}",
        "dyzur": f"title: Dyżur\naudience: staff\n{ASKS}",
    }


def test_a_gmina_without_a_programme_is_told_to_declare_first_and_where(client: Conscience) -> None:
    client.get("/f/szkolenie/wypelnij")
    assert client.send({"gmina": NOT_LISTED}).status_code == 422
    assert "Najpierw złóż deklarację udziału" in client.page.text
    declare = [
        each.get("href") for each in client.page.all("a") if "".join(each.itertext()) == "Złóż deklarację udziału"
    ]
    assert declare == ["/f/deklaracja"]
    client.send({"gmina": LISTED})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"


def test_without_a_form_of_declarations_the_error_stands_alone(client: Conscience, config_dir: Path) -> None:
    site = config_dir / "site.yaml"
    site.write_text(
        site.read_text(encoding="utf-8").replace("declaration_form: deklaracja", "declaration_form:"), encoding="utf-8"
    )
    client.get("/f/szkolenie/wypelnij")
    client.send({"gmina": NOT_LISTED})
    assert "Złóż deklarację udziału" not in ["".join(each.itertext()) for each in client.page.all("a")]


def test_a_form_of_the_invited_opens_by_its_link_and_stays_open_in_that_browser(app: Flask, client: Conscience) -> None:
    client.get("/")
    assert "Spotkanie" not in client.page.text
    for address in ("/f/spotkanie", "/f/spotkanie/wypelnij", "/f/spotkanie?z=abc", "/f/spotkanie?z=%C4%85"):
        assert client.get(address).status_code == 403
    assert "Ten formularz jest dla zaproszonych" in client.page.text
    anna = office.visitor(app, office.team()["Anna"])
    anna.get("/biuro/")
    link = next(
        each.get("href", "") for each in anna.page.all("a") if "Link dla zaproszonych" in "".join(each.itertext())
    )
    assert client.get(link).status_code == 200
    client.get("/f/spotkanie/wypelnij")
    client.send({"gmina": LISTED})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    assert office.visitor(app).get("/f/spotkanie").status_code == 403
    assert client.get("/f/dyzur" + link[link.index("?") :]).status_code == 403


def test_a_form_of_staff_asks_others_to_sign_in(app: Flask, client: Conscience) -> None:
    assert client.get("/f/dyzur/wypelnij").status_code == 403
    assert "Ten formularz wypełniają tylko pracownicy" in client.page.text
    assert any(each.get("href", "").startswith("/biuro/") for each in client.page.all("a"))
    celina = office.visitor(app, office.team()["Celina"])
    assert celina.get("/f/dyzur/wypelnij").status_code == 200


@pytest.mark.parametrize(("audience", "kept"), [("invited", "private"), ("everyone", "public")])
def test_a_qr_code_that_holds_a_secret_part_is_kept_by_nobody_else(
    app: Flask, client: Conscience, audience: str, kept: str
) -> None:
    slug = "spotkanie" if audience == "invited" else "deklaracja"
    anna = office.visitor(app, office.team()["Anna"])
    assert anna.get(f"/f/{slug}/kod-qr.svg").headers["Cache-Control"].startswith(kept)
    assert client.get(f"/f/{slug}/kod-qr.svg").status_code == (403 if audience == "invited" else 200)

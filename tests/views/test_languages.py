"""The reader's choice of language through a journey: kept with the page and the draft, and honest where it cannot be had."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from records.database import run
from tests.conscience import Conscience
from tests.views import office

BOTH = """
title: {pl: Pytanie, en: Question}
languages: [pl, en]
steps:
  - id: kto
    title: {pl: Kto pyta, en: Who asks}
    fields:
      - {name: imie, type: text, label: {pl: Imię, en: Name}, required: true}
      - {name: skad, type: hidden, label: Skąd, from_query: skad}
  - id: co
    title: {pl: O co, en: What about}
    fields:
      - {name: tresc, type: text, label: Treść po polsku, hint: Krótko., required: true}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"pytanie": BOTH, "spacer": "title: Spacer\nfields: [{name: imie, type: text, label: Imię, required: true}]"}


def lang(client: Conscience) -> str:
    return str(client.page.all("html")[0].get("lang"))


def switch(client: Conscience, name: str = "English") -> Any:
    """Follows the link in the header."""
    link = next(each for each in client.page.all("a") if "".join(each.itertext()) == name)
    return client.get(link.get("href", ""), follow_redirects=True)


def test_another_language_keeps_the_page_and_the_draft(client: Conscience) -> None:
    client.get("/f/pytanie/wypelnij")
    address = client.send({"imie": "Anna"}).request.path
    assert switch(client).request.path == address
    assert (lang(client), client.page.heading) == ("en", "What about")
    client.get(address.replace("/co", "/kto"))
    assert 'value="Anna"' in client.get(address.replace("/co", "/kto")).text


def test_it_keeps_a_draft_whose_first_page_did_not_pass(client: Conscience, app: Flask) -> None:
    client.get("/f/pytanie/wypelnij")
    client.send({"imie": ""})
    assert "/krok/kto" in switch(client).request.path
    with app.app_context():
        assert run("SELECT COUNT(*) FROM response").fetchone()[0] == 1


def test_it_keeps_a_draft_that_was_saved_by_a_change_in_place(client: Conscience) -> None:
    client.get("/f/pytanie/wypelnij")
    fields = {field.get("name"): field.get("value") for field in client.page.forms()[0].iter("input")}
    data = {"csrf_token": fields["csrf_token"], "_draft": fields["_draft"], "imie": "Anna"}
    answer = client.post("/f/pytanie/wypelnij", data=data, headers={"HX-Request": "true", "HX-Trigger": "form"})
    step = answer.headers["HX-Replace-Url"]
    assert 'id="languages" data-hx-swap-oob="true"' in answer.text
    assert step in answer.text.partition('id="languages"')[2].partition("</nav>")[0]


def test_it_keeps_what_the_address_gave(client: Conscience) -> None:
    client.get("/f/pytanie/wypelnij?skad=ulotka")
    assert 'value="ulotka"' in switch(client).text


def test_a_link_opened_in_a_fresh_browser_speaks_the_language_of_the_response(client: Conscience, app: Flask) -> None:
    client.get("/jezyk/en")
    client.get("/f/pytanie/wypelnij")
    token = client.send({"imie": "Anna"}).request.path.split("/")[2]
    fresh = office.visitor(app)
    fresh.get(f"/z/{token}/")
    assert lang(fresh) == "en"
    fresh.get("/jezyk/pl")
    fresh.get(f"/z/{token}/")
    assert lang(fresh) == "pl"
    fresh.get("/z/zepsuty/")
    assert lang(fresh) == "pl"


def test_messages_speak_the_language_in_which_the_form_was_last_filled_in(client: Conscience, app: Flask) -> None:
    client.get("/f/pytanie/wypelnij")
    client.send({"imie": "Anna"})
    switch(client)
    client.send({"tresc": "Hello"})
    with app.app_context():
        assert run("SELECT language FROM response").fetchone()[0] == "en"


def test_a_form_that_does_not_speak_the_language_says_so_in_it(client: Conscience) -> None:
    client.get("/jezyk/en")
    client.get("/f/spacer/wypelnij")
    assert lang(client) == "pl"
    told = [each for each in client.page.all("p") if each.get("lang") == "en"]
    assert len(told) == 1
    client.send({"imie": "Anna"})
    assert (lang(client), client.page.heading) == ("pl", "Sprawdź odpowiedzi i wyślij")
    client.get("/")
    assert lang(client) == "en"


def test_a_reader_of_the_forms_own_language_is_told_nothing(client: Conscience) -> None:
    client.get("/jezyk/en")
    client.get("/f/spacer/wypelnij")
    client.get("/jezyk/pl")
    client.get("/f/spacer/wypelnij")
    assert not [each for each in client.page.all("p") if each.get("lang")]


def test_a_text_that_is_not_translated_is_marked_as_what_it_is(client: Conscience) -> None:
    client.get("/jezyk/en")
    client.get("/f/pytanie/wypelnij")
    html = client.send({"imie": "Anna"}).text
    assert '<span lang="pl">Treść po polsku</span>' in html
    assert '<div class="field__hint" id="tresc--hint" lang="pl">' in html

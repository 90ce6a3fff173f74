"""The page of returned questions in its finer points: with htmx, open too long, with files, when items have moved."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from records.database import run
from tests.conscience import Answer, Conscience, filled
from tests.views import office
from tests.views.pressing import press
from tests.views.returns import FORM, answers, give_back, mails, page_of, sent, state

PAPERS = """
title: Papiery
edit_until: never
fields:
  - {name: email, type: email, label: E-mail}
  - {name: pismo, type: file, label: Pismo, accept: [pdf], required: true}
emails:
  returned: {subject: "Uwagi do {reference}", body: "Prosimy do {until}:\\n\\n{questions}\\n\\n{link}"}
"""
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"raport": FORM, "papiery": PAPERS}


def test_with_htmx_answers_are_saved_and_questions_come_and_go_in_place(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało.", "dotacja": "Dotacja jest."})
    client = page_of(app, token)
    form = client.page.by_id("form")
    assert form is not None
    data = filled(form, {})
    headers = {"HX-Request": "true", "HX-Trigger": "f-koszt"}
    part = client.post(f"/z/{token}/do-poprawy", data={**data, "koszt": ["150"]}, headers=headers).text
    assert 'id="fields"' not in part
    assert "Zapisano:" in part
    headers["HX-Trigger"] = "f-dotacja"
    part = client.post(
        f"/z/{token}/do-poprawy", data={**data, "koszt": ["150"], "dotacja": ["tak"]}, headers=headers
    ).text
    assert '<div id="fields" data-hx-swap-oob="innerHTML">' in part
    assert 'id="zrodlo"' in part
    assert "Pojawiło się 1 nowe pytanie." in part
    assert page_of(app, token).page.by_id("koszt").get("value") == "150,00"  # type: ignore[union-attr]
    assert state(app) == ["open"]


def test_a_page_that_was_open_too_long_comes_back_with_what_was_typed(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało."})
    client = office.visitor(app)
    answer = client.post(f"/z/{token}/do-poprawy", data={"koszt": "150", "_reply": "Tak.", "csrf_token": "stary"})
    assert answer.status_code == 400
    assert client.page.by_id("koszt").get("value") == "150,00"  # type: ignore[union-attr]
    assert "zbyt długo" in client.page.text
    client.send()
    assert state(app) == ["answered"]


def test_a_returned_question_of_an_item_is_found_again_when_the_items_before_it_have_gone(
    app: Flask, beata: Conscience
) -> None:
    token, key = sent(app, projects=3)
    with app.app_context():
        run("UPDATE response SET edit_until = '2027-02-01 00:00:00' WHERE key = ?", key)
    give_back(beata, key, {"projekty-1-wydatki": "Dużo.", "projekty-0-nazwa": "Inaczej."})
    client = office.visitor(app)
    client.get(f"/z/{token}/")
    press(client, "Popraw odpowiedzi")
    client.get(f"/z/{token}/krok/dane?zmiana=1")
    client.send(button="projekty-0")
    returned_page = page_of(app, token)
    assert "Projekt 1: Rynek" in returned_page.page.text
    assert "Inaczej." not in returned_page.page.text
    client.get(f"/z/{token}/podsumowanie")
    client.send()
    assert state(app) == ["open"]
    client = page_of(app, token)
    assert "Projekt 1: Rynek" in client.page.text
    client.send({"projekty-0-wydatki": "8"})
    assert state(app) == ["answered"]
    assert '{"nazwa":"Rynek","wydatki":"8.00"}' in answers(app, key)


def test_a_file_is_returned_and_the_form_words_its_message_itself(
    app: Flask, beata: Conscience, settings: Settings
) -> None:
    client = office.visitor(app)
    client.get("/f/papiery/wypelnij")
    upload: dict[str, Answer] = {"email": "urzad@gmina.example", "pismo--upload": (io.BytesIO(office.PDF), "a.pdf")}
    token = client.send(upload).request.path.split("/")[2]
    client.send()
    give_back(beata, token.partition("-")[0], {"pismo": "Brak podpisu."})
    written = mails(app, settings)["Uwagi do PAPIERY-2027-0001"]
    assert "Prosimy do 27 stycznia 2027 r.:" in written
    assert "Pismo: Brak podpisu." in written
    client = page_of(app, token)
    client.send({}, button="_drop")
    client.send({"pismo--upload": (io.BytesIO(office.PDF), "b.pdf")})
    assert state(app) == ["answered"]
    assert "b.pdf" in answers(app, token.partition("-")[0])

"""Returned questions answered by two people at once: what one writes is put together with what the other has written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from records import responses
from tests.conscience import Conscience, filled
from tests.views.returns import FORM, answers, give_back, page_of, sent, state

CHOICE = "Dwie osoby zmieniły tę odpowiedź w tym samym czasie."
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"raport": FORM}


def typed(client: Conscience, url: str, trigger: str, **given: str) -> str:
    """What htmx gets for a change of the page at hand."""
    form = client.page.by_id("form")
    assert form is not None
    data = filled(form, dict(given))
    page = client.page
    part = client.post(url, data=data, headers={"HX-Request": "true", "HX-Trigger": f"f-{trigger}"})
    client.page = page
    return part.text.replace("\xa0", " ")


def draft(app: Flask, key: str) -> dict[str, object]:
    """What the correction says so far."""
    with app.app_context():
        stored = responses.load(key)
        assert stored is not None
        assert stored.working is not None
        return stored.working.answers


def value(client: Conscience, id_: str) -> str:
    """What stands in an input of the page."""
    found = client.page.by_id(id_)
    assert found is not None
    return found.get("value", "")


def test_who_leaves_an_answer_alone_takes_over_what_the_other_wrote(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało.", "plan": "Za dużo."})
    anna, jan = page_of(app, token), page_of(app, token)
    typed(anna, f"/z/{token}/do-poprawy", "koszt", koszt="120")
    jan.send({"plan": "180"})
    assert state(app) == ["answered"]
    assert '"koszt":"120.00"' in answers(app, key)
    assert '"plan":"180.00"' in answers(app, key)


def test_two_answers_to_one_question_are_a_choice_and_nothing_is_sent_before(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało."})
    anna, jan = page_of(app, token), page_of(app, token)
    typed(anna, f"/z/{token}/do-poprawy", "koszt", koszt="120")
    assert jan.send({"koszt": "140"}).status_code == 422
    assert CHOICE in jan.page.text
    assert "Wybierz, która odpowiedź zostaje: Koszt" in jan.page.text
    assert value(jan, "koszt") == "120,00"
    assert state(app) == ["open"]
    anna.get(f"/z/{token}/do-poprawy")
    assert CHOICE in anna.page.text, "the other sees it too"
    (name,) = {each.get("name", "") for each in anna.page.all("input") if "_choose--" in each.get("name", "")}
    anna.send({name: "take"})
    assert state(app) == ["answered"]
    assert '"koszt":"140.00"' in answers(app, key)


def test_the_choice_comes_up_and_is_made_in_place(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało."})
    url = f"/z/{token}/do-poprawy"
    anna, jan = page_of(app, token), page_of(app, token)
    typed(anna, url, "koszt", koszt="120")
    part = typed(jan, url, "koszt", koszt="140")
    assert CHOICE in part
    assert 'id="seen"' in part
    jan.get(url)
    (name,) = {each.get("name", "") for each in jan.page.all("input") if "_choose--" in each.get("name", "")}
    part = typed(jan, url, "koszt", **{name: "keep"})
    assert CHOICE not in part
    assert draft(app, key)["koszt"] == "120.00"
    jan.get(url)
    jan.send()
    assert state(app) == ["answered"]


def test_one_s_own_page_and_two_who_write_the_same_never_clash(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało."})
    anna, jan = page_of(app, token), page_of(app, token)
    form = anna.page.by_id("form")
    assert form is not None
    seen = filled(form, {})["_seen"]
    url, headers = f"/z/{token}/do-poprawy", {"HX-Request": "true", "HX-Trigger": "f-koszt"}
    for text in ("120", "130"):
        part = anna.post(url, data={**filled(form, {"koszt": text}), "_seen": seen}, headers=headers).text
        seen = re.findall(r'id="seen" value="([^"]*)"', part)
    assert draft(app, key)["koszt"] == "130.00"
    typed(jan, url, "koszt", koszt="130,00")
    jan.get(url)
    assert CHOICE not in jan.page.text


def test_a_question_that_came_up_for_the_other_is_not_emptied(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"dotacja": "Dotacja jest.", "koszt": "Za mało."})
    anna, jan = page_of(app, token), page_of(app, token)
    assert anna.send({"dotacja": "tak"}).status_code == 200, "the question that follows is asked"
    typed(anna, f"/z/{token}/do-poprawy", "zrodlo", zrodlo="Fundusz")
    jan.send({"koszt": "150"})
    assert state(app) == ["answered"]
    assert '"zrodlo":"Fundusz"' in answers(app, key)
    assert '"koszt":"150.00"' in answers(app, key)


def test_items_are_put_together_and_one_that_the_other_changed_is_not_removed_unseen(
    app: Flask, beata: Conscience
) -> None:
    token, key = sent(app, projects=2)
    give_back(beata, key, {"projekty": "Brakuje projektu."})
    url = f"/z/{token}/do-poprawy"
    anna, jan = page_of(app, token), page_of(app, token)
    typed(anna, url, "projekty-1-wydatki", **{"projekty-1-wydatki": "99"})
    jan.send(button="projekty-1")
    assert "więc nie została usunięta" in jan.page.text
    assert value(jan, "projekty-1-wydatki") == "99,00"
    jan.send(button="projekty-0")
    anna.send({"projekty-1-nazwa": "Rynek Nowy"})
    assert '"nazwa":"Rynek Nowy"' in answers(app, key)
    assert "Park" not in answers(app, key)

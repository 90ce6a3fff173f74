"""A step handed to a colleague by a link: it opens that step alone, saves into the same draft, and tells nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from records import access, responses
from records.database import run
from tests.conscience import Conscience
from tests.views import office
from views import services

SHARED = """
title: Sprawozdanie
steps:
  - id: kto
    title: Kto składa
    fields:
      - {name: imie, type: text, label: Imię, required: true}
      - {name: budynki, type: yes_no, label: Czy są budynki?, required: true}
      - name: pisma
        type: group
        label: Pisma
        fields: [{name: numer, type: text, label: Numer}]
  - id: liczby
    title: Liczby
    share: true
    fields:
      - {name: wydatki, type: integer, label: Wydatki, required: true, min: 0}
      - {name: ulga, type: yes_no, label: Czy była ulga?}
      - {name: kwota, type: integer, label: Kwota ulgi, when: ulga, required: true}
      - name: umowy
        type: group
        label: Umowy
        fields: [{name: nazwa, type: text, label: Nazwa umowy}]
  - id: budynki_opis
    title: Budynki
    share: true
    when: budynki
    fields:
      - {name: opis, type: text, label: Opis}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    page = SHARED.replace("title: Sprawozdanie", "title: Na jednej stronie\njourney: page")
    tasks = SHARED.replace("title: Sprawozdanie", "title: Lista kroków\njourney: tasks")
    closes = f"title: Z terminem\ncloses: {services.now().year + 1}-01-01"
    closing = SHARED.replace("title: Sprawozdanie", closes)
    return {"sprawozdanie": SHARED, "strona": page, "lista": tasks, "termin": closing}


@pytest.fixture
def colleague(app: Flask) -> Conscience:
    """Another person, in another browser."""
    return office.visitor(app)


def handed(client: Conscience, slug: str = "sprawozdanie", step: str = "liczby", **answers: str) -> tuple[str, str]:
    """Begins the form and hands a step over: the token of the private link, the address for the colleague."""
    client.get(f"/f/{slug}/wypelnij")
    sent = client.send({"imie": "Anna Tajna", "budynki": "nie", **answers}, button="_later")
    token = sent.request.path.split("/")[2]
    client.get(f"/z/{token}/przekaz/{step}")
    found = re.search(r"http://localhost(/k/[^\s<]+)", client.page.text)
    assert found is not None
    return token, found[1]


def answers(app: Flask) -> dict[str, object]:
    with app.app_context():
        key = run("SELECT key FROM response").fetchone()[0]
        stored = responses.load(key)
        assert stored is not None
        assert stored.working is not None
        return stored.working.answers


def test_a_colleague_fills_in_the_step_and_the_rest_stays_as_it_was(
    client: Conscience, colleague: Conscience, app: Flask
) -> None:
    _, link = handed(client)
    colleague.get(link)
    assert colleague.page.heading == "Liczby"
    colleague.send({"wydatki": "1200", "ulga": "nie"})
    assert colleague.page.heading == "Zapisane – możesz zamknąć stronę"
    assert answers(app) == {"imie": "Anna Tajna", "budynki": False, "wydatki": 1200, "ulga": False} | {
        name: value for name, value in answers(app).items() if name in ("pisma", "umowy")
    }


def test_the_page_tells_nothing_of_the_other_steps_and_leads_nowhere_else(
    client: Conscience, colleague: Conscience
) -> None:
    token, link = handed(client)
    for html in (colleague.get(link).text, colleague.post(link, data={"csrf_token": colleague.page.csrf}).text):
        assert "Anna Tajna" not in html
        assert "Kto składa" not in html
        assert token not in html
        assert "/z/" not in html


def test_what_does_not_pass_is_said_and_saved_as_it_is(client: Conscience, colleague: Conscience, app: Flask) -> None:
    _, link = handed(client)
    colleague.get(link)
    assert colleague.send({"wydatki": "-5"}).status_code == 422
    assert answers(app)["wydatki"] == -5


def test_questions_appear_and_items_are_added_without_a_script(client: Conscience, colleague: Conscience) -> None:
    _, link = handed(client)
    colleague.get(link)
    colleague.send(button="_add")
    assert colleague.page.by_id("umowy-0-nazwa") is not None
    colleague.send({"wydatki": "1", "ulga": "tak", "umowy-0-nazwa": "Dach"})
    assert "nowe pytanie" in colleague.page.text
    colleague.send({"kwota": "5"})
    assert colleague.page.heading == "Zapisane – możesz zamknąć stronę"


def test_a_change_is_answered_in_place_at_the_same_address(client: Conscience, colleague: Conscience) -> None:
    token, link = handed(client)
    colleague.get(link)
    data = {"csrf_token": colleague.page.csrf, "wydatki": "1", "ulga": "tak"}
    part = colleague.post(link, data=data, headers={"HX-Request": "true", "HX-Trigger": "f-ulga"})
    assert "Kwota ulgi" in part.text
    assert token not in part.text
    assert "HX-Replace-Url" not in part.headers


def test_the_link_cannot_change_anything_outside_its_step(
    client: Conscience, colleague: Conscience, app: Flask
) -> None:
    _, link = handed(client)
    colleague.get(link)
    token = colleague.page.csrf
    before = answers(app)
    colleague.post(link, data={"csrf_token": token, "imie": "Ktoś inny", "_add": "pisma", "wydatki": "3"})
    colleague.post(link, data={"csrf_token": token, "_why--X@imie": "bo tak", "wydatki": "3"})
    after = answers(app)
    assert (after["imie"], after.get("pisma")) == (before["imie"], before.get("pisma"))
    assert "_explained" not in after


def test_the_link_of_one_step_opens_no_other_step_and_no_private_page(
    client: Conscience, colleague: Conscience
) -> None:
    token, link = handed(client)
    own = link.split("/")[2]
    for address in (f"/k/{own}/kto", f"/k/{own}/budynki_opis", f"/z/{own}/", f"/k/{token}/liczby"):
        assert colleague.get(address).status_code == 404
        assert colleague.page.heading == "Ten link nie działa"


def test_a_step_that_is_not_asked_now_says_so(client: Conscience, colleague: Conscience) -> None:
    token, link = handed(client, step="budynki_opis", budynki="tak")
    client.get(f"/z/{token}/krok/kto")
    client.send({"budynki": "nie"}, button="_later")
    colleague.get(link)
    assert colleague.page.heading == "Ta część nie jest teraz potrzebna"


def test_the_link_closes_when_the_form_is_sent_also_for_a_page_left_open(
    client: Conscience, colleague: Conscience, app: Flask
) -> None:
    token, link = handed(client)
    colleague.get(link)
    colleague.send({"wydatki": "7"})
    colleague.get(link)
    client.get(f"/z/{token}/podsumowanie")
    client.send()
    assert colleague.send({"wydatki": "8"}).status_code == 200
    assert colleague.page.heading == "Ten formularz jest już wysłany"
    client.get(f"/z/{token}/")
    client.post(f"/z/{token}/popraw", data={"csrf_token": client.page.csrf})
    colleague.get(link)
    assert colleague.page.heading == "Ten formularz jest już wysłany"
    with app.app_context():
        assert '"wydatki":7' in run("SELECT answers FROM response").fetchone()[0].replace(" ", "")


def test_after_the_form_has_closed_the_link_says_so_and_leads_nowhere_private(
    client: Conscience, colleague: Conscience, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, link = handed(client, "termin")
    colleague.get(link)
    later = services.now() + timedelta(days=400)
    monkeypatch.setattr(services, "clock", lambda: later)
    assert colleague.get(link).status_code == 403
    assert "nie przyjmuje" in colleague.page.heading
    assert not [each for each in colleague.page.all("a") if "/z/" in each.get("href", "")]


def test_revoking_the_private_link_revokes_the_shared_one(
    client: Conscience, colleague: Conscience, app: Flask
) -> None:
    token, link = handed(client)
    with app.app_context():
        access.revoke(token.partition("-")[0])
    assert colleague.get(link).status_code == 404


def test_a_step_of_a_form_on_one_page_is_handed_over_alone(client: Conscience, colleague: Conscience) -> None:
    _, link = handed(client, "strona")
    html = colleague.get(link).text
    assert colleague.page.heading == "Liczby"
    assert "Imię" not in html


def test_the_list_of_steps_and_the_summary_offer_to_hand_over_shared_steps_only(client: Conscience) -> None:
    token, _ = handed(client, "lista")
    for address in (f"/z/{token}/dalej", f"/z/{token}/podsumowanie"):
        client.get(address)
        links = [each.get("href", "") for each in client.page.all("a")]
        assert [each for each in links if "/przekaz/" in each] == [f"/z/{token}/przekaz/liczby"]
    assert client.get(f"/z/{token}/przekaz/kto").status_code == 303


def test_an_expired_page_of_a_shared_step_comes_back_as_it_was_typed(client: Conscience, colleague: Conscience) -> None:
    token, link = handed(client)
    colleague.get(link)
    html = colleague.post(link, data={"csrf_token": "stary", "wydatki": "77"}).text
    assert 'value="77"' in html
    assert token not in html

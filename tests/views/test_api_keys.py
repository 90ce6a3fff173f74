"""Keys of the API: made by administrators, shown once, limited, seen when used, revoked."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from records import accounts, audit, people, tokens
from tests.conscience import Conscience, filled
from tests.soundness import words
from tests.views import office
from views import services

PAGE = "/biuro/api"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": office.TRAINING, "inny": office.TRAINING}


@pytest.fixture
def anna(app: Flask) -> Conscience:
    client = office.visitor(app, office.hire("Anna", "administrator"))
    client.get(PAGE)
    return client


def secret(text: str) -> str:
    found = re.search(r"nabor_[\w-]{43}", text)
    assert found is not None
    return found[0]


def test_a_key_is_shown_once_and_opens_what_was_ticked(app: Flask, anna: Conscience) -> None:
    made = secret(anna.send({"nazwa": "Power BI", "formularz": ["inny"]}, form="nowy").text)
    header = {"Authorization": f"Bearer {made}"}
    listed = app.test_client().get("/api/v1/forms", headers=header).get_json()["forms"]
    assert [each["slug"] for each in listed] == ["inny"]
    page = anna.get(PAGE).text
    assert "Power BI" in page
    assert made not in page
    (token,) = tokens.everything()
    assert (token.sensitive, token.name) == (False, "Power BI")
    assert 89 <= (token.expires_at - services.now()).days <= 90


def test_the_log_says_who_made_it_for_what_and_never_the_key(app: Flask, anna: Conscience) -> None:
    made = secret(anna.send({"nazwa": "Arkusz", "zakres": "wszystkie", "wrazliwe": True}, form="nowy").text)
    entry = audit.recent(1)[0]
    assert (entry.action, entry.details) == ("token_made", {"forms": None, "sensitive": True})
    assert made not in str(entry)


def test_a_revoked_key_opens_nothing_any_more(app: Flask, anna: Conscience) -> None:
    header = {"Authorization": f"Bearer {secret(anna.send({'nazwa': 'X', 'formularz': ['inny']}, form='nowy').text)}"}
    assert app.test_client().get("/api/v1/forms", headers=header).status_code == 200
    anna.get(PAGE)
    anna.send({}, form="uniewaznij")
    assert app.test_client().get("/api/v1/forms", headers=header).status_code == 401
    assert "unieważniony" in anna.page.text
    assert audit.recent(1)[0].action == "token_revoked"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"nazwa": " ", "formularz": ["inny"]}, "Wpisz nazwę"),
        ({"nazwa": "X"}, "co najmniej jeden formularz"),
        ({"nazwa": "x" * 81, "formularz": ["inny"]}, "Skróć nazwę"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    app: Flask, anna: Conscience, sent: dict[str, str], said: str
) -> None:
    answer = anna.send({**sent, "wrazliwe": True}, form="nowy")
    assert answer.status_code == 422
    assert said in answer.text
    again = secret(anna.send({"nazwa": "Dobra", "formularz": ["inny"]}, form="nowy").text)
    assert again
    assert tokens.everything()[0].sensitive, "what was ticked stayed ticked"


def test_the_program_is_named_in_the_log(app: Flask, anna: Conscience) -> None:
    header = {"Authorization": f"Bearer {secret(anna.send({'nazwa': 'X', 'formularz': ['inny']}, form='nowy').text)}"}
    assert app.test_client().get("/api/v1/forms/inny/responses", headers=header).status_code == 200
    anna.get("/biuro/dziennik")
    assert "klucz API nr 1" in anna.page.text


def test_the_person_who_made_it_is_named(app: Flask, anna: Conscience) -> None:
    anna.send({"nazwa": "X", "formularz": ["inny"]}, form="nowy")
    anna.get(PAGE)
    row = next(row for row in anna.page.all("tr") if "działa do" in words(row))
    assert "Anna" in words(row)


def test_a_key_stops_with_the_account_of_who_made_it_and_both_pages_say_so(app: Flask, anna: Conscience) -> None:
    boss = office.visitor(app, office.hire("Barbara", "administrator", "haslo-barbary-2026"))
    header = {"Authorization": f"Bearer {secret(anna.send({'nazwa': 'X', 'formularz': ['inny']}, form='nowy').text)}"}
    hers = f"/biuro/konta/{tokens.everything()[0].created_by}"
    boss.get(hers)
    assert "przestanie działać 1 klucz API" in boss.page.text
    boss.send({}, form="zmien", button="Zamknij konto")
    assert app.test_client().get("/api/v1/forms", headers=header).status_code == 401
    boss.get(hers)
    assert "klucz API" not in boss.page.text
    boss.get(PAGE)
    assert "nie działa: konto twórcy jest zamknięte" in boss.page.text
    boss.send({}, form="uniewaznij")
    assert "unieważniony" in boss.page.text


def test_who_may_not_see_sensitive_answers_makes_no_key_to_them(app: Flask, anna: Conscience) -> None:
    person = people.find("anna@urzad.example")
    assert person is not None
    accounts.change(person, "administrator", False, None, services.now(), "system")
    sent = filled(anna.page.forms()[-1], {"nazwa": "X", "formularz": ["inny"], "wrazliwe": True})
    assert anna.post(PAGE + "/nowy", data=sent).status_code == 200, "from a page that was open before"
    assert not tokens.everything()[0].sensitive
    anna.get(PAGE)
    assert "Klucz otwiera także odpowiedzi wrażliwe" not in anna.page.text

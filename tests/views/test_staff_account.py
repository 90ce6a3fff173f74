"""Signing in, and the one-time link that sets a password."""

from __future__ import annotations

from flask import Flask

from records import people
from tests.conscience import Conscience
from tests.views import office

SIGN_IN = "/biuro/logowanie"


def sign_in(client: Conscience, email: str, password: str) -> int:
    client.get(SIGN_IN)
    return client.send({"email": email, "password": password}).status_code


def test_the_right_password_leads_to_the_page_that_was_asked_for(client: Conscience) -> None:
    office.hire("Anna", "administrator", office.PASSWORD)
    client.get("/biuro/?widok=1", follow_redirects=True)
    answer = client.send({"email": " ANNA@urzad.example ", "password": office.PASSWORD})
    assert (answer.status_code, answer.request.full_path) == (200, "/biuro/?widok=1")
    assert client.page.heading == "Formularze"


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(client: Conscience) -> None:
    office.hire("Anna", "administrator", office.PASSWORD)
    pages = []
    for email, password in (("anna@urzad.example", "zgaduję hasło"), ("nikt@urzad.example", office.PASSWORD)):
        assert sign_in(client, email, password) == 422
        pages.append(client.page.text)
    assert pages[0] == pages[1]
    assert "Adres e-mail albo hasło się nie zgadza" in pages[0]


def test_an_account_without_a_password_and_a_closed_one_let_nobody_in(client: Conscience) -> None:
    office.hire("Beata", "handler")
    people.disable(office.hire("Celina", "viewer", office.PASSWORD))
    assert sign_in(client, "beata@urzad.example", "") == 422
    assert sign_in(client, "celina@urzad.example", office.PASSWORD) == 422


def test_what_is_missing_is_named_and_linked(client: Conscience) -> None:
    assert sign_in(client, "", "") == 422
    links = [link.get("href") for link in client.page.all("a") if link.get("href", "").startswith("#")]
    assert {"#email", "#password"} <= set(links)


def test_after_five_failures_in_a_minute_an_address_waits_even_with_the_right_password(
    client: Conscience,
) -> None:
    office.hire("Anna", "administrator", office.PASSWORD)
    for n in range(5):
        assert sign_in(client, f"ktos{n}@urzad.example", "zgaduję hasło") == 422
    assert sign_in(client, "anna@urzad.example", office.PASSWORD) == 429
    assert "Odczekaj minutę" in client.page.text


def test_after_ten_failures_in_an_hour_an_account_has_to_wait_wherever_the_tries_come_from(client: Conscience) -> None:
    office.hire("Anna", "administrator", office.PASSWORD)
    client.get(SIGN_IN)
    form = {"csrf_token": client.page.forms()[0].find(".//input[@name='csrf_token']").get("value")}  # type: ignore[union-attr]
    for n in range(11):
        answers = {**form, "email": "Anna@urzad.example", "password": "zgaduję hasło"}
        status = client.post(SIGN_IN, data=answers, environ_base={"REMOTE_ADDR": f"192.0.2.{n}"}).status_code
        assert status == (422 if n < 10 else 429)


def test_signing_in_successfully_is_never_counted(client: Conscience) -> None:
    office.hire("Anna", "administrator", office.PASSWORD)
    for _ in range(6):
        assert sign_in(client, "anna@urzad.example", office.PASSWORD) == 200
        client.send(form="/biuro/wyloguj")


def test_nothing_of_the_session_before_signing_in_stays_but_the_language(client: Conscience) -> None:
    office.hire("Anna", "administrator", office.PASSWORD)
    client.get(SIGN_IN)
    with client.session_transaction() as session:
        session["language"], session["planted"] = "pl", "by somebody else"
    client.send({"email": "anna@urzad.example", "password": office.PASSWORD})
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["language"] == "pl"


def test_nobody_is_led_away_after_signing_in(client: Conscience) -> None:
    office.hire("Anna", "administrator", office.PASSWORD)
    client.get(f"{SIGN_IN}?next=//zly.example/biuro/")
    answer = client.send({"email": "anna@urzad.example", "password": office.PASSWORD})
    assert answer.request.path == "/biuro/dzis"


def test_an_invitation_sets_a_password_signs_in_and_works_once(client: Conscience, app: Flask) -> None:
    address = f"/biuro/zaproszenie/{people.make_link(office.hire('Beata', 'handler'))}"
    assert client.get(address).status_code == 200
    assert client.get(address).status_code == 200, "opening it does not use it up"
    assert "beata@urzad.example" in client.page.text
    client.send({"password": office.PASSWORD})
    assert client.page.heading == "Dziś"
    again = office.visitor(app)
    assert again.get(address).status_code == 410
    assert again.page.heading == "Ten link już nie działa"
    assert sign_in(again, "beata@urzad.example", office.PASSWORD) == 200


def test_a_short_password_is_refused_and_the_invitation_stays_good(client: Conscience) -> None:
    client.get(f"/biuro/zaproszenie/{people.make_link(office.hire('Beata', 'handler'))}")
    assert client.send({"password": "krótkie"}).status_code == 422
    assert "wpisz co najmniej 12" in client.page.text
    assert client.send({"password": "dwanaście zn"}).status_code == 200
    assert client.page.heading == "Dziś"


def test_an_unknown_invitation_says_so(client: Conscience) -> None:
    assert client.get("/biuro/zaproszenie/nie-ma-takiego").status_code == 410

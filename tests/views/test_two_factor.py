"""The second factor in the browser: set up, asked for at sign-in, recovery codes, an office that insists on it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from records import audit, people
from records.people import Person
from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office
from views import services

SET_UP = "/biuro/konto/drugi-skladnik"


@pytest.fixture
def anna() -> Person:
    return office.hire("Anna", "administrator", office.PASSWORD)


def current(secret: str) -> str:
    return pyotp.TOTP(secret).at(services.now())


def set_up(client: Conscience) -> tuple[str, list[str]]:
    """The secret, as an application would have read it, and the recovery codes."""
    client.get(SET_UP)
    secret = shown(client)
    client.send({"kod": current(secret), "haslo": office.PASSWORD}, form=SET_UP)
    assert client.page.heading == "Kody zapasowe"
    return secret, re.findall(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b", client.page.text)


def shown(client: Conscience) -> str:
    """The secret in letters, on the page at hand."""
    return "".join(next(words(each) for each in client.page.all("code") if each.get("id") == "klucz").split())


def password(client: Conscience) -> None:
    client.get("/biuro/logowanie?next=/biuro/wiadomosci")
    client.send({"email": "anna@urzad.example", "password": office.PASSWORD})


def test_after_the_password_comes_the_code_and_only_then_the_page_asked_for(
    app: Flask, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = services.now()
    monkeypatch.setattr(services, "clock", lambda: start)
    secret, codes = set_up(office.visitor(app, anna))
    assert len(codes) == 10
    client = office.visitor(app)
    password(client)
    assert client.page.heading == "Wpisz kod z aplikacji"
    assert client.get("/biuro/").status_code == 303, "the password alone opens nothing"
    client.get("/biuro/logowanie/kod")
    assert client.send({"code": "123456"}).status_code == 422
    assert client.send({"code": current(secret)}).status_code == 422, "the code that turned it on was used up"
    later = start + timedelta(minutes=2)
    monkeypatch.setattr(services, "clock", lambda: later)
    client.send({"code": current(secret)})
    assert client.page.heading == "Wiadomości"
    told = [entry.action for entry in audit.recent()]
    assert told[:3] == ["sign-in", "sign-in-failed", "sign-in-failed"]


def test_a_recovery_code_stands_in_once(app: Flask, anna: Person) -> None:
    _, codes = set_up(office.visitor(app, anna))
    for expected in ("Wiadomości", "Wpisz kod z aplikacji"):
        client = office.visitor(app)
        password(client)
        client.send({"code": codes[3]})
        assert client.page.heading == expected


def test_guessing_codes_is_stopped_after_five(app: Flask, anna: Person) -> None:
    set_up(office.visitor(app, anna))
    client = office.visitor(app)
    password(client)
    assert [client.send({"code": "000000"}).status_code for _ in range(6)] == [422] * 5 + [429]


def test_half_signed_in_lasts_ten_minutes_and_ends_with_a_new_password(
    app: Flask, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(office.visitor(app, anna))
    client, other = office.visitor(app), office.visitor(app)
    password(client)
    password(other)
    people.set_password(anna, office.PASSWORD)
    assert client.get("/biuro/logowanie/kod").status_code == 303
    moment = services.now() + timedelta(minutes=11)
    monkeypatch.setattr(services, "clock", lambda: moment)
    assert other.get("/biuro/logowanie/kod").status_code == 303


def test_the_secret_is_never_shown_again_and_the_first_session_goes_on(app: Flask, anna: Person) -> None:
    client, elsewhere = office.visitor(app, anna), office.visitor(app, anna)
    secret, _ = set_up(client)
    client.get(SET_UP)
    assert client.page.heading == "Drugi składnik logowania"
    assert secret[:8] not in client.page.text.replace(" ", "")
    assert elsewhere.get("/biuro/").status_code == 303, "every other session ends"


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"kod": "000000", "haslo": office.PASSWORD}, "#kod"),
        ({"kod": "000000", "haslo": "zgaduję hasło"}, "#haslo"),
    ],
)
def test_it_is_turned_on_only_with_the_password_and_a_right_code(
    app: Flask, anna: Person, answers: dict[str, str], where: str
) -> None:
    client = office.visitor(app, anna)
    client.get(SET_UP)
    secret = shown(client)
    assert client.send(answers, form=SET_UP).status_code == 422
    assert where in {link.get("href") for link in client.page.all("a")}
    assert shown(client) == secret, "the same secret, already on the telephone"
    assert not people.known(anna.id).two_factor


def test_new_codes_and_turning_it_off_ask_for_the_password(app: Flask, anna: Person) -> None:
    client = office.visitor(app, anna)
    _, old = set_up(client)
    client.get(SET_UP)
    assert client.send({"haslo": "zgaduję hasło"}, button="Utwórz nowe kody", form=SET_UP).status_code == 422
    client.send({"haslo": office.PASSWORD}, button="Utwórz nowe kody", form=SET_UP)
    assert client.page.heading == "Kody zapasowe"
    assert old[0] not in client.page.text
    client.get(SET_UP)
    client.send({"haslo": office.PASSWORD}, button="Wyłącz drugi składnik", form=SET_UP)
    assert "Drugi składnik jest wyłączony" in client.page.text
    assert not people.known(anna.id).two_factor


@pytest.mark.parametrize(
    ("wanted", "role", "led"),
    [
        ("optional", "administrator", False),
        ("administrators", "administrator", True),
        ("administrators", "handler", False),
        ("required", "viewer", True),
    ],
)
def test_of_whom_the_office_wants_a_second_factor_does_nothing_before_it_is_set_up(
    app: Flask, wanted: str, role: str, led: bool
) -> None:
    found = office.services(app)
    app.extensions["nabor"] = replace(found, settings=replace(found.settings, two_factor=wanted))  # type: ignore[arg-type]
    person = office.hire("Ewa", role, office.PASSWORD)
    client = office.visitor(app, person)
    answer = client.get("/biuro/")
    assert (answer.status_code == 303 and answer.location.endswith(SET_UP)) == led
    if led:
        assert client.get("/biuro/konto").status_code == 303
        set_up(client)
        assert client.get("/biuro/").status_code == 200


def test_an_invitation_does_not_go_round_the_second_factor(app: Flask, anna: Person) -> None:
    set_up(office.visitor(app, anna))
    client = office.visitor(app)
    client.get(f"/biuro/zaproszenie/{people.make_link(people.known(anna.id))}")
    client.send({"password": "całkiem nowe hasło"})
    assert client.page.heading == "Wpisz kod z aplikacji"

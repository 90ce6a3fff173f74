"""What a browser sends is read whole, up to a limit; the session's cookie is kept from scripts and other sites."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app import create_app
from config.settings import Settings
from tests.conscience import Conscience
from views.pages import Request

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
URLENCODED = "application/x-www-form-urlencoded"


def read(body: str) -> list[tuple[str, str]]:
    request = Request.from_values(method="POST", data=body.encode(), content_type=URLENCODED)
    return list(request.form.items(multi=True))


@given(st.lists(st.tuples(TEXTS, TEXTS)))
@settings(deadline=None, max_examples=100)
def test_what_was_typed_comes_back_whatever_the_letters(typed: list[tuple[str, str]]) -> None:
    assert sorted(read(urlencode(typed))) == sorted(typed)


@pytest.mark.parametrize("body", ["a=1&" * 800_000, "a=" + "ż" * 1_100_000])
def test_a_form_that_nobody_can_have_typed_is_too_large(client: Conscience, body: str) -> None:
    answered = client.post("/biuro/logowanie", data=body.encode(), content_type=URLENCODED)
    assert answered.status_code == 413


@pytest.mark.parametrize("away", ["//zly.example", "/\\zly.example", "/\t/zly.example", "https://zly.example", ""])
def test_a_choice_of_language_never_leads_to_another_site(client: Conscience, away: str) -> None:
    assert client.get("/jezyk/en", query_string={"na": away}).location == "/"


def test_a_choice_of_language_comes_back_to_the_page(client: Conscience) -> None:
    assert client.get("/jezyk/en?na=/strony/pomoc%3Fq%3D%25C5%2582").location == "/strony/pomoc?q=%C5%82"


@pytest.mark.parametrize(("address", "secure"), [("https://formularze.urzad.example", True), ("", False)])
def test_the_session_is_kept_from_scripts_and_from_other_sites(settings: Settings, address: str, secure: bool) -> None:
    app = create_app(replace(settings, base_url=address))
    answered = app.test_client().get("/jezyk/en")
    cookie = answered.headers["Set-Cookie"]
    assert cookie.startswith("nabor=")
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=Lax"} | ({"Secure"} if secure else set())
    assert "Cookie" in answered.headers["Vary"]


def test_a_session_that_only_was_read_sets_no_cookie_and_an_emptied_one_takes_it_back(app: Flask) -> None:
    client = app.test_client()
    client.get("/jezyk/en")
    read = client.get("/")
    assert "Set-Cookie" not in read.headers
    assert "Cookie" in read.headers["Vary"]
    with client.session_transaction() as session:
        session.clear()
    assert client.get_cookie("nabor") is None


@pytest.mark.parametrize("path", ["/", "/nie-ma", "/jezyk/en", "/static/nabor.css"])
def test_every_answer_has_each_header_for_safety_once(app: Flask, path: str) -> None:
    headers = app.test_client().get(path).headers
    assert len(headers.getlist("Content-Security-Policy")) == 1
    assert headers["X-Content-Type-Options"] == "nosniff"

"""What a browser sends is read as Werkzeug reads it; the session's cookie is kept from scripts and other sites."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from urllib.parse import parse_qsl, urlencode

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.formparser import FormDataParser

from app import create_app
from config.settings import Settings
from views.parsing import URLENCODED, FormParser, pairs

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
RAW = st.text(st.sampled_from("a=&+%;ą2C F8"))


@given(st.lists(st.tuples(TEXTS, TEXTS)))
@settings(deadline=None, max_examples=200)
def test_what_was_typed_comes_back_whatever_the_letters(typed: list[tuple[str, str]]) -> None:
    assert pairs(urlencode(typed)) == typed


@given(RAW)
@settings(deadline=None, max_examples=300)
def test_a_body_that_no_browser_makes_is_read_as_the_standard_library_reads_it(body: str) -> None:
    assert pairs(body) == parse_qsl(body, keep_blank_values=True, errors="werkzeug.url_quote")


@pytest.mark.parametrize("body", [b"a=1&a=2&b=%C5%82+x&=&c", b"", b"a=%ff%", b"a=\xff"])
def test_a_form_without_files_is_what_werkzeug_makes_of_it(body: bytes) -> None:
    _, ours, _ = FormParser().parse(BytesIO(body), URLENCODED, len(body))
    _, theirs, _ = FormDataParser().parse(BytesIO(body), URLENCODED, len(body))
    assert list(ours.items(multi=True)) == list(theirs.items(multi=True))


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

"""What is drawn once and used for everybody: stencils, the first page of a form, texts signed for the browser."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from itsdangerous import BadSignature, SignatureExpired
from jinja2 import DictLoader
from markupsafe import Markup

from config.settings import ROOT
from tests.conscience import Conscience
from tests.views.small import ALL
from views.compiling import OneAtATime
from views.signing import Sealed
from views.steps.stencil import cut

ASKED = """
title: Pytanie
languages: [pl, en]
steps:
  - id: jeden
    title: Pytanie
    fields:
      - {name: skad, type: hidden, label: Skąd, from_query: skad}
      - {name: imie, type: text, label: Imię}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {**ALL, "skad": ASKED}


def test_slots_that_stand_side_by_side_are_filled_in_their_order() -> None:
    stencil = cut(lambda slots: Markup("<p>{}{}{}</p>").format(slots("a"), slots("b", "B"), slots("a", on="!")))
    assert stencil.blank == "<p>B</p>"
    assert stencil.fill([("b", "<2>"), ("a", "1")]) == "<p>1&lt;2&gt;1</p>"
    assert stencil.fill([("a", True), ("b", False), ("unknown", "x")]) == "<p>!</p>"


def test_a_settled_slot_stays_filled_and_the_others_stay_open() -> None:
    stencil = cut(lambda slots: Markup("{}-{}-{}-{}").format(slots("a", "a"), slots("b"), slots("c", "c"), slots("a")))
    settled = stencil.settled([("a", "długie"), ("b", Markup("<b>"))])
    assert settled.blank == "długie-<b>-c-długie"
    assert settled.fill([("c", "&"), ("a", "inne")]) == "długie-<b>-&amp;-długie"
    assert stencil.blank == "a--c-"


def test_the_first_page_is_the_same_for_two_people_but_for_their_token_and_draft(app: Flask) -> None:
    pages = []
    for _ in range(2):
        visitor = Conscience(app)
        html = visitor.get("/f/zgloszenie/wypelnij?z=1").text
        form = visitor.page.forms()[0]
        assert form.get("action") == "/f/zgloszenie/wypelnij?z=1"
        stamps = [form.find(f".//input[@name='{name}']").get("value") for name in ("csrf_token", "_draft")]  # type: ignore[union-attr]
        for stamp in stamps:
            assert html.count(stamp or "?") == 1
            html = html.replace(stamp or "?", "…")
        pages.append((stamps, html))
    assert pages[0][1] == pages[1][1]
    assert not set(pages[0][0]) & set(pages[1][0])


def test_a_first_page_that_is_kept_speaks_the_language_of_each_reader(client: Conscience) -> None:
    assert '<html lang="pl">' in client.get("/f/skad/wypelnij").text
    client.get("/jezyk/en")
    assert '<html lang="en">' in client.get("/f/skad/wypelnij").text


def test_what_the_address_gives_stands_on_the_first_page_of_that_reader_only(client: Conscience) -> None:
    client.get("/f/skad/wypelnij")
    given = client.get("/f/skad/wypelnij?skad=ulotka").text
    assert 'name="skad" value="ulotka"' in given
    assert "ulotka" not in client.get("/f/skad/wypelnij").text


def test_a_sealed_text_gives_back_what_was_put_in() -> None:
    value = {"drafts": ["ąę-1"], "person": [1, 2, 3], "language": None}
    assert Sealed("secret", "session").loads(Sealed("secret", "session").dumps(value)) == value


@pytest.mark.parametrize("change", [lambda text: "x" + text[1:], lambda text: text[:-1] + "~", lambda text: text + "ą"])
def test_a_sealed_text_that_was_changed_is_refused(change: object) -> None:
    text = Sealed("secret", "session").dumps({"person": [1, 0, 0]})
    assert callable(change)
    with pytest.raises(BadSignature):
        Sealed("secret", "session").loads(change(text))


@pytest.mark.parametrize("text", ["", ".", "..", "a.b", "ą.1.ą"])
def test_what_was_never_sealed_is_refused(text: str) -> None:
    with pytest.raises(BadSignature):
        Sealed("secret", "session").loads(text, 10)


def test_a_text_sealed_with_another_secret_or_for_another_purpose_is_refused() -> None:
    text = Sealed("secret", "session").dumps("a")
    for other in (Sealed("secret", "csrf"), Sealed("Secret", "session")):
        with pytest.raises(BadSignature):
            other.loads(text)


def test_a_sealed_text_is_refused_when_it_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = Sealed("secret", "csrf")
    text = sealed.dumps("token")
    now = time.time()
    monkeypatch.setattr("views.signing.time.time", lambda: now + 3600)
    assert sealed.loads(text, 3601) == "token"
    with pytest.raises(SignatureExpired):
        sealed.loads(text, 3599)


def test_a_template_is_compiled_once_however_many_threads_ask_for_it_at_once(app: Flask) -> None:
    compiled = []

    class Counted(OneAtATime):
        def compile(self, source: Any, name: str | None = None, *args: Any, **kwargs: Any) -> Any:
            compiled.append(name)
            time.sleep(0.05)  # as long as a large one takes: the other threads have their turn meanwhile
            return super().compile(source, name, *args, **kwargs)

    templates = Counted(app, loader=DictLoader({"strona.html": "Dzień dobry"}))
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(templates.get_template, ["strona.html"] * 8))
    assert compiled == ["strona.html"]
    assert {each.render() for each in found} == {"Dzień dobry"}
    assert isinstance(app.jinja_env, OneAtATime)


def test_a_server_does_not_load_what_only_staff_commands_letters_and_another_database_need() -> None:
    heavy = "openpyxl PIL icalendar xlsxwriter typst segno limits asyncio playhouse psycopg"
    command = "import app, sys; print(*[name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", command, *heavy.split()], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""

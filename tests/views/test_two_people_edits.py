"""Two hundred edits by two people in one draft, in any order: every value is stored, or stands in a choice, or was replaced
by somebody who saw it. On both databases, with whole pages and with htmx."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.settings import Settings
from records import responses
from records.database import run
from records.responses import Response
from tests.postgres import PostgresServer, postgres
from tests.views.test_two_people import REPORT, STEP

EDITS = 200
INPUTS = ("opis", "kwota", "rodzaj", "uwagi", "tabela--r1.ile", "tabela--r2.koszt", "osoby-0-imie", "osoby-1-imie")
SEEN = re.compile(r'id="seen" value="([^"]*)"')


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"sprawozdanie": REPORT}


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with postgres() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgres"])
def app(request: pytest.FixtureRequest, settings: Settings) -> Flask:
    from app import create_app

    if request.param == "postgres":
        settings = replace(settings, database_url=request.getfixturevalue("server").clean())
    application = create_app(settings)
    application.testing = True
    application.test_client_class = FlaskClient
    return application


class Inputs(HTMLParser):
    """What the form of a page would send."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name") or "", given.get("type")
        if tag == "textarea":
            self.found[name], self._within = [""], name
        elif tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in given):
            self.found.setdefault(name, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._within:
            self.found[self._within][0] += data

    def handle_endtag(self, tag: str) -> None:
        self._within = "" if tag == "textarea" else self._within


class Person:
    """Somebody with the step open in a browser."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.page: dict[str, list[str]] = {}
        self.url = ""

    def open(self, url: str) -> None:
        self.url = url
        self.page = Inputs(self.client.get(url).text).found

    def send(self, htmx: bool = False, **more: str) -> None:
        """The page as it is; then, without htmx, it is opened again."""
        headers = {"HX-Request": "true", "HX-Trigger": "form"} if htmx else {}
        answer = self.client.post(self.url, data={**self.page, **more}, headers=headers)
        assert answer.status_code in (200, 303, 422)
        if htmx:
            found = SEEN.search(answer.text)
            assert found is not None
            self.page["_seen"] = [found[1]]
        else:
            self.open(self.url)


def begun(people: tuple[Person, Person]) -> None:
    """A draft with two items that both have open."""
    first = people[0]
    first.open("/f/sprawozdanie/wypelnij")
    answer = first.client.post(first.url, data={**first.page, "opis": "Wspólny", "kwota": "100"})
    first.open(f"/z/{answer.location.split('/')[2]}/krok/{STEP}")
    for index in range(2):
        first.send(_add="osoby")
        first.page[f"osoby-{index}-imie"] = [f"Osoba {index}"]
        first.send()
    people[1].open(first.url)


def typed(name: str, n: int) -> str:
    """Something that nobody types twice, as far as the question has room."""
    if name == "rodzaj":
        return "abc"[n % 3]
    return str(1000 + n) if name == "kwota" or name.startswith("tabela") else f"tekst {n}."


@pytest.mark.parametrize("live", [False, True], ids=["pages", "htmx"])
def test_of_200_edits_by_two_nothing_is_lost_unseen(app: Flask, live: bool) -> None:
    people = (Person(app), Person(app))
    begun(people)
    chance = random.Random(7)
    lost = []
    clashed = 0
    for n in range(EDITS):
        who, name = chance.choice(people), chance.choice(INPUTS)
        before, shown = saved(app, name), plain(who.page.get(name, [""])[0])
        value = typed(name, n)
        who.page[name] = [value]
        who.send(htmx=live and bool(n % 5))
        after, open_ = saved(app, name), choices(app)
        clashed += value in open_
        if value not in (shown, after, *open_):
            lost.append((n, name, value, "not stored", after))
        if before and before != after and before not in (shown, *open_):
            lost.append((n, name, before, "written over unseen", shown))
    assert lost == []
    assert clashed > EDITS / 20, "two people who never meet prove nothing"


def plain(text: str) -> str:
    """A number as it is stored."""
    bare = text.replace("\xa0", "").replace(" ", "").replace(",00", "")
    return bare if bare.isdecimal() else text.strip()


def draft(app: Flask) -> Response:
    with app.app_context():
        stored = responses.load(run("SELECT key FROM response").fetchone()[0])
    assert stored is not None
    return stored


def saved(app: Flask, name: str) -> str:
    """What the draft has at an input."""
    working = draft(app).working
    assert working is not None
    path, _, part = name.partition("--")
    value: Any = working.answers
    for key in (*path.split("-"), *(part.split(".") if part else ())):
        value = value[int(key)] if isinstance(value, list) else (value or {}).get(key)
    return "" if value is None else str(value).removesuffix(".00")


def choices(app: Flask) -> list[str]:
    """All that stands in open choices."""
    working = draft(app).working
    assert working is not None
    return [text for each in working.together.get("clashes", ()) for text in each["texts"]]

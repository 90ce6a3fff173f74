"""Two people in one draft, and files: each lands at the item it was put to, whatever the other does to the list meanwhile."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from records import responses
from records.database import run
from tests.conscience import Conscience
from tests.views import office

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PROJECTS = """
title: Projekty
steps:
  - id: lista
    title: Lista
    fields:
      - {name: opis, type: text, label: Opis}
      - name: projekty
        type: group
        label: Projekty
        fields:
          - {name: nazwa, type: text, label: Nazwa}
          - {name: zdjecie, type: file, label: Zdjęcie, accept: [png], describe: true}
  - id: koniec
    title: Koniec
    fields:
      - {name: mapa, type: file, label: Mapa, accept: [png]}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"projekty": PROJECTS}


@pytest.fixture
def anna(client: Conscience) -> Conscience:
    return client


@pytest.fixture
def jan(app: Flask) -> Conscience:
    return office.visitor(app)


def photo(name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(PNG), name


def begun(anna: Conscience, jan: Conscience, *names: str, photos: tuple[str, ...] = ()) -> str:
    """A draft with these projects, open at both; the address of the step."""
    anna.get("/f/projekty/wypelnij")
    url = f"/z/{anna.send(button='_later').request.path.split('/')[2]}/krok/lista"
    anna.get(url)
    for _ in names:
        anna.send(button="_add")
    files: dict[str, Any] = {f"projekty-{n}-zdjecie--upload": photo(name) for n, name in enumerate(photos)}
    anna.send({**{f"projekty-{n}-nazwa": name for n, name in enumerate(names)}, **files}, button="_later")
    for each in (anna, jan):
        each.get(url)
    return url


def remove(client: Conscience, item: int) -> None:
    client.send(button=f"Usuń: Projekty {item + 1}")


def kept(app: Flask) -> list[tuple[str | None, list[tuple[str, str]]]]:
    """Each project of the draft with (name, description) of its files."""
    with app.app_context():
        stored = responses.load(run("SELECT key FROM response").fetchone()[0])
        assert stored is not None
        assert stored.working is not None
        return [
            (each["nazwa"], [(file["name"], file.get("alt", "")) for file in each.get("zdjecie") or ()])
            for each in stored.working.answers["projekty"]
        ]


def rows(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [tuple(row) for row in run("SELECT path, name FROM stored_file ORDER BY id").fetchall()]


def test_a_file_lands_at_its_item_though_another_removed_an_earlier_one(
    app: Flask, anna: Conscience, jan: Conscience
) -> None:
    begun(anna, jan, "Park", "Rynek", "Las")
    remove(anna, 0)
    jan.send({"projekty-1-zdjecie--upload": photo("rynek.png"), "projekty-1-zdjecie--alt": "Rynek z góry"})
    assert kept(app) == [("Rynek", [("rynek.png", "Rynek z góry")]), ("Las", [])]
    assert rows(app) == [("projekty-0-zdjecie", "rynek.png")]


def test_a_file_for_an_item_that_another_removed_brings_the_item_back(
    app: Flask, anna: Conscience, jan: Conscience
) -> None:
    begun(anna, jan, "Park", "Rynek")
    remove(anna, 0)
    jan.send({"projekty-0-zdjecie--upload": photo("park.png")})
    assert kept(app) == [("Rynek", []), ("Park", [("park.png", "")])]
    assert rows(app) == [("projekty-1-zdjecie", "park.png")]


def test_an_item_with_a_file_that_another_removed_stays_removed_where_it_was_left_alone(
    app: Flask, anna: Conscience, jan: Conscience
) -> None:
    begun(anna, jan, "Park", "Rynek", photos=("park.png", "rynek.png"))
    remove(anna, 0)
    jan.send({"opis": "Od Jana"})
    assert kept(app) == [("Rynek", [("rynek.png", "")])]


def test_a_file_of_an_item_that_another_added_is_not_lost(app: Flask, anna: Conscience, jan: Conscience) -> None:
    begun(anna, jan, "Park")
    anna.send(button="_add")
    anna.send({"projekty-1-nazwa": "Rynek", "projekty-1-zdjecie--upload": photo("rynek.png")}, button="_later")
    jan.send({"opis": "Od Jana"})
    assert kept(app) == [("Park", []), ("Rynek", [("rynek.png", "")])]


def test_a_description_goes_to_its_file_though_the_items_have_moved(
    app: Flask, anna: Conscience, jan: Conscience
) -> None:
    begun(anna, jan, "Park", "Rynek", photos=("park.png", "rynek.png"))
    remove(anna, 0)
    with app.app_context():
        file = run("SELECT id FROM stored_file WHERE name = 'rynek.png'").fetchone()[0]
    jan.send({f"projekty-1-zdjecie--alt-{file}": "Ratusz"})
    assert kept(app) == [("Rynek", [("rynek.png", "Ratusz")])]


def test_a_file_is_dropped_though_the_items_have_moved(app: Flask, anna: Conscience, jan: Conscience) -> None:
    begun(anna, jan, "Park", "Rynek", photos=("park.png", "rynek.png"))
    remove(anna, 0)
    jan.send(button="Usuń: rynek.png")
    assert kept(app) == [("Rynek", [])]
    assert rows(app) == []


def test_who_was_given_one_step_drops_no_file_of_another(app: Flask, anna: Conscience, jan: Conscience) -> None:
    url = begun(anna, jan, "Park", photos=("park.png",))
    anna.get(url.replace("lista", "koniec"))
    with app.app_context():
        file = run("SELECT id FROM stored_file").fetchone()[0]
    form = anna.page.forms()[-1]
    data = {str(each.get("name")): each.get("value", "") for each in form.iter("input") if each.get("type") == "hidden"}
    anna.post(form.get("action", ""), data={**data, "_drop": f"projekty-0-zdjecie:{file}"})
    assert rows(app) == [("projekty-0-zdjecie", "park.png")]

"""A draft whose form has changed meanwhile: nothing that fits is lost, and its author is told what to look at."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask

from tests.conscience import Conscience
from tests.views import office
from views import services

OLD = """
title: Zgłoszenie
{journey}
steps:
  - id: kto
    title: Kto się zgłasza
    fields:
      - {name: imie, type: text, label: Imię, required: true}
      - {name: wiek, type: text, label: Wiek}
      - {name: dieta, type: text, label: Dieta}
  - id: ile
    title: Ile osób
    fields:
      - {name: osoby, type: integer, label: Ile osób?, required: true}
"""
NEW = (
    OLD.replace("name: imie,", "name: pierwsze_imie, was: [imie],")
    .replace("name: wiek, type: text", "name: wiek, type: integer")
    .replace("{name: dieta, type: text, label: Dieta}", "{name: nocleg, type: yes_no, label: Nocleg}")
)


FILE = """
title: Pismo
fields:
  - {name: temat, type: text, label: Temat}
  - {name: pismo, type: file, label: Pismo, accept: [pdf], required: true}
"""

ITEMS = """
title: Załączniki
fields:
  - name: g
    type: group
    label: Pisma
    fields: [{name: plik, type: file, label: Plik, accept: [pdf]}]
"""


@pytest.fixture
def forms() -> dict[str, str]:
    return {
        "zgloszenie": OLD.replace("{journey}", "journey: pages"),
        "zadania": OLD.replace("{journey}", "journey: tasks"),
        "pismo": FILE,
        "zalaczniki": ITEMS,
    }


def edit(app: Flask, config_dir: Path, slug: str = "zgloszenie", text: str = NEW) -> None:
    journey = "tasks" if slug == "zadania" else "pages"
    (config_dir / "forms" / f"{slug}.yaml").write_text(
        text.replace("{journey}", f"journey: {journey}"), encoding="utf-8"
    )
    with app.app_context():
        services.services().catalogue.refresh(now=True)


def begin(client: Conscience, slug: str = "zgloszenie", wiek: str = "dwanaście") -> str:
    """Fills in both steps under the old version; the private link's token."""
    client.get(f"/f/{slug}/wypelnij")
    response = client.send({"imie": "Anna", "wiek": wiek, "dieta": "wege"})
    token = response.request.path.split("/")[2]
    client.get(f"/z/{token}/krok/ile")
    client.send({"osoby": "2"})
    return token


def links(client: Conscience) -> dict[str, str]:
    return {(each.text or "").strip(): each.get("href", "") for each in client.page.all("a")}


def test_its_author_is_told_what_is_new_what_to_look_at_and_what_went(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    token = begin(client)
    edit(app, config_dir)
    client.get(f"/z/{token}/krok/ile")
    text = client.page.text
    assert "Formularz zmienił się" in text
    assert "Tych pytań już nie ma, a odpowiedzi na nie usunęliśmy: Dieta." in text
    assert links(client)["Nocleg"] == f"/z/{token}/krok/kto#f-nocleg"
    assert links(client)["Wiek"] == f"/z/{token}/krok/kto#f-wiek"
    assert "do sprawdzenia" in text


def test_an_answer_that_no_longer_reads_stands_in_its_input_and_one_that_does_is_converted(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    unread, read = begin(client), begin(client, wiek="12")
    edit(app, config_dir)
    for token, value in ((unread, "dwanaście"), (read, "12")):
        client.get(f"/z/{token}/krok/kto")
        fields = {name: client.page.by_id(name) for name in ("pierwsze_imie", "wiek")}
        assert [each.get("value") for each in fields.values() if each is not None] == ["Anna", value]


def test_the_marks_stay_until_the_step_has_been_saved(client: Conscience, app: Flask, config_dir: Path) -> None:
    token = begin(client)
    edit(app, config_dir)
    client.get(f"/z/{token}/krok/ile")
    client.send({"osoby": "3"})
    client.get(f"/z/{token}/podsumowanie")
    assert "nowe pytanie" in client.page.text
    assert "Nowe pytania:" in client.page.text
    client.get(f"/z/{token}/krok/kto")
    client.send({"pierwsze_imie": "Anna", "wiek": "12", "nocleg": "tak"})
    client.get(f"/z/{token}/podsumowanie")
    assert "nowe pytanie" not in client.page.text
    assert "Formularz zmienił się" not in client.page.text


def test_a_list_of_tasks_names_the_step_with_a_new_question(client: Conscience, app: Flask, config_dir: Path) -> None:
    token = begin(client, "zadania", wiek="12")
    edit(app, config_dir, "zadania")
    client.get(f"/z/{token}/dalej")
    assert client.page.text.count("nowe pytanie") == 1
    assert "Nowe pytania:" in client.page.text


def test_a_change_of_words_moves_the_draft_without_marks(client: Conscience, app: Flask, config_dir: Path) -> None:
    token = begin(client)
    edit(app, config_dir, text=OLD.replace("label: Dieta", "label: Jaka dieta?"))
    client.get(f"/z/{token}/podsumowanie")
    assert "nowe pytanie" not in client.page.text
    assert "do sprawdzenia" not in client.page.text
    assert "wege" in client.page.text


def test_the_page_behind_the_private_link_tells_it_too(client: Conscience, app: Flask, config_dir: Path) -> None:
    token = begin(client)
    edit(app, config_dir)
    client.get(f"/z/{token}/")
    assert "Formularz zmienił się" in client.page.text
    assert "Nocleg" in links(client)


def test_a_correction_of_what_was_sent_moves_to_the_changed_form_too(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    token = begin(client)
    client.get(f"/z/{token}/podsumowanie")
    client.send()
    edit(app, config_dir)
    client.get(f"/z/{token}/")
    client.post(f"/z/{token}/popraw", data={"csrf_token": client.page.csrf}, follow_redirects=True)
    assert "Nowe pytania:" in client.page.text
    assert "Anna" in client.page.text


def test_a_file_goes_along_with_its_renamed_question(client: Conscience, app: Flask, config_dir: Path) -> None:
    client.get("/f/pismo/wypelnij")
    response = client.send({"pismo--upload": (io.BytesIO(office.PDF), "uchwała.pdf")}, button="_later")
    token = response.request.path.split("/")[2]
    edit(app, config_dir, "pismo", FILE.replace("name: pismo", "name: uchwala, was: pismo"))
    client.get(f"/z/{token}/krok/formularz")
    client.send({})
    client.get(f"/z/{token}/podsumowanie")
    assert "uchwała.pdf" in client.page.text


def removing(client: Conscience, link: str) -> None:
    """Removes the first item of the group `g`, then sends the step as it stands."""
    client.get(link)
    client.post(link, data={**hidden(client), "_remove": "g-0"})
    client.get(link)
    client.send({})


def two_files(client: Conscience) -> str:
    """A draft with two items, each with a file; the beginning of its private addresses."""
    client.get("/f/zalaczniki/wypelnij")
    client.send(button="g")
    client.send({"g-0-plik--upload": pdf("pierwszy.pdf")}, button="g")
    client.send({"g-1-plik--upload": pdf("drugi.pdf")}, button="_later")
    link = next(each.get("href", "") for each in client.page.all("a") if each.get("href", "").endswith("/dalej"))
    return link.removesuffix("/dalej")


def test_a_file_stays_beside_its_own_item_when_another_is_removed(client: Conscience) -> None:
    link = two_files(client)
    removing(client, f"{link}/krok/formularz")
    client.get(f"{link}/podsumowanie")
    assert "drugi.pdf" in client.page.text
    assert "pierwszy.pdf" not in client.page.text


def test_an_item_removed_in_a_correction_takes_no_file_from_what_was_sent(client: Conscience) -> None:
    link = two_files(client)
    client.get(f"{link}/podsumowanie")
    client.send()
    client.get(f"{link}/")
    client.post(f"{link}/popraw", data={"csrf_token": client.page.csrf}, follow_redirects=True)
    removing(client, f"{link}/krok/formularz")
    assert "pierwszy.pdf" not in client.page.text
    client.get(f"{link}/")
    assert "pierwszy.pdf" in client.page.text


def pdf(name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(office.PDF), name


def hidden(client: Conscience) -> dict[str, list[str]]:
    """What the page's hidden inputs send."""
    found: dict[str, list[str]] = {}
    for each in client.page.all("input"):
        if each.get("type") == "hidden":
            found.setdefault(each.get("name", ""), []).append(each.get("value", ""))
    return found

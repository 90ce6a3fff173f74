"""Everything that can go wrong, really provoked: each page says what happened and what to do next, in the same design."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from config.settings import Settings
from records import access
from records.database import run
from tests.conftest import SECRET
from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office

FORMS = {
    "szkolenie": office.TRAINING,
    "bylo": "title: Było\ncloses: 2026-01-01\nfields: [{name: a, type: text, label: Pytanie}]",
    "bedzie": "title: Będzie\nopens: 2096-01-01\nfields: [{name: a, type: text, label: Pytanie}]",
}
Provoke = Callable[[Flask, Conscience], TestResponse]


@pytest.fixture
def forms() -> dict[str, str]:
    return FORMS


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, max_upload=20_000, draft_days=90)


def forged(app: Flask, client: Conscience) -> TestResponse:
    return client.post("/biuro/logowanie", data={"email": "a@b.example"})


def not_allowed(app: Flask, client: Conscience) -> TestResponse:
    return office.visitor(app, office.hire("Ewa", "editor")).get("/biuro/formularze/szkolenie/odpowiedzi")


def nowhere(app: Flask, client: Conscience) -> TestResponse:
    return client.get("/nie-ma-takiej")


def wrong_way(app: Flask, client: Conscience) -> TestResponse:
    token = access.token(office.begin(app), SECRET)
    return client.get(f"/z/{token}/popraw")


def too_large(app: Flask, client: Conscience) -> TestResponse:
    client.get("/f/szkolenie/wypelnij")
    return client.send({"program--upload": (io.BytesIO(b"%PDF-1.4" + b"0" * 30_000), "program.pdf")}, button="Dalej")


def too_often(app: Flask, client: Conscience) -> TestResponse:
    client.get("/biuro/logowanie")
    for _ in range(30):
        answer = client.send({"email": "anna@urzad.example", "password": "zgaduję"})
        if answer.status_code == 429:
            break
    return answer


def our_mistake(app: Flask, client: Conscience) -> TestResponse:
    app.testing = False
    site = office.services(app).site
    site.data["pages"] = [{"slug": "bez-tytulu"}]
    return client.get("/")


def no_database(app: Flask, client: Conscience) -> TestResponse:
    token = access.token(office.begin(app), SECRET)
    run("ALTER TABLE response RENAME TO gone")
    return client.get(f"/z/{token}/")


def closed(app: Flask, client: Conscience) -> TestResponse:
    return client.get("/f/bylo/wypelnij")


def not_yet(app: Flask, client: Conscience) -> TestResponse:
    return client.get("/f/bedzie/wypelnij")


def broken_link(app: Flask, client: Conscience) -> TestResponse:
    return client.get(f"/z/{access.token(office.begin(app), SECRET)[:-2]}/")


def expired_draft(app: Flask, client: Conscience) -> TestResponse:
    token = access.token(office.begin(app), SECRET)
    assert client.get(f"/z/{token}/").status_code == 200
    run("UPDATE response SET saved_at = '2020-01-01 00:00:00', begun_at = '2020-01-01 00:00:00'")
    result = app.test_cli_runner().invoke(args=["drafts", "erase"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return client.get(f"/z/{token}/dalej")


def refused(app: Flask, client: Conscience) -> TestResponse:
    client.get("/f/szkolenie/wypelnij")
    return client.send({}, button="Dalej")


@pytest.mark.parametrize(
    ("provoke", "status", "happened", "next_"),
    [
        (forged, 400, "Ta strona była otwarta zbyt długo", "odśwież stronę"),
        (not_allowed, 403, "Nie masz dostępu do tej strony", "poproś o niego administratora"),
        (nowhere, 404, "Nie ma takiej strony", "Zacznij od listy formularzy"),
        (wrong_way, 405, "Tej strony nie można tak otworzyć", "Wróć do formularza"),
        (too_large, 413, "Plik jest za duży", "dołącz mniejszy plik"),
        (refused, 422, "Popraw 1 pole", "Wybierz gminę z listy"),
        (too_often, 429, "Za dużo nieudanych prób", "Odczekaj minutę"),
        (no_database, 503, "Serwis jest chwilowo niedostępny", "Spróbuj ponownie za kilka minut"),
        (closed, 403, "Ten formularz nie przyjmuje już odpowiedzi", "Napisz albo zadzwoń do nas"),
        (not_yet, 403, "Ten formularz jeszcze nie jest otwarty", "Wróć po otwarciu naboru"),
        (broken_link, 404, "Ten link nie działa", "skopiowany w całości"),
        (expired_draft, 404, "po 90 dniach bez zmian", "wypełnij formularz od nowa"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_goes_wrong_is_told_with_what_to_do_next(
    app: Flask, client: Conscience, provoke: Provoke, status: int, happened: str, next_: str
) -> None:
    answer = provoke(app, client)
    said = " ".join(answer.text.replace("\xa0", " ").split())
    assert answer.status_code == status
    assert happened in said
    assert next_ in said
    assert 'class="footer"' in answer.text  # the design of every page, with the office's address


def test_who_sends_too_much_at_once_is_told_how_much_is_taken(app: Flask, client: Conscience) -> None:
    too_large(app, client)
    assert "Za jednym razem przyjmujemy najwyżej 20 kB." in client.page.text


def test_our_own_mistake_has_a_number_that_stands_in_the_log_without_anyones_words(
    app: Flask, client: Conscience, caplog: pytest.LogCaptureFixture
) -> None:
    app.testing = False
    app.view_functions["public.forms"] = lambda: {}["Jan Kowalski"]
    with caplog.at_level(logging.ERROR, logger="nabor"):
        answer = client.get("/")
    assert answer.status_code == 500
    assert client.page.heading == "Coś poszło nie tak po naszej stronie"
    number = words(client.page.all("code")[0])
    assert f"reference={number}" in caplog.text
    assert "Jan Kowalski" not in caplog.text


def test_a_mistake_that_breaks_every_page_still_gets_a_calm_answer(app: Flask, client: Conscience) -> None:
    answer = our_mistake(app, client)
    assert answer.status_code == 500
    assert client.page.heading == "Coś poszło nie tak po naszej stronie"


def test_programs_are_told_when_to_come_back(app: Flask, client: Conscience) -> None:
    assert int(no_database(app, client).headers["Retry-After"]) > 0


def test_a_page_that_was_open_too_long_can_be_opened_again(app: Flask, client: Conscience) -> None:
    forged(app, client)
    links = [words(each) for each in client.page.all("a") if each.get("href") == "/biuro/logowanie"]
    assert links == ["Otwórz tę stronę jeszcze raz"]

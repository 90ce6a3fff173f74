"""What staff see: the forms and their files, the table of responses, one response as it was answered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from records import responses
from records.responses import Response
from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office

TABLE = "/biuro/formularze/szkolenie/odpowiedzi"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": office.TRAINING, "ankieta": office.BROKEN}


@pytest.fixture
def anna(app: Flask) -> Conscience:
    return office.visitor(app, office.hire("Anna", "administrator"))


@pytest.fixture
def three(app: Flask) -> list[Response]:
    """Three responses, the oldest first, and a draft."""
    sent = [
        office.receive(app, gmina=office.SWINOUJSCIE, osoba="Łucja Żabińska", at=office.SENT),
        office.receive(app, gmina=office.BIALOGARD, osoba="Jan Nowak", at=office.SENT + timedelta(days=1)),
        office.receive(app, osoba="Ewa Nowak", dieta="koszerna", at=office.SENT + timedelta(days=2)),
    ]
    office.begin(app, osoba="Szkic Nowak")
    return sent


def references(client: Conscience) -> list[str]:
    return [words(cell)[-4:] for cell in client.page.all("th") if cell.get("scope") == "row"]


def row_of(client: Conscience, title: str) -> str:
    return next(words(row) for row in client.page.all("tr") if title in words(row))


def test_the_list_counts_what_was_sent_and_what_is_being_written(anna: Conscience, three: list[Response]) -> None:
    anna.get("/biuro/")
    assert "Otwarty Otwarte bez terminu 3 1" in row_of(anna, "Szkolenie")


def test_the_list_asks_for_all_counts_at_once(app: Flask, anna: Conscience, config_dir: Path) -> None:
    for n in range(5):
        (config_dir / "forms" / f"nowy-{n}.yaml").write_text(office.TRAINING, encoding="utf-8")
    office.services(app).catalogue.refresh(now=True)
    from records.database import database
    from tests.records.steps import counting

    with counting(database) as seen:
        anna.get("/biuro/")
    assert len(references(anna)) == 7
    assert len([sql for sql in seen if "COUNT" in sql]) == 1


def test_a_broken_file_is_told_with_the_place_and_the_caret(anna: Conscience) -> None:
    anna.get("/biuro/")
    assert "Nie działa" in row_of(anna, "ankieta")
    anna.get("/biuro/formularze/ankieta/bledy")
    assert "ankieta.yaml:4:23" in anna.page.text
    assert "unknown-type" in anna.page.text
    source = next(element for element in anna.page.all("pre"))
    assert "^~~~" in "".join(source.itertext())
    assert "żadna wersja tego pliku nie była jeszcze dobra" in anna.page.text


def test_when_a_good_file_breaks_staff_are_told_that_the_last_good_version_serves(app: Flask, anna: Conscience) -> None:
    anna.get("/biuro/")
    office.publish(app, "szkolenie", office.TRAINING.replace("type: text", "type: txt", 1))
    anna.get("/biuro/")
    assert "1 błąd" in row_of(anna, "Szkolenie")
    assert "Ostatnia dobra wersja" in anna.page.text
    anna.get("/biuro/formularze/szkolenie/bledy")
    assert "działa dalej w ostatniej dobrej wersji" in anna.page.text
    assert office.visitor(app).get("/f/szkolenie").status_code == 200


def test_mistakes_in_the_files_that_all_forms_share_are_told_too(
    app: Flask, anna: Conscience, config_dir: Path
) -> None:
    anna.get("/biuro/")
    assert "Błędy w plikach wspólnych" not in anna.page.text
    (config_dir / "limits.yaml").write_text("prog: dwadzieścia\n", "utf-8")
    (config_dir / "lists" / "kolory.csv").write_text("value;label\nzielony;Zielony\nzielony;Zielony\n", "utf-8")
    office.services(app).catalogue.refresh(now=True)
    anna.get("/biuro/")
    assert "limits.yaml:1:7" in anna.page.text
    assert "lists/kolory.csv:3:1" in anna.page.text
    assert "Wartość „zielony” powtarza się na liście." in anna.page.text


def test_a_good_file_has_no_mistakes_to_show(anna: Conscience) -> None:
    anna.get("/biuro/formularze/szkolenie/bledy")
    assert "W tym pliku nie ma błędów" in anna.page.text


def test_the_table_shows_what_was_sent_the_newest_first_with_gminy_by_name(
    anna: Conscience, three: list[Response]
) -> None:
    anna.get(TABLE)
    assert references(anna) == ["0003", "0002", "0001"]
    assert "Białogard (miasto)" in row_of(anna, "0002")
    assert "21.11.2026, 10:05" in row_of(anna, "0002")
    assert office.BIALOGARD not in anna.page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=zabinska", ["0001"]),
        ("q=NOWAK+ewa", ["0003"]),
        ("q=0002", ["0002"]),
        ("q=nie+ma", []),
        ("sort=sent_at&order=asc", ["0001", "0002", "0003"]),
        ("sort=gmina&order=asc", ["0002", "0001", "0003"]),
        ("sort=nonsens&order=nonsens&page=x&per_page=7&state=x", ["0003", "0002", "0001"]),
        ("page=99999999999999999999", ["0003", "0002", "0001"]),
    ],
)
def test_the_table_is_what_its_address_says(
    anna: Conscience, three: list[Response], query: str, expected: list[str]
) -> None:
    anna.get(f"{TABLE}?{query}")
    assert references(anna) == expected


def test_a_column_says_how_it_is_sorted_and_its_link_turns_that_round(anna: Conscience, three: list[Response]) -> None:
    anna.get(f"{TABLE}?q=nowak&sort=sent_at&order=asc")
    sorts = {words(head): head.get("aria-sort") for head in anna.page.all("th") if head.get("scope") == "col"}
    sorts.pop("Wybierz")
    assert sorts == {"Numer": "none", "Stan": "none", "Gmina": "none", "Wysłano": "ascending", "Zmieniono": "none"}
    link = next(link for link in anna.page.all("a") if words(link) == "Wysłano")
    anna.get(link.get("href", ""))
    assert references(anna) == ["0003", "0002"], "the search stays"
    assert anna.page.by_id("q").get("value") == "nowak"  # type: ignore[union-attr]


def test_pages_of_a_long_table_follow_one_another_and_keep_the_search(app: Flask, anna: Conscience) -> None:
    for n in range(60):
        office.receive(app, osoba=f"Nowak {n}")
    anna.get(f"{TABLE}?q=nowak&per_page=25")
    assert "1–25 z 60" in anna.page.text
    seen = references(anna)
    while found := [link for link in anna.page.all("a") if link.get("rel") == "next"]:
        anna.get(found[0].get("href", ""))
        seen += references(anna)
    assert "51–60 z 60" in anna.page.text
    assert seen == [f"{n:04}" for n in range(60, 0, -1)]


def test_while_someone_types_htmx_gets_the_table_alone(anna: Conscience, three: list[Response]) -> None:
    part = anna.get(f"{TABLE}?q=ewa", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert references(anna) == ["0003"]
    assert anna.page.by_id("q") is None, "the field that has the keyboard is not replaced"
    assert "HX-Request" in part.headers["Vary"]


def test_an_empty_table_says_why(anna: Conscience) -> None:
    anna.get(TABLE)
    assert "Nikt jeszcze nic nie wysłał" in anna.page.text
    anna.get(f"{TABLE}?q=<b>nowak")
    assert "Nic nie pasuje do „<b>nowak”" in anna.page.text


def test_drafts_are_counted_and_nothing_more(anna: Conscience, three: list[Response]) -> None:
    anna.get(f"{TABLE}?state=draft&q=szkic")
    assert "1 szkic" in anna.page.text
    assert references(anna) == []
    assert "Szkic Nowak" not in anna.page.text


def test_a_response_is_shown_as_it_was_answered_though_the_form_has_changed(
    app: Flask, anna: Conscience, three: list[Response]
) -> None:
    changed = office.TRAINING.replace("label: Osoba", "label: Imię i nazwisko")
    office.publish(app, "szkolenie", changed)
    anna.get(f"/biuro/odpowiedzi/{three[1].key}")
    assert anna.page.heading == three[1].reference
    assert "Osoba Jan Nowak" in anna.page.text
    assert "Białogard (miasto)" in anna.page.text


def test_a_draft_is_shown_to_nobody(app: Flask, anna: Conscience) -> None:
    assert anna.get(f"/biuro/odpowiedzi/{office.begin(app, osoba='Jan').key}").status_code == 404


def test_sensitive_answers_are_only_for_those_with_the_right(app: Flask, three: list[Response]) -> None:
    team = office.team()
    for name, sees in (("Anna", True), ("Beata", True), ("Celina", False)):
        client = office.visitor(app, team[name])
        client.get(f"/biuro/odpowiedzi/{three[2].key}")
        assert ("koszerna" in client.page.text) is sees
        assert ("Ukryte" in client.page.text) is not sees


def test_exports_are_offered_only_to_those_who_may_take_them(app: Flask, three: list[Response]) -> None:
    team = office.team()
    for name, offered in (("Beata", True), ("Celina", False)):
        client = office.visitor(app, team[name])
        client.get(TABLE)
        assert any(link.get("href", "").endswith("/eksport") for link in client.page.all("a")) is offered


def test_a_corrected_response_tells_its_history(app: Flask, anna: Conscience, three: list[Response]) -> None:
    reopened = responses.correct(three[1].key, office.SENT + timedelta(days=3))
    anna.get(f"/biuro/odpowiedzi/{three[1].key}")
    assert "Ktoś właśnie poprawia tę odpowiedź" in anna.page.text
    assert "Historia" not in anna.page.text
    office.send(app, reopened, osoba="Jan Nowakowski", at=office.SENT + timedelta(days=4))
    anna.get(f"/biuro/odpowiedzi/{three[1].key}")
    history = [words(item) for item in anna.page.all("li") if "godz." in words(item)]
    assert history == [
        "24 listopada 2026 r., godz. 10:05 Poprawka 1",
        "21 listopada 2026 r., godz. 10:05 Wysłano po raz pierwszy",
    ]
    assert "Jan Nowakowski" in anna.page.text


def test_files_that_were_sent_are_downloads_for_those_who_may_read_the_answer(app: Flask) -> None:
    draft = office.begin(app)
    program = office.attach(app, draft, "program", "program.pdf")
    ruling = office.attach(app, draft, "orzeczenie", "orzeczenie.pdf")
    dropped = office.attach(app, draft, "program", "pomyłka.pdf")
    office.send(app, draft, program=[program], orzeczenie=[ruling])
    team = office.team()
    address = f"/biuro/odpowiedzi/{draft.key}"
    for name, may in (("Beata", {"program.pdf", "orzeczenie.pdf"}), ("Celina", {"program.pdf"})):
        client = office.visitor(app, team[name])
        client.get(address)
        links = {words(link): link.get("href", "") for link in client.page.all("a") if "/plik/" in link.get("href", "")}
        assert set(links) == may
        for each in (program, ruling, dropped):
            assert client.get(f"{address}/plik/{each['id']}").status_code == (200 if each["name"] in may else 404)
        answer = client.get(links["program.pdf"])
        assert answer.data == office.PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
    other = office.receive(app)
    assert client.get(f"/biuro/odpowiedzi/{other.key}/plik/{program['id']}").status_code == 404

"""The table of responses as staff ask for it: filters in the address, columns, views that are kept, sensitive questions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from records import audit
from records.database import run
from records.desk import labels
from records.responses import Response
from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office

TABLE = "/biuro/formularze/szkolenie/odpowiedzi"
VIEWS = f"{TABLE}/widoki"


@pytest.fixture
def forms() -> dict[str, str]:
    more = "  - {name: pokoj, type: choice, label: Pokój, options: [{jeden: jednoosobowy}, {dwa: dwuosobowy}]}\n"
    return {"szkolenie": office.TRAINING + more, "ankieta": office.TRAINING}


@pytest.fixture
def anna(app: Flask) -> Conscience:
    return office.visitor(app, office.hire("Anna", "administrator"))


@pytest.fixture
def three(app: Flask) -> list[Response]:
    """Three responses, the oldest first."""
    day = timedelta(days=1)
    sent = [
        {"gmina": office.SWINOUJSCIE, "osoba": "Łucja Żabińska", "pokoj": "jeden"},
        {"gmina": office.BIALOGARD, "osoba": "Ćwirek Jan", "pokoj": "dwa", "dieta": "bez laktozy"},
        {"osoba": "Cyranka Ewa", "dieta": "koszerna"},
    ]
    return [office.receive(app, at=office.SENT + n * day, **answers) for n, answers in enumerate(sent)]


def references(client: Conscience) -> list[str]:
    return [words(cell)[-4:] for cell in client.page.all("th") if cell.get("scope") == "row"]


def heads(client: Conscience) -> list[str]:
    return [words(head) for head in client.page.all("th") if head.get("scope") == "col"]


def chips(client: Conscience) -> list[str]:
    return [words(link) for link in client.page.all("a") if words(link).startswith("Usuń filtr")]


@pytest.mark.parametrize(
    ("query", "expected", "chip"),
    [
        ("gmina=3201011", ["0002"], "Białogard (miasto)"),
        ("powiat=3263", ["0001"], "powiat Świnoujście"),
        ("from=21.11.2026", ["0003", "0002"], "wysłane od 21.11.2026"),
        ("from=2026-11-21&to=2026-11-21", ["0002"], "wysłane do 2026-11-21"),
        ("from=2026-11-21T10:05:01", ["0003"], "wysłane od 2026-11-21T10:05:01"),
        ("pole=osoba&jak=zawiera&wart=ZAB", ["0001"], "Osoba zawiera „ZAB”"),
        ("pole=pokoj&jak=jest&wart=dwuosobowy", ["0002"], "Pokój jest „dwuosobowy”"),
        ("pole=pokoj&jak=zawiera&wart=osobowy", ["0002", "0001"], "Pokój zawiera „osobowy”"),
        ("pole=pokoj&jak=puste&wart=", ["0003"], "Pokój: bez odpowiedzi"),
        ("pole=dieta&jak=jest&wart=koszerna", ["0003"], "Dieta jest „koszerna”"),
        ("pole=nie-ma&jak=jest&wart=x", ["0003", "0002", "0001"], ""),
        ("pole=osoba&jak=inaczej&wart=x", ["0003", "0002", "0001"], ""),
        ("state=withdrawn", [], "Wycofane"),
        ("state=submitted&state=withdrawn", ["0003", "0002", "0001"], "Wycofane"),
        ("sort=a.osoba&order=asc", ["0003", "0002", "0001"], ""),
        ("sort=a.osoba", ["0001", "0002", "0003"], ""),
    ],
)
def test_filters_stand_in_the_address_and_each_can_be_taken_off(
    anna: Conscience, three: list[Response], query: str, expected: list[str], chip: str
) -> None:
    anna.get(f"{TABLE}?{query}")
    assert references(anna) == expected
    assert any(chip in each for each in chips(anna)) if chip else chips(anna) == []
    while links := [link for link in anna.page.all("a") if words(link).startswith("Usuń filtr")]:
        anna.get(links[0].get("href", ""))
    assert len(references(anna)) == 3


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "pole=pokoj&jak=jest&wart=trzyosobowy",
            "Pokój: nie ma odpowiedzi „trzyosobowy”. Są: jednoosobowy, dwuosobowy.",
        ),
        ("from=wczoraj", "Data wysłania: wpisz dzień, na przykład 9.03.2027."),
    ],
)
def test_a_filter_that_cannot_be_understood_is_told_and_left_out(
    anna: Conscience, three: list[Response], query: str, told: str
) -> None:
    anna.get(f"{TABLE}?{query}")
    assert told in anna.page.text
    assert len(references(anna)) == 3


def test_the_form_above_the_table_shows_what_is_asked_and_asks_the_same(
    anna: Conscience, three: list[Response]
) -> None:
    anna.get(f"{TABLE}?gmina=3201011&pole=osoba&jak=zawiera&wart=jan&kol=state&kol=a.pokoj&sort=sent_at&order=asc")
    assert heads(anna) == ["Wybierz", "Numer", "Stan", "Pokój"]
    assert anna.page.by_id("wart-1").get("value") == "jan"  # type: ignore[union-attr]
    chosen = [option.get("value") for option in anna.page.all("option") if option.get("selected") is not None]
    assert {"3201011", "osoba", "zawiera"} <= set(chosen)
    ticked = [
        box.get("value") for box in anna.page.all("input") if box.get("name") == "kol" and "checked" in box.attrib
    ]
    assert ticked == ["state", "a.pokoj"]
    hidden = {box.get("name"): box.get("value") for box in anna.page.all("input") if box.get("form") == "filtry"}
    assert hidden == {"sort": "sent_at", "order": "asc"}, "swapped with the table, sent with the form"


def test_columns_show_answers_and_labels(anna: Conscience, three: list[Response]) -> None:
    labels.add([three[1].key], "pilne", "staff:1", office.SENT)
    anna.get(f"{TABLE}?kol=labels&kol=powiat&kol=a.pokoj&kol=a.osoba&kol=nie-ma")
    assert heads(anna) == ["Wybierz", "Numer", "Powiat", "Etykiety", "Osoba", "Pokój"]
    row = next(words(each) for each in anna.page.all("tr") if "0002" in words(each))
    assert "białogardzki pilne Ćwirek Jan dwuosobowy" in row
    anna.get(f"{TABLE}?label=pilne")
    assert references(anna) == ["0002"]


def test_each_reader_of_the_table_has_its_columns_in_their_own_language(app: Flask, anna: Conscience) -> None:
    two = "{name: pokoj, type: choice, label: {pl: Pokój, en: Room}, options: [{dwa: {pl: dwuosobowy, en: double}}]}"
    office.publish(app, "nocleg", f"title: Nocleg\nlanguages: [pl, en]\nprivacy: rodo-szkolenia\nfields: [{two}]\n")
    office.receive(app, "nocleg", pokoj="dwa")
    table = "/biuro/formularze/nocleg/odpowiedzi?kol=a.pokoj&sort=a.pokoj"
    anna.get("/jezyk/en?na=/biuro/dzis")
    anna.get(table)
    kept = run("SELECT column_id, sort FROM listed_value").fetchall()
    assert any("Room" in head for head in heads(anna))
    assert "double" in anna.page.text
    anna.get("/jezyk/pl?na=/biuro/dzis")
    anna.get(table)
    assert any("Pokój" in head for head in heads(anna))
    assert "dwuosobowy" in anna.page.text
    assert run("SELECT column_id, sort FROM listed_value").fetchall() == kept  # nothing is read anew for a language


def test_who_may_not_read_sensitive_answers_cannot_show_sort_or_filter_by_them(
    app: Flask, three: list[Response]
) -> None:
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    celina.get(f"{TABLE}?kol=a.dieta&sort=a.dieta&pole=dieta&jak=jest&wart=koszerna")
    assert references(celina) == ["0003", "0002", "0001"]
    assert "koszerna" not in celina.page.text
    assert "Dieta" not in celina.page.text
    assert [each for each in audit.recent() if each.action == "read-sensitive"] == []


@pytest.mark.parametrize("query", ["kol=a.dieta", "sort=a.dieta", "pole=dieta&jak=zawiera&wart=kosz"])
def test_each_use_of_a_sensitive_answer_is_in_the_log_without_the_answer(
    anna: Conscience, three: list[Response], query: str
) -> None:
    anna.get(f"{TABLE}?{query}")
    (entry,) = [each for each in audit.recent() if each.action == "read-sensitive"]
    assert (entry.subject, entry.details) == ("szkolenie", {"columns": ["dieta"]})


def test_a_view_is_kept_shared_renamed_and_removed(app: Flask, anna: Conscience, three: list[Response]) -> None:
    anna.get(f"{TABLE}?q=jan&kol=a.osoba&page=1")
    anna.send({"nazwa": "Jan", "wspolny": True}, form=VIEWS)
    assert references(anna) == ["0002"]
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    celina.get(TABLE)
    link = next(link for link in celina.page.all("a") if words(link) == "Jan")
    celina.get(link.get("href", ""))
    assert (references(celina), heads(celina)) == (["0002"], ["Numer", "Osoba"])
    assert [form.get("action") for form in celina.page.forms() if "widoki/" in form.get("action", "")] == []
    (own,) = [f.get("action", "") for f in anna.page.forms() if "widoki/" in f.get("action", "")]
    assert celina.post(own, data={"akcja": "usun", "csrf_token": "x"}).status_code in (400, 404)
    anna.send({"nazwa": "Janowie"}, form=own)
    assert "Janowie" in anna.page.text
    anna.send(button="usun", form=own)
    assert "Janowie" not in anna.page.text


def test_a_shared_view_brings_no_sensitive_answer_to_who_may_not_read_it(
    app: Flask, anna: Conscience, three: list[Response]
) -> None:
    anna.get(f"{TABLE}?kol=a.dieta&pole=dieta&jak=jest&wart=koszerna")
    anna.send({"nazwa": "Koszerne", "wspolny": True}, form=VIEWS)
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    celina.get(TABLE)
    celina.get(next(link.get("href", "") for link in celina.page.all("a") if words(link) == "Koszerne"))
    assert references(celina) == ["0003", "0002", "0001"]
    assert heads(celina) == ["Numer", "Stan", "Gmina", "Wysłano", "Zmieniono"]


def test_an_export_narrowed_by_the_table_holds_just_what_it_shows(anna: Conscience, three: list[Response]) -> None:
    text = anna.get("/biuro/formularze/szkolenie/eksport/csv?pole=pokoj&jak=jest&wart=dwuosobowy").text
    assert "Ćwirek" in text
    assert "Łucja" not in text
    text = anna.get(f"/biuro/formularze/szkolenie/eksport/csv?kto={three[0].key}").text
    assert "Łucja" in text
    assert "Ćwirek" not in text

"""Certificates: who has earned one by the form's rule, issuing, replacing and revoking, and the page that anybody may ask."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from records import access, responses
from records.database import run
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.staffed import AFTER, TRAINING, person, register
from tests.views.training import BIALOGARD

PAGE = "/biuro/formularze/szkolenie/zaswiadczenia"
RULE = """
certificate:
  title: Zaświadczenie o udziale
  text: "Udział: {modules} ({hours} godz.), pokój: {pokoj}, jednostka: {jednostka}"
  hours: 6 * count(modules)
  rule: "present >= 0.8 or ('M1' in modules and 'M2' in modules)"
  number: ZASW-{year}-{number:04}
"""
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"szkolenie": TRAINING + RULE, "inne": TRAINING.replace("title: Szkolenie", "title: Inne") + RULE}


@pytest.fixture
def beata(app: Flask, clock: list[datetime]) -> Conscience:
    """Jan was there for all four half-days, Ewa for three of four, Ola for two at the first and one at the second module."""
    register(
        app, person("Jan", "Nowak", pokoj="dwa"), person("Ewa", "Lis"), person("Ola", "Kot", m2="M2"), gmina=BIALOGARD
    )
    clock[0] = AFTER
    client = office.visitor(app, office.hire("Beata", "handler"))
    days = ["2027-03-09/1", "2027-03-09/2", "2027-03-10/1", "2027-03-10/2"]
    there = {1: days, 2: days[:3], 3: days[:2]}
    client.get("/biuro/")
    for booking, parts in there.items():
        for part in parts:
            note(client, "M1", booking, part)
    note(client, "M2", 4, "2027-04-20/1")
    return client


def note(client: Conscience, event: str, booking: int, part: str) -> None:
    address = f"/biuro/terminy/szkolenie/{event}/obecnosc/{booking}"
    token = client.page.csrf
    assert client.post(address, data={"csrf_token": token, "czesc": f"{part}=1"}).status_code == 303


def papers(app: Flask) -> list[tuple[str, str, bool, bool]]:
    """(number, code, replaced, revoked) of every certificate, in order."""
    with app.app_context():
        query = "SELECT number, code, replaced_by_id, revoked_at FROM certificate ORDER BY id"
        return [(row[0], row[1], row[2] is not None, row[3] is not None) for row in run(query).fetchall()]


def ticked(client: Conscience) -> int:
    return sum(each.get("checked") is not None for each in client.page.all("input") if each.get("name") == "kto")


def test_those_who_meet_the_rule_are_ticked_and_get_one_numbered_paper_each(app: Flask, beata: Conscience) -> None:
    beata.get(PAGE)
    words = beata.page.text
    assert "100%" in words  # Jan
    assert "75%" in words  # Ewa: three of four
    assert "60%" in words  # Ola: three of five, yet both modules
    assert ticked(beata) == 2
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    assert [number for number, *_ in papers(app)] == ["ZASW-2027-0001", "ZASW-2027-0002"]
    assert ticked(beata) == 0


def test_a_double_click_issues_nothing_twice(app: Flask, beata: Conscience) -> None:
    beata.get(PAGE)
    page = beata.page
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    beata.page = page
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    assert len(papers(app)) == 2


def test_anybody_with_the_code_sees_that_it_holds_and_what_it_says(
    app: Flask, beata: Conscience, client: Conscience
) -> None:
    beata.get(PAGE)
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    _, code, *_ = papers(app)[0]
    client.get(f"/zaswiadczenie/{code}")
    words = client.page.text
    assert "To zaświadczenie jest ważne." in words
    assert "Ola Kot" in words
    assert "Urząd Miejski" not in words  # of the answers only what is needed
    assert "wtorek, 9 marca" in words
    assert client.get("/zaswiadczenie/abcdefghjkmn").status_code == 404


def test_one_that_was_wrong_is_replaced_and_the_old_one_says_so_without_a_name(
    app: Flask, beata: Conscience, client: Conscience
) -> None:
    beata.get(PAGE)
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    press(beata, "Wydaj poprawione ZASW-2027-0001")
    assert [(number, replaced) for number, _, replaced, _ in papers(app)] == [
        ("ZASW-2027-0001", True),
        ("ZASW-2027-0002", False),
        ("ZASW-2027-0003", False),
    ]
    client.get(f"/zaswiadczenie/{papers(app)[0][1]}")
    assert "To zaświadczenie zastąpiono nowszym." in client.page.text
    assert "Nowak" not in client.page.text
    assert "Kot" not in client.page.text
    assert beata.get(f"/biuro/zaswiadczenia/{papers(app)[0][1]}.pdf").status_code == 404


def test_a_revoked_one_says_so_and_another_may_be_issued(app: Flask, beata: Conscience, client: Conscience) -> None:
    beata.get(PAGE)
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    reason = f"powod-{papers(app)[1][1]}"
    assert press(beata, "Tak, unieważnij ZASW-2027-0002").status_code == 422
    press(beata, "Tak, unieważnij ZASW-2027-0002", **{reason: "Pomyłka w obecności"})
    assert "Powód: Pomyłka w obecności" in beata.page.text
    client.get(f"/zaswiadczenie/{papers(app)[1][1]}")
    assert "unieważnione" in client.page.text
    assert "Pomyłka" not in client.page.text
    assert ticked(beata) == 1
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    assert len(papers(app)) == 3


def test_the_paper_has_the_name_the_dates_the_number_and_the_address_that_confirms_it(
    app: Flask, beata: Conscience
) -> None:
    beata.get(PAGE)
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    number, code, *_ = papers(app)[0]
    answer = beata.get(f"/biuro/zaswiadczenia/{code}.pdf")
    reader = PdfReader(io.BytesIO(answer.data))
    text = " ".join(reader.pages[0].extract_text().split())
    for words in ("Zaświadczenie o udziale", number, "22 kwietnia 2027", f"http://localhost/zaswiadczenie/{code}"):
        assert words in text
    assert "Udział: Moduł 1, Moduł 2 (12 godz.), pokój: , jednostka: Urząd Miejski" in text
    assert "wtorek, 20 kwietnia 2027" in text
    assert reader.xmp_metadata is not None
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()


def test_the_same_number_from_another_form_is_refused_in_words_and_nothing_is_stored(
    app: Flask, beata: Conscience
) -> None:
    beata.get(PAGE)
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    with app.app_context():
        run("UPDATE certificate SET slug = 'inne'")
        run("DELETE FROM counter WHERE slug LIKE '#%'")
    beata.get(PAGE)
    assert press(beata, "Wydaj zaświadczenia zaznaczonym").status_code == 422
    assert "Taki numer ma już inne zaświadczenie" in beata.page.text
    assert len(papers(app)) == 2


def test_who_only_looks_sees_who_has_one_and_issues_none(app: Flask, beata: Conscience) -> None:
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    celina.get(PAGE)
    assert "Jan Nowak" in celina.page.text
    assert not any("/zaswiadcz" in form.get("action", "") for form in celina.page.forms())


def test_after_a_correction_of_a_name_staff_see_that_the_paper_is_old(app: Flask, beata: Conscience) -> None:
    beata.get(PAGE)
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    with app.app_context():
        run("UPDATE response SET answers = REPLACE(answers, 'Nowak', 'Nowakowski')")
    beata.get(PAGE)
    assert "Wydane na nazwisko: Jan Nowak. Dane są już inne" in beata.page.text
    press(beata, "Wydaj poprawione ZASW-2027-0002")
    assert "Dane są już inne" not in beata.page.text
    assert "Jan Nowakowski" in printed(beata, f"/biuro/zaswiadczenia/{papers(app)[2][1]}.pdf")


def test_all_that_hold_are_printed_at_once_a_page_each(app: Flask, beata: Conscience) -> None:
    assert beata.get("/biuro/formularze/szkolenie/zaswiadczenia.pdf").status_code == 404
    beata.get(PAGE)
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    press(beata, "Wydaj poprawione ZASW-2027-0001")
    answer = beata.get("/biuro/formularze/szkolenie/zaswiadczenia.pdf")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]
    assert ["ZASW-2027-0002" in pages[0], "ZASW-2027-0003" in pages[1], len(pages)] == [True, True, 2]


def test_the_private_page_has_the_papers_of_its_own_people(app: Flask, beata: Conscience, client: Conscience) -> None:
    beata.get(PAGE)
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    with app.app_context():
        (key,) = run("SELECT key FROM response").fetchone()
        stored = responses.load(key)
        assert stored is not None
        token = access.token(stored, app.config["SECRET_KEY"])
    client.get(f"/z/{token}/")
    links = [each.get("href", "") for each in client.page.all("a") if "/zaswiadczenie/" in each.get("href", "")]
    assert len(links) == 2
    assert "Ola Kot" in printed(client, links[0])
    with app.app_context():
        run("UPDATE certificate SET revoked_at = '2027-04-23 10:00:00'")
    assert client.get(links[0]).status_code == 404
    other = register(app, person("Iga", "Maj"))
    assert client.get(links[0].replace(token, other)).status_code == 404


def test_of_a_paper_whose_personal_data_were_erased_only_the_number_and_the_day_remain(
    app: Flask, beata: Conscience, client: Conscience
) -> None:
    beata.get(PAGE)
    press(beata, "Wydaj zaświadczenia zaznaczonym")
    with app.app_context():
        run("UPDATE certificate SET facts = '{}'")  # as records.retention does
    _, code, *_ = papers(app)[0]
    client.get(f"/zaswiadczenie/{code}")
    assert "Dane osoby usunęliśmy" in client.page.text
    assert "22 kwietnia 2027" in client.page.text
    assert beata.get(f"/biuro/zaswiadczenia/{code}.pdf").status_code == 404
    assert beata.get(PAGE).status_code == 200


def test_whoever_asks_too_often_waits_and_search_engines_keep_out(client: Conscience) -> None:
    assert client.get("/zaswiadczenie/abcd-efgh-jkmn").headers["X-Robots-Tag"] == "noindex, nofollow"
    for _ in range(59):
        client.get("/zaswiadczenie/x")
    assert client.get("/zaswiadczenie/x").status_code == 429


def printed(client: Conscience, address: str) -> str:
    reader = PdfReader(io.BytesIO(client.get(address).data))
    return " ".join(reader.pages[0].extract_text().split())

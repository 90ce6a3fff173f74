"""Papers of an event: what stands on them, for whom, and that a reader with a screen reader can read them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from records import audit
from tests.conscience import Conscience
from tests.views import office
from tests.views.staffed import PLAN, TRAINING, person, register
from views.papers import qr

ANNA = person(
    "Anna", "Żółć", noce=["2027-03-09", "2027-04-19"], pokoj="jeden", dieta="wege", potrzeby="pętla indukcyjna"
)
JAN = person("Jan", "Nowak", noce=["2027-03-09"], pokoj="dwa", dieta="miesna")
LONG = person("Małgorzata", "Szczebrzeszyńska-Brzęczyszczykiewiczówna-Konstantynopolitańczykowianeczka", m1="")
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"szkolenie": TRAINING}


def visit(app: Flask, role: str = "handler") -> Conscience:
    return office.visitor(app, office.hire("Beata", role))


def printed(client: Conscience, address: str) -> tuple[str, PdfReader]:
    """The words of a paper, spaces made one, and the paper."""
    answer = client.get(address)
    assert answer.mimetype == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    reader = PdfReader(io.BytesIO(answer.data))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split()), reader


def test_the_attendance_list_has_a_row_for_each_person_and_a_column_for_each_day(app: Flask) -> None:
    register(app, JAN, ANNA, LONG)
    text, reader = printed(visit(app), f"{PLAN}/lista-obecnosci.pdf")
    for words in ("Jan Nowak", "Anna Żółć", "Urząd Miejski", "wtorek, 9 marca", "środa, 10 marca", "Strona 1 / 1"):
        assert words in text
    assert text.index("Nowak") < text.index("Żółć")
    assert "Szczebrzeszyńska" not in text  # she does not take part in this one
    box = reader.pages[0].mediabox
    assert box.width > box.height


def test_every_paper_is_tagged_for_screen_readers_with_a_title_and_a_language(app: Flask) -> None:
    register(app, ANNA)
    client = visit(app)
    for name in ("lista-obecnosci", "identyfikatory", "hotel-i-kuchnia", "szczegolne-potrzeby"):
        _, reader = printed(client, f"{PLAN}/{name}.pdf")
        assert reader.xmp_metadata is not None
        assert b"pdfuaid" in reader.xmp_metadata.stream.get_data(), name
        assert reader.metadata is not None
        assert "Moduł 1" in str(reader.metadata.title)
        assert reader.root_object["/Lang"] == "pl"
        assert "/StructTreeRoot" in reader.root_object


def test_long_names_wrap_and_a_long_list_repeats_its_heading_on_each_page(app: Flask) -> None:
    register(app, *[{**LONG, "m1": "M1"} for _ in range(11)])
    text, reader = printed(visit(app), f"{PLAN}/lista-obecnosci.pdf")
    assert len(reader.pages) > 1
    assert all("Imię i nazwisko" in page.extract_text() for page in reader.pages)
    assert text.count("Konstantynopolita") == 11


def test_the_numbers_for_the_hotel_and_the_kitchen_name_nobody_and_tell_only_the_nights_of_the_event(
    app: Flask,
) -> None:
    register(app, ANNA, JAN)
    text, _ = printed(visit(app), f"{PLAN}/hotel-i-kuchnia.pdf")
    assert "Nowak" not in text
    assert "z 9 na 10 marca 2" in text
    assert "kwietnia" not in text
    assert "jednoosobowy 1" in text
    assert "wegetariańska 1" in text
    assert "pętla" not in text


def test_sensitive_numbers_are_not_for_those_who_only_look(app: Flask) -> None:
    register(app, ANNA)
    celina = visit(app, "viewer")
    text, _ = printed(celina, f"{PLAN}/hotel-i-kuchnia.pdf")
    assert "jednoosobowy 1" in text
    assert "wege" not in text
    assert celina.get(f"{PLAN}/szczegolne-potrzeby.pdf").status_code == 403
    with app.app_context():
        assert [each for each in audit.recent() if each.action == "read-sensitive"] == []


def test_special_needs_are_told_by_person_and_each_look_is_in_the_log_without_them(app: Flask) -> None:
    register(app, ANNA, JAN)
    text, _ = printed(visit(app), f"{PLAN}/szczegolne-potrzeby.pdf")
    assert "Anna Żółć" in text
    assert "pętla indukcyjna" in text
    with app.app_context():
        looks = [each for each in audit.recent() if each.action == "read-sensitive"]
    assert [each.details for each in looks] == [{"event": "M1", "paper": "needs", "people": 2}]


def test_a_badge_has_a_code_that_leads_to_checking_in(app: Flask) -> None:
    register(app, ANNA)
    text, reader = printed(visit(app), f"{PLAN}/identyfikatory.pdf")
    assert "Anna Żółć" in text
    assert "<svg" in qr("http://localhost/biuro/terminy/szkolenie/M1/obecnosc/1")
    assert len(reader.pages) == 1


def test_what_people_wrote_is_set_as_text_and_never_run(app: Flask) -> None:
    register(app, person("#panic()", '*gruba* $x$ #read("/etc/passwd")'))
    text, _ = printed(visit(app), f"{PLAN}/lista-obecnosci.pdf")
    assert "#panic()" in text
    assert "*gruba*" in text


def test_a_look_at_a_response_with_sensitive_answers_is_in_the_log_of_those_who_may_read_them(app: Flask) -> None:
    key = register(app, ANNA).partition("-")[0]
    visit(app, "viewer").get(f"/biuro/odpowiedzi/{key}")
    with app.app_context():
        assert [each for each in audit.of_subject(key) if each.action == "read-sensitive"] == []
    office.visitor(app, office.hire("Celina", "handler")).get(f"/biuro/odpowiedzi/{key}")
    with app.app_context():
        assert [each.details for each in audit.of_subject(key) if each.action == "read-sensitive"] == [{}]

"""An export is put together on its page: columns, responses, words or codes; its state is in the address and has names."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from forms.wording import NBSP
from records import accounts, audit
from records.database import run
from records.export import jobs
from records.people import Person
from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office
from views.staff.exporting import download, making

FORM = (
    office.TRAINING
    + """
  - {name: nocleg, type: yes_no, label: Nocleg}
  - {name: rodzaj, type: choice, label: Rodzaj, options: [{urzad: Urząd gminy}, {ops: Ośrodek pomocy}]}
  - {name: osoby, type: group, label: Osoby, fields: [{name: imie, type: text, label: Imię}]}
"""
)
PAGE = "/biuro/formularze/szkolenie/eksport"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": FORM}


@pytest.fixture
def team(app: Flask) -> dict[str, Person]:
    return office.team()


@pytest.fixture
def sent(app: Flask) -> list[str]:
    more: dict[str, Any] = {"rodzaj": "ops", "osoby": [{"imie": "Ola"}]}
    first = office.receive(app, gmina=office.SWINOUJSCIE, osoba="Zofia Żabińska", dieta="bez glutenu", **more)
    second = office.receive(app, gmina=office.BIALOGARD, osoba="Jan Nowak", rodzaj="urzad")
    return [str(first.reference), str(second.reference)]


def hired(*, sensitive: bool) -> Person:
    """Doris, who handles responses, with or without sensitive ones."""
    doris = office.hire("Doris", "handler")
    return accounts.change(doris, doris.role, sensitive, None, office.SENT, "system")


def rows(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def link(client: Conscience, name: str) -> str:
    return next(each.get("href", "") for each in client.page.all("a") if words(each) == name)


def test_chosen_columns_of_chosen_responses_leave_in_words(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    beata = office.visitor(app, team["Beata"])
    address = f"{PAGE}?format=csv&kolumny_eksportu=rodzaj&kolumny_eksportu=state&q=Zofia&zapis=etykiety"
    assert "W pliku będzie 1 odpowiedź." in beata.get(address).text.replace(NBSP, " ")
    made = beata.get(link(beata, "Pobierz plik")).data
    assert rows(made) == [{"reference": sent[0], "state": "Wysłane", "rodzaj": "Ośrodek pomocy"}]
    assert audit.recent(1)[0].details == {"format": "csv", "filtered": True}


def test_without_a_choice_the_page_gives_what_the_button_gives(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    beata = office.visitor(app, team["Beata"])
    beata.get(f"{PAGE}?format=datapackage")
    made = beata.get(link(beata, "Pobierz plik")).data
    assert made == beata.get(f"{PAGE}/datapackage").data


def test_sensitive_answers_leave_only_with_the_right_and_the_log_says_so(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    anna = office.visitor(app, team["Anna"])
    asked = "?kolumny_eksportu=dieta&kolumny_eksportu=osoba&wrazliwe=1"
    assert rows(anna.get(f"{PAGE}/csv{asked}").data)[0].get("dieta") == "bez glutenu"
    assert audit.recent(1)[0].details == {"format": "csv", "sensitive": True}
    doris = office.visitor(app, hired(sensitive=False))
    made = doris.get(f"{PAGE}/csv{asked}").data
    assert "dieta" not in rows(made)[0]
    assert "Dieta" not in doris.get(PAGE).text
    assert "Dieta" in anna.get(PAGE).text


def test_only_what_was_answered_in_the_present_version(
    app: Flask, team: dict[str, Person], sent: list[str], forms: dict[str, str]
) -> None:
    path = office.services(app).settings.config_dir / "forms" / "szkolenie.yaml"
    path.write_text(FORM.replace("label: Rodzaj,", "label: Rodzaj jednostki,"), encoding="utf-8")
    office.services(app).catalogue.refresh(now=True)
    third = office.receive(app, gmina=office.BIALOGARD, osoba="Ewa Nowa", rodzaj="ops")
    made = office.visitor(app, team["Beata"]).get(f"{PAGE}/csv?wersje=obecna&kolumny_eksportu=osoba").data
    assert rows(made) == [{"reference": str(third.reference), "osoba": "Ewa Nowa"}]


def test_settings_are_saved_under_a_name_shared_and_removed(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    beata, anna = office.visitor(app, team["Beata"]), office.visitor(app, team["Anna"])
    beata.get(f"{PAGE}?format=csv&kolumny_eksportu=osoba")
    beata.send({"nazwa": "Noclegi w Koszalinie", "dla": True}, form="zapisz")
    anna.get(PAGE)
    anna.get(link(anna, "Noclegi w Koszalinie"))
    assert link(anna, "Pobierz plik").endswith("/csv?format=csv&kolumny_eksportu=osoba")
    assert not [form for form in anna.page.forms() if form.get("action", "").endswith("usun")], "it is Beata's"
    beata.get(PAGE)
    beata.send({}, form="usun")
    assert "Noclegi w Koszalinie" not in anna.get(PAGE).text


def test_settings_without_a_name_are_not_saved_and_not_lost(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    beata = office.visitor(app, team["Beata"])
    beata.get(f"{PAGE}?format=csv&kolumny_eksportu=osoba")
    answer = beata.send({"nazwa": " "}, form="zapisz")
    assert answer.status_code == 422
    assert "Wpisz nazwę ustawień." in answer.text
    assert link(beata, "Pobierz plik").endswith("/csv?format=csv&kolumny_eksportu=osoba")


def test_htmx_gets_only_what_the_choice_comes_to(app: Flask, team: dict[str, Person], sent: list[str]) -> None:
    part = office.visitor(app, team["Beata"]).get(f"{PAGE}?q=Jan", headers={"HX-Request": "true"}).text
    assert "W pliku będzie 1 odpowiedź." in part.replace(NBSP, " ")
    assert "<html" not in part


def test_what_would_take_long_is_left_to_the_worker(
    app: Flask, team: dict[str, Person], sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "LONG", 1)
    beata = office.visitor(app, team["Beata"])
    answer = beata.get(f"{PAGE}/csv?kolumny_eksportu=osoba")
    assert answer.status_code == 303
    beata.get(answer.location)
    beata.send({}, form="zlecenie")
    assert beata.page.heading == "Eksport: Szkolenie"
    assert "Plik powstaje" in beata.get("/biuro/eksporty/1").text
    (job,) = jobs.of_form("szkolenie", None)
    assert (job.state, job.total, job.person) == (jobs.WAITING, 2, team["Beata"].id)


def test_what_was_asked_about_an_answer_narrows_the_file_also_when_the_worker_makes_it(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    asked = "format=csv&kolumny_eksportu=osoba&pole=dieta&jak=zawiera&wart=gluten"
    anna = office.visitor(app, team["Anna"])
    assert "W pliku będzie 1 odpowiedź." in anna.get(f"{PAGE}?{asked}").text.replace(NBSP, " ")
    assert (audit.recent(1)[0].action, audit.recent(1)[0].details) == ("read-sensitive", {"columns": ["dieta"]})
    assert [row["osoba"] for row in rows(anna.get(f"{PAGE}/csv?{asked}").data)] == ["Zofia Żabińska"]
    assert audit.recent(1)[0].details == {"format": "csv", "sensitive": True, "filtered": True}
    anna.get(PAGE)
    token = anna.page.forms()[0].find("input").get("value")
    anna.post(f"{PAGE}/zlecenie", data={"csrf_token": token, "ustawienia": asked})
    assert making.make_next(app)
    (job,) = jobs.of_form("szkolenie", None)
    assert (job.sensitive, job.total) == (True, 1)
    assert [row["osoba"] for row in rows(anna.get(f"/biuro/eksporty/{job.id}/plik").data)] == ["Zofia Żabińska"]


def test_who_may_not_see_a_question_is_told_that_its_filter_does_not_count(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    doris = office.visitor(app, hired(sensitive=False))
    page = doris.get(f"{PAGE}?pole=dieta&jak=zawiera&wart=gluten").text
    assert re.search(r"W\spliku będ(ą|zie) 2 odpowiedzi", page)
    assert "Ten filtr nie działa" in page
    assert "Ten filtr nie działa" not in doris.get(PAGE).text


def test_the_command_takes_shared_settings_by_their_name(
    app: Flask, team: dict[str, Person], sent: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "lista.csv"
    arguments = ["forms", "export", "szkolenie", "--out", str(out), "--preset", "Noclegi w Koszalinie"]
    refused = app.test_cli_runner().invoke(args=arguments)
    assert (refused.exit_code, out.exists()) == (1, False)
    beata = office.visitor(app, team["Beata"])
    beata.get(f"{PAGE}?format=csv&kolumny_eksportu=osoba&q=Zofia")
    beata.send({"nazwa": "Noclegi w Koszalinie", "dla": True}, form="zapisz")
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == beata.get(f"{PAGE}/csv?kolumny_eksportu=osoba&q=Zofia").data
    assert rows(out.read_bytes()) == [{"reference": sent[0], "osoba": "Zofia Żabińska"}]
    with_them = beata.get(f"{PAGE}?format=csv&kolumny_eksportu=dieta&pole=dieta&jak=zawiera&wart=gluten")
    assert with_them.status_code == 200
    beata.send({"nazwa": "Diety", "dla": True}, form="zapisz")
    diets = [*arguments[:-1], "Diety"]
    assert app.test_cli_runner().invoke(args=diets).exit_code == 1, "without --sensitive its filter does not count"
    assert app.test_cli_runner().invoke(args=[*diets, "--sensitive"]).exit_code == 0
    assert rows(out.read_bytes()) == [{"reference": sent[0], "dieta": "bez glutenu"}]


def test_what_was_ticked_in_the_table_is_what_the_page_exports(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    keys = [row[0] for row in run("SELECT key FROM response ORDER BY number").fetchall()]
    beata = office.visitor(app, team["Beata"])
    beata.get(f"{PAGE}?kto={keys[1]}&format=csv&kolumny_eksportu=osoba")
    assert rows(beata.get(link(beata, "Pobierz plik")).data) == [{"reference": sent[1], "osoba": "Jan Nowak"}]

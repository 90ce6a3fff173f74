"""People's data at the desk: what is kept, one person's data found, copied and erased, consents, the register."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from records import audit, responses
from records.database import database, run
from records.privacy import protocols
from records.responses import Response
from tests.conscience import Conscience
from tests.records.steps import counting
from tests.soundness import words
from tests.views import office
from tests.views.office import BIALOGARD
from views.mail import worker
from views.staff.privacy import consents
from views.staff.privacy.register import paragraphs

PRIVACY = "/biuro/prywatnosc"
PERSON = f"{PRIVACY}/osoba"
FORM = """
title: Szkolenie
privacy: rodo-szkolenia
retain: 5 years
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: osoba, type: text, label: Osoba, autocomplete: name}
  - {name: email, type: email, label: E-mail}
  - {name: dieta, type: text, label: Dieta, sensitive: true, retain: 30 days}
  - {name: program, type: file, label: Program, accept: [pdf]}
  - {name: wizerunek, type: consent, label: Zgoda na wizerunek, text: Zgadzam się.}
  - name: osoby
    type: group
    label: Uczestnicy
    fields:
      - {name: imie, type: text, label: Imię, autocomplete: given-name}
      - {name: adres, type: email, label: Adres uczestnika}
"""
PEOPLE = [{"imie": "Jan Nowak", "adres": "jan@gmina.example"}, {"imie": "Ewa Sowa", "adres": "ewa@gmina.example"}]
ANSWERS: dict[str, Any] = {
    "gmina": BIALOGARD, "osoba": "Maria Wilk", "email": "maria@gmina.example", "dieta": "koszerna", "wizerunek": True,
    "osoby": PEOPLE,
}  # fmt: skip


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": FORM}


@pytest.fixture
def response(app: Flask) -> Response:
    return office.receive(app, **ANSWERS)


@pytest.fixture
def anna(app: Flask, response: Response) -> Conscience:
    return office.visitor(app, office.hire("Anna", "administrator"))


def find(client: Conscience, who: str) -> str:
    client.get(PERSON)
    client.send({"kogo": who}, form="/osoba")
    return client.page.text


def copied(client: Conscience) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(client.send(form="/kopia").data))


def test_the_page_says_what_each_form_asks_how_long_it_is_kept_and_of_how_many(anna: Conscience, app: Flask) -> None:
    office.receive(app, at=office.SENT - timedelta(days=5 * 365 - 10), gmina=BIALOGARD)
    with counting(database) as queries:
        anna.get(PRIVACY)
    rows = [" ".join(" ".join(row.itertext()).split()) for body in anna.page.all("tbody") for row in body]
    assert any(row.startswith("Szkolenie Dieta 30 dni od wysłania 1 1 0 0") for row in rows), rows
    assert any(row.startswith("Szkolenie wszystko, co wskazuje osobę 5 lat od wysłania 0 1 0 1") for row in rows), rows
    assert any("Osoba, E-mail, Imię, Adres uczestnika" in row and "Dieta" in row for row in rows)
    assert len(queries) <= 12


def test_a_person_is_found_and_only_that_somebody_searched_is_in_the_log(anna: Conscience, response: Response) -> None:
    text = find(anna, "ewa sowa")
    assert str(response.reference) in text
    assert "odpowiedzi: Imię, Adres uczestnika (pozycja 2)" in text
    (entry,) = (each for each in audit.recent() if each.action == "person-searched")
    assert "sowa" not in str(entry).lower()


@pytest.mark.parametrize("who", ["", "ab", "12-3"])
def test_a_question_that_is_too_short_is_not_asked(anna: Conscience, who: str) -> None:
    assert "Wpisz adres e-mail" in find(anna, who)
    assert "person-searched" not in {each.action for each in audit.recent()}


def test_without_the_right_sensitive_answers_are_neither_found_nor_copied(app: Flask, response: Response) -> None:
    anna = office.hire("Anna", "administrator")
    run("UPDATE person SET sensitive = 0 WHERE id = ?", anna.id)
    client = office.visitor(app, anna)
    assert str(response.reference) not in find(client, "koszerna")
    find(client, "Maria Wilk")
    copy = copied(client)
    assert "koszerna" not in copy.read("dane.json").decode() + copy.read("dane.html").decode()
    assert "Odpowiedzi wrażliwych nie ma" in copy.read("dane.html").decode()


def test_the_copy_has_what_the_person_said_the_text_they_read_and_their_files(app: Flask) -> None:
    draft = office.begin(app, **ANSWERS)
    program = office.attach(app, draft, "program", "program.pdf")
    office.send(app, draft, **ANSWERS, program=program)
    client = office.visitor(app, office.hire("Anna", "administrator"))
    find(client, "maria@gmina.example")
    copy = copied(client)
    data, page = json.loads(copy.read("dane.json")), copy.read("dane.html").decode()
    (one,) = data["responses"]
    assert one["said"][0]["answers"]["dieta"] == "koszerna"
    assert one["others_left_out"] == 2
    assert "Nowak" not in page
    assert "Maria Wilk" in page
    assert "Białogard" in page
    assert [name for name in copy.namelist() if name.startswith("pliki/")] == [f"pliki/{program['id']}-program.pdf"]
    assert "person-copied" in {each.action for each in audit.recent()}


def test_erasing_is_looked_at_first_and_confirmed_and_leaves_a_protocol_to_print(
    anna: Conscience, response: Response
) -> None:
    find(anna, "Ewa Sowa")
    anna.send(button="Usuń te dane…", form="/kopia")
    assert "Formularz każe przechowywać odpowiedzi przez 5 lat, tę do 19.11.2031" in anna.page.text
    scope, reason = f"co-{response.key}", f"powod-{response.key}"
    assert anna.send(form="/usun").status_code == 422
    assert "Potwierdź, że to dane tej osoby" in anna.page.text
    assert anna.send({scope: "leave", "sprawdzono": True}, form="/usun").status_code == 422
    assert "Podaj podstawę prawną" in anna.page.text
    names = {scope: "leave", reason: "pani Sowa nie ma racji", "sprawdzono": True}
    assert anna.send(names, form="/usun").status_code == 422
    assert anna.send({scope: "person", "znak": "DO.7.2026", "sprawdzono": True}, form="/usun").status_code == 200
    assert all(word in anna.page.text for word in ("nr 1/2026", "DO.7.2026", "Anna", str(response.reference)))
    assert "Sowa" not in anna.page.text
    assert anna.get(f"{PRIVACY}/protokoly/1.pdf").data.startswith(b"%PDF-1.7")
    left = responses.load(response.key)
    assert left is not None
    assert left.answers == {**ANSWERS, "osoby": [PEOPLE[0], {}]}
    anna.get(f"/biuro/odpowiedzi/{response.key}")
    assert "usunięto dane osobowe" in anna.page.text


def test_a_response_is_found_by_its_number_and_goes_whole(anna: Conscience, response: Response) -> None:
    number = str(response.reference)
    assert number in find(anna, number)
    anna.send(button="Usuń te dane…", form="/kopia")
    anna.send({"sprawdzono": True}, form="/usun")
    left = responses.load(response.key)
    assert left is not None
    assert left.answers == {"gmina": BIALOGARD, "wizerunek": True, "osoby": [{}, {}]}


def test_what_the_worker_erases_gets_a_protocol_and_programs_are_told(app: Flask, anna: Conscience) -> None:
    old = office.receive(app, at=office.SENT - timedelta(days=31), **ANSWERS)
    worker.daily(app)
    (protocol,) = protocols.recent(10)
    assert (protocol.basis, protocol.slug, protocol.counts["answers"]) == (protocols.RULE, "szkolenie", 1)
    left = responses.load(old.key)
    assert left is not None
    assert left.changed_at > old.changed_at
    anna.get(PRIVACY)
    assert "minął czas przechowywania" in anna.page.text
    worker.daily(app)
    assert len(protocols.recent(10)) == 1


def test_consents_are_listed_with_the_text_that_was_read_and_withdrawn_ones(app: Flask, config_dir: Any) -> None:
    client = office.visitor(app)
    client.get("/f/szkolenie/wypelnij")
    client.send({"gmina": BIALOGARD, "osoba": "Maria Wilk", "wizerunek": "tak"})
    client.send()
    path = config_dir / "texts" / "rodo-szkolenia.md"
    path.write_text("Nowa klauzula **na 2027 rok**.", "utf-8")
    sent = office.receive(app, **ANSWERS)
    opened = responses.correct(sent.key, office.SENT)
    office.send(app, opened, **{name: value for name, value in ANSWERS.items() if name != "wizerunek"})
    anna = office.visitor(app, office.hire("Anna", "administrator"))
    anna.get("/biuro/formularze/szkolenie/zgody")
    first = next(row for row in anna.page.all("tbody")[1] if str(sent.reference) in " ".join(row.itertext()))
    assert "Zgoda na wizerunek – 20.11.2026" in words(first)
    (hash_,) = [row[0] for row in run("SELECT privacy FROM response WHERE privacy IS NOT NULL").fetchall()]
    anna.get(f"/biuro/formularze/szkolenie/zgody/tekst/{hash_}")
    assert "rekrutacja, organizacja i rozliczenie szkoleń" in anna.page.text, "as it stood when it was read"
    answer = anna.get("/biuro/formularze/szkolenie/zgody.csv")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert [line[6] for line in lines] == ["Zgoda", "Zgoda na wizerunek", "Zgoda na wizerunek"]
    assert sorted(bool(line[8]) for line in lines[1:]) == [False, True]
    assert anna.get("/biuro/formularze/szkolenie/zgody/tekst/0000").status_code == 404


def test_consents_are_turned_over_page_by_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consents, "PER_PAGE", 2)
    for _ in range(3):
        office.receive(app, **ANSWERS)
    viewer = office.visitor(app, office.hire("Celina", "viewer"))
    with counting(database) as queries:
        viewer.get("/biuro/formularze/szkolenie/zgody")
    assert len(queries) <= 12
    assert "SZKOLENIE-2026-0003" in viewer.page.text
    assert "SZKOLENIE-2026-0001" not in viewer.page.text
    viewer.get("/biuro/formularze/szkolenie/zgody?przed=2026-2")
    assert "SZKOLENIE-2026-0001" in viewer.page.text
    assert "SZKOLENIE-2026-0002" not in viewer.page.text
    viewer.get("/biuro/formularze/szkolenie/zgody?przed=zawsze")
    assert "SZKOLENIE-2026-0003" in viewer.page.text


def test_the_register_quotes_what_people_are_told_and_says_what_is_missing(anna: Conscience, config_dir: Any) -> None:
    anna.get(f"{PRIVACY}/rejestr")
    assert "rekrutacja, organizacja i rozliczenie szkoleń" in anna.page.text
    assert "Dieta: 30 dni; pozostałe dane: 5 lat" in anna.page.text
    (config_dir / "texts" / "rodo-szkolenia.md").write_text("**Cel:** szkolenia.\n\n**Odbiorcy:** nikt", "utf-8")
    anna.get(f"{PRIVACY}/rejestr")
    assert "dopisz akapit „**Podstawa:** …” w config/texts/rodo-szkolenia.md" in anna.page.text
    lines = list(csv.reader(io.StringIO(anna.get(f"{PRIVACY}/rejestr.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert lines[1][:4] == ["Szkolenie", "", "", "szkolenia."]
    assert anna.get(f"{PRIVACY}/rejestr.xlsx").data[:2] == b"PK"
    assert anna.get(f"{PRIVACY}/rejestr.doc").status_code == 404


def test_paragraphs_of_a_text_are_read_by_their_labels() -> None:
    text = "W skrócie: nic.\n\n**Cel:** nauka\ni zabawa.\n\n**Odbiorcy:** [my](https://a.example)"
    assert paragraphs(text) == {"Cel": "nauka i zabawa.", "Odbiorcy": "my"}


def test_commands_find_a_person_and_write_the_copy(app: Flask, response: Response, tmp_path: Any) -> None:
    runner, out = app.test_cli_runner(), tmp_path / "kopia.zip"
    found = runner.invoke(args=["privacy", "find", "Ewa Sowa"])
    assert (found.exit_code, str(response.reference) in found.output) == (0, True)
    assert "Znaleziono w 1 odpowiedzi." in found.output
    assert runner.invoke(args=["privacy", "find", "ab"]).exit_code == 1
    made = runner.invoke(args=["privacy", "export", "Ewa Sowa", str(out)])
    assert made.exit_code == 0, made.output
    data = json.loads(zipfile.ZipFile(out).read("dane.json"))
    assert data["responses"][0]["said"][0]["answers"]["osoby"] == [PEOPLE[1]]
    assert runner.invoke(args=["privacy", "export", "Ewa Sowa", str(out)]).exit_code == 1
    assert runner.invoke(args=["privacy", "export", "Nikt Taki", str(tmp_path / "b.zip")]).exit_code == 1

"""Long exports: made by the worker, the same bytes as at once, fetched by who asked, taken up again, gone after a week."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask

from records import audit, people
from records.database import run
from records.export import jobs
from records.people import Person
from tests.views import office
from views import services
from views.mail import worker
from views.staff.exporting import asking, making
from views.staff.exporting.formats import NAMES

PAGE = "/biuro/formularze/szkolenie/eksport"


@pytest.fixture
def forms() -> dict[str, str]:
    return {
        "szkolenie": office.TRAINING
        + "  - {name: o, type: group, label: O, fields: [{name: i, type: text, label: I}]}\n"
    }


@pytest.fixture
def team(app: Flask) -> dict[str, Person]:
    office.receive(app, gmina=office.SWINOUJSCIE, osoba="Zofia Żabińska", dieta="bez glutenu", o=[{"i": "Ola"}])
    office.receive(app, gmina=office.BIALOGARD, osoba="Jan Nowak")
    return office.team()


def ask(person: Person, query: str = "format=csv", *, sensitive: bool = False) -> int:
    format_ = query.partition("format=")[2].partition("&")[0]
    return jobs.ask("szkolenie", person.id, format_, query, 2, services.now(), sensitive=sensitive)


def found(job_id: int) -> jobs.Job:
    job = jobs.get(job_id)
    assert job is not None
    return job


@pytest.mark.parametrize("format_", NAMES)
def test_the_worker_makes_the_bytes_that_the_button_gives(app: Flask, team: dict[str, Person], format_: str) -> None:
    beata = office.visitor(app, team["Beata"])
    job_id = ask(team["Beata"], f"format={format_}")
    assert making.make_next(app)
    again = ask(team["Anna"], f"format={format_}")
    assert making.make_next(app)
    first = beata.get(f"/biuro/eksporty/{job_id}/plik").data
    assert first == beata.get(f"{PAGE}/{format_}").data
    assert first == office.visitor(app, team["Anna"]).get(f"/biuro/eksporty/{again}/plik").data
    entries = [entry for entry in reversed(audit.recent(20)) if entry.details.get("job") == job_id]
    assert [entry.action for entry in entries] == ["export_made", "export"]
    assert entries[1].actor == audit.staff(team["Beata"].id)
    assert not making.make_next(app)


def test_the_page_asks_again_until_the_file_is_there(app: Flask, team: dict[str, Person]) -> None:
    beata = office.visitor(app, team["Beata"])
    job_id = ask(team["Beata"])
    page, part = f"/biuro/eksporty/{job_id}", {"HX-Request": "true"}
    assert "every 2s" in beata.get(page).text
    assert "Odśwież" in beata.get(page).text, "without a script"
    assert making.make_next(app)
    swapped = beata.get(page, headers=part).text
    assert "every 2s" not in swapped
    assert "data-announce" in swapped
    assert "Plik jest gotowy: 2 odpowiedzi" in swapped


def test_only_who_asked_and_administrators_take_the_file(app: Flask, team: dict[str, Person]) -> None:
    job_id = ask(team["Beata"])
    assert making.make_next(app)
    other = office.hire("Doris", "handler")
    for person, status in ((team["Beata"], 200), (team["Anna"], 200), (other, 404), (team["Celina"], 403)):
        client = office.visitor(app, person)
        assert client.get(f"/biuro/eksporty/{job_id}").status_code == status, person.role
        assert client.get(f"/biuro/eksporty/{job_id}/plik").status_code == status, person.role
    limited = office.visitor(app, office.limit(team["Beata"], "inny"))
    assert limited.get(f"/biuro/eksporty/{job_id}/plik").status_code == 404, "the form is no longer hers"


def test_who_has_lost_the_right_to_sensitive_answers_gets_no_file_with_them(
    app: Flask, team: dict[str, Person]
) -> None:
    anna = office.visitor(app, team["Anna"])
    job_id = ask(team["Anna"], "format=csv&wrazliwe=1", sensitive=True)
    assert making.make_next(app)
    assert anna.get(f"/biuro/eksporty/{job_id}/plik").data[:2] == b"PK"
    run("UPDATE person SET sensitive = 0 WHERE id = ?", team["Anna"].id)
    assert people.get(team["Anna"].id) is not None
    assert anna.get(f"/biuro/eksporty/{job_id}/plik").status_code == 404


def test_asked_for_twice_it_is_made_once(app: Flask, team: dict[str, Person]) -> None:
    assert ask(team["Beata"]) == ask(team["Beata"]) != ask(team["Anna"])


def test_how_far_it_is_is_told_while_a_workbook_is_closed(
    app: Flask, team: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BEAT", 0.01)
    job_id = ask(team["Beata"])
    job = jobs.claim(services.now() - timedelta(seconds=50))
    assert job is not None
    with making.Progress(job, threading.Event()) as progress:
        progress.tell(2)
        for _ in range(200):
            if found(job_id).done == 2 or threading.Event().wait(0.01):
                break
    assert found(job_id).done == 2
    assert jobs.claim(services.now() + timedelta(seconds=30)) is None, "nobody else takes it up meanwhile"


def test_who_has_lost_the_job_stops(app: Flask, team: dict[str, Person]) -> None:
    ask(team["Beata"])
    job = jobs.claim(services.now())
    assert job is not None
    progress = making.Progress(job, threading.Event(), lost=True)
    with pytest.raises(making.Stopped):
        progress.tell(1)


def test_a_job_of_a_killed_worker_begins_again(app: Flask, team: dict[str, Person]) -> None:
    job_id = ask(team["Beata"])
    killed = jobs.claim(services.now() - timedelta(minutes=2))
    assert killed is not None
    assert making.make_next(app)
    assert found(job_id).state == jobs.DONE
    assert not jobs.beat(killed, 1, services.now()), "what woke up late does not disturb"
    assert not jobs.finish(killed, "late.csv", 1, 1, services.now())


def test_what_kills_the_worker_every_time_fails_and_says_what_to_do(app: Flask, team: dict[str, Person]) -> None:
    job_id = ask(team["Beata"])
    for attempt in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(services.now() - timedelta(minutes=10 - 2 * attempt)) is not None
    making.make_next(app)
    assert found(job_id).error == jobs.KILLED
    page = office.visitor(app, team["Beata"]).get(f"/biuro/eksporty/{job_id}").text
    assert "Plik nie powstał" in page
    assert "Wybierz mniej odpowiedzi" in page


def test_a_full_disk_fails_the_job_and_leaves_nothing_behind(
    app: Flask, team: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.services(app).settings.data_dir / "exports").write_text("not a folder")
    job_id = ask(team["Beata"])
    assert making.make_next(app)
    assert found(job_id).error == "OSError"
    assert "brakuje miejsca" in office.visitor(app, team["Beata"]).get(f"/biuro/eksporty/{job_id}").text


def test_a_worker_that_is_stopped_gives_the_job_back(app: Flask, team: dict[str, Person]) -> None:
    job_id, stop = ask(team["Beata"]), threading.Event()
    stop.set()
    assert making.make_next(app, stop)
    assert (found(job_id).state, found(job_id).attempts) == (jobs.WAITING, 0)
    folder = office.services(app).settings.data_dir / "exports"
    assert list(folder.iterdir()) == []


def test_the_worker_makes_exports_beside_its_messages(app: Flask, team: dict[str, Person]) -> None:
    job_id, stop = ask(team["Beata"]), threading.Event()
    thread = threading.Thread(target=worker.run, args=(app, stop))
    thread.start()
    for _ in range(100):
        if found(job_id).over or stop.wait(0.05):
            break
    stop.set()
    thread.join(10)
    assert found(job_id).state == jobs.DONE


def test_a_week_later_the_file_is_gone(app: Flask, team: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> None:
    job_id = ask(team["Beata"])
    making.make_next(app)
    folder = office.services(app).settings.data_dir / "exports"
    worker.daily(app)
    assert len(list(folder.iterdir())) == 1
    later = services.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr(services, "clock", lambda: later)
    worker.daily(app)
    assert list(folder.iterdir()) == []
    assert jobs.get(job_id) is None


def test_a_form_that_is_gone_fails_the_job(app: Flask, team: dict[str, Person]) -> None:
    job_id = jobs.ask("inny", team["Beata"].id, "csv", "", 1, services.now())
    making.make_next(app)
    assert found(job_id).error == "gone"


def test_what_was_asked_survives_as_the_text_of_an_address(app: Flask, team: dict[str, Person]) -> None:
    form = office.services(app).catalogue.get("szkolenie")
    assert form is not None
    text = "q=%C5%81%C3%B3d%C5%BA+%26&kolumny_eksportu=osoba&kolumny_eksportu=o.i&zapis=kody&format=csv"
    kept = asking.wish_of(form, text, sensitive=False)
    assert kept.query == text
    assert kept.asked.columns == {"osoba", "o.i"}

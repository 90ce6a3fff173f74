"""Accounts in the browser: inviting, rights, closing; one's own password; what commands do."""

from __future__ import annotations

import re
from dataclasses import replace
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pyotp
import pytest
from flask import Flask

from records import audit, outbox, people, second_factor
from records.people import Person
from tests.conscience import Conscience
from tests.views import office
from views.mail import Folder, worker

TEAM, NEW = "/biuro/konta", "/biuro/konta/nowe"
DOROTA = {"name": "Dorota Lis", "email": "dorota@urzad.example", "role": "viewer", "zakres": "wybrane"}


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": office.TRAINING, "ankieta": office.TRAINING.replace("Szkolenie", "Ankieta")}


@pytest.fixture
def anna() -> Person:
    return office.hire("Anna", "administrator", office.PASSWORD)


@pytest.fixture
def administrator(app: Flask, anna: Person) -> Conscience:
    return office.visitor(app, anna)


def link_of(client: Conscience) -> str:
    return next("".join(each.itertext()) for each in client.page.all("code") if each.get("id") == "link")


def invite(client: Conscience, **changes: object) -> Person:
    client.get(NEW)
    answers = {**DOROTA, "formularz": ["ankieta"], **changes}
    client.send(answers, form=NEW)  # type: ignore[arg-type]
    found = people.find("dorota@urzad.example")
    assert found is not None
    return found


def test_somebody_invited_by_a_link_comes_in_with_the_rights_given(app: Flask, administrator: Conscience) -> None:
    person = invite(administrator)
    assert (person.role, person.sensitive, person.forms) == ("viewer", False, frozenset({"ankieta"}))
    link = link_of(administrator)
    administrator.get(TEAM)
    assert "Dorota Lis" in administrator.page.text
    assert "zaproszone" in administrator.page.text
    dorota = office.visitor(app)
    dorota.get(link)
    dorota.send({"password": office.PASSWORD})
    dorota.get("/biuro/")
    assert "Ankieta" in dorota.page.text
    assert "Szkolenie" not in dorota.page.text


def test_somebody_invited_sees_sensitive_answers_only_where_that_was_ticked(administrator: Conscience) -> None:
    assert not invite(administrator, role="handler").sensitive
    administrator.get(NEW)
    administrator.send({**DOROTA, "email": "ola@urzad.example", "zakres": "wszystkie", "sensitive": "tak"}, form=NEW)
    ola = people.find("ola@urzad.example")
    assert ola is not None
    assert ola.sensitive


def test_what_is_missing_in_an_invitation_is_named_and_nothing_typed_is_lost(administrator: Conscience) -> None:
    administrator.get(NEW)
    wrong = {**DOROTA, "email": "dorota", "formularz": []}
    assert administrator.send(wrong, form=NEW).status_code == 422
    links = {link.get("href") for link in administrator.page.all("a")}
    assert {"#email", "#zakres"} <= links
    typed = {each.get("name"): each.get("value") for each in administrator.page.all("input")}
    assert (typed["name"], typed["email"]) == ("Dorota Lis", "dorota")
    assert people.find("dorota@urzad.example") is None


def test_an_address_that_has_an_account_is_refused(administrator: Conscience) -> None:
    administrator.get(NEW)
    assert (
        administrator.send({**DOROTA, "email": "Anna@urzad.example", "zakres": "wszystkie"}, form=NEW).status_code
        == 422
    )
    assert "Konto z tym adresem już jest" in administrator.page.text


def test_rights_are_changed_and_hold_from_the_next_click(app: Flask, administrator: Conscience) -> None:
    beata = office.hire("Beata", "handler")
    client = office.visitor(app, beata)
    assert client.get("/biuro/formularze/szkolenie/odpowiedzi").status_code == 200
    administrator.get(f"{TEAM}/{beata.id}")
    administrator.send({"zakres": "wybrane", "formularz": ["ankieta"], "sensitive": False}, form=f"{TEAM}/{beata.id}")
    assert "Uprawnienia są zapisane" in administrator.page.text
    assert client.get("/biuro/formularze/szkolenie/odpowiedzi").status_code == 404
    assert not people.known(beata.id).sensitive


def test_the_last_administrator_cannot_step_down_or_be_closed(administrator: Conscience, anna: Person) -> None:
    administrator.get(f"{TEAM}/{anna.id}")
    assert administrator.send({"role": "viewer"}, form=f"{TEAM}/{anna.id}").status_code == 422
    assert "To jedyny administrator" in administrator.page.text
    administrator.get(f"{TEAM}/{anna.id}")
    assert administrator.send(button="Zamknij konto", form="zmien").status_code == 422
    assert people.known(anna.id).role == "administrator"
    assert people.known(anna.id).active


def test_accounts_are_signed_out_closed_opened_and_given_new_links(app: Flask, administrator: Conscience) -> None:
    beata = office.hire("Beata", "handler", office.PASSWORD)
    told = {
        "Wyloguj wszędzie": "wylogowana na wszystkich urządzeniach",
        "Zamknij konto": "Konto jest zamknięte",
        "Otwórz konto": "Konto znowu działa",
    }
    for button, words in told.items():
        client = office.visitor(app, people.known(beata.id))
        administrator.get(f"{TEAM}/{beata.id}")
        administrator.send(button=button, form="zmien")
        assert words in administrator.page.text
        assert client.get("/biuro/").status_code == 303
    administrator.get(f"{TEAM}/{beata.id}")
    administrator.send(button="Utwórz nowy link do hasła", form="zmien")
    assert office.visitor(app).get(link_of(administrator)).status_code == 200


def test_a_lost_telephone_is_helped_by_an_administrator(app: Flask, administrator: Conscience) -> None:
    beata, key = office.hire("Beata", "handler"), office.services(app).settings.secret_key
    code = pyotp.TOTP(second_factor.secret("ziarno", key)).at(office.SENT)
    assert second_factor.turn_on(beata, "ziarno", key, code, office.SENT)
    administrator.get(f"{TEAM}/{beata.id}")
    administrator.send(button="Wyłącz drugi składnik", form="zmien")
    assert not people.known(beata.id).two_factor
    assert audit.recent()[0].action == "two-factor-reset"


def test_where_there_is_mail_the_invitation_is_sent_with_a_link_of_its_own_that_is_kept_nowhere(
    app: Flask, anna: Person, tmp_path: Path
) -> None:
    found = office.services(app)
    app.extensions["nabor"] = replace(found, settings=replace(found.settings, mail_url="smtp://localhost:25"))
    administrator = office.visitor(app, anna)
    person = invite(administrator)
    assert "Osobny link wysyłamy też" in administrator.page.text
    assert worker.turn(app, Folder(tmp_path)) == 1
    (sent,) = tmp_path.glob("*.eml")
    text = BytesParser(policy=default).parsebytes(sent.read_bytes()).get_body(("plain",))
    assert text is not None
    (link,) = re.findall(r"https?://\S+/zaproszenie/\S+", text.get_content())
    assert link != link_of(administrator)
    (letter,) = outbox.recent()
    assert letter.text is None
    administrator.get("/biuro/wiadomosci")
    administrator.get(f"/biuro/wiadomosci/{letter.id}")
    assert "Treści nie przechowujemy" in administrator.page.text
    dorota = office.visitor(app)
    dorota.get(link)
    dorota.send({"password": office.PASSWORD})
    assert people.known(person.id).has_password


def test_a_new_password_asks_for_the_old_one_and_ends_other_sessions(app: Flask, anna: Person) -> None:
    here, elsewhere = office.visitor(app, anna), office.visitor(app, anna)
    here.get("/biuro/konto")
    new = "zupełnie inne hasło"
    assert here.send({"obecne": "zgaduję hasło", "password": new}, form="haslo").status_code == 422
    assert here.send({"obecne": office.PASSWORD, "password": "krótkie"}, form="haslo").status_code == 422
    here.send({"obecne": office.PASSWORD, "password": new}, form="haslo")
    assert "Hasło jest zmienione" in here.page.text
    assert here.get("/biuro/").status_code == 200
    assert elsewhere.get("/biuro/").status_code == 303
    assert people.check("anna@urzad.example", new) is not None


def test_guessing_the_old_password_is_stopped(app: Flask, anna: Person) -> None:
    client = office.visitor(app, anna)
    client.get("/biuro/konto")
    typed = {"obecne": "zgaduję hasło", "password": office.PASSWORD}
    assert [client.send(typed, form="haslo").status_code for _ in range(6)] == [422] * 5 + [429]


def test_signing_out_everywhere_leaves_this_session(app: Flask, anna: Person) -> None:
    here, elsewhere = office.visitor(app, anna), office.visitor(app, anna)
    here.get("/biuro/konto")
    here.send(form="wyloguj-inne")
    assert "inne urządzenia są wylogowane" in here.page.text
    assert elsewhere.get("/biuro/").status_code == 303
    assert audit.recent()[0].action == "signed-out-everywhere"


def test_commands_leave_their_trace_and_help_without_a_browser(app: Flask, anna: Person) -> None:
    run = app.test_cli_runner().invoke
    assert "hasła" in run(args=["staff", "add", "Dorota", "dorota@urzad.example"]).output
    assert run(args=["staff", "disable", "anna@urzad.example"]).exit_code == 1
    assert people.known(anna.id).active
    done = run(args=["staff", "reset-two-factor", "anna@urzad.example"])
    assert (done.exit_code, "nie ma drugiego składnika" in done.output) == (0, True)
    told = [(entry.action, entry.actor) for entry in audit.recent(2)]
    assert told == [("two-factor-reset", "system"), ("account-added", "system")]


def test_people_stand_in_polish_order(administrator: Conscience) -> None:
    hired = ("Zofia", "Łucja", "Lena", "Ćwiek")
    for name in hired:
        office.hire(name, "viewer")
    administrator.get("/biuro/konta")
    rows = ["".join(cell.itertext()).strip() for cell in administrator.page.all("th") if cell.get("scope") == "row"]
    told = [name for row in rows for name in hired if row.startswith(name)]
    assert told == ["Ćwiek", "Lena", "Łucja", "Zofia"]

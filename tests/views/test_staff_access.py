"""Who gets in where: every route for every role, sessions that end, addresses that lead away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from records import accounts, people
from records.database import database
from records.people import ROLES
from records.responses import Response
from tests.records.steps import counting
from tests.views import office
from tests.views.who import WHO
from views import services
from views.access import FORM_OF, OF_NO_FORM, RIGHTS, Everyone, Right, local_path, rule
from views.programs import Programs


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": office.TRAINING}


@pytest.fixture
def response(app: Flask) -> Response:
    return office.receive(app, gmina=office.BIALOGARD, osoba="Jan", dieta="koszerna")


def routes(app: Flask, response: Response) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, address) of every route that is not for everyone."""
    values = {
        "slug": "szkolenie",
        "format": "csv",
        "key": response.key,
        "file_id": 1,
        "correction": 0,
        "message_id": 1,
        "job_id": 1,
        "token_id": 1,
        "view_id": 1,
    }
    values |= {"entry": 1, "note_id": 1, "recommendation_id": 1, "step_id": "x", "indicator": "x"}
    values |= {"person_id": 1, "event": "T1", "booking_id": 1, "code": "x", "question": "osoba", "gmina": "3201011"}
    values |= {"protocol_id": 1, "text_hash": "x"}
    with app.test_request_context():
        for found in app.url_map.iter_rules():
            if isinstance(rule(app, found.endpoint), Everyone | Programs):
                continue
            address = app.url_for(found.endpoint, **{name: values[name] for name in found.arguments})
            for method in sorted((found.methods or set()) - {"HEAD", "OPTIONS"}):
                yield found.endpoint, method, address


def test_every_route_says_whom_it_lets_in(app: Flask) -> None:
    silent = {each.endpoint for each in app.url_map.iter_rules() if rule(app, each.endpoint) is None}
    assert silent == set(), "oznacz te trasy: @requires(Right.…) albo @open_to_all"


def test_every_route_for_programs_asks_for_a_token_whoever_is_signed_in(app: Flask) -> None:
    anna = office.visitor(app, office.hire("Anna", "administrator"))
    marked = [each for each in app.url_map.iter_rules() if isinstance(rule(app, each.endpoint), Programs)]
    assert len(marked) == 4
    for each in marked:
        answer = anna.get(each.rule.replace("<slug>", "szkolenie"))
        assert (answer.status_code, answer.content_type) == (401, "application/problem+json"), each.rule


def test_a_route_that_says_nothing_lets_nobody_in(app: Flask) -> None:
    app.add_url_rule("/zapomniana", "forgotten", lambda: "tajne")
    assert office.visitor(app).get("/zapomniana").status_code == 403
    assert office.visitor(app, office.hire("Anna", "administrator")).get("/zapomniana").status_code == 403


def test_whoever_is_not_signed_in_is_sent_to_sign_in_from_every_route(app: Flask, response: Response) -> None:
    app.config["WTF_CSRF_ENABLED"] = (
        False  # which would refuse what is posted from nowhere before anybody asks who it is
    )
    guarded = list(routes(app, response))
    assert len(guarded) >= 6
    for _, method, address in guarded:
        answer = office.visitor(app).open(address, method=method)
        assert answer.status_code == 303, address
        assert answer.location.startswith("/biuro/logowanie"), address


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_in_where_it_may_and_nowhere_else(app: Flask, response: Response, role: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = office.visitor(app, office.hire("Ktoś", role))
    for endpoint, method, address in routes(app, response):
        assert endpoint in WHO, f"dopisz trasę {endpoint} do WHO: kto ma tam wejść?"
        status = client.open(address, method=method).status_code
        if role in WHO[endpoint].split():
            # 404: the response has no such file; 422: what was sent is not enough
            assert status in (200, 303, 404, 422), f"{role} {address}"
        else:
            assert status == 403, f"{role} {address}"


def test_who_is_limited_to_one_form_finds_nothing_of_another(app: Flask, response: Response) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    handler = office.limit(office.hire("Dorota", "handler"), "inny")
    client = office.visitor(app, handler)
    for endpoint, method, address in routes(app, response):
        if "handler" not in WHO[endpoint].split():
            continue
        answer = client.open(address, method=method)
        if rule(app, endpoint) is Right.KEEP_REGISTER:  # which decides about all forms
            assert answer.status_code == 403, address
        elif endpoint == "staff.register_entry":
            assert answer.status_code == 404, "nie ma wpisu nr 1"
        elif next(app.url_map.iter_rules(endpoint)).arguments & set(FORM_OF):
            assert answer.status_code == 404, f"{endpoint}: wpuszcza do formularza, którego konto nie ma widzieć"
        else:
            assert answer.status_code in (200, 303, 422), address
        assert "szkolenie" not in answer.text.replace(address, "").lower(), f"{endpoint}: mówi o cudzym formularzu"


def test_what_is_of_another_form_and_what_does_not_exist_get_the_same_answer(app: Flask, response: Response) -> None:
    client = office.visitor(app, office.limit(office.hire("Dorota", "handler"), "inny"))
    for there, nowhere in (
        (f"/biuro/odpowiedzi/{response.key}", "/biuro/odpowiedzi/aaaaaaaaaa"),
        ("/biuro/formularze/szkolenie/odpowiedzi", "/biuro/formularze/nie-ma/odpowiedzi"),
        ("/biuro/wiadomosci/1", "/biuro/wiadomosci/999"),
    ):
        answers = [client.get(address) for address in (there, nowhere)]
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].text.replace(there, "") == answers[1].text.replace(nowhere, "")


def test_every_part_of_an_address_says_which_form_it_belongs_to(app: Flask) -> None:
    staff = [each for each in app.url_map.iter_rules() if not isinstance(rule(app, each.endpoint), Everyone)]
    unknown = {(each.endpoint, name) for each in staff for name in each.arguments} - {
        (each.endpoint, name) for each in staff for name in {*FORM_OF, *OF_NO_FORM}
    }
    assert unknown == set(), "dopisz tę część adresu do FORM_OF albo OF_NO_FORM w views/access.py"


def test_whoever_is_limited_to_a_form_works_with_it_as_ever(app: Flask, response: Response) -> None:
    client = office.visitor(app, office.limit(office.hire("Dorota", "handler"), "szkolenie"))
    assert client.get(f"/biuro/odpowiedzi/{response.key}").status_code == 200
    assert "Szkolenie" in client.get("/biuro/").text
    assert client.get("/biuro/formularze/szkolenie/odpowiedzi").status_code == 200


def test_every_role_has_its_rights_and_only_the_administrator_has_all() -> None:
    assert set(RIGHTS) == set(ROLES)
    assert [role for role, rights in RIGHTS.items() if rights == set(Right)] == ["administrator"]


def test_a_new_password_a_closed_account_and_a_changed_role_hold_from_the_next_request(app: Flask) -> None:
    team = office.team()
    anna, beata, celina = (office.visitor(app, person) for person in team.values())
    assert [each.get("/biuro/").status_code for each in (anna, beata, celina)] == [200, 200, 200]
    people.set_password(team["Anna"], office.PASSWORD)
    people.disable(team["Beata"])
    accounts.change(team["Celina"], "editor", True, None, services.now(), "system")
    assert [each.get("/biuro/").status_code for each in (anna, beata, celina)] == [303, 303, 200]
    assert celina.get("/biuro/formularze/szkolenie/odpowiedzi").status_code == 403


def test_a_session_ends_after_a_working_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = office.visitor(app, office.hire("Anna", "administrator"))
    assert client.get("/biuro/").status_code == 200
    later = services.now() + timedelta(hours=12, minutes=1)
    monkeypatch.setattr(services, "clock", lambda: later)
    assert client.get("/biuro/").status_code == 303


def test_signing_out_ends_the_session(app: Flask) -> None:
    client = office.visitor(app, office.hire("Anna", "administrator"))
    client.get("/biuro/")
    client.send(form="/biuro/wyloguj")
    assert client.page.heading == "Zaloguj się"
    assert client.get("/biuro/").status_code == 303


def test_a_public_page_asks_the_database_for_a_person_only_when_somebody_is_signed_in(app: Flask) -> None:
    visitor, anna = office.visitor(app), office.visitor(app, office.hire("Anna", "administrator"))
    visitor.get("/")
    with counting(database) as seen:
        visitor.get("/")
    assert [sql for sql in seen if "person" in sql] == []
    with counting(database) as seen:
        anna.get("/")
    assert len([sql for sql in seen if "person" in sql]) == 1


@pytest.mark.parametrize("address", ["/biuro/", "/biuro/formularze/x/odpowiedzi?q=%C5%81%C3%B3d%C5%BA&page=2", "/"])
def test_an_address_of_ours_is_where_one_goes_after_signing_in(address: str) -> None:
    assert local_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "//zly.example",
        "/\\zly.example",
        "https://zly.example",
        "/\t/zly.example",
        "\\\\zly",
        "/a\nb",
        "javascript:x",
        "/a\\b",
    ],
)
def test_an_address_elsewhere_never_is(address: str) -> None:
    assert local_path(address) is None

"""The API: for programs with a token; the same rows and bytes as the export; strict, paged, 304 when nothing changed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from records import audit, tokens
from records.people import Person
from tests.conscience import Conscience
from tests.views import office
from views import programs, services

FORM = (
    office.TRAINING
    + """
  - {name: rodzaj, type: choice, label: Rodzaj, options: [{urzad: Urząd gminy}, {ops: Ośrodek pomocy}]}
"""
)
GROUP = "  - {name: osoby, type: group, label: Osoby, fields: [{name: imie, type: text, label: Imię}]}\n"
ROWS = "/api/v1/forms/szkolenie/responses"
WEB = "/biuro/formularze/szkolenie/eksport"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": FORM, "grupa": FORM + GROUP, "inny": FORM}


@pytest.fixture
def team(app: Flask) -> dict[str, Person]:
    return office.team()


@pytest.fixture
def sent(app: Flask, team: dict[str, Person]) -> list[str]:
    one = office.receive(app, gmina=office.SWINOUJSCIE, osoba="Zofia Żabińska", dieta="bez glutenu", rodzaj="ops")
    two = office.receive(app, gmina=office.BIALOGARD, osoba="Jan", rodzaj="urzad", at=office.SENT + timedelta(days=1))
    office.begin(app, osoba="Szkic")
    return [str(one.reference), str(two.reference)]


def token(team: dict[str, Person], forms: list[str] | None = None, *, sensitive: bool = False, days: int = 30) -> str:
    ends = services.now() + timedelta(days=days)
    return tokens.make("Power BI", forms, ends, team["Anna"].id, services.now(), sensitive=sensitive)


def get(app: Flask, secret: str, address: str, **headers: str) -> TestResponse:
    """As a program asks: a client without cookies, which notices when the server would send less than there is."""
    app.test_client_class = Conscience
    return app.test_client(use_cookies=False).get(address, headers={"Authorization": f"Bearer {secret}", **headers})


def references(answer: TestResponse) -> list[str]:
    return [json.loads(line)["reference"] for line in answer.text.splitlines()]


def problem(answer: TestResponse) -> dict[str, Any]:
    assert answer.content_type == "application/problem+json"
    found: dict[str, Any] = answer.get_json(force=True)
    assert found["status"] == answer.status_code
    assert set(found) >= {"type", "title", "detail"}
    return found


def test_a_token_reads_forms_columns_versions_and_responses(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    secret = token(team)
    listed = get(app, secret, "/api/v1/forms").get_json()["forms"]
    assert [(each["slug"], each["responses"]) for each in listed] == [("grupa", 0), ("inny", 0), ("szkolenie", 2)]
    form = get(app, secret, "/api/v1/forms/szkolenie").get_json()
    fields = {each["name"]: each for each in form["tables"][0]["schema"]["fields"]}
    assert fields["rodzaj"]["categories"][0] == {"value": "urzad", "label": "Urząd gminy"}
    assert "dieta" not in fields
    (version,) = get(app, secret, "/api/v1/forms/szkolenie/versions").get_json()["versions"]
    assert (version["hash"], version["responses"]) == (form["version"], 2)
    assert references(get(app, secret, ROWS)) == sent


@pytest.mark.parametrize("format_", ["csv", "csv-excel", "jsonl"])
def test_the_bytes_are_those_of_the_export(app: Flask, team: dict[str, Person], sent: list[str], format_: str) -> None:
    answer = get(app, token(team), f"{ROWS}?format={format_}")
    assert answer.data == office.visitor(app, team["Anna"]).get(f"{WEB}/{format_}").data
    assert "Set-Cookie" not in answer.headers


def test_sensitive_answers_only_with_a_token_that_has_them(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    assert "bez glutenu" not in get(app, token(team), ROWS).text
    assert "dieta" not in get(app, token(team), f"{ROWS}?format=csv&columns=dieta,osoba").text
    secret = token(team, sensitive=True)
    assert "bez glutenu" in get(app, secret, ROWS).text
    assert audit.recent(1)[0].details == {"format": "jsonl", "api": True, "sensitive": True}
    assert audit.recent(1)[0].actor.startswith("token:")


def test_another_form_is_as_if_it_did_not_exist(app: Flask, team: dict[str, Person], sent: list[str]) -> None:
    secret = token(team, ["inny"])
    assert [each["slug"] for each in get(app, secret, "/api/v1/forms").get_json()["forms"]] == ["inny"]
    for tail in ("", "/versions", "/responses"):
        other, none = (get(app, secret, f"/api/v1/forms/{slug}{tail}") for slug in ("szkolenie", "nie-ma"))
        assert problem(other) == problem(none)
        assert other.status_code == 404


def test_a_token_that_ended_was_revoked_or_never_was_opens_nothing(app: Flask, team: dict[str, Person]) -> None:
    revoked, over = token(team), token(team, days=1)
    tokens.revoke(
        next(each.id for each in tokens.everything() if each.expires_at > services.now() + timedelta(2)),
        1,
        services.now(),
    )
    with app.app_context():
        assert tokens.find(over, services.now() + timedelta(days=2)) is None
    for header in (f"Bearer {revoked}", "Bearer nabor_x", "Basic eDp4", "Bearer ", "x"):
        answer = app.test_client().get("/api/v1/forms", headers={"Authorization": header})
        assert problem(answer)["status"] == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_opens_nothing_here_and_a_token_nothing_there(app: Flask, team: dict[str, Person]) -> None:
    assert office.visitor(app, team["Anna"]).get("/api/v1/forms").status_code == 401
    assert get(app, token(team), "/biuro/").status_code == 303


def test_a_program_that_asks_too_often_waits(
    app: Flask, team: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "BY_PROGRAM", "2 per minute")
    secret = token(team)
    assert [get(app, secret, "/api/v1/forms").status_code for _ in range(3)] == [200, 200, 429]
    assert int(get(app, secret, "/api/v1/forms").headers["Retry-After"]) > 0
    assert get(app, token(team), "/api/v1/forms").status_code == 200


def test_guessing_tokens_is_slow(app: Flask) -> None:
    codes = [get(app, "nabor_x", "/api/v1/forms").status_code for _ in range(22)]
    assert codes == [401] * 20 + [429] * 2


@pytest.mark.parametrize(
    "asked",
    [
        *("limit=0", "limit=x", "limit=1&limit=2", "format=xlsx", "changed_since=2026-11-20", "after=1", "labels=tak"),
        *("state=draft", "stat=accepted", "columns=a,,b", "changed_since=0001-01-01T00:00%2B09:00"),
        "changed_since=2026-13-45T00:00Z",
    ],
)
def test_what_makes_no_sense_is_refused_and_says_how_to_mend_it(
    app: Flask, team: dict[str, Person], asked: str
) -> None:
    answer = get(app, token(team), f"{ROWS}?{asked}")
    assert answer.status_code == 400
    assert len(problem(answer)["detail"]) > 20


@pytest.mark.parametrize("asked", ["table=osoby&format=csv", "table=x"])
def test_a_table_that_is_not_there_is_not_found(app: Flask, team: dict[str, Person], asked: str) -> None:
    answer = get(app, token(team), f"{ROWS}?{asked}")
    assert answer.status_code == 404
    assert "tabel" in problem(answer)["detail"].lower()


def test_errors_are_told_as_programs_read_them(app: Flask, team: dict[str, Person]) -> None:
    assert problem(get(app, token(team), "/api/v1/nie-ma"))["status"] == 404
    answer = app.test_client().post("/api/v1/forms")
    assert problem(answer)["status"] == 405
    assert "GET" in answer.headers["Allow"]


def test_pages_follow_one_another(app: Flask, team: dict[str, Person], sent: list[str]) -> None:
    secret, address, found = token(team), f"{ROWS}?limit=1&format=jsonl", []
    for _ in range(3):
        answer = get(app, secret, address)
        found += references(answer)
        if "Link" not in answer.headers:
            break
        address = answer.headers["Link"].split(">")[0].removeprefix("<http://localhost")
    assert found == sent


def test_only_what_changed_since_and_what_is_in_a_state(app: Flask, team: dict[str, Person], sent: list[str]) -> None:
    secret = token(team)
    assert references(get(app, secret, f"{ROWS}?changed_since=2026-11-21T00:00:00%2B01:00")) == sent[1:]
    assert references(get(app, secret, f"{ROWS}?state=accepted")) == []
    assert references(get(app, secret, f"{ROWS}?state=submitted&newest=true")) == sent


def test_a_group_is_a_table_of_its_own(app: Flask, team: dict[str, Person]) -> None:
    office.receive(app, "grupa", osoba="Jan", osoby=[{"imie": "Ola"}, {"imie": "Ela"}])
    secret = token(team)
    made = get(app, secret, "/api/v1/forms/grupa/responses?format=csv&table=osoby").text.splitlines()
    assert made[0] == "reference,lp,imie"
    assert [line.split(",")[1:] for line in made[1:]] == [["1", "Ola"], ["2", "Ela"]]
    assert [each["name"] for each in get(app, secret, "/api/v1/forms/grupa").get_json()["tables"]] == ["", "osoby"]


def test_nothing_is_sent_again_while_nothing_changes(app: Flask, team: dict[str, Person], sent: list[str]) -> None:
    secret = token(team)
    for address in (ROWS, f"{ROWS}?format=csv", "/api/v1/forms", "/api/v1/forms/szkolenie"):
        first = get(app, secret, address)
        again = get(app, secret, address, **{"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), address
    since = get(app, secret, ROWS).headers["Last-Modified"]
    assert get(app, secret, ROWS, **{"If-Modified-Since": since}).status_code == 304
    tag = get(app, secret, ROWS).headers["ETag"]
    office.receive(app, osoba="Ewa", at=office.SENT)
    assert get(app, secret, ROWS, **{"If-None-Match": tag}).status_code == 200


def test_what_may_still_change_within_its_second_has_no_tag(app: Flask, team: dict[str, Person]) -> None:
    office.receive(app, osoba="Ewa", at=services.now())
    assert "ETag" not in get(app, token(team), ROWS).headers


def test_the_last_use_of_a_token_is_known(app: Flask, team: dict[str, Person]) -> None:
    secret = token(team)
    assert tokens.everything()[0].last_used_at is None
    get(app, secret, "/api/v1/forms")
    used = tokens.everything()[0].last_used_at
    assert used is not None
    assert services.now() - used < timedelta(seconds=5)


def test_the_description_is_for_everybody_and_names_every_route(app: Flask) -> None:
    described = app.test_client().get("/api/v1/openapi.json").get_json()
    assert described["openapi"] == "3.1.0"
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    paths = {"/api/v1" + path.replace("{", "<").replace("}", ">") for path in described["paths"]}
    assert rules == paths | {"/api/v1/openapi.json"}

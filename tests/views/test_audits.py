"""Audits at the desk: result, recommendations, comparison, barriers of the region; what each person sees of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask import Flask

from records.database import database, run
from records.gminy import people, work
from records.gminy.people import COORDINATOR
from records.gminy.work import BEGUN
from records.people import Person
from tests.conscience import Conscience
from tests.records.steps import counting
from tests.views import audited, office
from tests.views.audited import BIALOGARD, LIFT, SWINOUJSCIE, audit
from tests.views.pressing import press
from tests.views.test_gmina import inside
from views.services import now


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"audyt": audited.FORM}


@pytest.fixture
def desk(app: Flask, staff: dict[str, Person]) -> Conscience:
    return office.visitor(app, staff["Beata"])


@pytest.fixture
def staff(app: Flask) -> dict[str, Person]:
    with app.app_context():
        return office.team()


def test_the_result_of_an_audit_has_scores_class_barriers_and_recommendations(app: Flask, desk: Conscience) -> None:
    stored = audit(app, "2026-10-14", LIFT)
    desk.get(f"/biuro/odpowiedzi/{stored.key}")
    desk.get(f"/biuro/odpowiedzi/{stored.key}/audyt")
    assert desk.page.heading == "Urząd Miasta"
    text = desk.page.text
    assert "57,1%" in text  # (2·1 + 2·3) of (2·3 + 2·1 + 2·3)
    assert "niska" in text
    assert "A01. Dojście jest równe" in text
    assert "Wyrównać dojście." in text
    assert "240 000,00 zł" in text
    assert "po terminie" in text  # the last day of October has passed
    assert "Jan Tajny" not in text


def test_what_was_done_is_noted_by_staff_and_late_no_more(app: Flask, desk: Conscience) -> None:
    stored = audit(app, "2026-10-14", LIFT)
    desk.get(f"/biuro/odpowiedzi/{stored.key}/audyt")
    refused = press(desk, "Zapisz", stan="done")
    assert refused.status_code == 422
    assert "Napisz, co zrobiono" in desk.page.text
    press(desk, "Zapisz", stan="done", opis="Dojście wyrównane w listopadzie.")
    text = desk.page.text
    assert "Dojście wyrównane w listopadzie." in text
    assert "Beata" in text
    assert "po terminie" not in text
    desk.get(f"/biuro/odpowiedzi/{stored.key}")
    assert "odnotowano stan rekomendacji" in desk.page.text


def test_recommendations_whose_day_has_passed_are_told_in_the_morning_until_they_are_done(
    app: Flask, desk: Conscience, staff: dict[str, Person]
) -> None:
    stored = audit(app, "2026-10-14", LIFT, {**LIFT, "pozycja": "K01", "termin": "2099-01"})
    desk.get(f"/biuro/odpowiedzi/{stored.key}/audyt")
    desk.get("/biuro/dzis")
    assert "Rekomendacje po terminie" in desk.page.text
    (late,) = (a for a in desk.page.all("a") if "stan=late" in a.get("href", ""))
    desk.get(late.get("href", ""))
    assert "1 rekomendacja" in desk.page.text
    other = office.visitor(app, office.limit(staff["Beata"], "inny"))
    other.get("/biuro/dzis")
    assert "Rekomendacje po terminie" not in other.page.text
    with app.app_context():
        run("UPDATE recommendation SET state = 'done'")
    another = office.visitor(app, office.hire("Zofia", "handler"))
    another.get("/biuro/dzis")
    assert "Rekomendacje po terminie" not in another.page.text


def test_who_only_looks_cannot_note_anything(app: Flask, staff: dict[str, Person]) -> None:
    stored = audit(app, "2026-10-14", LIFT)
    celina = office.visitor(app, staff["Celina"])
    celina.get(f"/biuro/odpowiedzi/{stored.key}/audyt")
    assert "Odnotuj, co zrobiono" not in celina.page.text


def test_two_audits_of_a_building_are_compared_item_by_item(app: Flask, desk: Conscience) -> None:
    new = audit(app, "2026-10-14", A01="2", A02="2", K01="0")
    old = audit(app, "2024-10-14", A01="0", A02="2", K01="2")
    other = audit(app, "2025-01-01", gmina=SWINOUJSCIE)
    desk.get(f"/biuro/odpowiedzi/{new.key}/audyt")
    desk.get(f"/biuro/odpowiedzi/{new.key}/audyt/porownanie?z={old.key}")
    cells = [" ".join(" ".join(row.itertext()).split()) for row in desk.page.root.iter("tr")]
    assert [each for each in cells if each.startswith(("A0", "K0"))] == [
        "A01. Dojście jest równe nie spełnia spełnia lepiej",
        "A02. Wejście jest oznaczone spełnia spełnia bez zmian",
        "K01. Jest pętla indukcyjna spełnia nie spełnia gorzej",
    ]
    assert "Nowe (1)" in desk.page.text
    assert "Usunięte (1)" in desk.page.text
    turned = desk.get(f"/biuro/odpowiedzi/{old.key}/audyt/porownanie?z={new.key}")
    assert "K01. Jest pętla indukcyjna" in turned.text
    assert "gorzej" in turned.text  # the earlier one stays the earlier one
    assert desk.get(f"/biuro/odpowiedzi/{new.key}/audyt/porownanie?z={other.key}").status_code == 404
    assert desk.get(f"/biuro/odpowiedzi/{new.key}/audyt/porownanie?z=nic").status_code == 404


def test_the_list_of_barriers_counts_filters_and_tells_since_when(app: Flask, desk: Conscience) -> None:
    audit(app, "2024-10-14", LIFT)
    audit(app, "2026-10-14")
    audit(app, "2026-09-01", gmina=SWINOUJSCIE, building="Szkoła", A01="0", A02="0", K01="0")
    desk.get("/biuro/bariery")
    assert "3 barier" in desk.page.text
    assert "14.10.2024" in desk.page.text
    assert "po terminie" in desk.page.text
    for query, count in (
        (f"gmina={SWINOUJSCIE}", "2 barier"),
        ("pozycja=A01", "2 barier"),
        ("powiat=białogardzki", "1 barier"),
        ("stan=late", "1 barier"),
        ("stan=none", "2 barier"),
    ):
        desk.get(f"/biuro/bariery?{query}")
        assert count in desk.page.text, query
    table = desk.get(f"/biuro/bariery.csv?gmina={BIALOGARD}").data.decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(table), delimiter=";")
    assert len(rows) == 1
    row = dict(zip(heads, rows[0], strict=True))
    assert (row["Obiekt"], row["Pozycja"], row["Od"], row["Koszt (zł)"], row["Po terminie"]) == (
        *("Urząd Miasta", "A01", "2024-10-14", "240000,00", "tak"),
    )


def test_recommendations_of_all_audits_stand_from_the_soonest_day_with_what_they_would_cost(
    app: Flask, desk: Conscience
) -> None:
    sign = {"pozycja": "A02", "opis": "Oznaczyć wejście.", "termin": "2099-01"}
    audit(app, "2025-10-14", {**LIFT, "opis": "Stara rada."})
    audit(app, "2026-10-14", LIFT, sign)
    desk.get("/biuro/rekomendacje")
    text = desk.page.text
    assert "Stara rada." not in text  # the newer audit of the building says it anew
    assert text.index("Wyrównać dojście.") < text.index("Oznaczyć wejście.")
    assert "240 000,00 zł" in text
    desk.get("/biuro/rekomendacje?stan=late")
    assert "Wyrównać dojście." in desk.page.text
    assert "Oznaczyć wejście." not in desk.page.text
    taken = desk.get("/biuro/rekomendacje.csv?stan=late").data.decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(taken), delimiter=";")
    said = dict(zip(heads, row, strict=True))
    assert (said["Rekomendacja"], said["Koszt (zł)"], said["Termin"], said["Stan"], said["Po terminie"]) == (
        *("Wyrównać dojście.", "240000,00", "2026-10-31", "do zrobienia", "tak"),
    )
    desk.get("/biuro/rekomendacje?stan=done")
    assert "Nie ma rekomendacji" in desk.page.text


def test_a_formula_in_the_name_of_a_building_stays_text(app: Flask, desk: Conscience) -> None:
    audit(app, building="=2+2")
    assert ";'=2+2;" in desk.get("/biuro/bariery.csv").data.decode()


def test_who_is_limited_to_other_forms_learns_nothing_of_barriers(app: Flask, staff: dict[str, Person]) -> None:
    stored = audit(app)
    with app.app_context():
        limited = office.limit(staff["Beata"], "szkolenie")
    client = office.visitor(app, limited)
    assert "Urząd Miasta" not in client.get("/biuro/bariery").text
    assert "Urząd Miasta" not in client.get("/biuro/bariery.csv").text
    assert "Urząd Miasta" not in client.get("/biuro/rekomendacje").text
    assert client.get(f"/biuro/odpowiedzi/{stored.key}/audyt").status_code == 404


def test_the_list_takes_the_same_queries_however_many_audits_there_are(app: Flask, desk: Conscience) -> None:
    def queries() -> int:
        with counting(database) as counted:
            desk.get("/biuro/bariery")
        return len(counted)

    audit(app)
    desk.get("/biuro/bariery")
    few = queries()
    for number in range(8):
        audit(app, building=f"Szkoła {number}")
    desk.get("/biuro/bariery")
    assert queries() == few


def test_a_gmina_follows_its_own_audits_and_no_others(app: Flask, desk: Conscience) -> None:
    own, stray = audit(app, "2026-10-14", LIFT), audit(app, "2025-10-14")
    with app.app_context():
        anna = people.add(BIALOGARD, "Anna Nowak", "anna@bialogard.example", COORDINATOR, now(), "staff:1")
        work.bring(own.id, BIALOGARD, anna, BEGUN, now())
    client = inside(app, anna)
    client.get(f"/gmina/odpowiedzi/{own.key}")
    client.get(f"/gmina/odpowiedzi/{own.key}/audyt")
    assert "AUD-2026-0002" not in client.page.text  # nobody has brought it to the page
    press(client, "Zapisz", stan="planned", opis="Jest w budżecie na 2027 rok.")
    assert "Anna Nowak" in client.page.text
    assert client.get(f"/gmina/odpowiedzi/{stray.key}/audyt").status_code == 404
    assert client.get(f"/gmina/odpowiedzi/{own.key}/audyt/porownanie?z={stray.key}").status_code == 404
    assert client.get(f"/gmina/odpowiedzi/{own.key}/audyt.pdf").mimetype == "application/pdf"
    desk.get(f"/biuro/odpowiedzi/{own.key}/audyt")
    assert "Anna Nowak (gmina)" in desk.page.text
    with app.app_context():
        work.bring(stray.id, BIALOGARD, anna, BEGUN, now())
    client.get(f"/gmina/odpowiedzi/{own.key}/audyt/porownanie?z={stray.key}")
    assert client.page.heading == "Urząd Miasta"


def test_a_form_that_is_no_audit_has_no_result(app: Flask, desk: Conscience, forms: dict[str, str | Path]) -> None:
    stored = audit(app)
    with app.app_context():
        run("UPDATE response SET slug = 'gone' WHERE id = ?", stored.id)
    assert desk.get(f"/biuro/odpowiedzi/{stored.key}/audyt").status_code == 404

"""Reports of a gmina signed by two of its people; and the desk, where staff say who acts for a gmina."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from forms.polish import sort_key
from records.database import run
from records.desk import returned
from records.gminy import people
from records.gminy.people import COORDINATOR, Person
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.test_gmina import BIALOGARD, REPORT, anna, begun, inside, letters
from views.services import now

__all__ = ["anna", "letters"]


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"sprawozdanie": REPORT}


def prepared(app: Flask, anna: Person) -> tuple[Conscience, Conscience, str]:
    """Anna has signed that she prepared the report: her browser, that of Ewa, who is to approve it, and its key."""
    with app.app_context():
        ewa = people.add(BIALOGARD, "Ewa Zych", "ewa@bialogard.example", COORDINATOR, now(), "staff:1")
    client, second = inside(app, anna), inside(app, ewa)
    key = begun(app, client)
    client.get(f"/z/gmina-{key}/krok/liczby")
    client.send({"wydatki": "5"})
    client.get(f"/z/gmina-{key}/podsumowanie")
    client.send()
    client.get(f"/gmina/odpowiedzi/{key}")
    press(client, "Sporządziłem/sporządziłam")
    return client, second, key


def test_two_people_of_a_gmina_sign_and_anybody_can_check_the_paper(app: Flask, anna: Person) -> None:
    client, second, key = prepared(app, anna)
    assert "Zatwierdzić musi inna osoba" in client.page.text
    second.get(f"/gmina/odpowiedzi/{key}")
    press(second, "Zatwierdzam")
    (sha,) = set(re.findall(r"[0-9a-f]{64}", second.page.text))
    paper = second.get(f"/gmina/odpowiedzi/{key}/podpis/0.pdf").data
    assert paper[:5] == b"%PDF-"
    assert hashlib.sha256(paper).hexdigest() == sha
    anybody = office.visitor(app)
    anybody.get(f"/gmina/podpis/{sha}")
    assert "autentyczny i aktualny" in anybody.page.text
    assert "Anna" not in anybody.page.text
    assert anybody.get(f"/gmina/podpis/{'0' * 64}").status_code == 404
    with app.app_context():
        run("UPDATE response SET correction = 1 WHERE key = ?", key)
    anybody.get(f"/gmina/podpis/{sha}")
    assert "nieaktualny" in anybody.page.text
    client.get(f"/gmina/odpowiedzi/{key}")
    assert "zastąpione poprawką" in client.page.text
    press(client, "Sporządziłem/sporządziłam")


def test_what_waits_for_a_signature_stands_among_what_is_to_be_done(app: Flask, anna: Person) -> None:
    _, second, key = prepared(app, anna)
    second.get("/gmina")
    assert "Sprawozdanie roczne (2025) czeka na zatwierdzenie" in second.page.text
    assert "Wszystko wysłane" not in second.page.text
    second.get(f"/gmina/odpowiedzi/{key}")
    press(second, "Zatwierdzam")
    second.get("/gmina")
    assert "Wszystko wysłane" in second.page.text
    assert "podpisane" in second.page.text
    with app.app_context():
        run("UPDATE response SET correction = 1 WHERE key = ?", key)
    second.get("/gmina")
    assert "Sprawozdanie roczne (2025) czeka na podpis" in second.page.text


def test_what_the_office_returned_stands_first_with_its_own_day_and_is_signed_after_that(
    app: Flask, anna: Person
) -> None:
    client, _, key = prepared(app, anna)
    with app.app_context():
        asked = returned.Asked("wydatki", "Wydatki", "Sprawdź kwotę.")
        returned.give_back(key, [asked], now() + timedelta(days=9), 1, now())
    client.get("/gmina")
    assert "Sprawozdanie roczne (2025) zwrócone do poprawy 2 grudnia 2026 r." in client.page.text
    assert "czeka na zatwierdzenie" not in client.page.text.partition("Wysłane")[0]
    assert "Popraw odpowiedzi: SPR-2026-0001" in client.page.text  # among the next dates
    assert "Popraw odpowiedzi: SPR-2026-0001" in client.get("/gmina/terminy.ics").text
    (way,) = {
        each.get("href") or "" for each in client.page.all("a") if (each.get("href") or "").endswith("do-poprawy")
    }
    client.get(way)
    client.send({"wydatki": "7"})
    client.get("/gmina")
    assert "Sprawozdanie roczne (2025) czeka na podpis" in client.page.text


def test_after_sending_a_gmina_is_told_that_the_report_is_to_be_signed(app: Flask, anna: Person) -> None:
    client = inside(app, anna)
    key = begun(app, client)
    client.get(f"/z/gmina-{key}/krok/liczby")
    client.send({"wydatki": "5"})
    client.get(f"/z/gmina-{key}/podsumowanie")
    client.send()
    assert "Podpisz sprawozdanie na stronie gminy" in client.page.text


def test_staff_see_who_signed_a_report_and_open_the_very_paper(app: Flask, anna: Person) -> None:
    _, second, key = prepared(app, anna)
    staff = office.visitor(app, office.hire("Olga", "handler"))
    staff.get(f"/biuro/odpowiedzi/{key}")
    assert "Podpisy gminy czeka na zatwierdzenie Sporządził/a Anna Nowak," in staff.page.text
    assert staff.get(f"/biuro/odpowiedzi/{key}/podpis/0.pdf").status_code == 404  # not approved yet
    second.get(f"/gmina/odpowiedzi/{key}")
    press(second, "Zatwierdzam")
    (sha,) = set(re.findall(r"[0-9a-f]{64}", second.page.text))
    staff.get(f"/biuro/odpowiedzi/{key}")
    assert "Zatwierdził/a Ewa Zych," in staff.page.text
    assert hashlib.sha256(staff.get(f"/biuro/odpowiedzi/{key}/podpis/0.pdf").data).hexdigest() == sha
    with app.app_context():
        run("UPDATE response SET correction = 1 WHERE key = ?", key)
    staff.get(f"/biuro/odpowiedzi/{key}")
    assert "niepodpisane To, co wysłano ostatnio, czeka na podpisy" in staff.page.text
    assert "zastąpione poprawką" in staff.page.text


def test_staff_invite_replace_and_end(app: Flask, letters: Any) -> None:
    client = office.visitor(app, office.hire("Olga", "administrator"))
    client.get("/biuro/gminy")
    assert "gmin nie ma nikogo, kto koordynuje" in client.page.text, client.page.text[:900]
    powiaty = [each.text or "" for each in client.page.all("option") if each.get("value")]
    assert powiaty == sorted(powiaty, key=sort_key), "in Polish order"
    client.get(f"/biuro/gminy/{BIALOGARD}")
    client.send({"name": "Anna Nowak", "email": "anna@bialogard.example"}, form="zapros")
    with app.app_context():
        (first,) = people.of_gmina(BIALOGARD)
    client.send({"name": "Ewa Zych", "email": "ewa@bialogard.example", "instead": str(first.id)}, form="zapros")
    assert "nie ma już dostępu" in client.page.text
    with app.app_context():
        assert [each.name for each in people.of_gmina(BIALOGARD)] == ["Ewa Zych"]
        assert people.addresses(BIALOGARD) == ("ewa@bialogard.example",)
    # The first invitation was still on its way when she was replaced: it is no longer sent.
    assert [to for to, _ in letters()] == ["ewa@bialogard.example"]
    press(client, "Zakończ dostęp: Ewa Zych")
    with app.app_context():
        assert people.of_gmina(BIALOGARD) == []
        (entries,) = run("SELECT COUNT(*) FROM audit_entry WHERE action LIKE 'gmina-%'").fetchone()
        assert entries >= 4


def test_nobody_signs_a_correction_that_they_have_not_seen(app: Flask, anna: Person) -> None:
    client, second, key = prepared(app, anna)
    second.get(f"/gmina/odpowiedzi/{key}")
    with app.app_context():
        run("UPDATE response SET correction = 1 WHERE key = ?", key)
    client.get(f"/gmina/odpowiedzi/{key}")
    press(client, "Sporządziłem/sporządziłam")  # of the correction
    press(second, "Zatwierdzam")  # on a page that still shows what was before it
    assert "poprawiono, zanim je podpisano" in second.page.text
    with app.app_context():
        assert run("SELECT COUNT(*) FROM sign_off WHERE sha256 IS NOT NULL").fetchone()[0] == 0

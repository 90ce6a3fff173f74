"""Reports of a gmina signed by two of its people; and the desk, where staff say who acts for a gmina."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from forms.polish import sort_key
from records.database import run
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

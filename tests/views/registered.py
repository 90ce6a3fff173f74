"""What tests of the register share: entries, what a page says, a file that is brought."""

from __future__ import annotations

import io

from flask import Flask

from records import register
from records.register import Programme
from tests.conscience import Conscience
from views.services import now

KARLINO, RESKO, PŁOTY = "3201033", "3218043", "3205053"


def enter(app: Flask, gmina: str = KARLINO, **more: object) -> int:
    values = {"status": "wpisany", "basis": "GPR", "title": "Nowe centrum", **more}
    with app.app_context():
        return register.add(Programme(gmina, values), "uchwała", now(), "system")


def bring(client: Conscience, sheet: str | bytes) -> None:
    data = sheet.encode() if isinstance(sheet, str) else sheet
    client.get("/biuro/wykaz/plik")
    client.send({"plik": (io.BytesIO(data), "wykaz.csv")}, form="plik-form")

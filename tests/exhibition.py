"""An office of its own whose pages are kept as they came: for the markup checker, for axe and for pictures.

`tests/tour.py` goes to every kind of page in every state.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from config.settings import ROOT, Settings
from forms.definition import Form
from forms.spans import WARSAW
from records import people
from tests.conscience import Conscience
from tests.once import compile_once
from views import services
from views.services import Services

SECRET = "the secret of the exhibition, long enough for all"
TODAY = datetime(2026, 11, 23, 12, 31, tzinfo=WARSAW)
# Forms in states that no form of the office is in today.
OWN = {
    "zamkniety": "title: Warsztaty, które już były\ncloses: 2026-11-01\nfields: [{name: a, type: text, label: Pytanie}]",
    "wkrotce": "title: Nabór wiosenny\nopens: 2027-03-01\nfields: [{name: a, type: text, label: Pytanie}]",
    "zepsuty": "title: Ankieta\nfields:\n  - {name: nip, type: nipp, label: NIP}\n",
    "miejsca": """title: Wszystko na jednej stronie
journey: page
events:
  - {id: T1, title: Termin pierwszy, starts: 2027-03-09 09:00, place: Szczecin, places: 1, waiting_list: true}
  - {id: T2, title: Termin drugi, starts: 2027-03-16 09:00, place: Koszalin, places: 30}
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: termin, type: event, label: Termin, required: true}
""",
}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One page as it was answered; `name` says what it is and in which state."""

    name: str
    address: str
    status: int
    html: str

    @property
    def page(self) -> bool:
        """Whether this is a page, and not a picture that stands on one."""
        return self.html.startswith("<!DOCTYPE html>")


class Camera(Conscience):
    """A visitor who keeps each page, under a name made of whose page it is, its address and its state."""

    kept: dict[str, Exhibit]
    subject: str

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """As its parent's; a later page of the same name takes the place of the earlier."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and "</html>" in response.text:
            self.keep(response)
        elif response.mimetype == "image/svg+xml":
            self.keep(response, response.request.path)
        return response

    def keep(self, response: TestResponse, name: str = "") -> None:
        """Keeps a page under a name of its own, a picture under its address."""
        path = re.sub(
            r"^z/[^/]+|/odpowiedzi/\w+|/wejdz/[\w-]+",
            lambda found: found[0].rpartition("/")[0],
            response.request.path.strip("/"),
        )
        words = [self.subject, *re.sub(r"[^\w./-]", "", path).split("/")]
        state = "" if response.status_code == 200 else str(response.status_code)
        name = name or "-".join(word for word in (*words, state) if word) or "lista"
        self.kept[name] = Exhibit(name, response.request.path, response.status_code, response.text)


@dataclass
class Office:
    """The application with its forms, and what is kept of its pages."""

    app: Flask
    kept: dict[str, Exhibit] = field(default_factory=dict)

    @property
    def services(self) -> Services:
        """The services of the application."""
        found: Services = self.app.extensions["nabor"]
        return found

    def form(self, slug: str) -> Form:
        """A form that serves."""
        found = self.services.catalogue.get(slug)
        assert found is not None, f"{slug} does not read"
        return found

    def visitor(self, subject: str = "", role: str = "") -> Camera:
        """Somebody with a camera, whose pages are named after the subject; signed in when there is a role."""
        self.app.test_client_class = Camera
        camera = self.app.test_client()
        assert isinstance(camera, Camera)
        camera.kept, camera.subject = self.kept, subject
        if role:
            person = people.add("Anna Kowalska", f"{role}@urzad.example", role)
            with camera.session_transaction() as session:
                session["person"] = [person.id, person.session_epoch, int(TODAY.timestamp())]
        return camera


@contextmanager
def exhibition(folder: Path) -> Iterator[Office]:
    """An office in this folder, with the forms of `config/` and a few of its own, on a day of its own."""
    config = folder / "config"
    shutil.copytree(ROOT / "config", config, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for slug, text in OWN.items():
        (config / "forms" / f"{slug}.yaml").write_text(text, encoding="utf-8")
    environ = {"DATA_DIR": str(folder / "data"), "CONFIG_DIR": str(config), "SECRET_KEY": SECRET}
    compile_once()
    app = create_app(Settings.from_environment({**environ, "BASE_URL": "http://localhost"}))
    result = app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    app.testing = True
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(services, "clock", lambda: TODAY)
        yield Office(app)

"""Our application with the form of twenty questions in a temporary folder, and what is sent to it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from flask import Flask, Response

from app import create_app
from bench.sample import VALID, WRONG
from bench.wsgi import Call, Visitor, hidden
from config.settings import ROOT, Settings
from records import access
from views.access import open_to_all
from views.services import services
from views.steps import showing
from views.steps.filling import Filling

FORMS = Path(__file__).with_name("forms")
PAGE = "/bench"
MOST_POSTS = 2500
FIRST = "/f/twenty/wypelnij"
SECRET = "a secret that only the benchmark knows, long enough"

_drafts: dict[str, Filling] = {}  # opened once, as a working copy that has just been sent is at hand


def environment(folder: Path, url: str = "") -> dict[str, str]:
    """The environment of an installation in `folder`: the office's own configuration and the form of twenty questions.

    `url` is that of its database, where it is not the file in the folder.
    """
    config = folder / "config"
    if not config.exists():
        shutil.copytree(ROOT / "config", config, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        shutil.copy(FORMS / "twenty.yaml", config / "forms")
    own = {"DATA_DIR": str(folder / "data"), "CONFIG_DIR": str(config), "SECRET_KEY": SECRET}
    return own | {"DATABASE_URL": url} if url else own


def application(folder: Path, url: str = "") -> Flask:
    """The application, set up."""
    app = create_app(Settings.from_environment(environment(folder, url)))
    app.add_url_rule(f"{PAGE}/<token>", "bench", _wrong_page)
    done = app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
    if done.exit_code:
        raise RuntimeError(done.output)
    return app


class Respondent(Visitor):
    """Someone who fills in the form."""

    def begin(self) -> dict[str, Any]:
        """A first page's hidden values, and valid answers: ready to be sent once."""
        html = self.get(FIRST)
        return {"csrf_token": hidden(html, "csrf_token"), "_draft": hidden(html, "_draft"), **VALID}

    def draft(self) -> str:
        """The address of a page on which every question of a saved draft has an answer and an error."""
        self.run(self.environ(FIRST, {**self.begin(), **WRONG}))
        _expect(self.status, "422")
        return f"{PAGE}/{self.get('/f/twenty').partition('/z/')[2].partition('/')[0]}"

    def send(self) -> None:
        """One response from its first page to its end."""
        self.run(self.environ(FIRST, self.begin()))
        _expect(self.status, "303")
        summary = self.location
        token = hidden(self.get(summary), "csrf_token")
        self.run(self.environ(summary, {"csrf_token": token}))
        _expect(self.status, "303")

    def bodies(self, count: int) -> list[tuple[dict[str, Any], bytes]]:
        """Valid forms, each of which begins a response of its own; all in the session of the first."""
        return [self.environ(FIRST, self.begin()) for _ in range(count)]

    def post(self) -> Call:
        """Sends another valid form each time, as often as the benchmark may ask."""
        self.get(FIRST)
        waiting = iter(self.bodies(MOST_POSTS))
        self.run(next(waiting))
        _expect(self.status, "303")
        return lambda: self.run(next(waiting))


def refused(visitor: Respondent) -> Call:
    """The same form with errors sent again and again: saved, judged, drawn."""
    visitor.get(FIRST)
    return visitor.call(FIRST, {**visitor.begin(), **WRONG}, "422")


def _expect(status: str, wanted: str) -> None:
    if not status.startswith(wanted):
        raise RuntimeError(f"answered {status}, expected {wanted}")


@open_to_all
def _wrong_page(token: str) -> Response:
    """A draft with what is wrong with it: judged and drawn as a wrong form is answered, without reading and saving one."""
    if token not in _drafts:
        stored = access.open_link(token, services().settings.secret_key)
        opened = Filling.of(stored) if stored else None
        if opened is None:
            raise RuntimeError("no draft")
        _drafts[token] = opened
    kept = _drafts[token]
    filling = Filling(kept.form, kept.plan, kept.working, kept.response)
    found = filling.outcome()
    return showing.show(filling, found.steps[0], failures=filling.judge(found))

"""Our application with the form of twenty questions in a temporary folder, and what is sent to it."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app
from bench.sample import VALID, WRONG
from bench.wsgi import Call, Visitor, hidden
from config.settings import ROOT, Settings

FORMS = Path(__file__).with_name("forms")
FIRST = "/f/twenty/wypelnij"
SECRET = "a secret that only the benchmark knows, long enough"


def environment(folder: Path) -> dict[str, str]:
    """The environment of an installation in `folder`: the office's own configuration and the form of twenty questions."""
    config = folder / "config"
    if not config.exists():
        shutil.copytree(ROOT / "config", config, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        shutil.copy(FORMS / "twenty.yaml", config / "forms")
    return {"DATA_DIR": str(folder / "data"), "CONFIG_DIR": str(config), "SECRET_KEY": SECRET}


def application(folder: Path) -> Flask:
    """The application, set up."""
    app = create_app(Settings.from_environment(environment(folder)))
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
        """The address of a saved draft in which every question has an answer and an error."""
        self.run(self.environ(FIRST, {**self.begin(), **WRONG}))
        if not self.status.startswith("422"):
            raise RuntimeError(f"a wrong form was answered {self.status}")
        return f"/z/{self._token()}/krok/zgloszenie"

    def _token(self) -> str:
        html = self.get("/f/twenty")
        return html.partition("/z/")[2].partition("/")[0]

    def bodies(self, count: int) -> list[tuple[dict[str, Any], bytes]]:
        """Valid forms, each of which begins a response of its own; all in the session of the first."""
        return [self.environ(FIRST, self.begin()) for _ in range(count)]

    def post(self, wants: str = "303") -> Call:
        """Sends another valid form each time; when all prepared ones are used, the pages are asked for again."""
        waiting: Iterator[tuple[dict[str, Any], bytes]] = iter(self.bodies(2500))
        self.run(next(waiting))
        if not self.status.startswith(wants):
            raise RuntimeError(f"a valid form was answered {self.status}")
        return lambda: self.run(next(waiting))


def wrong(visitor: Respondent) -> Call:
    """The same form with errors sent again and again: saved, judged, drawn."""
    return visitor.call(visitor.draft(), {**visitor.begin(), **WRONG}, "422")


def counted(call: Callable[[], object], count: int) -> None:
    """Calls so many times."""
    for _ in itertools.repeat(None, count):
        call()

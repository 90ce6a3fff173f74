"""What the tests stand on: a real application with its own data folder, a client with a conscience, a real browser.

Imports of the application stand inside the fixtures that need them, so that a test of the form language starts without
Flask, and one without a browser starts without Playwright.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError

import hypothesis
import pytest

from config.settings import ROOT, Settings
from forms.wording import language

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Browser, Page

    from tests.conscience import Conscience

# The suite tries the same made-up cases each time, so that a change is judged by what it changes; HYPOTHESIS=explore looks
# for new ones.
hypothesis.settings.register_profile("suite", derandomize=True)
hypothesis.settings.register_profile("explore", derandomize=False)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS") or "suite")

# When the tests began, for every process that they start: the clock of tests/clocked.py counts from here.
os.environ.setdefault("NABOR_TESTS_BEGAN", str(time.time()))

SECRET = "a secret that only the tests know, long enough"
STARTS_WITHIN = 60  # seconds; on a busy machine a start takes ten times as long


# In a browser a test takes seconds, one takes a minute: begun first, and the longest of them first, they are never what the
# other worker waits for at the end. (`worksteal` gives the first half of the list to the first worker; whoever is done takes
# from the end of the other's list.)
LONG = ("test_gallery.py", "test_journeys.py", "test_editor.py", "test_gmina.py", "test_returned.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several workers share the tests, those in the browser come first."""
    if not hasattr(config, "workerinput"):
        return

    def place(item: pytest.Item) -> int:
        if item.path.parent.name != "web":
            return len(LONG) + 1
        return LONG.index(item.path.name) if item.path.name in LONG else len(LONG)

    items.sort(key=place)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What has been imported and collected stays to the end: it is not gone through again for garbage, which is 7 % of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(autouse=True)
def in_polish() -> None:
    """Each test begins in the first language, whatever a request of the test before it left in this thread."""
    language.set("pl")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `flask --app app setup` leaves it; made once, copied for each test."""
    from app import create_app
    from tests.once import compile_once

    compile_once()
    data = tmp_path_factory.mktemp("prepared")
    application = create_app(Settings.from_environment({"DATA_DIR": str(data), "SECRET_KEY": SECRET}))
    result = application.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return data


@pytest.fixture
def forms() -> dict[str, str | Path]:
    """The forms that serve in this test, slug to YAML text or to a file; override it where forms are needed."""
    return {}


@pytest.fixture
def config_dir(tmp_path: Path, forms: dict[str, str | Path]) -> Path:
    """The office's configuration, with this test's own forms instead of the office's."""
    folder = tmp_path / "config"
    shutil.copytree(
        ROOT / "config", folder, ignore=shutil.ignore_patterns("forms", "indicators", "*.py", "__pycache__")
    )
    (folder / "forms").mkdir()
    for slug, source in forms.items():
        text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
        (folder / "forms" / f"{slug}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(prepared: Path, config_dir: Path, tmp_path: Path) -> Settings:
    """Settings with a fresh, migrated SQLite database and nothing else in the data folder."""
    data = tmp_path / "data"
    shutil.copytree(prepared, data)
    return Settings.from_environment(
        {"DATA_DIR": str(data), "CONFIG_DIR": str(config_dir), "SECRET_KEY": SECRET, "BASE_URL": "http://localhost"}
    )


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock goes on from the day of the tests, unless a test sets its own."""
    from tests.clocked import clock
    from views import services

    monkeypatch.setattr(services, "clock", clock)


@pytest.fixture
def app(day: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application, reporting its own errors instead of hiding them behind a calm page; passwords cost little here."""
    from argon2 import PasswordHasher

    from app import create_app
    from records import people

    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    application = create_app(settings)
    application.testing = True
    return application


@pytest.fixture
def client(app: Flask) -> Conscience:
    """A visitor without an account."""
    from tests.conscience import Conscience

    app.test_client_class = Conscience
    visitor = app.test_client()
    assert isinstance(visitor, Conscience)
    return visitor


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, its data folder, and what `setup` printed (the first sign-in link)."""

    url: str
    data_dir: Path
    setup: str


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The application with the office's own forms behind the server that `make run` uses, for the whole session."""
    data = tmp_path_factory.mktemp("server")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    own = {"DATA_DIR": str(data), "SECRET_KEY": SECRET, "HOST": "127.0.0.1", "PORT": str(port), "BASE_URL": url}
    environ = {**{name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, **own}
    command = [sys.executable, "-m", "flask", "--app", "tests.clocked", "setup"]
    setup = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    assert setup.returncode == 0, setup.stderr
    log = data / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(served(port), cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(url, process, log)
        yield Server(url, data, setup.stdout)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def served(port: int) -> list[str]:
    """The command of `make run`, with one worker and the clock of the tests."""
    import js_lib_htmx

    htmx = Path(js_lib_htmx.__file__).parent / "static" / "htmx"
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--no-ws"]
    mounts = ["--static-path-route", "/static", "--static-path-mount", "static"]
    mounts += ["--static-path-route", "/vendor", "--static-path-mount", str(htmx)]
    granian += ["tests.clocked:create_app"]
    return [*granian, "--port", str(port), "--blocking-threads", "8", "--workers-kill-timeout", "3", *mounts]


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns once the server answers; fails with its log when it stops or takes too long."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except HTTPError:
            return  # it answers; what it says is the tests' concern
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, without a window."""
    from playwright.sync_api import expect, sync_playwright

    from tests.browser import ARGUMENTS, find_or_install

    path = find_or_install()
    expect.set_options(timeout=10_000)  # as long as all else that a busy machine may keep waiting
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A fresh browser window on the server (`page.goto("/")`), in Polish.

    An error of a script, a breach of the content security policy and a request to any other server fail the test.
    """
    context = browser.new_context(base_url=server.url, locale="pl-PL", timezone_id="Europe/Warsaw")
    context.set_default_timeout(10_000)
    window = context.new_page()
    errors: list[str] = []
    local = (server.url, "data:", "blob:", "about:")
    window.on("pageerror", lambda error: errors.append(str(error)))
    # The console also tells what the content security policy refused.
    window.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    window.on("request", lambda sent: None if sent.url.startswith(local) else errors.append(f"obcy serwer: {sent.url}"))
    yield window
    context.close()
    assert not errors, "błędy na stronie:\n  " + "\n  ".join(errors)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails when axe-core finds a barrier on the page as it now is."""
    from tests.barriers import assert_no_barriers

    return assert_no_barriers

"""What was confirmed is on disk: the server is killed while people send, and every number they saw is still there."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from config.settings import ROOT
from tests.conftest import SECRET, free_port, served, wait_for

SENDERS = 4
ENOUGH = 12  # confirmed responses before the server may be killed
WITHIN = 30  # seconds for that many
HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|_draft)"[^>]* value="([^"]+)"')
NUMBER = re.compile(r"PYT-\d{4}-\d{4}")


class Office:
    """A server of its own on its own data, which can be started, killed and started again."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        own = {"DATA_DIR": str(data), "SECRET_KEY": SECRET, "PORT": str(self.port), "BASE_URL": self.url}
        self.environ = {**kept, **own}
        self.process: subprocess.Popen[bytes] | None = None
        setup = [sys.executable, "-m", "flask", "--app", "tests.clocked", "setup"]
        subprocess.run(setup, cwd=ROOT, env=self.environ, check=True, capture_output=True, timeout=60)

    def start(self) -> None:
        """Serves; in its own process group, so that its workers can be killed with it."""
        log = self.data / "server.log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                served(self.port), cwd=ROOT, env=self.environ, stdout=output, stderr=output, start_new_session=True
            )
        wait_for(self.url, self.process, log)

    def kill(self) -> None:
        """Ends the server and its workers at once (kill -9), with no chance to finish anything."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        """What the database says."""
        with closing(sqlite3.connect(next(self.data.glob("*.db")))) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    running = Office(tmp_path)
    running.start()
    yield running
    running.kill()


def send(browser: OpenerDirector, url: str, question: str) -> str:
    """Asks one question; the number on the page that confirms it."""
    address = f"{url}/f/pytanie/wypelnij"
    with browser.open(address, timeout=10) as page:
        hidden = dict(HIDDEN.findall(page.read().decode("utf-8")))
    answers = {"temat": "inne", "pytanie": question, "email": "jan.kowalski@gmina.pl"}
    with browser.open(address, urlencode({**hidden, **answers}).encode(), timeout=10) as page:
        found = NUMBER.search(page.read().decode("utf-8"))
    assert found is not None, f"nothing was confirmed at {page.url}"
    return found[0]


class Senders:
    """People who send one question after another, as fast as they are answered, until the server is gone."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.confirmed: list[tuple[str, str]] = []  # (number, question)
        self.unsure: list[Exception] = []
        self.threads = [threading.Thread(target=self._send, args=(n,)) for n in range(SENDERS)]
        for thread in self.threads:
            thread.start()

    def _send(self, sender: int) -> None:
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        for n in range(10_000):
            question = f"Pytanie {n} osoby {sender} z Białogardu"
            try:
                self.confirmed.append((send(browser, self.url, question), question))
            except (AssertionError, HTTPError) as error:  # an answer, but not the one that confirms
                self.unsure.append(error)
                return
            except (OSError, HTTPException):  # no answer: the server is gone
                return

    def wait_for(self, many: int) -> None:
        """Returns when this many are confirmed."""
        until = time.monotonic() + WITHIN
        while len(self.confirmed) < many and time.monotonic() < until and any(t.is_alive() for t in self.threads):
            time.sleep(0.01)
        assert len(self.confirmed) >= many, (len(self.confirmed), self.unsure)

    def join(self) -> None:
        """Waits until all have noticed."""
        for thread in self.threads:
            thread.join(WITHIN)


def test_every_number_that_a_person_saw_is_there_after_the_server_was_killed_at_any_moment(office: Office) -> None:
    confirmed: list[tuple[str, str]] = []
    for _ in range(2):
        senders = Senders(office.url)
        senders.wait_for(ENOUGH)
        time.sleep(random.uniform(0, 0.1))
        office.kill()
        senders.join()
        assert not senders.unsure
        confirmed += senders.confirmed
        office.start()

    stored = office.rows("SELECT reference, search FROM response WHERE reference IS NOT NULL")
    assert len({reference for reference, _ in confirmed}) == len(confirmed), "one number, two people"
    kept = dict(stored)
    assert {reference for reference, _ in confirmed} - set(kept) == set()
    for reference, question in confirmed:
        assert question.lower().replace("ł", "l") in kept[reference], f"{reference} holds another question"
    assert len(kept) - len(confirmed) <= 2 * SENDERS, "only what was on its way may be there unconfirmed"

    numbers = [number for (number,) in office.rows("SELECT number FROM response WHERE number IS NOT NULL ORDER BY 1")]
    assert numbers == list(range(1, len(numbers) + 1)), "no number is missing and none is there twice"
    assert office.rows("PRAGMA integrity_check") == [("ok",)]
    after = send(build_opener(HTTPCookieProcessor(CookieJar())), office.url, "Czy wszystko działa?")
    assert after not in kept

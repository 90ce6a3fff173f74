"""Three hundred people at once for thirty places: none too many, no gmina above its share, the others in order.

Real processes over HTTP, on both databases. `RUSHES=20 python -m pytest tests/test_rush.py` does it twenty times over.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from config.settings import ROOT
from tests.conftest import SECRET, free_port, served, wait_for
from tests.postgres import PostgresServer, postgres

RUSHES = int(os.environ.get("RUSHES") or 1)
PEOPLE, PLACES, SHARE, AT_ONCE = 300, 30, 2, 60
GMINY = [line[:7] for line in (ROOT / "config/lists/gminy.csv").read_text("utf-8").splitlines()[1:21]]
WORKERS = "3"
HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|_draft)"[^>]* value="([^"]+)"')
FORM = f"""
title: Szkolenie
journey: page
confirm: false
reference: SZK-{{year}}-{{number:04}}
events:
  - {{id: M1, title: Moduł 1, places: {PLACES}, per_gmina: {SHARE}, waiting_list: true}}
fields:
  - {{name: gmina, type: gmina, label: Gmina, required: true}}
  - {{name: termin, type: event, label: Termin, events: [M1], required: true}}
"""

Row = tuple[int, str, str, "str | None"]
"""Number of the response, gmina, state of the booking, what it waits for; in the order of arrival."""


def judge(rows: Sequence[Row]) -> None:
    """Fails unless the places went to those who came first, as if they had come one after another."""
    assert len(rows) == PEOPLE, "a response is lost"
    assert [number for number, *_ in rows] == list(range(1, PEOPLE + 1)), "the list is not in the order of the numbers"
    taken: Counter[str] = Counter()
    for number, gmina, state, waits_for in rows:
        full = f"M1@{gmina}" if taken[gmina] >= SHARE else "M1" if taken.total() >= PLACES else None
        assert (state, waits_for) == (("waiting", full) if full else ("accepted", None)), f"number {number}"
        taken[gmina] += not full
    assert taken.total() == min(PLACES, SHARE * len(GMINY))


@dataclass
class Office:
    """A server of several processes on its own data."""

    port: int
    rows: Callable[[str], list[tuple[object, ...]]]

    def visitor(self, gmina: str) -> tuple[str, dict[str, str]]:
        """What somebody who has opened the form and filled it in is about to send: body and headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/f/rush/wypelnij")
        answer = connection.getresponse()
        hidden = dict(HIDDEN.findall(answer.read().decode()))
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        connection.close()
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        return urlencode({**hidden, "gmina": gmina, "termin": "M1"}), headers

    def rush(self) -> list[int]:
        """All of them send as fast as they can, AT_ONCE at a time; the statuses of the answers."""
        waiting = [self.visitor(GMINY[n % len(GMINY)]) for n in range(PEOPLE)]
        statuses: list[int] = []
        begin = threading.Barrier(AT_ONCE)

        def send() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.connect()
            begin.wait()
            while True:
                try:
                    body, headers = waiting.pop()
                except IndexError:
                    break
                connection.request("POST", "/f/rush/wypelnij", body, headers)
                answer = connection.getresponse()
                answer.read()
                statuses.append(answer.status)
            connection.close()

        together(send, AT_ONCE)
        return statuses


def together(work: Callable[[], None], many: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def office(folder: Path, environ: dict[str, str]) -> Iterator[int]:
    """A set-up server of WORKERS processes; the port it listens on."""
    config = folder / "config"
    shutil.copytree(ROOT / "config", config, ignore=shutil.ignore_patterns("forms", "*.py", "__pycache__"))
    (config / "forms").mkdir()
    (config / "forms" / "rush.yaml").write_text(FORM, encoding="utf-8")
    port = free_port()
    own = {"DATA_DIR": str(folder / "data"), "CONFIG_DIR": str(config), "SECRET_KEY": SECRET, "PORT": str(port)}
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    whole = {**kept, **own, "BASE_URL": f"http://127.0.0.1:{port}", **environ}
    setup = [sys.executable, "-m", "flask", "--app", "tests.clocked", "setup"]
    subprocess.run(setup, cwd=ROOT, env=whole, check=True, capture_output=True, timeout=60)
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*served(port), "--workers", WORKERS, "--backlog", "1024", "--backpressure", "128"],
            cwd=ROOT, env=whole, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/f/rush", process, log)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@pytest.fixture(scope="module")
def database_server() -> Iterator[PostgresServer]:
    with postgres() as server:
        yield server


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("rush")
    if request.param == "sqlite":
        path = folder / "data" / "nabor.db"
        with office(folder, {"DATABASE_URL": f"sqlite:///{path}"}) as port:

            def ask(sql: str) -> list[tuple[object, ...]]:
                with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as connection:
                    return connection.execute(sql).fetchall()

            yield Office(port, ask)
        return
    server: PostgresServer = request.getfixturevalue("database_server")
    url = server.empty()
    with office(folder, {"DATABASE_URL": url}) as port:

        def ask_postgres(sql: str) -> list[tuple[object, ...]]:
            with psycopg.connect(url, autocommit=True) as connection:
                cursor = connection.execute(sql.encode())
                return cursor.fetchall() if cursor.description else []

        yield Office(port, ask_postgres)


@pytest.mark.parametrize("time_", range(RUSHES))
def test_three_hundred_at_once_take_thirty_places_and_the_others_wait_in_order(running: Office, time_: int) -> None:
    for table in ("booking", "place", "ledger", "message", "response", "counter"):
        running.rows(f"DELETE FROM {table}")
    statuses = running.rush()
    assert Counter(statuses) == {303: PEOPLE}
    rows: list[Row] = running.rows(  # type: ignore[assignment]
        "SELECT response.number, booking.gmina, booking.state, booking.waits_for FROM booking "
        "JOIN response ON response.id = booking.response_id ORDER BY booking.id"
    )
    judge(rows)
    assert running.rows("SELECT used, size FROM place WHERE key = 'M1'") == [(PLACES, PLACES)]


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_without_the_ledger_the_same_check_finds_too_many(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The control: whoever looks first and books then, as most programs do, is found out."""
    if engine == "sqlite":
        rows = check_then_book(lambda: sqlite3.connect(tmp_path / "naive.db", timeout=20, isolation_level=None))
    else:
        url = request.getfixturevalue("database_server").empty()
        rows = check_then_book(lambda: psycopg.connect(url, autocommit=True))
    assert sum(state == "accepted" for _, _, state, _ in rows) > PLACES
    with pytest.raises(AssertionError):
        judge(rows)


def check_then_book(connect: Callable[[], sqlite3.Connection | psycopg.Connection]) -> list[Row]:
    """All book by asking first how many have a place, each over a connection of its own."""
    with closing(connect()) as connection:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA journal_mode = wal")
        connection.execute("CREATE TABLE naive (id INTEGER, gmina TEXT, state TEXT)")
    ids = list(range(PEOPLE, 0, -1))
    begin = threading.Barrier(20)

    def book() -> None:
        with closing(connect()) as connection:
            begin.wait()
            while ids:
                number = ids.pop()
                gmina = GMINY[number % len(GMINY)]
                counted = connection.execute("SELECT COUNT(*) FROM naive WHERE state = 'accepted'").fetchone()
                time.sleep(0.002)  # what a program does between looking and booking
                state = "accepted" if counted and counted[0] < PLACES else "waiting"
                connection.execute(f"INSERT INTO naive VALUES ({number}, '{gmina}', '{state}')")

    together(book, 20)
    with closing(connect()) as connection:
        found = connection.execute("SELECT id, gmina, state FROM naive ORDER BY id").fetchall()
    return [(number, gmina, state, None) for number, gmina, state in found]

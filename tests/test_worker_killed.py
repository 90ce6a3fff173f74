"""A worker that is killed while it sends loses no message; what may have gone out twice says so."""

from __future__ import annotations

import asyncio
import email
import email.policy
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from config.settings import ROOT, Settings
from records import outbox
from records.database import run
from records.models import stored
from tests.conftest import SECRET, free_port
from views.mail import worker
from views.services import now

FORM = """
title: Pytanie
confirm: false
fields:
  - {name: email, type: email, label: E-mail, required: true}
"""
WITHIN = 30  # seconds


class Server:
    """A mail server that stops at one point of the conversation until the worker is dead."""

    def __init__(self, stop_at: str) -> None:
        self.stop_at = stop_at
        self.reached = threading.Event()
        self.taken: list[EmailMessage] = []

    async def _stop(self, point: str) -> None:
        if point == self.stop_at:
            self.stop_at = ""
            self.reached.set()
            await asyncio.sleep(WITHIN)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        await self._stop("before the text")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        parsed: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken.append(parsed)
        await self._stop("after the text")
        return "250 OK"


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"pytanie": FORM}


@pytest.fixture
def post(request: pytest.FixtureRequest) -> Iterator[tuple[Server, str]]:
    server = Server(request.param)
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    yield server, f"smtp://127.0.0.1:{port}"
    controller.stop(no_assert=True)


@pytest.mark.parametrize(
    ("post", "arrived"), [("before the text", 1), ("after the text", 2)], indirect=["post"], ids=["before", "after"]
)
def test_a_worker_killed_while_sending_loses_nothing_and_marks_what_it_may_repeat(
    app: Flask, settings: Settings, config_dir: Path, client: Any, post: tuple[Server, str], arrived: int
) -> None:
    server, url = post
    client.get("/f/pytanie/wypelnij")
    client.send({"email": "anna@gmina.example"})
    own = {"DATA_DIR": str(settings.data_dir), "CONFIG_DIR": str(config_dir), "SECRET_KEY": SECRET, "MAIL_URL": url}
    environ = {**os.environ, **own}
    environ.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "tests.clocked", "worker"], cwd=ROOT, env=environ
    )
    try:
        assert server.reached.wait(WITHIN), "the worker did not begin to send"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with app.app_context():
        assert outbox.counts() == {"sending": 1}
        run("UPDATE message SET claimed_at = ?", stored(now() - 2 * outbox.ABANDONED))
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "tests.clocked", "worker", "--once"],
        cwd=ROOT,
        env=environ,
        check=True,
        timeout=WITHIN,
    )
    with app.app_context():
        (letter,) = outbox.recent()
    assert (letter.state, letter.repeated) == ("sent", True)
    assert len(server.taken) == arrived
    assert server.taken[-1]["X-Nabor-Repeated"] == "yes"
    assert len({message["Message-ID"] for message in server.taken}) == 1


def test_the_applicant_does_not_wait_for_a_slow_mail_server(client: Any, app: Flask) -> None:
    client.get("/f/pytanie/wypelnij")
    answer = client.send({"email": "anna@gmina.example"})
    assert answer.status_code == 200
    with app.app_context():
        (letter,) = outbox.recent()
        assert (letter.state, letter.attempts, letter.text) == ("waiting", 0, None)


def test_an_error_in_one_turn_does_not_end_the_worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []
    stop = threading.Event()

    def turn(app: Flask) -> int:
        turns.append(1)
        if len(turns) == 1:
            raise RuntimeError("a database that is away")
        stop.set()
        return 0

    monkeypatch.setattr(worker, "turn", turn)
    monkeypatch.setattr(worker, "PAUSE", timedelta(0).total_seconds())
    worker.run(app, stop)
    assert len(turns) == 2

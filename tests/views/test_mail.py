"""Mail goes to a real server, or to a folder; what goes wrong is told by a code that names nobody."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from config.settings import Settings, SettingsError
from records.outbox import Letter, Written
from views.mail import NotSent, compose, delivery

LETTER = Letter(
    *(7, "abc:received:1", "szkolenie", 1, "received", "pl", {}, "sending", 1, False),
    *(datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC), None, None, ()),
    *(None, None, None, None),
)
WRITTEN = Written(("anna@gmina.example",), "Mamy zgłoszenie – żółć", "Dzień dobry,\n\nłąka", "<p>Dzień dobry</p>")


class Inbox:
    """What a mail server does with messages in these tests: takes them, or answers what it is told to."""

    def __init__(self) -> None:
        self.taken: list[email.message.EmailMessage] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if "data" in self.answers:
            return self.answers["data"]
        parsed: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken.append(parsed)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, str]]:
    handler = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield handler, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def settings(folder: Path, mail_url: str = "") -> Settings:
    database = f"sqlite:///{folder}/nabor.db"
    return Settings(secret_key="x" * 40, data_dir=folder, config_dir=folder, database_url=database, mail_url=mail_url)


def message(letter: Letter = LETTER, written: Written = WRITTEN) -> Any:
    return compose(letter, written, sender="nabor@urzad.example", name="Zespół", host="urzad.example")


def test_a_message_arrives_at_a_server_as_text_html_and_calendar(inbox: tuple[Inbox, str], tmp_path: Path) -> None:
    handler, url = inbox
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    delivery(settings(tmp_path, mail_url=url)).deliver(message(written=replace(WRITTEN, calendar=calendar)))
    (taken,) = handler.taken
    kinds = [part.get_content_type() for part in taken.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "text/calendar"]
    assert taken["Subject"] == "Mamy zgłoszenie – żółć"
    assert "łąka" in taken.get_body(("plain",)).get_content()
    assert taken["Auto-Submitted"] == "auto-generated"
    assert [part.get_filename() for part in taken.iter_attachments()] == ["terminy.ics"]


def test_a_repeat_says_so_and_keeps_the_name_of_the_first(tmp_path: Path) -> None:
    again = replace(LETTER, repeated=True)
    assert message()["X-Nabor-Repeated"] is None
    assert message(again)["X-Nabor-Repeated"] == "yes"
    assert message(again)["Message-ID"] == message()["Message-ID"]


@pytest.mark.parametrize(
    ("who", "answer", "reason", "lasting"),
    [
        ("anna@gmina.example", "550 No such user anna", "smtp-550", True),
        ("anna@gmina.example", "451 Try later", "smtp-451", False),
        ("data", "554 Spam", "smtp-554", True),
        ("data", "452 Full", "smtp-452", False),
    ],
)
def test_what_the_server_refuses_is_told_by_its_code_alone(
    inbox: tuple[Inbox, str], tmp_path: Path, who: str, answer: str, reason: str, lasting: bool
) -> None:
    handler, url = inbox
    handler.answers[who] = answer
    with pytest.raises(NotSent) as caught:
        delivery(settings(tmp_path, mail_url=url)).deliver(message())
    assert (str(caught.value), caught.value.lasting) == (reason, lasting)


def test_a_server_that_is_not_there_is_tried_again_later(tmp_path: Path) -> None:
    with pytest.raises(NotSent) as caught:
        delivery(settings(tmp_path, mail_url="smtp://127.0.0.1:1")).deliver(message())
    assert not caught.value.lasting


def test_without_a_server_messages_become_files(tmp_path: Path) -> None:
    delivery(settings(tmp_path)).deliver(message())
    (file,) = (tmp_path / "mail").glob("*.eml")
    assert b"Subject: Mamy =?utf-8?" in file.read_bytes()


@pytest.mark.parametrize("url", ["http://poczta.example", "smtp://", "poczta"])
def test_a_mail_server_that_cannot_be_one_stops_the_start_without_telling_its_password(
    url: str, tmp_path: Path
) -> None:
    given = {"MAIL_URL": url, "DATA_DIR": str(tmp_path)}
    with pytest.raises(SettingsError, match="MAIL_URL"):
        Settings.from_environment(given)

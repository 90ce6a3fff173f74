"""Handing a message to the mail server, or to a folder where there is none; what can go wrong with it, sorted."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from config.settings import Settings
from records.calendar import several
from records.outbox import Letter, Written

SECONDS = 20  # for each exchange with the server; all of them stay under outbox.ABANDONED
CONNECTION = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, OSError)


class NotSent(Exception):
    """The message did not go out; `lasting` when it never will. The text is a code, without any address."""

    def __init__(self, reason: str, *, lasting: bool) -> None:
        super().__init__(reason)
        self.lasting = lasting


class Delivery(Protocol):
    """Where messages go."""

    def deliver(self, message: EmailMessage) -> None:
        """Hands the message over; raises NotSent."""


def delivery(settings: Settings) -> Delivery:
    """The mail server of the settings, or the folder `mail` where none is named."""
    if settings.mail_url:
        return Server(urlsplit(settings.mail_url))
    return Folder(settings.data_dir / "mail")


class Folder:
    """Messages as .eml files, for development: any mail program opens them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def deliver(self, message: EmailMessage) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        (self.path / f"{name}.eml").write_bytes(message.as_bytes(policy=WIRE))


class Server:
    """An SMTP server; each message in a connection of its own, so that a dead one is noticed at once."""

    def __init__(self, url: SplitResult) -> None:
        self.url = url

    def deliver(self, message: EmailMessage) -> None:
        try:
            with self._connect() as server:
                refused = server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise NotSent(f"smtp-{max(codes)}", lasting=all(code >= 500 for code in codes)) from None
        except smtplib.SMTPResponseException as error:
            # 5xx to a greeting or a sign-in is the server's trouble or ours, not the message's: tried again.
            lasting = error.smtp_code >= 500 and isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused)
            raise NotSent(f"smtp-{error.smtp_code}", lasting=lasting) from None
        except CONNECTION as error:
            raise NotSent(type(error).__name__, lasting=False) from None
        except smtplib.SMTPException as error:
            raise NotSent(type(error).__name__, lasting=False) from None
        if refused:  # the others have it: sending all of it again would repeat it to them
            raise NotSent("smtp-partly", lasting=True)

    def _connect(self) -> smtplib.SMTP:
        host, context = self.url.hostname or "", ssl.create_default_context()
        if self.url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, self.url.port or 465, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, self.url.port or 25, timeout=SECONDS)
        try:
            server.ehlo()
            if self.url.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            if self.url.username:
                server.login(unquote(self.url.username), unquote(self.url.password or ""))
        except BaseException:
            server.close()
            raise
        return server


def compose(letter: Letter, written: Written, *, sender: str, name: str, host: str) -> EmailMessage:
    """The message as it goes over the wire: text, simple HTML and, with events, a calendar part (RFC 6047).

    Its Message-ID is the same each time it is sent, so that mail programs recognise a repeat.
    """
    message = EmailMessage(policy=WIRE)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = ", ".join(written.recipients)
    message["Subject"] = written.subject
    message["Date"] = letter.created_at
    message["Message-ID"] = f"<{hashlib.sha256(letter.once.encode()).hexdigest()[:32]}@{host}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notices in return
    if letter.repeated:
        message["X-Nabor-Repeated"] = "yes"
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    calendars = several(written.calendar or "")
    if calendars:
        method = "CANCEL" if "METHOD:CANCEL" in calendars[0] else "REQUEST"
        message.add_alternative(calendars[0], subtype="calendar", params={"method": method})
    for calendar in calendars:
        file = "odwolane.ics" if "METHOD:CANCEL" in calendar else "terminy.ics"
        message.add_attachment(calendar.encode(), maintype="text", subtype="calendar", filename=file)
    message["Content-Language"] = letter.language  # last: what is set before goes into the first part
    return message

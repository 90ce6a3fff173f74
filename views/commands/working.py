"""`flask worker`: the work that nobody asks for, until it is stopped."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

import click
from flask import current_app

from views.mail import worker as work
from views.staff.exporting import making


@click.command("worker", help="Wysyła wiadomości i pilnuje terminów, aż do zatrzymania (Ctrl+C albo SIGTERM).")
@click.option("--once", is_flag=True, help="Robi tylko to, co jest do zrobienia teraz.")
def worker(once: bool) -> None:
    """Takes turns until it is stopped; what it is doing at that moment it finishes."""
    app: Any = current_app._get_current_object()  # type: ignore[attr-defined]
    if once:
        work.turn(app)
        while making.make_next(app):
            pass
        return
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    work.run(app, stop)

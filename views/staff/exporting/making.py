"""What the worker does of exports: makes those that were asked for, and removes those of a week ago.

In a thread beside the one that sends messages, so that nobody's message waits for somebody's workbook.
"""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from flask import Flask
from peewee import DatabaseError

from forms.wording import speaking
from records.database import Postgres, Sqlite, database
from records.export import jobs
from records.export.jobs import Job
from views.services import now, services
from views.staff.exporting.asking import wish_of
from views.staff.exporting.download import export_of

PAUSE = 3.0  # seconds between looks when there is nothing to do
BEAT = 1.0  # seconds between telling how far it is
FOLDER = "exports"
ORPHAN = 24 * 60 * 60  # seconds after which a file that no job has is nobody's
BEGUN = ".begun-"  # what the name of a file begins with until it is whole
log = logging.getLogger("nabor.worker")


class Stopped(Exception):
    """The process is about to end, or the job is no longer its own."""


@dataclass
class Progress:
    """How far a job is. A thread of its own tells the database: to close a large workbook takes longer than the silence
    after which a process counts as gone.
    """

    job: Job
    stop: threading.Event
    read: int = 0
    lost: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    def tell(self, read: int) -> None:
        """So many responses have been read. Stopped when there is no use in going on."""
        self.read = read
        if self.lost or self.stop.is_set():
            raise Stopped

    def __enter__(self) -> Progress:
        self._thread = threading.Thread(target=self._beat, name="export", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self.over.wait(BEAT):
            try:
                self.lost = not jobs.beat(self.job, self.read, now())
            except DatabaseError:  # a busy moment; the next beat tells
                continue
        cast(Sqlite | Postgres, database.obj).close()


def folder() -> Path:
    """Where the files lie: in the folder of data, which no server serves."""
    return services().settings.data_dir / FOLDER


def run(app: Flask, stop: threading.Event) -> None:
    """Makes what is asked for until `stop`; an error is logged without any data, and the next look comes all the same."""
    while not stop.is_set():
        try:
            busy = make_next(app, stop)
        except Exception as error:
            log.error("exports failed: %s", type(error).__name__)
            busy = False
        if not busy:
            stop.wait(PAUSE)
    cast(Sqlite | Postgres, database.obj).close()


def make_next(app: Flask, stop: threading.Event | None = None) -> bool:
    """Makes the next export, if one was asked for; whether there was one."""
    with app.test_request_context(base_url=app.extensions["nabor"].settings.base_url):
        job = jobs.claim(now())
        if job is None:
            return False
        try:
            _make(job, stop or threading.Event())
        except Stopped:
            jobs.release(job)
        except Exception as error:
            log.error("export %s failed: %s", job.id, type(error).__name__)
            jobs.fail(job, "OSError" if isinstance(error, OSError) else type(error).__name__, now())
        return True


def clean(app: Flask) -> None:
    """Removes what was made a week ago, and files that no job has: of those that were begun and never finished."""
    with app.app_context():
        for name in jobs.forget(now()):
            (folder() / name).unlink(missing_ok=True)
        if not folder().is_dir():
            return
        known = jobs.files()
        for path in folder().iterdir():
            if path.name not in known and time.time() - path.stat().st_mtime > ORPHAN:
                path.unlink(missing_ok=True)


def _make(job: Job, stop: threading.Event) -> None:
    form = services().catalogue.get(job.slug)
    if form is None:
        jobs.fail(job, "gone", now())
        return
    with Progress(job, stop) as progress, speaking(services().settings.languages[0]):
        asked = wish_of(form, job.query, sensitive=job.sensitive).asked
        made = export_of(form, job.format, asked, progress.tell)
        folder().mkdir(mode=0o700, exist_ok=True)
        name = f"{job.id}-{job.attempts}.{made.ending}"
        with tempfile.NamedTemporaryFile(dir=folder(), prefix=BEGUN, delete=False) as file:
            try:
                for piece in made.chunks():
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
                size = file.tell()
                Path(file.name).replace(folder() / name)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    if not jobs.finish(job, name, size, progress.read, now()):
        (folder() / name).unlink(missing_ok=True)

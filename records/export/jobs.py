"""Exports that take their time: asked for now, made by the worker, fetched later, gone after a week.

A job waits, runs, and is done or has failed. Whoever makes it says every second how far it is; one that has not been
heard of for a while (its process was killed) is taken up again from the beginning, a few times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from records import audit
from records.database import database, run, write, writing
from records.models import moment, stored

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
KEPT = timedelta(days=7)
SILENT = timedelta(seconds=60)  # after which the process that made it counts as gone
MOST_ATTEMPTS = 3
KILLED = "killed"  # the error of a job whose process was killed each time

_COLUMNS = "id, slug, person_id, format, query, sensitive, state, done, total, attempts, created_at, finished_at, error, file, size"


@dataclass(frozen=True, slots=True, repr=False)
class Job:
    """An export on its way. Without a repr: `query` may quote an answer."""

    id: int
    slug: str
    person: int
    format: str
    query: str  # what was asked, as the query text of an address
    sensitive: bool
    state: str
    done: int  # responses read so far
    total: int
    attempts: int
    created_at: datetime
    finished_at: datetime | None
    error: str | None  # the name of what went wrong
    file: str | None  # in the folder of exports
    size: int | None  # bytes

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (DONE, FAILED)


def ask(slug: str, person: int, format: str, query: str, total: int, now: datetime, *, sensitive: bool = False) -> int:
    """A new job; its id. One that waits and asks for exactly the same is that one."""
    what = (slug, person, format, query, int(sensitive))
    with writing():
        same = "slug = ? AND person_id = ? AND format = ? AND query = ? AND sensitive = ? AND state IN ('waiting', 'running')"
        found = run(f"SELECT id FROM export_job WHERE {same}", *what).fetchone()  # noqa: S608
        if found is not None:
            return int(found[0])
        job_id: int = write(
            "INSERT INTO export_job (slug, person_id, format, query, sensitive, state, done, total, attempts, created_at) "
            "VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?, 0, ?) RETURNING id",
            *(*what, total, stored(now)),
        )[0][0]
        audit.record(audit.staff(person), "export_asked", slug, slug, {"format": format, "sensitive": sensitive}, now)
    return job_id


def get(job_id: int) -> Job | None:
    """The job with this id."""
    row = run(f"SELECT {_COLUMNS} FROM export_job WHERE id = ?", job_id).fetchone()  # noqa: S608
    return _job(row) if row else None


def form_of(job_id: int) -> str | None:
    """The form whose responses the job exports."""
    row = run("SELECT slug FROM export_job WHERE id = ?", job_id).fetchone()
    return row[0] if row else None


def of_form(slug: str, person: int | None) -> list[Job]:
    """The jobs of a form that this person asked for (None: that anybody did), the newest first. One query."""
    rows = run(
        f"SELECT {_COLUMNS} FROM export_job WHERE slug = ? AND person_id = COALESCE(?, person_id) ORDER BY id DESC",  # noqa: S608
        *(slug, person),
    ).fetchall()
    return [_job(row) for row in rows]


def claim(now: datetime) -> Job | None:
    """The next job, now this process's to make; None when there is none. Asking costs one SELECT."""
    due = "(state = 'waiting' OR (state = 'running' AND beat_at < ?))"
    silent = stored(now - SILENT)
    if not run(f"SELECT 1 FROM export_job WHERE {due} LIMIT 1", silent).fetchone():  # noqa: S608
        return None
    lock = " FOR UPDATE SKIP LOCKED" if database.for_update else ""
    with writing():
        query = f"SELECT id, attempts FROM export_job WHERE {due} ORDER BY id LIMIT 1{lock}"  # noqa: S608
        row = run(query, silent).fetchone()
        if row is None:
            return None
        if row[1] >= MOST_ATTEMPTS:  # whatever kills the process must not do so for ever
            _end(row[0], FAILED, now, error=KILLED)
            return None
        claimed = run(
            "UPDATE export_job SET state = 'running', attempts = attempts + 1, done = 0, beat_at = ? WHERE id = ? "  # noqa: S608
            f"RETURNING {_COLUMNS}",
            *(stored(now), row[0]),
        ).fetchone()
        return _job(claimed)


def beat(job: Job, done: int, now: datetime) -> bool:
    """Says how far the job is; whether it is still this process's to make."""
    ours = "id = ? AND attempts = ? AND state = 'running'"
    with writing():
        query = f"UPDATE export_job SET done = ?, beat_at = ? WHERE {ours}"  # noqa: S608
        return bool(run(query, done, stored(now), job.id, job.attempts).rowcount)


def release(job: Job) -> None:
    """Gives the job back: this process is about to stop, another one makes it from the beginning."""
    with writing():
        run(
            "UPDATE export_job SET state = 'waiting', done = 0, attempts = attempts - 1 "
            "WHERE id = ? AND attempts = ? AND state = 'running'",
            *(job.id, job.attempts),
        )


def finish(job: Job, file: str, size: int, done: int, now: datetime) -> bool:
    """The file is there, of so many bytes and responses; whether the job was still this process's to make."""
    with writing():
        if not beat(job, done, now):
            return False
        run("UPDATE export_job SET file = ?, size = ?, total = ? WHERE id = ?", file, size, done, job.id)
        _end(job.id, DONE, now)
        _note(job, "export_made", audit.SYSTEM, {"responses": done}, now)
    return True


def fail(job: Job, error: str, now: datetime) -> None:
    """It cannot be made; `error` names why, without anybody's words."""
    with writing():
        if beat(job, 0, now):
            _end(job.id, FAILED, now, error=error)
            _note(job, "export_failed", audit.SYSTEM, {"error": error}, now)


def fetched(job: Job, person: int, now: datetime) -> None:
    """Notes who took the file."""
    _note(job, "export", audit.staff(person), {}, now)


def forget(now: datetime) -> list[str]:
    """Removes the jobs of more than a week ago; the names of their files, which are the caller's to remove."""
    with writing():
        rows = run("DELETE FROM export_job WHERE created_at < ? RETURNING file", stored(now - KEPT)).fetchall()
    return [row[0] for row in rows if row[0]]


def files() -> set[str]:
    """The names of all files that a job has."""
    return {row[0] for row in run("SELECT file FROM export_job WHERE file IS NOT NULL").fetchall()}


def _end(job_id: int, state: str, now: datetime, error: str | None = None) -> None:
    run("UPDATE export_job SET state = ?, finished_at = ?, error = ? WHERE id = ?", state, stored(now), error, job_id)


def _note(job: Job, action: str, actor: str, more: Mapping[str, Any], now: datetime) -> None:
    what = {"format": job.format, "sensitive": job.sensitive, "job": job.id, **more}
    audit.record(actor, action, job.slug, job.slug, what, now)


def _job(row: tuple[Any, ...]) -> Job:
    whole: Any = (
        *(*row[:5], bool(row[5]), *row[6:10]),
        *(moment(row[10]), moment(row[11]) if row[11] else None, *row[12:]),
    )
    return Job(*whole)

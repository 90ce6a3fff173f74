"""For staff: an export that the worker makes – asking for it, how far it is, taking the file."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, request, send_from_directory, url_for

from forms.spans import WARSAW
from forms.wording import Say, number, say, say_n
from records.export import jobs
from records.export.exporter import MEDIA_TYPES
from records.export.jobs import DONE, FAILED, KILLED, RUNNING, WAITING, Job
from views import wording
from views.access import Right, may, requires
from views.answered import size
from views.pages import page, see
from views.security import csrf_token
from views.services import now
from views.staff.exporting.asking import wish_of
from views.staff.exporting.download import export_of, form_or_404
from views.staff.exporting.formats import NAMES
from views.staff.exporting.making import folder
from views.staff.ways import crumbs
from views.steps.drawing import static

STATES: dict[str, tuple[Say, str]] = {
    WAITING: (say("czeka na swoją kolej"), "plain"),
    RUNNING: (say("powstaje"), "warning"),
    DONE: (say("gotowy"), "good"),
    FAILED: (say("nie powstał"), "bad"),
}
WHY = {
    KILLED: say(
        "Serwer zatrzymywał się podczas każdej próby. Wybierz mniej odpowiedzi i poproś o plik jeszcze raz; gdy to nie pomoże, powiadom administratora serwera."
    ),
    "OSError": say(
        "Nie udało się zapisać pliku: na dysku serwera brakuje miejsca albo praw. Powiadom administratora serwera, a potem poproś o plik jeszcze raz."
    ),
    "gone": say("Formularza już nie ma albo jego plik nie działa. Sprawdź formularz i poproś o plik jeszcze raz."),
}


@requires(Right.EXPORT)
def ask(slug: str) -> Response:
    """Leaves the export to the worker; asked for twice it is one job."""
    form = form_or_404(slug)
    asked = wish_of(form, request.form.get("ustawienia", ""), sensitive=may(Right.READ_SENSITIVE))
    count = export_of(form, asked.format, asked.asked).responses.count()
    job_id = jobs.ask(slug, g.person.id, asked.format, asked.query, count, now(), sensitive=asked.secret)
    return see(url_for("staff.export_job", job_id=job_id))


@requires(Right.EXPORT)
def export_job(job_id: int) -> Response:
    """How far it is, and the file when it is there; for htmx, which asks again until then, only that."""
    job = _job(job_id)
    form = form_or_404(job.slug)
    title = static(form.title)
    return page(
        "staff/export_job.html",
        part="staff/_export_job.html",
        form_title=title,
        crumbs=crumbs(job.slug, title, (str(say("Eksport")), _again(job)), (str(say("Plik")), "")),
        here=url_for("staff.export_job", job_id=job_id),
        job=line(job),
        again_url=_again(job),
        csrf=csrf_token(),
        job_url=url_for("staff.export_job_ask", slug=job.slug),
        query=job.query,
    )


@requires(Right.EXPORT)
def export_job_file(job_id: int) -> Response:
    """The file that was made; each time it is taken is in the audit log."""
    job = _job(job_id)
    if job.state != DONE or job.file is None or not (folder() / job.file).is_file():
        abort(404)
    jobs.fetched(job, g.person.id, now())
    ending = job.file.rpartition(".")[2]
    name = f"{job.slug}-{job.created_at.astimezone(WARSAW):%Y-%m-%d}.{ending}"
    response = send_from_directory(folder(), job.file, as_attachment=True, download_name=name, conditional=False)
    response.content_type = MEDIA_TYPES[ending]
    response.headers["Cache-Control"] = "no-store"
    return response


def line(job: Job) -> dict[str, Any]:
    """A job as pages show it."""
    text, kind = STATES[job.state]
    return {
        "url": url_for("staff.export_job", job_id=job.id),
        "file_url": url_for("staff.export_job_file", job_id=job.id) if job.state == DONE else "",
        "format": str(NAMES[job.format]),
        "state": {"text": str(text), "kind": kind},
        "over": job.over,
        "done": job.done,
        "total": max(job.total, 1),
        "progress_text": str(say("{done} z {total}", done=number(job.done), total=number(job.total))),
        "asked": wording.local(job.created_at),
        "kept": wording.local(job.created_at + jobs.KEPT),
        "size": size(job.size or 0),
        "count_text": str(say_n("{n} odpowiedź", "{n} odpowiedzi", job.total)),
        "sensitive": job.sensitive,
        "why": _why(job.error) if job.error else "",
    }


def _why(error: str) -> str:
    other = say(
        "Poproś o plik jeszcze raz. Jeśli znów się nie uda, podaj administratorowi serwera nazwę błędu: {error}.",
        error=error,
    )
    return str(WHY.get(error, other))


def _job(job_id: int) -> Job:
    """The job, for whoever asked for it and for administrators; with sensitive answers for those with the right."""
    job = jobs.get(job_id)
    if job is None or (job.person != g.person.id and not may(Right.MANAGE_STAFF)):
        abort(404)
    if job.sensitive and not may(Right.READ_SENSITIVE):
        abort(404)
    return job


def _again(job: Job) -> str:
    url = url_for("staff.export_page", slug=job.slug)
    return f"{url}?{job.query}" if job.query else url

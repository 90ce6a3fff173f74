"""What was sent, ready to be shown: the answers in their version, and the files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Response, g, send_file, url_for

from forms.answers import Outcome, Working, walk
from forms.definition import Form
from forms.judging import judge
from forms.secrecy import without_sensitive
from forms.wording import number
from records import files, responses
from views import series
from views.presenting import Presenting
from views.services import services


def sent_answers(stored: responses.Response, *, sensitive: bool = True) -> tuple[Form, Working, Outcome]:
    """The form, answers and walk of what was last sent, in the version that was answered.

    Without `sensitive` it is as if sensitive questions had not been answered: then nothing made of the answers – a title,
    a sum, the words of a check – tells one to whom may not see it.
    """
    form = services().version(stored.slug, stored.version_id or 0)
    answers = stored.answers or {}
    if not sensitive:
        newest = services().catalogue.get(stored.slug)
        answers = without_sensitive(form.fields, answers, newest.fields if newest is not None else ())
    working = Working.of(form, answers, {}, [step.id for step in form.steps])
    plan = services().catalogue.plan(form)
    env = series.env(form, working, stored.follows, stored.id)
    if stored.sent_at is not None:
        env.today = stored.sent_at.date()
        env.standing = services().standings(stored.sent_at, own=stored.id)
    return form, working, walk(plan, working, env)


def presented(form: Form, found: Outcome, working: Working, *, sensitive: bool = True) -> list[Any]:
    """Sections of answers with the warnings that were explained."""
    plan = services().catalogue.plan(form)
    warnings = [failure for failure in judge(plan, working, found) if failure.level == "warning" and failure.explained]
    return Presenting(form, found, sensitive, failures=warnings, explained=working.explained).sections()


def attached(response_id: int) -> list[dict[str, str]]:
    """The files of the response that the link opened, with links to download them."""
    return [
        {"name": kept.name, "size": size(kept.size), "url": url_for("respondent.file", token=g.token, file_id=kept.id)}
        for kept in files.of_responses([response_id])
    ]


def size(count: int) -> str:
    """Bytes in words: `240 kB`, `1,5 MB`."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}\u00a0kB"
    return f"{number(Decimal(count) / 1_000_000, 1)}\u00a0MB"


def download(found: files.StoredFile) -> Response:
    """A kept file, never shown in the browser as a page of ours."""
    sent = send_file(
        services().files.open_for_download(found),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=found.name,
    )
    sent.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return sent

"""For staff: who consented to what, when, after reading which text; withdrawn consents; the texts as they stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Response, abort, current_app, g, request, stream_with_context, url_for

from forms.definition import Form
from forms.personal import consents as asked
from forms.spans import WARSAW
from forms.wording import number, say, say_n, short_date
from records import audit
from records.privacy import consents, tables, texts
from records.privacy.consents import Row
from views import wording
from views.access import Right, may, requires
from views.guests import gmina_name
from views.markdown import markdown
from views.pages import page
from views.services import now, services
from views.staff.privacy import words
from views.staff.ways import crumbs
from views.steps.drawing import static

PER_PAGE = 50
REACHED = re.compile(r"([0-9]{4})-([0-9]{1,9})")  # in the address: where the page before ended


@requires(Right.READ_RESPONSES)
def consents_page(slug: str) -> Response:
    """The versions of the privacy text that people have read, and the consents of each response."""
    form = _form_or_404(slug)
    sensitive = _look(form)
    before = request.args.get("przed", "")
    at = REACHED.fullmatch(before)
    after = (int(at[1]), int(at[2])) if at else None
    found = consents.rows(form, words.stored_forms(), after, PER_PAGE + 1, sensitive=sensitive)
    shown = found[:PER_PAGE]
    title = static(form.title)
    return page(
        "staff/privacy/consents.html",
        form_title=title,
        crumbs=crumbs(slug, title, (str(say("Zgody")), "")),
        texts=_texts(form),
        asked=[static(each.field.label) or each.path for each in asked(form) if sensitive or not each.sensitive],
        rows=[_row(each) for each in shown],
        older=url_for("staff.consents", slug=slug, przed="{}-{}".format(*shown[-1].reached))
        if len(found) > PER_PAGE
        else "",
        newest=url_for("staff.consents", slug=slug) if before else "",
        csv_url=url_for("staff.consents_csv", slug=slug) if may(Right.EXPORT) else "",
    )


@requires(Right.EXPORT)
def consents_csv(slug: str) -> Response:
    """Every consent on a line of its own, made while it is read."""
    form = _form_or_404(slug)
    sensitive = _look(form)
    audit.record(audit.staff(g.person.id), "consents-export", slug, slug, {"sensitive": sensitive}, now())
    head = [
        str(title)
        for title in (
            say("Numer"), say("Stan"), say("Gmina"), say("Wysłano"), say("Wersja klauzuli"), say("Pozycja"), say("Zgoda"),
            say("Udzielono"), say("Wycofano"),
        )
    ]  # fmt: skip
    answer = current_app.response_class(
        stream_with_context(tables.csv_lines(head, _lines(form, sensitive=sensitive))), mimetype="text/csv"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="zgody-{slug}-{now():%Y-%m-%d}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@requires(Right.READ_RESPONSES)
def consents_text(slug: str, text_hash: str) -> Response:
    """A version of the privacy text, as it stood when somebody read it."""
    form = _form_or_404(slug)
    if text_hash not in {each.hash for each in consents.texts_read(slug)}:
        abort(404)
    text = _kept(form, text_hash)
    title = static(form.title)
    heading = str(say("Klauzula w wersji {hash}", hash=text_hash[:8]))
    return page(
        "staff/privacy/text.html",
        heading=heading,
        form_title=title,
        crumbs=crumbs(slug, title, (str(say("Zgody")), url_for("staff.consents", slug=slug)), (heading, "")),
        text=markdown(text) if text else "",
    )


def _form_or_404(slug: str) -> Form:
    form = services().catalogue.get(slug)
    if form is None:
        abort(404)
    return form


def _look(form: Form) -> bool:
    """Whether this person sees consents in sensitive questions; a look at some is in the log."""
    sensitive = may(Right.READ_SENSITIVE)
    if sensitive and any(each.sensitive for each in asked(form)):
        audit.record(audit.staff(g.person.id), "read-sensitive", form.slug, form.slug, {"what": "consents"}, now())
    return sensitive


def _texts(form: Form) -> list[dict[str, Any]]:
    found = [
        {
            "hash": each.hash[:8],
            "url": url_for("staff.consents_text", slug=form.slug, text_hash=each.hash),
            "count": _responses(each.count),
            "first": short_date(each.first.astimezone(WARSAW)),
            "last": short_date(each.last.astimezone(WARSAW)),
        }
        for each in consents.texts_read(form.slug)
    ]
    bare = consents.without_text(form.slug)
    return found + ([{"hash": "", "url": "", "count": _responses(bare), "first": "–", "last": "–"}] if bare else [])


def _responses(count: int) -> str:
    return str(say_n("{n} odpowiedź", "{n} odpowiedzi", count))


def _kept(form: Form, text_hash: str) -> str:
    """The text with this hash: as it was kept, or the one of today where it has not changed."""
    found = texts.get(text_hash)
    if found is not None:
        return found.text
    today = services().site.text(form.privacy) if form.privacy else None
    return today if today and texts.fingerprint(today) == text_hash else ""


def _row(row: Row) -> dict[str, Any]:
    state, kind = wording.STATES.get(row.state, (row.state, "plain"))
    return {
        "reference": row.reference,
        "url": url_for("staff.response", key=row.key),
        "state": {"text": str(state), "kind": kind},
        "gmina": gmina_name(row.gmina) if row.gmina else "",
        "when": short_date(row.sent_at.astimezone(WARSAW)),
        "text": row.text[:8] if row.text else "",
        "given": [_said(each) for each in row.consents if each.withdrawn_at is None],
        "withdrawn": [_said(each) for each in row.consents if each.withdrawn_at is not None],
    }


def _said(each: consents.Consent) -> str:
    label = static(each.field.label) or each.field.name
    if _item(each.path):
        label = str(say("{label} (pozycja {n})", label=label, n=_item(each.path)))
    if each.withdrawn_at is None:
        return label
    return str(say("{label} – {day}", label=label, day=short_date(each.withdrawn_at.astimezone(WARSAW))))


def _item(path: str) -> str:
    item = path.rpartition("-")[2]
    return number(int(item) + 1) if item.isdecimal() else ""


def _lines(form: Form, *, sensitive: bool) -> Iterator[list[str]]:
    for row in consents.every(form, words.stored_forms(), sensitive=sensitive):
        head = [
            row.reference,
            row.state,
            gmina_name(row.gmina) if row.gmina else "",
            row.sent_at.astimezone(WARSAW).isoformat(),
            row.text or "",
        ]
        for each in row.consents:
            withdrawn = each.withdrawn_at.astimezone(WARSAW).isoformat() if each.withdrawn_at else ""
            label = str(each.field.label) or each.field.name
            yield [*head, _item(each.path), label, each.given_at.astimezone(WARSAW).isoformat(), withdrawn]
        if not row.consents:
            yield [*head, "", "", "", ""]

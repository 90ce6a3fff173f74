"""Audits read from their responses by the key `audit`, and kept for lists; sensitive answers are never part of them."""

from __future__ import annotations

from collections.abc import Collection

from forms.auditing.key import Audit
from forms.auditing.reading import Findings, findings
from forms.definition import Form
from records import audits, responses
from records.responses import Response
from views.answered import sent_answers
from views.services import now, services

AT_ONCE = 100  # audits that one look at a list reads; the worker reads the rest


def audited_forms(visible: Collection[str] | None = None) -> list[Form]:
    """The forms that are audits, of those that the person works with (None: of all)."""
    forms = (entry.form for entry in services().catalogue.entries())
    return [each for each in forms if each and each.audit and (visible is None or each.slug in visible)]


def rules(slug: str) -> Audit | None:
    """The key `audit` of the form as it serves: by it audits of older versions are read too. None: it is no audit."""
    form = services().catalogue.get(slug)
    return form.audit if form is not None else None


def read(stored: Response) -> Findings | None:
    """What a sent audit came to, as it was answered; None where the form is no audit. Kept for lists when it was not yet."""
    form, audit = services().catalogue.get(stored.slug), rules(stored.slug)
    if form is None or audit is None or stored.reference is None or stored.version_id is None:
        return None
    answered, _, found = sent_answers(stored, sensitive=False)
    result = findings(answered, found, audit)
    if not audits.fresh(stored, form.hash):
        audits.keep(stored, result, form.hash, now())
    return result


def in_order(one: tuple[Response, Findings], two: tuple[Response, Findings]) -> tuple[Findings, Findings]:
    """What two audits found, the earlier one first."""
    first, second = sorted((one, two), key=lambda each: (str(each[1].day or each[0].sent_at or ""), each[0].id))
    return first[1], second[1]


def catch_up(forms: Collection[Form], most: int = AT_ONCE) -> None:
    """Reads what has been sent or corrected since the last look. One SELECT for each form when there is nothing."""
    for form in forms:
        for key in audits.stale(form.slug, form.hash, most):
            stored = responses.load(key)
            if stored is not None:
                read(stored)

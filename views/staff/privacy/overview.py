"""For administrators: what personal data each form asks, how long they are kept, what was erased lately."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, url_for

from forms.definition import Form
from forms.describing.facts import span_words
from forms.personal import Rule, personal, rules
from forms.spans import WARSAW
from forms.wording import number, say, say_n, short_date
from records import listing
from records.privacy import keeping, protocols
from records.privacy.keeping import Kept
from records.privacy.protocols import Protocol
from records.shapes import DRAFT
from views.access import Right, requires, visible_slugs
from views.pages import page
from views.services import now, services
from views.staff.history import actor_name
from views.staff.privacy import words
from views.staff.roles import title_of
from views.steps.drawing import static

SHOWN = 20  # of the newest protocols


@requires(Right.PRIVACY)
def privacy() -> Response:
    """Forms with their personal data and rules, how many responses the rules come to when, the newest protocols."""
    forms = words.forms()
    today, ends = now().date(), {form.slug: ended(form) for form in forms}
    asked = [(form.slug, rule.span) for form in forms for rule in rules(form)]
    counts, drafts = keeping.kept(asked, ends, today), listing.counts()
    return page(
        "staff/privacy/overview.html",
        person_url=url_for("staff.privacy_person"),
        register_url=url_for("staff.privacy_register"),
        draft_text=str(
            say_n(
                "Niewysłane szkice usuwamy po {n} dniu.",
                "Niewysłane szkice usuwamy po {n} dniach.",
                services().settings.draft_days,
            )
        ),
        forms=[_form(form, drafts.get(form.slug, {})) for form in forms],
        rules=[_rule(form, rule, counts[form.slug, rule.span]) for form in forms for rule in rules(form)],
        forever=[static(form.title) for form in forms if not form.anonymous and personal(form) and form.retain is None],
        protocols=[row(each) for each in protocols.recent(SHOWN, visible_slugs())],
    )


def ended(form: Form) -> date | None:
    """The day of the form's last event, from which its times run."""
    last = max((event.ends or event.starts for event in form.events if event.starts), default=None)
    return last.date() if last else None


def row(protocol: Protocol) -> dict[str, str]:
    """A protocol as a list shows it."""
    return {
        "number": protocol.number,
        "url": url_for("staff.privacy_protocol", protocol_id=protocol.id),
        "when": short_date(protocol.made_at.astimezone(WARSAW)),
        "who": actor_name(protocol.actor),
        "basis": str(words.BASES[protocol.basis]),
        "form": title_of(protocol.slug) if protocol.slug else "",
        "count": number(protocol.counts.get("responses", 0) + protocol.counts.get("drafts", 0)),
    }


def _form(form: Form, counts: dict[str, int]) -> dict[str, Any]:
    asked = personal(form)
    sent = sum(n for state, n in counts.items() if state != DRAFT)
    return {
        "title": static(form.title),
        "url": url_for("staff.consents", slug=form.slug),
        "asked": [static(each.field.label) or each.path for each in asked if not each.sensitive],
        "sensitive": [static(each.field.label) or each.path for each in asked if each.sensitive],
        "anonymous": form.anonymous,
        "without_text": bool(asked) and not form.privacy,
        "sent": number(sent),
        "drafts": number(counts.get(DRAFT, 0)),
    }


def _rule(form: Form, rule: Rule, kept: Kept) -> dict[str, str]:
    what = ", ".join(static(each.label) or each.name for each in rule.fields) or str(say("wszystko, co wskazuje osobę"))
    return {
        "form": static(form.title),
        "what": what,
        "span": span_words(rule.span),
        "from": str(say("od ostatniego wydarzenia") if ended(form) else say("od wysłania")),
        "past": number(kept.past),
        "soon": number(kept.soon),
        "year": number(kept.within_year),
        "later": number(kept.later),
    }

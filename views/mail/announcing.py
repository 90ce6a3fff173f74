"""What is written about a response that was just sent, put into the outbox in the transaction that stores it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from forms.definition import Form
from forms.emails import has_address
from records import outbox
from records.responses import Response


def announce(
    form: Form, before: Response, answers: Mapping[str, Any], kind: str, now: datetime, *, reason: str = ""
) -> None:
    """A confirmation to whoever left an address, and a note to staff (`notify`); after a correction, what has changed.

    `before` is the response as it was before it was sent, `answers` are its stored answers now, `kind` is the message that
    its places call for, `reason` why the office corrected it ("" where its author did). Of an anonymous form nothing is
    written: a message would tell who answered, and when.
    """
    if form.anonymous:
        return
    facts: dict[str, Any] = {}
    if before.reference is not None:
        kind = "changed"
        old = before.answers or {}
        facts["changed"] = [name for name in {**old, **answers} if old.get(name) != answers.get(name)]
        if reason:
            facts |= {"office": True, "reason": reason}
    wanted = [kind] if has_address(form.fields) else []
    if form.notify and before.reference is None:
        wanted.append("notify")
    for each in wanted:
        outbox.put(
            each,
            once=f"{before.key}:{each}:{before.revision}",
            slug=form.slug,
            response_id=before.id,
            language=before.language,
            facts=facts,
            now=now,
        )

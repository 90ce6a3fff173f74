"""What a message says of questions that were returned for correction, as long as they still are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from forms.answers import Outcome
from forms.questions import questions
from forms.wording import say
from records.desk import returned
from records.outbox import Letter
from views.services import now

BEHIND_LINK = say("uwagę przeczytasz pod linkiem")


def waits(letter: Letter) -> returned.Request | None:
    """The request that a message of this kind is about, while it may be answered; then nothing more is written of it."""
    request = returned.find(letter.facts["request"])
    if request is None or request.state != returned.OPEN or request.until < now():
        return None
    moved = letter.facts.get("again") and datetime.fromisoformat(letter.facts["until"]) != request.until
    return None if moved else request  # another reminder tells of the new day


def listed(letter: Letter, found: Outcome, written: Callable[[str], str]) -> str:
    """The questions with their remarks as a Markdown list; what is said of a sensitive one stands behind the link only."""
    request = waits(letter) if letter.kind == returned.KIND else None
    if request is None:
        return ""
    sensitive = {each.path for each in questions(found) if each.sensitive}
    lines = []
    for each in request.questions:
        remark = str(BEHIND_LINK) if each.path in sensitive else " ".join(each.remark.split())
        lines.append(f"- **{written(each.title)}**: {written(remark)}")
    return "\n".join(lines)

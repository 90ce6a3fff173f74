"""Until when something may be done with a form: what its `edit_until` and `withdraw_until` come to."""

from __future__ import annotations

from datetime import datetime

from forms.definition import Form
from forms.spans import Limit


def until(form: Form, limit: Limit) -> datetime | None:
    """The last moment that a limit of the form allows; None where no moment ends it, and where it never allows anything."""
    if limit.at is not None or limit.after_close is None or form.closes is None:
        return limit.at
    return form.closes + limit.after_close


def allows(form: Form, limit: Limit, moment: datetime) -> bool:
    """Whether a limit of the form still allows something at this moment (aware)."""
    end = until(form, limit)
    return not limit.never and (end is None or moment <= end)

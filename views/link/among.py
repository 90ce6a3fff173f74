"""On the private page of a report: what it comes to, beside the median of the gminy of its kind, where the office shows that."""

from __future__ import annotations

from typing import Any

from records.bookings.lifecycle import OVER
from records.responses import Response
from views.indicating import beside_peers, peers_of
from views.services import services


def compared(stored: Response) -> dict[str, Any] | None:
    """The indicators of a sent report, no rows until they are worked out; None where there are none to show.

    Nothing is asked for other forms.
    """
    if stored.gmina is None or stored.period is None or stored.state in OVER:
        return None
    form, sheet = services().catalogue.get(stored.slug), services().indicators.sheet(stored.slug)
    if form is None or sheet is None or not (sheet.shown and sheet.indicators):
        return None
    rows = beside_peers(sheet, form, stored.gmina, stored.period, stored.key)
    return {"rows": rows if any(row["known"] for row in rows) else [], "peers": peers_of(form, stored.gmina)}

"""What the address of a page about indicators asks for: a form, an indicator, a period, one to compare it with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, request, url_for

from forms.definition import Form
from forms.indicators import Indicator, Sheet
from forms.periods.series import spoken
from forms.wording import say
from records import indicators
from views.indicating import Region
from views.services import services
from views.steps.drawing import static


@dataclass(frozen=True)
class Asked:
    """A form with indicators, and the periods looked at: `period` and `before`, "" where nothing was sent (for it)."""

    form: Form
    sheet: Sheet
    periods: list[str]
    period: str
    before: str

    @property
    def region(self) -> Region:
        """The gminy that the form is for."""
        return Region(self.form)

    @property
    def known(self) -> Mapping[str, Indicator]:
        """Its indicators by name."""
        return self.sheet.indicators

    @property
    def both(self) -> tuple[str, ...]:
        """The two periods, without the one that is not there."""
        return tuple(each for each in (self.period, self.before) if each)

    def options(self, chosen: str) -> list[dict[str, object]]:
        """The periods to choose from."""
        return [{"value": each, "text": said(each), "selected": each == chosen} for each in self.periods]


def asked_for(slug: str) -> Asked:
    """What the request asks for; a period that makes no sense counts as not there. 404 for a form without indicators."""
    form = services().catalogue.get(slug)
    sheet = services().indicators.sheet(slug)
    if form is None or sheet is None or not sheet.indicators:
        abort(404)
    periods = indicators.periods(slug)
    period = request.args.get("okres", "")
    if period not in periods:
        period = periods[0] if periods else ""
    before = request.args.get("z", "")
    if before not in periods or before == period:
        before = next((each for each in periods if each < period), "")
    return Asked(form, sheet, periods, period, before)


def crumbs(asked: Asked, *more: str) -> list[dict[str, str]]:
    """The way to a page about the indicators of a form."""
    found = [{"title": str(say("Wskaźniki")), "url": url_for("staff.indicators")}]
    answers = {"title": static(asked.form.title), "url": url_for("staff.responses", slug=asked.form.slug)}
    return [*found, answers, *({"title": each, "url": ""} for each in more)]


def said(period: str) -> str:
    """A period as people say it."""
    return str(spoken(period)) if period else ""

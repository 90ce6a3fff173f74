"""Indicators by gmina and period: worked out of the reports that hold, kept, and worked out again when something changes."""

from __future__ import annotations

from records.indicators.keeping import compute, waiting
from records.indicators.panel import Panel, panel
from records.indicators.region import LEAST, Figures, by, figures, peers
from records.indicators.values import EXCUSED, NOTHING_SENT, Value, periods, values

__all__ = [
    "EXCUSED",
    "LEAST",
    "NOTHING_SENT",
    "Figures",
    "Panel",
    "Value",
    "by",
    "compute",
    "figures",
    "panel",
    "peers",
    "periods",
    "values",
    "waiting",
]

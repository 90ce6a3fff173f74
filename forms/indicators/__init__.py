"""Indicators of a form that comes again: what is worked out of each report, and the map on which it is shown."""

from __future__ import annotations

from forms.indicators.catalogue import Indicators
from forms.indicators.definition import DOWN, UP, Indicator, Sheet, Tile

__all__ = ["DOWN", "UP", "Indicator", "Indicators", "Sheet", "Tile"]

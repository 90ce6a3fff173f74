"""Audits: what a form's key `audit` says, what one audit found, and how two audits of one building differ."""

from __future__ import annotations

from forms.auditing.comparing import BETTER, GONE, NEW, SAME, WORSE, Change, Comparison, compare
from forms.auditing.key import Audit, Recommended
from forms.auditing.reading import Area, Findings, Photo, Rated, Recommendation, findings

__all__ = [
    "BETTER",
    "GONE",
    "NEW",
    "SAME",
    "WORSE",
    "Area",
    "Audit",
    "Change",
    "Comparison",
    "Findings",
    "Photo",
    "Rated",
    "Recommendation",
    "Recommended",
    "compare",
    "findings",
]

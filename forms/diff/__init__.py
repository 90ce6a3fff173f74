"""What an edit of a form does to the answers already stored: two versions in, a list of changes out."""

from __future__ import annotations

from forms.diff.change import Change, Effect, Touch
from forms.diff.whole import compare, worst

__all__ = ["Change", "Effect", "Touch", "compare", "worst"]

"""What a form can never do: conditions that cannot hold, steps nobody reaches, options nobody is offered."""

from __future__ import annotations

from forms.soundness.findings import examine

__all__ = ["examine"]

"""Made-up answers that look like real ones and pass. Importing this package registers a sampler for each field type."""

from __future__ import annotations

from forms.plausible import chosen, samples

__all__ = ["chosen", "samples"]

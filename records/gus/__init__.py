"""Public statistics by gmina and year, as the Bank Danych Lokalnych of GUS gives them away: read, compared, kept, looked up."""

from __future__ import annotations

from records.gus.keeping import Comparison, Known, Statistic, compare, known, of_gmina, store
from records.gus.reading import Found, read

__all__ = ["Comparison", "Found", "Known", "Statistic", "compare", "known", "of_gmina", "read", "store"]

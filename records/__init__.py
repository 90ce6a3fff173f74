"""What is kept and what happens to it: responses, versions of forms, people, files. Knows no request and no HTML."""

from __future__ import annotations

from records import drivers  # noqa: F401 – before anything imports Peewee

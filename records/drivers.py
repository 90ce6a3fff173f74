"""Peewee without psycopg, which it loads wherever that is installed: 9 MB in each worker that SQLite has no use for.

`records/__init__.py` imports this before any other module can import Peewee; whoever connects to PostgreSQL has the driver
loaded then.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

DRIVER = "psycopg"


@contextmanager
def _unseen(name: str) -> Iterator[None]:
    """Within the block a module cannot be imported, unless it has been already."""
    modules = cast(dict[str, Any], sys.modules)
    hidden = modules.setdefault(name, None) is None
    try:
        yield
    finally:
        if hidden:
            del modules[name]


with _unseen(DRIVER):
    import peewee


def load_postgres() -> None:
    """Gives Peewee its driver of PostgreSQL, as it would have taken it by itself (peewee.py, at its top and in its adapter).

    A test holds the result against a Peewee of its own, so that a newer one which takes more is noticed.
    """
    known: dict[str, Any] = vars(peewee)
    if known[DRIVER] is not None:
        return
    import psycopg  # noqa: PLC0415 – see the module
    from psycopg.pq import TransactionStatus  # noqa: PLC0415
    from psycopg.types.json import Json, Jsonb  # noqa: PLC0415

    adapter = peewee.Psycopg3Adapter
    adapter.txn_idle, adapter.txn_inerror = TransactionStatus.IDLE, TransactionStatus.INERROR
    adapter.txn_unknown = TransactionStatus.UNKNOWN
    known.update(psycopg=psycopg, TransactionStatus=TransactionStatus, Json_pg3=Json, Jsonb_pg3=Jsonb)

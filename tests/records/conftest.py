"""Every test of what is kept runs twice: on an SQLite file and on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from records import database as db
from records import versions
from records.bookings import places
from records.versions import Bundle
from tests.postgres import PostgresServer, postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that was migrated once, to be copied."""
    path = tmp_path_factory.mktemp("template") / "nabor.db"
    chosen = db.connect(f"sqlite:///{path}")
    db.migrate(chosen)
    chosen.close()
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables."""
    if engine == "sqlite":
        return f"sqlite:///{tmp_path}/nabor.db"
    return str(request.getfixturevalue("postgres_server").empty())


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated database."""
    if engine == "postgres":
        return str(request.getfixturevalue("postgres_server").clean())
    copy = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "nabor.db")
    return f"sqlite:///{copy}"


@pytest.fixture
def database(url: str) -> Iterator[Any]:
    """The connected database, in a process that has not yet worked with it."""
    places._known.clear()
    chosen = db.connect(url)
    yield chosen
    chosen.close()


@pytest.fixture
def version(database: Any) -> int:
    """The id of a stored version of the form `szkolenie`."""
    return versions.store("szkolenie", Bundle("title: Szkolenie")).id

"""Settings are read from the environment once, and a wrong one is told by name with its cure."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from config.settings import ROOT, Settings, SettingsError

LONG = "x" * 43


def read(tmp_path: Path, **environ: str) -> Settings:
    """Settings with their data in the test's own folder."""
    return Settings.from_environment({"DATA_DIR": str(tmp_path / "data"), **environ})


def test_an_empty_environment_gives_a_local_development_machine(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert (settings.host, settings.port, settings.env) == ("127.0.0.1", 8000, "development")
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.config_dir == ROOT / "config"
    assert settings.database_url == f"sqlite:///{(tmp_path / 'data').as_posix()}/nabor.db"
    assert settings.languages == ("pl", "en")
    assert not settings.production


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert read(tmp_path, PORT=" ", SECRET_KEY="", DATABASE_URL="", LANGUAGES="").port == 8000


def test_every_variable_arrives(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    settings = read(
        tmp_path,
        SECRET_KEY=LONG,
        CONFIG_DIR=str(tmp_path / "office"),
        DATABASE_URL="postgres://nabor@db/nabor",
        HOST="0.0.0.0",
        PORT="8080",
        NABOR_ENV="production",
        BASE_URL="https://formularze.example/",
        PROXIES="1",
        MAX_UPLOAD="30 MB",
        DRAFT_DAYS="30",
        LANGUAGES="pl, en, uk",
    )
    assert settings == Settings(
        secret_key=LONG,
        data_dir=tmp_path / "data",
        config_dir=tmp_path / "office",
        database_url="postgresql://nabor@db/nabor",
        host="0.0.0.0",
        port=8080,
        env="production",
        base_url="https://formularze.example",
        proxies=1,
        max_upload=30_000_000,
        draft_days=30,
        languages=("pl", "en", "uk"),
    )
    assert settings.production


def test_production_does_not_start_without_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"SECRET_KEY: brak klucza.*token_urlsafe"):
        read(tmp_path, NABOR_ENV="production")
    assert not (tmp_path / "data" / "secret-key").exists()


def test_production_does_not_start_with_a_short_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="mniej niż 32 znaki"):
        read(tmp_path, NABOR_ENV="production", SECRET_KEY="tajne")


def test_development_makes_a_secret_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    kept = tmp_path / "data" / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]


def test_workers_that_start_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = {future.result().secret_key for future in [pool.submit(read, tmp_path) for _ in range(32)]}
    assert len(keys) == 1


def test_a_damaged_secret_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret-key").write_text("\n")
    with pytest.raises(SettingsError, match=r"SECRET_KEY: plik .* usuń go"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NABOR_ENV", "prod"),
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "８０"),
        ("PROXIES", "-1"),
        ("MAX_UPLOAD", "dużo"),
        ("MAX_UPLOAD", "0 MB"),
        ("DRAFT_DAYS", "1.5"),
        ("DATABASE_URL", "mysql://db/nabor"),
        ("DATABASE_URL", "/var/nabor.db"),
        ("BASE_URL", "formularze.example"),
        ("BASE_URL", "https://formularze.example/?a=1"),
        ("LANGUAGES", "polski"),
        ("LANGUAGES", ","),
        ("CONFIG_DIR", "/nie/ma/takiego"),
        ("DATA_DIR", "/dev/null/data"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name}: .* – "):
        read(tmp_path, **{name: value})


def test_the_password_of_a_database_is_not_told_in_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        read(tmp_path, DATABASE_URL="mysql://nabor:hasło@db/nabor")
    assert "nabor:" not in str(error.value)


@pytest.mark.parametrize(("host", "url"), [("0.0.0.0", "http://127.0.0.1:80"), ("::1", "http://[::1]:80")])
def test_links_lead_to_an_address_that_a_browser_can_open(tmp_path: Path, host: str, url: str) -> None:
    assert read(tmp_path, HOST=host, PORT="80").base_url == url


def test_a_size_may_have_any_usual_unit(tmp_path: Path) -> None:
    assert [read(tmp_path, MAX_UPLOAD=size).max_upload for size in ("500", "500 kB", "1GB")] == [500, 500_000, 10**9]


def test_settings_do_not_change_and_do_not_show_secrets(tmp_path: Path) -> None:
    settings = read(tmp_path, SECRET_KEY=LONG, DATABASE_URL="postgresql://nabor:hasło@db/nabor")
    with pytest.raises(FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]
    assert LONG not in repr(settings)
    assert "hasło" not in repr(settings)


def test_every_setting_is_explained() -> None:
    explained = [line.strip().partition(":")[0] for line in (Settings.__doc__ or "").splitlines()]
    assert [field.name for field in fields(Settings) if field.name not in explained] == []

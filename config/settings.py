"""Settings: what the machine's environment decides, read once into one frozen object.

What an office decides (its name, its forms, its texts) stands in YAML beside this file; here is only what differs
between one machine and another.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent

Environment = Literal["development", "production"]
TwoFactor = Literal["optional", "administrators", "required"]

SHORTEST_SECRET = 32  # characters; token_urlsafe(32) gives 43
UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9}


class SettingsError(ValueError):
    """A setting that the program cannot start with; the text names the variable and says how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the program needs to know of the machine it runs on; each field is an environment variable in capitals.

    secret_key: signs sessions, links and CSRF tokens; whoever knows it can pose as anyone. In development one is made
        and kept in `data_dir/secret-key`, in production (SECRET_KEY) a missing or short one stops the start.
    data_dir: the folder of everything that must be backed up and is not in the database: files, the outbox, the key.
    config_dir: the folder of site.yaml, forms/, templates/, lists/ and texts/; the program writes only in forms/, and only
        when staff publish a form in the browser.
    database_url: `sqlite:////path/to/file.db` or `postgresql://user:password@host/name`; SQLite in data_dir by default.
    host: the address the server listens on; only this machine (127.0.0.1) by default.
    port: the port the server listens on, 1–65535.
    env: `development` or `production` (NABOR_ENV); production insists on a secret and on cookies over HTTPS.
    base_url: the public address that links in messages begin with, without a slash at its end.
    proxies: how many proxies of ours stand before the server and may be believed about the client's address.
    max_upload: the most bytes one request may carry (MAX_UPLOAD, such as `25 MB`; a MB is a million bytes).
    draft_days: for how many days an unfinished response is kept after its last change.
    two_factor: who must sign in with a second factor (TWO_FACTOR): nobody must (`optional`), `administrators`, or all
        members of staff (`required`).
    audit_days: for how many days the audit log is kept (AUDIT_DAYS); 0: for ever.
    languages: the languages of the interface, the first is the default.
    mail_url: the mail server, `smtp://user:password@host:587` (with STARTTLS where the server offers it) or
        `smtps://…`; empty: messages become files in `data_dir/mail`, which development wants.
    mail_from: the address that messages come from; empty: the contact of site.yaml.
    worker: `embedded` (WORKER) sends messages from within the server, as `make run` does; otherwise `flask worker` does.
    """

    secret_key: str
    data_dir: Path
    config_dir: Path
    database_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    env: Environment = "development"
    base_url: str = "http://127.0.0.1:8000"
    proxies: int = 0
    max_upload: int = 25 * UNITS["MB"]
    draft_days: int = 90
    two_factor: TwoFactor = "optional"
    audit_days: int = 730
    languages: tuple[str, ...] = ("pl", "en")
    mail_url: str = ""
    mail_from: str = ""
    worker: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings that these variables (by default the process's own) ask for; an empty variable counts as unset.

        Creates `data_dir` and, in development, the secret key in it. Raises SettingsError.
        """
        given = {name: value.strip() for name, value in (os.environ if environ is None else environ).items()}
        env = _environment(given.get("NABOR_ENV") or "development")
        data_dir = _data_dir(given.get("DATA_DIR"))
        host = given.get("HOST") or "127.0.0.1"
        port = _whole("PORT", given.get("PORT") or "8000", 1, 65535)
        return cls(
            secret_key=_secret(given.get("SECRET_KEY") or "", env, data_dir),
            data_dir=data_dir,
            config_dir=_config_dir(given.get("CONFIG_DIR")),
            database_url=_database_url(given.get("DATABASE_URL"), data_dir),
            host=host,
            port=port,
            env=env,
            base_url=_base_url(given.get("BASE_URL"), host, port),
            proxies=_whole("PROXIES", given.get("PROXIES") or "0", 0, 10),
            max_upload=_bytes("MAX_UPLOAD", given.get("MAX_UPLOAD") or "25 MB"),
            draft_days=_whole("DRAFT_DAYS", given.get("DRAFT_DAYS") or "90", 1, 3650),
            two_factor=_two_factor(given.get("TWO_FACTOR") or "optional"),
            audit_days=_whole("AUDIT_DAYS", given.get("AUDIT_DAYS") or "730", 0, 36500),
            languages=_languages(given.get("LANGUAGES") or "pl,en"),
            mail_url=_mail_url(given.get("MAIL_URL") or ""),
            mail_from=_mail_from(given.get("MAIL_FROM") or ""),
            worker=given.get("WORKER") == "embedded",
        )

    @property
    def production(self) -> bool:
        """Whether this serves the public."""
        return self.env == "production"

    def __repr__(self) -> str:
        """Without the secret and the database's password, because a repr ends up in logs."""
        return f"Settings(env={self.env!r}, data_dir={str(self.data_dir)!r}, base_url={self.base_url!r}, …)"


def _environment(value: str) -> Environment:
    if value == "production":
        return "production"
    if value == "development":
        return "development"
    raise SettingsError(f"NABOR_ENV: „{value}” – wpisz „development” albo „production”.")


def _two_factor(value: str) -> TwoFactor:
    known: tuple[TwoFactor, ...] = ("optional", "administrators", "required")
    for each in known:
        if value == each:
            return each
    raise SettingsError(f"TWO_FACTOR: „{value}” – wpisz „optional”, „administrators” albo „required”.")


def _data_dir(value: str | None) -> Path:
    folder = Path(value).expanduser().resolve() if value else ROOT / "data"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"DATA_DIR: nie można utworzyć katalogu „{folder}” ({error.strerror}) – wskaż inny."
        ) from error
    if not os.access(folder, os.W_OK):
        raise SettingsError(
            f"DATA_DIR: brak prawa zapisu w „{folder}” – nadaj je temu użytkownikowi albo wskaż inny katalog."
        )
    return folder


def _config_dir(value: str | None) -> Path:
    folder = Path(value).expanduser().resolve() if value else ROOT / "config"
    if not folder.is_dir():
        raise SettingsError(
            f"CONFIG_DIR: nie ma katalogu „{folder}” – wskaż ten, w którym leży site.yaml i katalog forms."
        )
    return folder


def _secret(value: str, env: Environment, data_dir: Path) -> str:
    how = "wygeneruj go poleceniem: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
    if value and env == "production" and len(value) < SHORTEST_SECRET:
        raise SettingsError(f"SECRET_KEY: klucz ma mniej niż {SHORTEST_SECRET} znaki – {how}.")
    if value:
        return value
    if env == "production":
        raise SettingsError(f"SECRET_KEY: brak klucza, bez którego nie wolno działać publicznie – {how}.")
    return _kept_secret(data_dir / "secret-key")


def _kept_secret(path: Path) -> str:
    """The key in the file, made on first use; of several processes that start at once all get the same one."""
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(prefix=".secret-key-", dir=path.parent)  # readable by its owner only
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
        try:
            os.link(draft, path)  # whole or not at all, and only for the first
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < SHORTEST_SECRET:
        raise SettingsError(f"SECRET_KEY: plik „{path}” jest pusty albo uszkodzony – usuń go, a powstanie nowy klucz.")
    return key


def _database_url(value: str | None, data_dir: Path) -> str:
    if not value:
        return f"sqlite:///{(data_dir / 'nabor.db').as_posix()}"
    scheme = value.partition("://")[0]
    if scheme == "postgres":  # the other usual spelling
        return "postgresql" + value.removeprefix("postgres")
    if scheme not in ("sqlite", "postgresql"):
        raise SettingsError(
            "DATABASE_URL: to nie jest adres znanej bazy – wpisz sqlite:////katalog/plik.db "
            "albo postgresql://użytkownik:hasło@serwer/baza."  # the value is not shown: it may hold a password
        )
    return value


def _base_url(value: str | None, host: str, port: int) -> str:
    if not value:
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 – compared, not listened on
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(
            f"BASE_URL: „{value}” nie jest adresem – wpisz na przykład https://formularze.urzad.example."
        )
    return value.rstrip("/")


def _mail_url(value: str) -> str:
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        known = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise SettingsError(
            "MAIL_URL: to nie jest adres serwera poczty – wpisz smtp://użytkownik:hasło@serwer:587."  # it may hold a password
        )
    return value


def _mail_from(value: str) -> str:
    if value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value):
        raise SettingsError(f"MAIL_FROM: „{value}” nie jest adresem e-mail – wpisz na przykład nabor@urzad.example.")
    return value


def _whole(name: str, value: str, least: int, most: int) -> int:
    if re.fullmatch(r"[0-9]{1,9}", value) and least <= int(value) <= most:
        return int(value)
    raise SettingsError(f"{name}: „{value}” – wpisz liczbę całkowitą od {least} do {most}.")


def _bytes(name: str, value: str) -> int:
    match = re.fullmatch(r"([0-9]{1,12})\s*([KMG]?B)?", value.upper())
    if match is None or int(match[1]) == 0:
        raise SettingsError(f"{name}: „{value}” – wpisz liczbę i jednostkę, na przykład 25 MB.")
    return int(match[1]) * UNITS[match[2] or ""]


def _languages(value: str) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    wrong = [language for language in languages if not re.fullmatch(r"[a-z]{2}", language)]
    if wrong or not languages:
        raise SettingsError(f"LANGUAGES: „{value}” – wpisz dwuliterowe kody języków po przecinku, na przykład pl,en.")
    return languages

"""Commands for whoever runs the program: `flask --app app setup`, `… staff`, `… forms`; other groups beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any, cast

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from forms.problems import report
from forms.wording import LANGUAGES, say, say_n, speaking
from records import accounts, people, second_factor
from records.accounts import LastAdministrator
from records.audit import SYSTEM
from records.database import Postgres, Sqlite, database, migrate
from records.drafts import erase_drafts
from records.people import ROLES, SENSITIVE, EmailTaken, Person
from views.checking import check_all, check_files
from views.commands.exporting import export
from views.commands.filling import fill_form
from views.commands.importing import import_form
from views.commands.indicators import indicators
from views.commands.language import describe, schema
from views.commands.privacy import privacy
from views.commands.registrations import audit, put_limits_in_force
from views.commands.statistics import statistics
from views.commands.versions import diff, list_versions
from views.commands.working import worker
from views.covering import covered
from views.services import now, services

LAST = say(
    "To jedyny administrator, który może się zalogować. Najpierw załóż drugie konto: flask --app app staff add … --role administrator"
)
ORPHANS_OLDER_THAN = timedelta(days=1)  # a file younger than that may belong to an answer being saved at this moment

staff = AppGroup("staff", help="Konta pracowników.")
forms = AppGroup("forms", help="Formularze z config/forms.")
drafts = AppGroup("drafts", help="Niewysłane odpowiedzi.")
cli = AppGroup()  # what `views.cli` gives to Flask
for group in (staff, forms, drafts):
    cli.add_command(group)
forms.add_command(export)
cli.add_command(worker)
cli.add_command(audit)
cli.add_command(privacy)
cli.add_command(indicators)
cli.add_command(statistics)
forms.add_command(fill_form)
forms.add_command(import_form)
forms.add_command(schema)
forms.add_command(describe)
forms.add_command(diff)
forms.add_command(list_versions)


def command(group: AppGroup, name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command of a group; `say` in it speaks the first language of the installation."""

    def make(function: Callable[..., None]) -> click.Command:
        return group.command(name, help=function.__doc__)(_in_words(function))

    return make


def _in_words(function: Callable[..., None]) -> Callable[..., None]:
    @wraps(function)
    def speak(*args: Any, **kwargs: Any) -> None:
        with speaking(services().settings.languages[0]):
            function(*args, **kwargs)

    return speak


@command(cli, "setup")
def setup() -> None:
    """Przygotowuje bazę danych, formularze i pierwsze konto; można powtarzać."""
    applied = migrate(cast(Sqlite | Postgres, database.obj))
    changes = say("Baza danych: wprowadzone zmiany: {names}.", names=", ".join(applied))
    tell(changes if applied else say("Baza danych: aktualna."))
    entries = services().catalogue.entries()
    serving, broken = sum(entry.form is not None for entry in entries), sum(bool(entry.errors) for entry in entries)
    tell(say("Formularze: działa {serving}, plików z błędami: {broken}.", serving=serving, broken=broken))
    if broken:
        tell(say("Błędy wypisze: flask --app app forms check"))
    put_limits_in_force()
    _first_account()


def _first_account() -> None:
    """As long as nobody has a password, each run prints a fresh link: the one before may be lost or too old."""
    known = people.everyone()
    administrators = [person for person in known if person.role == "administrator" and person.active]
    if any(person.has_password for person in known) or (known and not administrators):
        tell(say("Konta pracowników: {n}.", n=len(known)))
        return
    contact = services().site.get("contact") or {}
    email = contact.get("email") or "administrator@localhost"
    if administrators:
        person, token = administrators[0], accounts.link(administrators[0], now(), SYSTEM)
    else:
        name = str(say("Administrator"))
        person, token = accounts.invite(name, email, accounts.ADMINISTRATOR, True, None, now(), SYSTEM)
    tell(say("Pierwsze konto: {email}. Otwórz link i ustaw hasło (działa raz, przez 24 godziny):", email=person.email))
    click.echo(f"  {link_of(token)}")


@command(staff, "add")
@click.argument("name")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), default="viewer", show_default=True)
def add(name: str, email: str, role: str) -> None:
    """Zakłada konto i wypisuje link, którym pracownik ustawi hasło."""
    local, _, host = email.strip().partition("@")
    if not local or not host or " " in email.strip():
        raise click.ClickException(str(say("„{email}” nie jest adresem e-mail.", email=email)))
    if not name.strip():
        raise click.ClickException(str(say("Podaj imię i nazwisko.")))
    try:
        person, token = accounts.invite(name, email, role, role in SENSITIVE, None, now(), SYSTEM)
    except EmailTaken:
        raise click.ClickException(
            str(
                say(
                    "Konto {email} już jest. Nowy link wypisze: flask --app app staff link {email}", email=email.strip()
                )
            )
        ) from None
    _tell_link(person, token)


@command(staff, "list")
def list_all() -> None:
    """Wypisuje konta: adres, rola, stan, imię i nazwisko."""
    for person in people.everyone():
        state = say("zamknięte") if not person.active else say("działa") if person.has_password else say("bez hasła")
        click.echo(f"{person.email:<40} {person.role:<14} {state!s:<12} {person.name}")


@command(staff, "link")
@click.argument("email")
def link(email: str) -> None:
    """Wypisuje nowy jednorazowy link do ustawienia hasła."""
    person = _person(email)
    if not person.active:
        raise click.ClickException(str(say("Konto {email} jest zamknięte.", email=person.email)))
    _tell_link(person, accounts.link(person, now(), SYSTEM))


@command(staff, "disable")
@click.argument("email")
def disable(email: str) -> None:
    """Zamyka konto i kończy wszystkie jego sesje."""
    person = _person(email)
    try:
        accounts.close(person, True, now(), SYSTEM)
    except LastAdministrator:
        raise click.ClickException(str(LAST)) from None
    tell(say("Konto {email} jest zamknięte.", email=person.email))


@command(staff, "reset-two-factor")
@click.argument("email")
def reset_two_factor(email: str) -> None:
    """Wyłącza drugi składnik logowania komuś, kto nie ma telefonu ani kodów zapasowych."""
    person = _person(email)
    second_factor.turn_off(person, now(), SYSTEM)
    tell(say("Konto {email} nie ma drugiego składnika i jest wszędzie wylogowane.", email=person.email))


@forms.command("check", help="Wypisuje wszystkie błędy i uwagi w plikach. Kod wyjścia 1, gdy są błędy.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), help="Język komunikatów.")
@click.option("--coverage", is_flag=True, help="Wypisuje też warunki, których nie sprawdza żaden przykład.")
def check(files: tuple[Path, ...], lang: str | None, coverage: bool) -> None:
    """The given files, or everything in the folder of configuration. The database is not needed."""
    folder = services().settings.config_dir
    region = str(services().site.get("region"))
    with speaking(lang or services().settings.languages[0]):
        checked = check_files(folder, region, files) if files else check_all(folder, region)
        text = report(checked.problems, checked.texts)
        if text:
            click.echo(text)
        tell(say_n("Sprawdzono {n} plik.", "Sprawdzono {n} plików.", len(checked.texts)))
        if coverage:
            click.echo(covered(checked, now().date()))
    if checked.errors:
        raise SystemExit(1)


@command(drafts, "erase")
def erase() -> None:
    """Usuwa szkice starsze niż DRAFT_DAYS dni i pliki, do których nic nie prowadzi."""
    store, days = services().files, services().settings.draft_days
    erased = erase_drafts(store, now() - timedelta(days=days))
    orphans = store.sweep_orphans(ORPHANS_OLDER_THAN)
    tell(
        say_n(
            "Usunięto {n} szkic starszy niż {age}.",
            "Usunięto {n} szkiców starszych niż {age}.",
            erased,
            age=say_n("{n} dzień", "{n} dni", days),
        )
    )
    tell(say_n("Usunięto {n} plik bez odpowiedzi.", "Usunięto {n} plików bez odpowiedzi.", orphans))


def link_of(token: str) -> str:
    """The address of a one-time link, at the public address of this installation."""
    with current_app.test_request_context(base_url=services().settings.base_url):
        return url_for("staff.invitation", token=token, _external=True)


def tell(what: object) -> None:
    """A sentence for whoever runs the command."""
    click.echo(str(what))


def _tell_link(person: Person, token: str) -> None:
    who = {"name": person.name, "email": person.email, "role": person.role}
    tell(say("{name}, {email}, rola: {role}. Link do ustawienia hasła (działa raz, przez 24 godziny):", **who))
    click.echo(f"  {link_of(token)}")


def _person(email: str) -> Person:
    person = people.find(email)
    if person is None:
        raise click.ClickException(
            str(say("Nie ma konta {email}. Wszystkie wypisze: flask --app app staff list", email=email))
        )
    return person

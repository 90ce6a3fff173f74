"""The command `flask forms export`: what was sent to a form, into a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click
from flask.cli import with_appcontext

from forms.definition import Form
from forms.wording import Say, say, speaking
from records import audit
from records.desk import saved
from records.export.exporter import FORMATS, Export
from views.commands.asked import form_named
from views.services import now, services
from views.staff.exporting.asking import SENSITIVE, YES, Wish, wish_of
from views.staff.exporting.download import export_of


@click.command("export", help="Zapisuje odpowiedzi do pliku; gdy plików jest kilka, w jednym ZIP-ie.")
@click.argument("slug")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Domyślnie csv albo jak w ustawieniach.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Dokąd zapisać.")
@click.option("--preset", help="Nazwa wspólnych ustawień ze strony eksportu: kolumny, filtry, zapis, format.")
@click.option("--sensitive", is_flag=True, help="Także pola oznaczone jako wrażliwe.")
@with_appcontext
def export(slug: str, format_: str | None, out: Path, preset: str | None, sensitive: bool) -> None:
    """The file appears whole or not at all; what stood there before is replaced. Sensitive answers, and settings that
    filter by them, only with --sensitive.
    """
    here = services()
    with speaking(here.settings.languages[0]):
        form = form_named(slug)
        asked = _asked(form, preset, sensitive=sensitive)
        format_ = format_ or (asked.format if preset else "csv")
        made = export_of(form, format_, asked.asked)
        if not out.parent.is_dir():
            raise click.ClickException(str(say("Nie ma katalogu {folder}. Utwórz go.", folder=out.parent)))
        _write(made, out)
        details = {"format": format_, "sensitive": sensitive, **({"filtered": True} if asked.filters else {})}
        audit.record(audit.SYSTEM, "export", slug, slug, details, now())
        click.echo(str(say("Zapisano {path}.", path=out)))
        if made.ending == "zip" and out.suffix.lower() != ".zip":
            click.echo(str(say("To jest ZIP z kilkoma plikami – nadaj mu nazwę, która kończy się na .zip.")))


def _asked(form: Form, preset: str | None, *, sensitive: bool) -> Wish:
    """What the shared settings of this name ask for; without a name everything."""
    if preset is None:
        return wish_of(form, f"{SENSITIVE}={YES}" if sensitive else "", sensitive=sensitive)
    found = saved.of(form.slug, saved.EXPORT, saved.NOBODY)
    query = next((each.query for each in found if each.name == preset), None)
    if query is None:
        raise click.ClickException(str(_none(preset, [each.name for each in found])))
    asked = wish_of(form, f"{query}&{SENSITIVE}={YES}" if sensitive else query, sensitive=sensitive)
    if asked.dropped:
        raise click.ClickException(str(say("Te ustawienia mają filtr, który nie działa: {why}", why=asked.dropped[0])))
    return asked


def _none(preset: str, names: list[str]) -> Say:
    if not names:
        return say("Nie ma wspólnych ustawień eksportu tego formularza. Zapisz je na stronie eksportu.")
    known = ", ".join(names)
    return say("Nie ma wspólnych ustawień „{preset}”. Są: {known}.", preset=preset, known=known)


def _write(made: Export, out: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
        try:
            for piece in made.chunks():
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(out)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise

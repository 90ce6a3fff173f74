"""The command `flask forms export`: all that was sent to a form, into a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click
from flask.cli import with_appcontext

from forms.wording import say, speaking
from records import audit
from records.export.exporter import FORMATS, Export
from records.export.exporter import export as exporting
from views.commands.asked import form_named
from views.services import now, services


@click.command("export", help="Zapisuje wszystkie odpowiedzi do pliku; gdy plików jest kilka, w jednym ZIP-ie.")
@click.argument("slug")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Dokąd zapisać.")
@click.option("--sensitive", is_flag=True, help="Także pola oznaczone jako wrażliwe.")
@with_appcontext
def export(slug: str, format_: str, out: Path, sensitive: bool) -> None:
    """The file appears whole or not at all; what stood there before is replaced."""
    here = services()
    with speaking(here.settings.languages[0]):
        form = form_named(slug)
        made = exporting(slug, form, lambda version_id: here.version(slug, version_id), format_, sensitive=sensitive)
        if not out.parent.is_dir():
            raise click.ClickException(str(say("Nie ma katalogu {folder}. Utwórz go.", folder=out.parent)))
        _write(made, out)
        audit.record(audit.SYSTEM, "export", slug, slug, {"format": format_, "sensitive": sensitive}, now())
        click.echo(str(say("Zapisano {path}.", path=out)))
        if made.ending == "zip" and out.suffix.lower() != ".zip":
            click.echo(str(say("To jest ZIP z kilkoma plikami – nadaj mu nazwę, która kończy się na .zip.")))


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

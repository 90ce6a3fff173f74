"""The command `flask statistics import`: public statistics from a CSV of the Bank Danych Lokalnych."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from forms.wording import say, speaking
from records import audit, gus
from views import acting
from views.services import now, services

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
statistics = AppGroup("statistics", help="Statystyka publiczna, która stoi obok pytań.")


@statistics.command("import", help="Wczytuje CSV z Banku Danych Lokalnych; --dry-run tylko mówi, co by się zmieniło.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--variable", required=True, help="Nazwa zmiennej, na przykład ludnosc.")
@click.option("--source", default="GUS BDL", show_default=True)
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Dzień, z którego są dane.")
@click.option("--measure", default="", help="Słowo, po którym wybrać jedną z kilku miar pliku.")
@click.option("--dry-run", is_flag=True)
@with_appcontext
def import_file(file: Path, variable: str, source: str, as_of: datetime, measure: str, dry_run: bool) -> None:
    """All of the file or nothing: what cannot be read is told, and nothing is kept."""
    with speaking(services().settings.languages[0]):
        if not NAME.fullmatch(variable):
            raise click.ClickException(str(say("Podaj nazwę z liter a–z, cyfr i _, na przykład ludnosc.")))
        rows = acting.gminy()
        found = gus.read(file.read_bytes(), rows.by_value.keys() if rows is not None else (), measure)
        if found.problems:
            raise click.ClickException("\n".join(str(problem) for problem in found.problems))
        change = gus.compare(variable, found.values)
        told = say(
            "Nowe: {new}, zmienione: {changed}, bez zmian: {same}.",
            new=change.new,
            changed=len(change.changed),
            same=change.same,
        )
        click.echo(str(told))
        if (others := found.passed_over()) is not None:
            click.echo(str(others))
        if not dry_run:
            gus.store(variable, found.values, source, as_of.date(), now(), audit.SYSTEM)

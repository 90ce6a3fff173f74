"""The commands `flask forms schema` and `flask forms describe`: the language for editors, a form for people."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from forms.describing.outline import describe_form
from forms.schema import schema as schema_of_forms
from forms.wording import LANGUAGES, say, speaking
from views.commands.asked import form_named
from views.describing import FORMATS, document
from views.services import services


@click.command("schema", help="Wypisuje JSON Schema języka formularzy, dla edytorów, które podpowiadają w YAML-u.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Zapisuje do pliku.")
@with_appcontext
def schema(out: Path | None) -> None:
    """Printed, or written to a file that an editor is told of."""
    text = json.dumps(schema_of_forms(), ensure_ascii=False, indent=1) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    if not out.parent.is_dir():
        raise click.ClickException(str(say("Nie ma katalogu {folder}. Utwórz go.", folder=out.parent)))
    out.write_text(text, encoding="utf-8")
    with speaking(services().settings.languages[0]):
        click.echo(str(say("Zapisano {path}.", path=out)))


@click.command("describe", help="Opisuje formularz zwykłymi słowami: pytania, warunki, limity, sprawdzenia.")
@click.argument("slug")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="md", show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Język opisu.")
@with_appcontext
def describe(slug: str, format_: str, lang: str | None) -> None:
    """For staff and lawyers, who do not read YAML."""
    here = services()
    with speaking(lang or here.settings.languages[0]), current_app.test_request_context():
        form = form_named(slug)
        click.echo(document(describe_form(form), format_), nl=False)

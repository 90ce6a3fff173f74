"""The command `flask indicators compute`: what the worker does by itself, for whoever runs none or has just changed a file."""

from __future__ import annotations

from functools import partial

import click
from flask.cli import AppGroup, with_appcontext

from forms.wording import say, say_n, speaking
from records.indicators import compute
from views.services import services

indicators = AppGroup("indicators", help="Wskaźniki z config/indicators.")


@indicators.command("compute", help="Przelicza wskaźniki sprawozdań, które się zmieniły; można powtarzać.")
@with_appcontext
def compute_all() -> None:
    """Every form that has indicators; tells how many reports were worked out anew, and of which files nothing can be."""
    here = services()
    with speaking(here.settings.languages[0]):
        for sheet in here.indicators.sheets():
            form = here.catalogue.get(sheet.slug)
            if sheet.problems:
                click.echo(
                    str(
                        say(
                            "Plik indicators/{slug}.yaml ma błędy. Wypisze je: flask --app app forms check",
                            slug=sheet.slug,
                        )
                    )
                )
            if form is None or not sheet.indicators:
                continue
            version = partial(here.version, form.slug)
            done = compute(tuple(sheet.indicators.values()), form, version, here.catalogue.limit)
            told = say_n(
                "{slug}: przeliczono {n} sprawozdanie.", "{slug}: przeliczono {n} sprawozdań.", done, slug=form.slug
            )
            click.echo(str(told))

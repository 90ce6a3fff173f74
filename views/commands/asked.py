"""What commands are asked for by name."""

from __future__ import annotations

import click

from forms.definition import Form
from views.services import services


def form_named(slug: str) -> Form:
    """The form that serves under this name; ends the command with the names there are when there is none."""
    form = services().catalogue.get(slug)
    if form is None:
        raise click.ClickException(str(services().no_form(slug)))
    return form

"""Commands about registrations: `flask audit verify`, and what `flask setup` says to the ledgers of places."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup, with_appcontext

from forms.events.words import fixed
from forms.wording import say, say_n, short_date, speaking
from records import audit as log
from records import bookings
from records.bookings import places
from views.services import now, services

audit = AppGroup("audit", help="Dziennik zmian.")


@audit.command(
    "verify", help="Sprawdza, czy nikt nie zmienił dziennika. Kod wyjścia 1, gdy łańcuch wpisów jest przerwany."
)
@with_appcontext
def verify() -> None:
    """The whole log is read; it says where the chain breaks, and nothing of what the entries tell."""
    with speaking(services().settings.languages[0]):
        broken = log.verify()
        if broken is not None:
            raise click.ClickException(
                str(
                    say(
                        "Wpis {id} dziennika zmieniono albo usunięto wpis przed nim. Porównaj go z kopią zapasową.",
                        id=broken,
                    )
                )
            )
        gone = log.pruned()
        if gone is not None:
            until = short_date(datetime.fromisoformat(str(gone.details["until"])))
            click.echo(str(say("Wpisy do dnia {until} usunięto po okresie przechowywania.", until=until)))
        click.echo(
            str(say_n("Dziennik jest nienaruszony: {n} wpis.", "Dziennik jest nienaruszony: {n} wpisów.", log.count()))
        )


def put_limits_in_force() -> None:
    """The limits of the forms as they are now, also where a file was put back: a process cannot tell that by itself.

    Nobody is expelled; what is taken above a limit is told with numbers.
    """
    for entry in services().catalogue.entries():
        form = entry.form
        if form is None or not form.places or places.peek(form.slug) is None:
            continue
        for low in bookings.sync_limits(form, now()):
            what = fixed(form.places[low.event].title)
            text = say("{slug}: „{what}” ma limit {declared}, a zajętych miejsc jest {used}. Nikt nie traci miejsca; nowe będą, gdy się zwolnią.",
                       slug=form.slug, what=what, declared=low.declared, used=low.used)  # fmt: skip
            if low.gmina:
                text = say("{slug}: „{what}” ma limit gminy {declared}, a gmina {gmina} ma miejsc {used}. Nikt nie traci miejsca.",
                           slug=form.slug, what=what, gmina=low.gmina, declared=low.declared, used=low.used)  # fmt: skip
            click.echo(str(text))

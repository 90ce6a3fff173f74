"""Commands about people's data: `flask privacy find`, `flask privacy export`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from forms.wording import Say, say, say_n, speaking
from records import audit
from records.privacy import finding
from records.privacy.needles import TooShort, needle
from views.services import now, services
from views.staff.privacy import words
from views.staff.privacy.copying import archive
from views.staff.privacy.person import TOO_SHORT, Result

privacy = AppGroup("privacy", help="Dane jednej osoby.")


@privacy.command(
    "find", help="Wypisuje, gdzie są dane osoby: e-mail, telefon, PESEL, imię i nazwisko albo numer odpowiedzi."
)
@click.argument("who")
@with_appcontext
def find(who: str) -> None:
    """Each response and other place on a line; that somebody searched is in the log, not whom."""
    with speaking(services().settings.languages[0]):
        result = _found(who)
        for each in result.found:
            places = "; ".join(words.place(one) for one in each.places)
            click.echo(f"{each.reference or each.key:<24} {each.slug:<24} {each.state:<12} {places}")
        for other in sorted({words.other(each) for each in result.others}):
            click.echo(other)
        count = say_n("Znaleziono w {n} odpowiedzi.", "Znaleziono w {n} odpowiedziach.", len(result.found))
        click.echo(str(count))


@privacy.command("export", help="Zapisuje kopię danych osoby (ZIP), z odpowiedziami wrażliwymi, do wydania tej osobie.")
@click.argument("who")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export(who: str, out: Path) -> None:
    """Of everything that was found; look with `find` first, a name may belong to several people."""
    lang = services().settings.languages[0]
    with current_app.test_request_context(base_url=services().settings.base_url), speaking(lang):
        result = _found(who)
        if not result.found and not result.others:
            raise _refused(say("Nie ma danych tej osoby."))
        if out.exists():
            raise _refused(say("Plik {file} już jest. Podaj inną nazwę.", file=str(out)))
        with archive(result, sensitive=True, everything=True) as made, out.open("xb") as file:
            out.chmod(0o600)
            shutil.copyfileobj(made, file)
        details = {"responses": len(result.found), "sensitive": True}
        audit.record(audit.SYSTEM, "person-copied", "privacy", None, details, now())
        click.echo(str(say("Zapisano kopię: {file}. To dane osobowe – usuń ją po wydaniu.", file=str(out))))


def _found(who: str) -> Result:
    try:
        wanted = needle(who)
    except TooShort:
        raise _refused(TOO_SHORT) from None
    by_number = finding.numbered(wanted.text, None)
    found = by_number or finding.responses(wanted, words.stored_forms(), None, sensitive=True)
    others = [] if by_number else finding.others(wanted, None)
    details = {"responses": len(found), "others": len(others), "sensitive": True}
    audit.record(audit.SYSTEM, "person-searched", "privacy", None, details, now())
    return Result(wanted, found, others, by_number=bool(by_number))


def _refused(why: Say) -> click.ClickException:
    return click.ClickException(str(why))

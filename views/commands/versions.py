"""The commands `flask forms diff` and `flask forms versions`: what an edit does to stored answers, and what is stored."""

from __future__ import annotations

import json
from typing import Any

import click
from flask.cli import with_appcontext

from forms.diff import Effect
from forms.wording import LANGUAGES, say, speaking
from views import wording
from views.comparing import HEADINGS, SHORT, Difference, Told, Unreadable, difference, find, history, on_disk
from views.services import services

WRONG = 2  # the exit code when there is nothing to compare


@click.command(
    "diff",
    help="Co zmiana formularza robi z zapisanymi odpowiedziami. OLD i NEW to plik, SLUG albo SLUG@początek-skrótu; sam "
    "SLUG porównuje najnowszą zapisaną wersję z plikiem. Kod wyjścia: 0 – odpowiedzi zostają, 1 – coś tracą albo "
    "znaczą co innego, 2 – nie ma czego porównać.",
)
@click.argument("old")
@click.argument("new", required=False)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Język opisu.")
@with_appcontext
def diff(old: str, new: str | None, format_: str, lang: str | None) -> None:
    """The exit code follows from the definitions alone, so that it is the same on every machine.

    Numbers come from the database when a form is named by its slug; for two files it is not asked.
    """
    with speaking(lang or services().settings.languages[0]):
        try:
            one = find(old, older=True)
            other = on_disk(one.form.slug) if new is None else find(new, older=False)
            found = difference(one, other)
        except Unreadable as unreadable:
            click.echo(str(unreadable.what), err=True)
            raise SystemExit(WRONG) from None
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2) if format_ == "json" else as_text(found))
    raise SystemExit(1 if found.effect is Effect.LOSS else 0)


@click.command("versions", help="Zapisane wersje formularza: skrót, kiedy zapisano, wysłane odpowiedzi, szkice.")
@click.argument("slug")
@with_appcontext
def list_versions(slug: str) -> None:
    """One line for each version, the newest first."""
    with speaking(services().settings.languages[0]):
        found = list(history(slug))
        if not found:
            click.echo(str(say("Formularz „{slug}” nie ma jeszcze zapisanej wersji.", slug=slug)), err=True)
            raise SystemExit(WRONG)
        for version, used in found:
            counts = say("wysłane: {sent}, szkice: {drafts}", sent=used.sent, drafts=used.drafts)
            click.echo(f"{version.hash[:SHORT]}  {wording.local(version.stored_at)}  {counts}")


def as_text(found: Difference) -> str:
    """The difference as it is read on a terminal."""
    lines = [f"{found.old.name} → {found.new.name}"]
    for effect, heading in HEADINGS.items():
        told = [each for each in found.changes if each.change.effect is effect]
        if told:
            lines += ["", f"{heading}:", *map(_line, told)]
    if not found.changes:
        lines += ["", str(say("Wersje niczym się nie różnią."))]
    return "\n".join(lines)


def _line(told: Told) -> str:
    values = f" ({told.values})" if told.values else ""
    counted = f" – {told.counted}" if told.counted else ""
    return f"  · {str(told.change).rstrip('.')}{values}{counted} [{told.change.kind}]"


def as_json(found: Difference) -> dict[str, Any]:
    """The difference for programs; `kind` and `effect` are stable, the rest are words."""
    return {
        "old": str(found.old.name),
        "new": str(found.new.name),
        "effect": found.effect.name.lower(),
        "changes": [
            {
                "kind": told.change.kind,
                "path": told.change.path,
                "effect": told.change.effect.name.lower(),
                "what": str(told.change),
                "old": told.change.old,
                "new": told.change.new,
                "used": None if told.used is None else {"sent": told.used.sent, "drafts": told.used.drafts},
            }
            for told in found.changes
        ],
    }

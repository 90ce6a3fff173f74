"""The command `flask forms import`: an XLSForm turned into a definition, with a list of what its author should look at."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from forms.importing import Imported, Unusable, import_xlsform
from forms.importing.sheets import LARGEST
from forms.problems import report
from forms.reader import SLUG
from forms.wording import LANGUAGES, say, say_n, speaking
from views.services import services

REMARKS, UNUSABLE = 3, 2  # exit codes


@click.command(
    "import",
    help="Zamienia XLSForm (.xlsx) na definicję formularza. Kod wyjścia: 0 – w całości, 3 – z uwagami, 2 – nie da się.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Dokąd zapisać; inaczej na ekran.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Język uwag.")
@with_appcontext
def import_form(file: Path, out: Path | None, lang: str | None) -> None:
    """The definition goes to a new file or to standard output, all that is said about it to standard error."""
    here = services()
    with speaking(lang or here.settings.languages[0]):
        if out is not None:
            _refuse(out)
        here.catalogue.refresh(now=True)
        try:
            with file.open("rb") as opened:
                data = opened.read(LARGEST + 1)
            made = import_xlsform(data, file.name, here.catalogue.surroundings(), out.stem if out else "")
        except Unusable as refused:
            _tell(f"{file.name}: {refused.what}")
            raise SystemExit(UNUSABLE) from None
        if out is None:
            click.echo(made.text, nl=False)
        else:
            out.write_text(made.text, encoding="utf-8")
        _tell_about(made, file.name, out)
    if made.remarks:
        raise SystemExit(REMARKS)


def _refuse(out: Path) -> None:
    """What stands already is somebody's work; a name that cannot serve is better known now."""
    if out.exists():
        raise click.UsageError(str(say("Plik {path} już jest. Podaj inną nazwę albo usuń go.", path=out)))
    if not out.parent.is_dir():
        raise click.UsageError(str(say("Nie ma katalogu {folder}. Utwórz go.", folder=out.parent)))
    if out.suffix != ".yaml" or not SLUG.match(out.stem):
        example = "config/forms/ankieta.yaml"
        what = say("Nazwij plik małymi literami a–z, z cyframi i łącznikami, na przykład {example}.", example=example)
        raise click.UsageError(str(what))


def _tell_about(made: Imported, file: str, out: Path | None) -> None:
    for remark in made.remarks:
        _tell(remark.line(file))
    name = str(out) if out else f"{made.slug}.yaml"
    if warnings := made.read.problems.warnings:
        _tell(report(warnings, {}))
    if out is not None:
        _tell(say("Zapisano {path}.", path=name))
    form = made.read.form
    asked = sum(len(step.fields) for step in form.steps) if form is not None else 0
    _tell(say_n("Przeniesiono {n} pole.", "Przeniesiono {n} pól.", asked))
    if made.remarks:
        count = len(made.remarks)
        _tell(
            say_n(
                "{n} uwaga. Formularz jest szkicem („state: draft”), dopóki jej nie sprawdzisz.",
                "{n} uwag. Formularz jest szkicem („state: draft”), dopóki ich nie sprawdzisz.",
                count,
            )
        )


def _tell(what: object) -> None:
    click.echo(str(what), err=True)

"""The command `flask forms fill`: made-up answers to a form, printed or sent as if people had filled it in."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import click
import yaml
from flask import current_app
from flask.cli import with_appcontext

from forms.answers import walk
from forms.definition import Field, Form
from forms.plausible.filling import Filled, Unfillable, fill
from forms.plausible.spoiling import spoil
from forms.plausible.writing import as_example
from forms.types.attachment import Attachment
from forms.wording import say, say_n, speaking
from records.kinds import extension
from views.commands.asked import form_named
from views.link.sending import send
from views.services import now, services
from views.steps.filling import Filling

MOST = 100_000
MAGIC = {"pdf": b"%PDF-1.4\n%%EOF\n", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff\xe0"}
PARTS = {"[Content_Types].xml": "", "word/document.xml": "", "xl/workbook.xml": ""}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


@click.command("fill", help="Wypełnia formularz zmyślonymi odpowiedziami i wypisuje je jako przykłady.")
@click.argument("slug")
@click.option("--count", type=click.IntRange(1, MOST), default=1, show_default=True, help="Ile odpowiedzi.")
@click.option("--seed", type=int, default=1, show_default=True, help="Ta sama liczba daje te same odpowiedzi.")
@click.option("--invalid", is_flag=True, help="Każda odpowiedź ma błąd; wypisuje jaki.")
@click.option("--format", "format_", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option("--send", "sending", is_flag=True, help="Wysyła odpowiedzi zamiast je wypisywać – do pokazów i pomiarów.")
@with_appcontext
def fill_form(slug: str, count: int, seed: int, invalid: bool, format_: str, sending: bool) -> None:
    """Prints the answers, or stores them through the same door as a person's."""
    here = services()
    with speaking(here.settings.languages[0]):
        form = form_named(slug)
        if sending and invalid:
            raise click.ClickException(
                str(say("Wysłać można tylko poprawne odpowiedzi – pomiń --invalid albo --send."))
            )
        made = filled(form, range(seed, seed + count), invalid=invalid)
        if sending:
            _tell(send_all(form, made))
            return
        examples = [as_example(form, each, f"{slug} {number}") for number, each in enumerate(made, seed)]
        if format_ == "json":
            click.echo(json.dumps(examples, ensure_ascii=False, indent=2))
        else:
            click.echo(yaml.safe_dump(examples, allow_unicode=True, sort_keys=False, width=1000), nl=False)


def filled(form: Form, seeds: Iterable[int], *, invalid: bool = False) -> Iterator[Filled]:
    """The form filled in for each seed; ends the command with an explanation when one cannot be."""
    plan, env = services().catalogue.plan(form), services().env()
    for seed in seeds:
        try:
            yield spoil(plan, env, seed) if invalid else fill(plan, env, seed)
        except Unfillable as unfillable:
            what = say("Ziarno {seed}: {what}", seed=seed, what=unfillable.what)
            raise click.ClickException(str(what)) from None


def send_all(form: Form, made: Iterable[Filled]) -> list[str]:
    """Sends each as the journey does; for each what stood in its way, "" when it was sent."""
    return [_send(form, each) for each in made]


def _send(form: Form, made: Filled) -> str:
    with current_app.test_request_context(base_url=services().settings.base_url):
        filling = Filling(form, services().catalogue.plan(form), made.working)
        filling.begin()
        if _keep_files(filling, form.fields, made.working.answers, "", made.found.asked):
            filling.save()
        found = walk(filling.plan, filling.working, services().env())
        stopping = [failure.text for failure in filling.judge(found) if failure.stops]
        return stopping[0] if stopping else str(send(filling, found) or "")


def _keep_files(filling: Filling, fields: Iterable[Field], answers: Any, path: str, asked: set[str]) -> bool:
    """Puts real files in the place of made-up ones; whether there were any."""
    kept = False
    for each in fields:
        here, value = f"{path}{each.name}", answers.get(each.name)
        if value is None or here not in asked:
            continue
        if each.fields:
            items = enumerate(value) if each.type.repeats else [(None, value)]
            for index, item in items:
                inner = f"{here}-" if index is None else f"{here}-{index}-"
                kept |= _keep_files(filling, each.fields, item, inner, asked)
        elif each.type.attached:
            answers[each.name] = each.type.refiled(value, partial(_keep, filling, here))
            kept = True
    return kept


def _keep(filling: Filling, path: str, part: str, takes: Attachment, made_up: Mapping[str, Any]) -> dict[str, Any]:
    name = made_up["name"]
    stored = services().files.keep(
        io.BytesIO(content(extension(name))),
        name=name,
        accept=takes.accept,
        max_size=takes.max_size,
        response_id=filling.response.id if filling.response else 0,
        path=f"{path}--{part}" if part else path,
        now=now(),
    )
    return {**made_up, "id": str(stored.id), "name": stored.name, "size": stored.size, "type": stored.media_type}


def content(kind: str) -> bytes:
    """A small file that passes as one of this kind."""
    if kind in MAGIC:
        return MAGIC[kind]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", OPEN_DOCUMENT + ("spreadsheet" if kind == "ods" else "text"))
        for part, text in PARTS.items():
            archive.writestr(part, text)
    return made.getvalue()


def _tell(outcomes: list[str]) -> None:
    refused = [why for why in outcomes if why]
    sent = len(outcomes) - len(refused)
    click.echo(str(say_n("Wysłano {n} odpowiedź.", "Wysłano {n} odpowiedzi.", sent)))
    for why in dict.fromkeys(refused):
        n = refused.count(why)
        click.echo(str(say_n("Nie przyjęto {n} odpowiedzi: {why}", "Nie przyjęto {n} odpowiedzi: {why}", n, why=why)))

"""What lies open before somebody who writes a form: the file, their own unpublished text, how they stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from flask import abort, g, url_for

from forms.reader import SLUG
from forms.wording import Say, say
from records import editing, publishing
from records.editing import Draft
from records.publishing import Linked, NotEditable, NotText, ReadOnly, Source
from views.pages import page
from views.services import services
from views.staff import ways
from views.steps.drawing import static

WHY: dict[type[NotEditable], Say] = {
    Linked: say("Ten plik jest dowiązaniem do pliku w innym miejscu. Zmień go tam, gdzie leży."),
    NotText: say("Ten plik nie jest zapisany w UTF-8. Zapisz go na serwerze w tym kodowaniu, a potem otwórz tutaj."),
    ReadOnly: say(
        "Program nie może zapisywać w katalogu formularzy. Poproś administratora serwera o prawo zapisu w config/forms "
        "albo przekaż mu tekst, żeby sam zapisał plik."
    ),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A form being written: its file, and this person's text of it (None: nothing was changed yet)."""

    slug: str
    file: Source
    draft: Draft | None

    @property
    def text(self) -> str:
        """The text at hand."""
        return self.draft.text if self.draft else self.file.text

    @property
    def base(self) -> str:
        """The digest of the file from which the text began."""
        return self.draft.base if self.draft else self.file.digest

    @property
    def revision(self) -> int:
        """Of the saved text; 0 while it is the file's."""
        return self.draft.revision if self.draft else 0

    @property
    def stale(self) -> bool:
        """Whether the file is no longer the one from which the text began."""
        return self.draft is not None and self.draft.base != self.file.digest

    @property
    def written(self) -> str:
        """The text as the file would hold it."""
        return self.file.written(self.text)


def folder() -> Path:
    """Where the definitions lie."""
    return services().settings.config_dir / "forms"


def opened(slug: str) -> Opened:
    """The form of this name; 404 where there is neither a file nor a text of this person."""
    if not SLUG.match(slug):
        abort(404)
    try:
        file = publishing.source(folder(), slug)
    except NotEditable as error:
        closed(slug, error)
    draft = editing.load(slug, g.person.id)
    if draft is None and not file.exists:
        abort(404)
    return Opened(slug, file, draft)


def closed(slug: str, error: NotEditable) -> NoReturn:
    """Answers with a calm page: the form cannot be written from here, and what can be done."""
    abort(
        page(
            "staff/editor/closed.html",
            slug=slug,
            why=str(WHY[type(error)]),
            crumbs=crumbs(slug, ""),
        )
    )


def crumbs(slug: str, here: str) -> list[dict[str, str]]:
    """Where a page of the editor stands; `here` names the page itself, "" for the editor."""
    entry = services().catalogue.entry(slug)
    title = static(entry.form.title) if entry is not None and entry.form is not None else slug
    editor = (str(say("Edytor")), url_for("staff.editor", slug=slug))
    return ways.crumbs(slug, title, editor, *([(here, "")] if here else []))

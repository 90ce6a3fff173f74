"""A new form: from one of the office's templates, as a copy of another form, or from an XLSForm workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Response, abort, g, request, url_for

from forms.importing import Unusable, import_xlsform
from forms.importing.sheets import LARGEST
from forms.options import slug as plain_name
from forms.reader import SLUG, read_form
from forms.rewriting import with_value
from forms.wording import Say, say
from records import editing
from views import wording
from views.access import Right, requires, visible_slugs
from views.markdown import typographic
from views.pages import page, see, sent
from views.services import now, services
from views.staff.editor.opening import folder
from views.staff.overview import visible_entries
from views.staff.ways import beside_forms
from views.steps.drawing import static

TEMPLATE, COPY, WORKBOOK = "wzor", "kopia", "xlsform"
LONGEST_TITLE = 200  # characters


class Refused(Exception):
    """What was sent makes no form; `field` is where the reason stands."""

    def __init__(self, field: str, what: Say) -> None:
        super().__init__(str(what))
        self.field, self.what = field, what


@dataclass(frozen=True, slots=True)
class Template:
    """A ready form of `config/templates`."""

    name: str
    title: str
    summary: str
    text: str


@requires(Right.EDIT_FORMS)
def new_form() -> Response:
    """Where a form begins; a POST makes the text and opens it in the editor. Nothing serves before it is published."""
    if visible_slugs() is not None:
        abort(403)  # whoever works with some forms only would not see the new one
    if not request.form:
        return _page()
    try:
        slug, text = _made()
    except Refused as refused:
        return _page(refused)
    editing.begin(slug, g.person.id, text, "", now())
    return see(url_for("staff.editor", slug=slug))


def templates() -> list[Template]:
    """The office's templates that read without mistakes, by the name of their file."""
    found = []
    for path in sorted((services().settings.config_dir / "templates").glob("*.yaml")):
        template = _template(path)
        if template is not None:
            found.append(template)
    return found


def _template(path: Path) -> Template | None:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    form = read_form(path.name, text, services().catalogue.surroundings()).form
    if form is None:
        return None
    summary = static(form.summary) if form.summary is not None else ""
    return Template(path.stem, static(form.title), summary, text)


def _made() -> tuple[str, str]:
    """The name of the new form's file, and its text. Raises Refused."""
    title = " ".join(sent("tytul").split())[:LONGEST_TITLE]
    kind, _, name = sent("od").partition(":")
    if kind == WORKBOOK:
        return _from_workbook(title)
    if not title:
        raise Refused("tytul", say("Wpisz tytuł formularza."))
    if kind == TEMPLATE:
        text = next((each.text for each in templates() if each.name == name), None)
    elif kind == COPY:
        entry = services().catalogue.entry(sent("kopia"))
        text = entry.text if entry is not None else None
    else:
        raise Refused("od", say("Wybierz, od czego zacząć."))
    if text is None:
        raise Refused("od", say("Nie ma już tego formularza. Wybierz inny."))
    slug = _slug(title)
    try:
        text = with_value(editing.plain(text), "title", title)
    except ValueError:  # in several languages, or over several lines: its author changes it in the editor
        text = editing.plain(text)
    return slug, text


def _from_workbook(title: str) -> tuple[str, str]:
    file = request.files.get("plik")
    if file is None or not file.filename:
        raise Refused("plik", say("Wybierz plik XLSForm (.xlsx)."))
    given = sent("adres").strip() or plain_name(title).replace("_", "-")
    if given:
        given = _slug(title)
    try:
        made = import_xlsform(
            file.stream.read(LARGEST + 1), Path(file.filename).name, services().catalogue.surroundings(), given
        )
    except Unusable as unusable:
        raise Refused("plik", unusable.what) from None
    slug = _free(made.slug, "adres")
    if not title:
        return slug, made.text
    try:
        return slug, with_value(made.text, "title", title)
    except ValueError:
        return slug, made.text


def _slug(title: str) -> str:
    """The name of the file: as typed, else made of the title. Raises Refused."""
    typed = sent("adres").strip()
    if not typed:
        return _free(plain_name(title).replace("_", "-")[:60].strip("-"), "adres")
    if not SLUG.match(typed):
        raise Refused("adres", say("Użyj tylko małych liter a–z, cyfr i łączników, na przykład: piknik-2027."))
    return _free(typed, "adres")


def _free(slug: str, field: str) -> str:
    if not SLUG.match(slug):
        raise Refused(field, say("Wpisz adres: małe litery a–z, cyfry i łączniki, na przykład: piknik-2027."))
    if services().catalogue.entry(slug) is not None or (folder() / f"{slug}.yaml").exists():
        raise Refused(field, say("Formularz „{slug}” już jest. Wpisz inny adres.", slug=slug))
    if editing.taken(slug):
        raise Refused(field, say("Ktoś już pisze formularz „{slug}”. Wpisz inny adres.", slug=slug))
    return slug


def _page(refused: Refused | None = None) -> Response:
    entries = [entry for entry in visible_entries() if entry.form is not None]
    chosen = sent("od")
    return page(
        "staff/editor/new.html",
        status=422 if refused else 200,
        crumbs=beside_forms(str(say("Nowy formularz"))),
        title=sent("tytul"),
        address=sent("adres"),
        templates=[
            {
                "value": f"{TEMPLATE}:{each.name}",
                "title": typographic(each.title),
                "summary": typographic(each.summary),
                "chosen": chosen == f"{TEMPLATE}:{each.name}",
            }
            for each in templates()
        ],
        copies=[
            {
                "value": entry.slug,
                "title": static(entry.form.title) if entry.form else entry.slug,
                "chosen": sent("kopia") == entry.slug,
            }
            for entry in entries
        ],
        copying=chosen == COPY,
        importing=chosen == WORKBOOK,
        errors={refused.field: str(refused.what)} if refused else {},
        problems=[(f"#{refused.field}", str(refused.what))] if refused else [],
        problems_title=wording.problems_title(1),
        action=url_for("staff.new_form"),
    )

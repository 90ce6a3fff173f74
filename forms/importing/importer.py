"""An XLSForm turned into a definition: read, named, written, and read again by our own reader until it is clean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from forms.importing.choices import Choices, read_choices
from forms.importing.document import Block, Line, Written
from forms.importing.headers import SHEETS, Row, language, read_rows
from forms.importing.making import Making
from forms.importing.names import Names, legal
from forms.importing.outline import Entry, name_all, read_outline, walk
from forms.importing.remarks import Remark, Untranslatable, Unusable
from forms.importing.sheets import MOST_ROWS, Sheet, open_sheets
from forms.importing.steps import put_steps
from forms.problems import Problem
from forms.reader import SLUG, Read, Surroundings, read_form
from forms.wording import LANGUAGES, say

ROUNDS = 12  # each takes out what our reader refused; what depends on it is refused in the next
STRONG = ("name", "type", "fields", "value", "text", "rows", "options")
LOOSE = ("when", "intro", "checks")


@dataclass(frozen=True)
class Imported:
    """The definition, what its author should look at, and what our reader says of it (no errors)."""

    slug: str
    text: str
    remarks: tuple[Remark, ...]
    read: Read


def import_xlsform(data: bytes, file: str, around: Surroundings | None = None, slug: str = "") -> Imported:
    """The definition that a workbook (the bytes of an .xlsx) becomes. Raises Unusable when there is nothing to import.

    `slug` is the name under which the form will serve; without it the workbook's `form_id` gives one.
    """
    around = around or Surroundings()
    remarks: list[Remark] = []
    sheets, names_of_sheets = open_sheets(data, SHEETS)
    if "survey" not in sheets:
        listed = ", ".join(names_of_sheets)
        raise Unusable(say("W pliku nie ma arkusza „survey”. Są: {sheets}. Czy to XLSForm?", sheets=listed))
    rows = _rows(sheets, "survey", remarks)
    if not any(row.get("type") for row in rows):
        raise Unusable(say("Arkusz „survey” nie ma wierszy z typem pytania (kolumna „type”)."))
    choices = read_choices(_rows(sheets, "choices", remarks), remarks)
    settings = next(iter(_rows(sheets, "settings", remarks)), Row("settings", 2))
    outline = read_outline(rows, remarks)
    making = _making(outline, rows, choices, settings, around)
    making.remarks += remarks
    name = slug or _slug(settings.get("form_id") or file)
    form = Block(comments=[str(say("Z pliku {file} (XLSForm).", file=file.rsplit("/", 1)[-1]))])
    form.comments += [remark.comment() for remark in remarks]
    _head(making, form, settings, file)
    put_steps(making, outline, form)
    read, text = _settle(making, form, f"{name}.yaml", around)
    return Imported(name, text, tuple(making.remarks), read)


def _rows(sheets: dict[str, Sheet], meaning: str, remarks: list[Remark]) -> list[Row]:
    sheet = sheets.get(meaning)
    if sheet is None:
        return []
    if sheet.cut:
        what = say("Arkusz „{name}” ma ponad {n} wierszy. Dalsze zostały pominięte.", name=sheet.name, n=MOST_ROWS)
        remarks.append(Remark(None, what))
    return read_rows(sheet, meaning, remarks)


def _making(outline: list[Entry], rows: list[Row], choices: Choices, settings: Row, around: Surroundings) -> Making:
    names = Names()
    name_all(outline, choices, names)
    plain = language(settings.get("default_language"))
    plain = plain if plain in LANGUAGES else LANGUAGES[0]
    listed = [row for options in choices.lists.values() for row in (option.row for option in options)]
    used = {lang or plain for row in (*rows, *listed) for texts in row.texts.values() for lang in texts}
    languages = tuple(lang for lang in sorted(LANGUAGES, key=lambda each: each != plain) if lang in used) or (plain,)
    making = Making(names, choices, languages, plain, lambda name: around.lists(name) is not None)
    making.taken = {entry.name for entry in walk(outline)}
    _learn_kinds(making, outline)
    return making


def _learn_kinds(making: Making, outline: list[Entry]) -> None:
    """The kinds of calculated values, so that what compares them is written as it must be."""
    for entry in walk(outline):
        formula = entry.row.get("calculation")
        if entry.said.type not in ("calculate", "hidden") or not formula:
            continue
        try:
            kind = making.translator(entry).value(formula).kind
        except Untranslatable:
            continue
        found = making.names.known.get(entry.original, [])
        found[:] = [
            replace(known, kind=kind) if known.path and known.path[-1] == entry.name else known for known in found
        ]


def _slug(text: str) -> str:
    stem = text.rsplit("/", 1)[-1].rpartition(".")[0] or text
    made = legal(stem, (), "formularz").replace("_", "-")[:60].strip("-")
    return made if SLUG.match(made) else "formularz"


def _head(making: Making, form: Block, settings: Row, file: str) -> None:
    title = making.text(form, settings, "form_title")
    if title is None:
        stem = file.rsplit("/", 1)[-1].rpartition(".")[0] or file
        making.remark(form, settings.cell("form_title"), say("Brakuje tytułu formularza. Wpisz go."))
        title = stem, stem
    form.put("title", title[0], settings.cell("form_title"), title[1])
    if making.languages != ("pl",):
        form.put("languages", list(making.languages))
    if settings.get("instance_name"):
        what = say("Nazwa odpowiedzi nie jest przenoszona: odpowiedzi mają numery („reference”).")
        making.remark(form, settings.cell("instance_name"), what)


def _settle(making: Making, form: Block, file: str, around: Surroundings) -> tuple[Read, str]:
    """Writes and reads until our reader finds no mistake: what it refuses becomes a comment with a remark."""
    for _ in range(ROUNDS):
        if not form.alive:
            break
        if making.remarks and form.get("state") is None:
            form.lines.insert(1, Line("state", "draft"))  # nobody fills it in before its author has looked at it
        written = Written()
        written.block(form)
        read = read_form(file, written.text, around)
        if read.form is not None:
            return read, written.text
        if not _take_out(making, read.problems.errors, written):
            break
    raise Unusable(say("Z tego pliku nie da się złożyć formularza: nie ma w nim pytań, które można przenieść."))


def _take_out(making: Making, problems: Iterable[Problem], written: Written) -> bool:
    """Whether something could be taken out for these mistakes."""
    done: set[tuple[int, str]] = set()
    for problem in problems:
        block, line = written.places.get(problem.place.line, (None, None))
        if block is None or line is None:
            continue
        if problem.code == "circle":
            line = next((each for each in block.lines if each.key in ("when", "value", "default")), line)
        if (id(block), line.key) in done or block.dropped:
            continue
        done.add((id(block), line.key))
        making.remark(block, line.cell or block.cell, problem.what)
        _without(block, line)
    return bool(done)


def _without(block: Block, line: Line) -> None:
    """Takes the refused line out of its block, or the whole block where it means nothing without the line."""
    if line.instead is not None and line.instead != line.value:
        line.value, line.instead = line.instead, None  # the text without what was put into it
    elif line.key in LOOSE or (block.get("name") is not None and line.key not in STRONG):
        block.lines.remove(line)
    else:
        block.dropped = True

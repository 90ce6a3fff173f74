"""The columns of an XLSForm: recognised in any case, with the usual spellings, in English and in Polish."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from forms.importing.remarks import Cell, Remark
from forms.importing.sheets import Sheet, formula_without_value
from forms.wording import LANGUAGES, Say, say

SHEETS = {
    **dict.fromkeys(("survey", "ankieta", "pytania", "formularz"), "survey"),
    **dict.fromkeys(("choices", "opcje", "odpowiedzi", "wybory", "listy"), "choices"),
    **dict.fromkeys(("settings", "ustawienia"), "settings"),
}
OTHER_WORDS = {
    "typ": "type", "rodzaj": "type", "nazwa": "name", "etykieta": "label", "pytanie": "label", "caption": "label",
    "podpowiedź": "hint", "wskazówka": "hint", "wymagane": "required", "obowiązkowe": "required",
    "komunikat_wymagane": "required_message", "requiredmsg": "required_message", "relevance": "relevant",
    "relewantne": "relevant", "warunek": "relevant", "ograniczenie": "constraint",
    "komunikat_ograniczenia": "constraint_message", "constraintmsg": "constraint_message", "calculate": "calculation",
    "obliczenie": "calculation", "domyślnie": "default", "wartość_domyślna": "default", "wygląd": "appearance",
    "readonly": "read_only", "tylko_do_odczytu": "read_only", "list name": "list_name", "lista": "list_name",
    "nazwa_listy": "list_name", "value": "name", "wartość": "name", "filtr": "choice_filter", "count": "repeat_count",
    "tytuł": "form_title", "title": "form_title", "id": "form_id", "język": "default_language", "wersja": "version",
    "jr:constraintmsg": "constraint_message", "jr:count": "repeat_count", "image": "media::image",
    "audio": "media::audio", "video": "media::video", "big-image": "media::big-image",
}  # fmt: skip
TEXTS = ("label", "hint", "guidance_hint", "required_message", "constraint_message", "form_title")
SURVEY = (
    *TEXTS[:-1], "type", "name", "required", "relevant", "constraint", "calculation", "default", "appearance",
    "read_only", "choice_filter", "repeat_count", "disabled", "parameters",
)  # fmt: skip
SETTINGS = ("form_title", "form_id", "default_language", "version", "instance_name", "style")
KNOWN = {"survey": SURVEY, "choices": ("list_name", "name", "label"), "settings": SETTINGS}
LANGUAGE_WORDS = {"polski": "pl", "polish": "pl", "polska": "pl", "english": "en", "angielski": "en", "default": ""}


@dataclass(slots=True)
class Row:
    """One row of a sheet: cells by column, texts for people also by language ("" where the column names none)."""

    sheet: str
    number: int
    cells: dict[str, Cell] = field(default_factory=dict)
    texts: dict[str, dict[str, Cell]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The text of a column, "" when there is none."""
        cell = self.cells.get(name)
        return cell.text if cell is not None else ""

    def cell(self, name: str) -> Cell:
        """The cell of a column; where it is empty, the place where it would stand."""
        found = self.cells.get(name) or next(iter(self.texts.get(name, {}).values()), None)
        if found is not None:
            return found
        first = next(iter(self.cells.values()), None)
        return Cell(self.sheet, self.number, first.letter if first else "A", name, "")


def read_rows(sheet: Sheet, meaning: str, remarks: list[Remark]) -> list[Row]:
    """The rows below the header of a sheet; columns that mean nothing here are remarked upon once each."""
    numbers = sorted(sheet.rows)
    if not numbers:
        return []
    columns = {letter: column(text, meaning) for letter, text in sheet.rows[numbers[0]].items()}
    strange: set[str] = set()
    rows = []
    for number in numbers[1:]:
        row = Row(sheet.name, number)
        for letter, text in sheet.rows[number].items():
            header = sheet.rows[numbers[0]].get(letter, "")
            name, lang = columns.get(letter, ("", ""))
            cell = Cell(sheet.name, number, letter, header or str(say("bez nagłówka")), text)
            if name in TEXTS and (name in KNOWN[meaning]):
                row.texts.setdefault(name, {}).setdefault(lang, cell)
            elif name in KNOWN[meaning] or meaning == "choices":
                row.cells.setdefault(name, cell)
            if letter not in strange and (what := _strange(name, lang, meaning)):
                strange.add(letter)
                remarks.append(Remark(cell, what))
        rows.append(row)
    for number, letter in sheet.formulas:
        header = sheet.rows[numbers[0]].get(letter, "")
        remarks.append(Remark(Cell(sheet.name, number, letter, header, ""), formula_without_value()))
    return rows


def column(header: str, meaning: str) -> tuple[str, str]:
    """What a header means on a sheet and the language it names: `Label::Polski (pl)` → ("label", "pl")."""
    text = " ".join(header.split()).casefold()
    text = re.sub(r"^(bind|control|body)\s*::?\s*", "", text)
    name, _, lang = (part.strip() for part in re.sub(r"\s*::?\s*", "\0", text, count=1).partition("\0"))
    if name == "media":
        return f"media::{lang.partition(':')[0]}", ""
    if name == "jr":
        return OTHER_WORDS.get(f"jr:{lang}", f"jr:{lang}"), ""
    name = name.replace(" ", "_") if name != "list name" else name
    known = OTHER_WORDS.get(name, name)
    # Further columns of choices are the author's own: `id` or `typ` there is what a filter calls it.
    return known if known in KNOWN[meaning] or known.startswith("media::") else name, language(lang)


def language(text: str) -> str:
    """`Polski (pl)`, `pl`, `Polish` → "pl"; "" for none; what is not known stays as it is written."""
    text = text.strip().casefold()
    inside = re.search(r"\(([a-z]{2,3})(?:[-_][a-z]+)?\)$", text)
    code = inside[1] if inside else text
    return code if code in LANGUAGES else LANGUAGE_WORDS.get(code, LANGUAGE_WORDS.get(text, code))


def _strange(name: str, lang: str, meaning: str) -> Say | None:
    if not name:
        return say("Kolumna bez nagłówka została pominięta. Nazwij ją albo rozdziel scalone komórki.")
    if name.startswith("media::"):
        return say("Obrazy i nagrania przy pytaniach nie są przenoszone. Opisz je w podpowiedzi.")
    if name in TEXTS and lang not in ("", *LANGUAGES):
        return say("Język „{lang}” został pominięty: program zna polski (pl) i angielski (en).", lang=lang)
    if name not in KNOWN[meaning] and meaning != "choices":
        return say("Kolumna „{name}” nie jest przenoszona. Sprawdź, czy formularz bez niej działa.", name=name)
    return None

"""Keeps the translations in step with the texts in the code: `check` lists what is missing, `update` adds it.

Polish is the language of the code, so its catalogue holds only what needs plural forms; every other catalogue holds
every text. Run as `python translations/catalogues.py check` (or `make check`, `make translations`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("pl", "en")
SOURCE_LANGUAGE = "pl"
FOLDERS = ("config", "forms", "records", "views", "templates")
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.typ", "jinja2")]
OPTIONS = {"jinja2": {"silent": "false", "trimmed": "true"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "say": None, "say_n": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def path_of(language: str) -> Path:
    """The catalogue of a language, as gettext expects to find it."""
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def texts() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Every text for people in the code and the templates, with the file where it stands."""
    options = {pattern: OPTIONS.get(method, {}) for pattern, method in METHODS}
    for folder in FOLDERS:
        found = extract_from_dir(
            ROOT / folder, method_map=METHODS, options_map=options, keywords=KEYWORDS, strip_comment_tags=True
        )
        for file, _line, text, _comments, _context in found:
            yield f"{folder}/{Path(file).as_posix()}", text
    for _line, text, _comments, _context in extract_from_file("python", ROOT / "app.py", keywords=KEYWORDS):
        yield "app.py", text


def wanted(language: str) -> Catalog:
    """What the catalogue of a language must hold, still untranslated."""
    catalogue = Catalog(project="nabor", fuzzy=False)
    for place, text in texts():
        if language != SOURCE_LANGUAGE or isinstance(text, tuple):
            catalogue.add(text, locations=[(place, 0)])
    return catalogue


def kept(language: str) -> Catalog:
    """What the catalogue of a language holds now."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="nabor", header_comment="# Nabór: see catalogues.py.", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def faults(language: str) -> Iterator[str]:
    """What is wrong with a catalogue, a line each."""
    now, goal = kept(language), wanted(language)
    known = {message.id for message in now if message.id}
    needed = {message.id for message in goal if message.id}
    for missing in sorted(needed - known, key=str):
        yield f"{language}: brak tekstu {missing!r} – uruchom „make translations” i przetłumacz go"
    for left in sorted(known - needed, key=str):
        yield f"{language}: tekstu {left!r} nie ma już w kodzie – uruchom „make translations”"
    for message in now:
        if message.id and message.id in needed:
            yield from (f"{language}: {message.id!r}: {fault}" for fault in faults_of(message, now.num_plurals))


def faults_of(message: Message, plurals: int) -> Iterator[str]:
    """What is wrong with one entry: unfinished, unsure, or with other placeholders than the text has."""
    ids = (message.id,) if isinstance(message.id, str) else message.id
    string = message.string or ""
    strings = (string,) if isinstance(string, str) else string
    if message.fuzzy:
        yield "tłumaczenie oznaczone jako niepewne (fuzzy) – popraw je i usuń znacznik"
    if not all(strings) or (message.pluralizable and len(strings) != plurals):
        yield "brak tłumaczenia"
    allowed = {name for text in ids for name in PLACEHOLDER.findall(text)}
    strange = {name for text in strings if text for name in PLACEHOLDER.findall(text)} - allowed
    if strange:
        yield f"nieznane pola {', '.join(sorted(strange))} – w oryginale są {', '.join(sorted(allowed)) or 'żadne'}"


def update(language: str) -> None:
    """Adds new texts to the catalogue, to be translated by hand, and drops those that are gone."""
    catalogue = kept(language)
    catalogue.update(wanted(language), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)


def main(command: str) -> int:
    """Runs a command for every language; the exit code of `check` is 1 when something is wrong."""
    if command == "update":
        for language in LANGUAGES:
            update(language)
        return 0
    wrong = [fault for language in LANGUAGES for fault in faults(language)]
    sys.stderr.writelines(f"{fault}\n" for fault in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["check"], ["update"]):
        sys.exit("użycie: python translations/catalogues.py check|update")
    sys.exit(main(sys.argv[1]))

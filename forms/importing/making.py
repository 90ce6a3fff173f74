"""What is at hand while a definition is made of a workbook: names, languages, where remarks go; and texts for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from forms.importing.choices import Choices
from forms.importing.document import Block, Value
from forms.importing.headers import Row
from forms.importing.names import Names
from forms.importing.outline import Entry
from forms.importing.pieces import Piece
from forms.importing.remarks import Cell, Remark, Untranslatable
from forms.importing.translating import Translator
from forms.importing.xpath import Call, Node, Text
from forms.wording import LANGUAGES, Say, say, speaking

REFERENCE = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
DEEPEST = 5  # calculations that join texts of calculations that join texts …
LOST = "…"


@dataclass
class Making:
    """One workbook on its way to a definition."""

    names: Names
    choices: Choices
    languages: tuple[str, ...]
    plain_language: str  # what a column that names no language is in
    has_list: Callable[[str], bool]
    remarks: list[Remark] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)  # every name of a question
    checks: list[Block] = field(default_factory=list)  # for the step that is being made

    def remark(self, block: Block, cell: Cell | None, what: Say) -> None:
        """Tells the author something about a cell, in the list and in the definition."""
        self.note(block, Remark(cell, what))

    def note(self, block: Block, remark: Remark) -> None:
        """As `remark`, for one that is made already."""
        self.remarks.append(remark)
        block.comments.append(remark.comment())

    def translator(self, entry: Entry, own: str = "", columns: Mapping[str, str] | None = None) -> Translator:
        """What translates the expressions of a row; `own` is the name that `.` stands for."""
        return Translator(self.names, entry.here, own, columns or {})

    def translated(
        self, block: Block, cell: Cell, entry: Entry, how: Callable[[Translator], Piece], own: str = ""
    ) -> Piece | None:
        """An expression of a row; None after a remark when it has no counterpart."""
        translator = self.translator(entry, own)
        try:
            piece = how(translator)
        except Untranslatable as refused:
            self.remark(block, cell, refused.what)
            return None
        for what in dict.fromkeys(translator.softened):
            self.remark(block, cell, what)
        return piece

    def own_words(self, what: Say) -> Value:
        """A text of ours in every language of the form."""
        found = {}
        for lang in self.languages:
            with speaking(lang):
                found[lang] = str(what)
        return found if len(found) > 1 else found[self.languages[0]]

    def text(
        self, block: Block, row: Row, column: str, entry: Entry | None = None, *, markdown: bool = False, ends: str = ""
    ) -> tuple[Value, Value] | None:
        """A text in all its languages, with `{name}` for `${name}`, and the same with nothing put in.

        `ends` are signs that are taken off the end; None when nobody wrote anything.
        """
        found: dict[str, str] = {}
        bare: dict[str, str] = {}
        for lang, cell in sorted(row.texts.get(column, {}).items(), reverse=True):
            code = lang or self.plain_language
            if code not in LANGUAGES or code in found:
                continue
            text = TAG.sub("", cell.text)
            if text != cell.text:
                self.remark(block, cell, say("znaczniki HTML zostały usunięte."))
            if not markdown:
                text = EMPHASIS.sub(r"\2", " ".join(text.split()))
            text = text.strip().rstrip(ends).rstrip()
            if text:
                found[code] = self._piped(block, cell, text, entry)
                bare[code] = _escaped(REFERENCE.sub(LOST, text))
        return (self._by_language(found), self._by_language(bare)) if found else None

    def _by_language(self, texts: Mapping[str, str]) -> Value:
        ordered = {lang: texts[lang] for lang in self.languages if lang in texts}
        return ordered[self.languages[0]] if [*ordered] == [self.languages[0]] else ordered

    def _piped(self, block: Block, cell: Cell, text: str, entry: Entry | None) -> str:
        pieces, at = [], 0
        for reference in REFERENCE.finditer(text):
            pieces.append(_escaped(text[at : reference.start()]))
            try:
                pieces.append(self._inserted(reference[1], entry.here if entry else (), DEEPEST))
            except Untranslatable as refused:
                self.remark(block, cell, refused.what)
                pieces.append(LOST)
            at = reference.end()
        return "".join(pieces) + _escaped(text[at:])

    def _inserted(self, name: str, here: tuple[str, ...], depth: int) -> str:
        path, known, many = self.names.written(name, here)
        if known.joined is not None and depth:
            return self._joined(known.joined, known.repeats, depth - 1)
        if not known.path:
            return "{today}"
        if many or known.kind == "group":
            raise Untranslatable(say("w treści nie można pokazać „{name}”: to wiele wartości.", name=name))
        return f"{{{path}}}"

    def _joined(self, node: Node, here: tuple[str, ...], depth: int) -> str:
        """What a calculation joins, one piece after another."""
        match node:
            case Text(value=value):
                return _escaped(value)
            case Call(name=name, args=args) if name.casefold() == "concat":
                return "".join(self._joined(arg, here, depth) for arg in args)
            case Call(name=name, args=args) if name.casefold() == "jr:choice-name" and args:
                return self._joined(args[0], here, depth)
        piece = Translator(self.names, here).one(node)
        if piece.literal is not None:
            return _escaped(piece.literal)
        return f"{{{piece.text}}}"


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")

"""What YAML's own errors mean to a person who knows no YAML: the likely slip, its place, its cure, the mended line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yaml.error import Mark, MarkedYAMLError

from forms.problems import Place
from forms.wording import NBSP, Say
from forms.yaml import words
from forms.yaml.lines import CLOSED, Line, code_lines, dissect, line_before

GLUED_KEY = re.compile(r"[^\W\d]\w*:(?=[^\s/:])")
GLUED_HYPHEN = re.compile(r"-(?=[^\s\-\d])")
SPECIAL = "*&!@`%|>?,]}-"
SPECIAL_CODES = {"*": "alias", "&": "anchor", "!": "tag"}
CLOSERS = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Trap:
    """A syntax error explained; `mended` is the whole line as the author probably meant it, where that is clear."""

    place: Place
    code: str
    what: Say
    mended: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A syntax error beside the lines it happened in. Lines count from 1, offsets from 0."""

    lines: Sequence[str]
    problem: str
    context: str
    line: Line
    offset: int
    began: Line
    began_offset: int

    @property
    def rest(self) -> str:
        """The text from where YAML gave up."""
        return self.line.text[self.offset :]


def explain(lines: Sequence[str], error: MarkedYAMLError) -> Trap:
    """The most likely slip behind an error of YAML's parser; the last resort says where to look."""
    line, offset = _marked(lines, error.problem_mark or error.context_mark)
    began, began_offset = _marked(lines, error.context_mark or error.problem_mark)
    case = Case(lines, error.problem or "", error.context or "", line, offset, began, began_offset)
    for look in LOOKS:
        trap = look(case)
        if trap is not None:
            return trap
    return Trap(_place(case.line, case.offset), "unreadable", words.UNREADABLE)


def _marked(lines: Sequence[str], mark: Mark | None) -> tuple[Line, int]:
    """The line and offset of a parser's mark; the end of the file is not where a slip is, so it gives the last line."""
    number, offset = (mark.line + 1, mark.column) if mark else (1, 0)
    while number > 1 and number >= len(lines) and not dissect(lines, number).text.strip():
        number, offset = number - 1, 0
    return dissect(lines, number), offset


def _place(line: Line, offset: int, length: int = 1) -> Place:
    return Place(line.number, offset + 1, offset + 1 + max(1, length))


def _blanks(case: Case) -> Trap | None:
    indentation = case.line.text[: len(case.line.text) - len(case.line.text.lstrip())]
    if NBSP in indentation:
        return Trap(_place(case.line, indentation.index(NBSP)), "nbsp-indent", words.NBSP)
    if "\t" not in indentation:
        return None
    return Trap(_place(case.line, indentation.index("\t")), "tab-indent", words.TAB)


def _open_quote(case: Case) -> Trap | None:
    for line in code_lines(case.lines, case.line.number):
        mark = line.open_quote
        if not mark:
            continue
        after = dissect(case.lines, line.number + 1)
        if after.key or after.hyphens or "end of stream" in case.problem:
            return _quote_trap(line, line.value_start, line.text.rstrip() + mark)
    if "quoted scalar" in case.context and "end of stream" in case.problem:
        return _quote_trap(case.began, case.began_offset, None)
    return None


def _quote_trap(line: Line, offset: int, mended: str | None) -> Trap:
    what = words.quote_not_closed(line.text[offset : offset + 1])
    return Trap(_place(line, offset, len(line.text.rstrip()) - offset), "quote-not-closed", what, mended)


def _backslash(case: Case) -> Trap | None:
    if "escape" not in case.problem:
        return None
    mended = None
    if CLOSED['"'].fullmatch(case.line.value):
        mended = case.line.with_value("'" + case.line.value[1:-1].replace("'", "''") + "'")
    return Trap(_place(case.line, case.offset), "backslash", words.BACKSLASH, mended)


def _special(case: Case) -> Trap | None:
    scanned = case.context.startswith("while scanning") and "key" not in case.context and "plain" not in case.context
    for line, offset in ((case.began, case.began_offset), (case.line, case.offset)):
        sign = line.text[offset : offset + 1]
        here = line.text[offset:]
        if not here.strip("]} ") or (sign == "-" and not here.startswith("- ")):
            continue
        if sign in SPECIAL and (offset == line.value_start or (scanned and offset > line.value_start)):
            mended = line.with_value_quoted() if offset == line.value_start else None
            code = SPECIAL_CODES.get(sign, "special-start")
            return Trap(_place(line, offset), code, words.special_start(sign), mended)
    return None


def _glued(case: Case) -> Trap | None:
    """`label:Tekst` or `-name`: no space, in the line where the trouble began or showed, or in the one above."""
    if "mapping values" in case.problem or "could not find expected ':'" in case.problem:
        suspects = [case.began, line_before(case.lines, case.line.number), case.line]
    else:
        suspects = [] if "flow" in case.context else [case.line]
    for line in suspects:
        if line is None or (line.key and not line.text.startswith("-", line.start)):
            continue
        hyphen = GLUED_HYPHEN.match(line.text, line.start)
        if hyphen:
            what = words.glued_hyphen(line.text[hyphen.end() :])
            mended = f"{line.text[: hyphen.end()]} {line.text[hyphen.end() :]}"
            return Trap(_place(line, line.start), "no-space-after-hyphen", what, mended)
        colon = GLUED_KEY.match(line.text, line.start)
        if colon:
            what = words.glued_colon(colon.group()[:-1])
            mended = f"{line.text[: colon.end()]} {line.text[colon.end() :]}"
            return Trap(_place(line, colon.end() - 1), "no-space-after-colon", what, mended)
    return None


def _colon(case: Case) -> Trap | None:
    if "mapping values" not in case.problem or not case.line.key or case.offset < case.line.value_start:
        return None
    what = words.colon_in_text(case.line.value)
    return Trap(_place(case.line, case.offset), "colon-in-text", what, case.line.with_value_quoted())


def _missing_colon(case: Case) -> Trap | None:
    above = line_before(case.lines, case.line.number)
    if "could not find expected ':'" in case.problem:
        line = case.began
    elif "mapping values" in case.problem and above and not above.key and above.start <= case.line.indent:
        line = above
    else:
        return None
    place = _place(line, line.start, len(line.text.rstrip()) - line.start)
    return Trap(place, "missing-colon", words.MISSING_COLON)


def _braces(case: Case) -> Trap | None:
    """Something unexpected inside `{…}` or `[…]`, or no end of it."""
    if "unexpected ':'" in case.problem:
        return Trap(_place(case.line, case.offset), "no-space-after-colon", words.GLUED_VALUE)
    if "flow" not in case.context:
        return None
    began, opener = case.began, case.began.text[case.began_offset : case.began_offset + 1]
    if case.line.number == began.number and case.rest.strip():
        if case.rest.startswith(":"):
            return Trap(_place(case.line, case.offset), "colon-in-text", words.COLON_IN_BRACES)
        return Trap(_place(case.line, case.offset), "text-in-braces", words.TEXT_IN_BRACES)
    closer = CLOSERS.get(opener, "}")
    hash_at = began.text.find(" #", case.began_offset)
    if hash_at >= 0 and closer in began.text[hash_at:]:
        return Trap(_place(began, hash_at + 1), "hash-in-braces", words.HASH_IN_BRACES)
    after = dissect(case.lines, began.number + 1)
    ended = not after.text.strip() or (after.key != "" and after.indent <= began.start)
    mended = began.text.rstrip() + closer if ended else None
    return Trap(_place(began, case.began_offset), "bracket-not-closed", words.bracket_not_closed(closer), mended)


def _after_end(case: Case) -> Trap | None:
    """Text after a quotation mark or bracket that has closed already."""
    line, first = case.line, case.line.value[:1]
    if case.rest.strip() and not case.rest.strip().strip("]}"):
        return Trap(_place(line, case.offset), "extra-bracket", words.EXTRA_BRACKET)
    if case.offset <= line.value_start or "did not find expected" not in case.problem:
        return None
    if first in CLOSED:
        return Trap(_place(line, case.offset), "quote-inside", words.QUOTE_INSIDE, line.with_value_quoted())
    if first in CLOSERS:
        place = _place(line, line.value_start)
        return Trap(place, "special-start", words.special_start(first), line.with_value_quoted())
    return None


def _document(case: Case) -> Trap | None:
    if "document start" in case.problem and any(line.startswith("...") for line in case.lines):
        return Trap(_place(case.line, case.offset), "many-documents", words.DOCUMENTS)
    if "incompatible" in case.problem or "directive" in case.problem + case.context:
        return Trap(_place(case.line, 0), "directive", words.DIRECTIVE)
    return None


def _indentation(case: Case) -> Trap | None:
    line, above = case.line, line_before(case.lines, case.line.number)
    place = _place(line, line.indent)
    if "mapping values" in case.problem and above is not None and line.indent > above.start:
        return Trap(place, "wrong-indent", words.indented_under_value(line.indent, above.start))
    if case.offset > line.indent or ("expected key" not in case.problem and "expected '-'" not in case.problem):
        return None
    if case.rest.startswith(":"):
        return Trap(place, "key-not-text", words.KEY_NOT_TEXT)
    wanted = case.began_offset
    if line.indent != wanted:
        neighbour = dissect(case.lines, line.number - 1).start
        if not line.hyphens and neighbour - line.indent <= line.indent - wanted and neighbour != line.indent:
            wanted = neighbour
        return Trap(place, "wrong-indent", words.wrong_indent(line.indent, wanted))
    return Trap(place, "wrong-indent", words.STRAY_HYPHEN if line.hyphens else words.MISSING_HYPHEN)


LOOKS: tuple[Callable[[Case], Trap | None], ...] = (
    _document,
    _blanks,
    _open_quote,
    _backslash,
    _braces,
    _special,
    _glued,
    _colon,
    _missing_colon,
    _after_end,
    _indentation,
)

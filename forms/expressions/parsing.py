"""From the text of an expression to Python's syntax tree, or to mistakes that say how to write it.

Every word and value is lifted out before Python's parser sees the text and replaced by underscores of the same
length: offsets stay true, decimals stay exact, a name may be a Python keyword, and nothing but operators and brackets
is parsed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from forms.expressions.kinds import DATE, DATETIME, NUMBER, SPAN, TEXT, Kind
from forms.expressions.mistakes import ExpressionErrors, Mistake
from forms.spans import parse_span
from forms.wording import Say, say

MAX_LENGTH = 2000
MAX_TEXT = 1000
MAX_DEPTH = 50

OPERATORS = frozenset({"and", "or", "not", "in", "if", "else"})

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<unclosed>['"].*)
    | (?P<curly>[„“”‚‘’«»][^„“”‚‘’«»'"]*[„“”‚‘’«»]?)
    | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ ]+[0-9]{1,2}:[0-9]{2})?(?![\w.:]))
    | (?P<span>[0-9]{1,4}\s*(?:minute|hour|day|week|month|year)s?\b)
    | (?P<number>[0-9][\w.]*)
    | (?P<word>[^\W\d]\w*)
    | (?P<wrong>===|=>|=<|<>|:=|\*\*|//|&&?|\|\|?|=(?!=)|!(?!=)|[≥≤≠×·÷−–—%^])
    | (?P<op>==|!=|<=|>=|[-+*/<>(),.\[\]])
    | (?P<strange>.)""",
    re.VERBOSE | re.DOTALL,
)

_USE: dict[str, str] = {
    **dict.fromkeys(("&&", "&", "AND", "And", "i", "oraz", "ORAZ"), "and"),
    **dict.fromkeys(("||", "|", "OR", "Or", "lub", "albo", "LUB"), "or"),
    **dict.fromkeys(("!", "NOT", "Not", "nie", "NIE"), "not"),
    **dict.fromkeys(("=", "===", "is"), "=="),
    **dict.fromkeys(("<>", "≠"), "!="),
    **dict.fromkeys(("≥", "=>"), ">="),
    **dict.fromkeys(("≤", "=<"), "<="),
    **dict.fromkeys(("×", "·"), "*"),
    **dict.fromkeys(("−", "–", "—"), "-"),
    **dict.fromkeys(("÷", "//"), "/"),
    **dict.fromkeys(("True", "TRUE", "prawda"), "true"),
    **dict.fromkeys(("False", "FALSE", "fałsz"), "false"),
    **dict.fromkeys(("jeżeli", "jeśli"), "if"),
    "IN": "in",
}
_EMPTY_WORDS = frozenset({"None", "null", "NULL"})
_BRACKETS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a literal value (then with its kind) or an operator, with its place."""

    text: str
    start: int
    end: int
    kind: Kind | None = None
    value: Any = None
    operand: bool = True


@dataclass(frozen=True, slots=True)
class Parsed:
    """Python's tree of an expression, and the words and values lifted out of it, by their offset."""

    tree: ast.expr
    operands: dict[int, Token]


def parse(text: str, known: Callable[[str], bool]) -> Parsed:
    """The syntax tree of `text`; `known` tells which words are names, so that a field `i` is not taken for „and”.

    Raises ExpressionErrors.
    """
    if len(text) > MAX_LENGTH:
        what = say("Wyrażenie ma ponad {limit} znaków – podziel je na nazwane warunki (conditions).", limit=MAX_LENGTH)
        raise ExpressionErrors([Mistake("syntax", what, MAX_LENGTH, len(text))])
    tokens, mistakes = _tokens(text, known)
    if not tokens and not mistakes:
        mistakes.append(Mistake("syntax", say("Wyrażenie jest puste – wpisz warunek albo wartość."), 0, len(text)))
    mistakes += _unbalanced(tokens) if not mistakes else []
    if mistakes:
        raise ExpressionErrors(mistakes)
    code = [" "] * len(text)
    for token in tokens:
        code[token.start : token.end] = "_" * len(token.text) if token.operand else token.text
    source = "".join(code)
    margin = len(source) - len(source.lstrip())
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):
        raise ExpressionErrors([_explain(tokens, len(text))]) from None
    for node in ast.walk(tree) if margin else ():
        if isinstance(node, ast.expr) and node.end_col_offset is not None:
            node.col_offset += margin
            node.end_col_offset += margin
    if len(tokens) > MAX_DEPTH and _deep(tree):
        what = say("Wyrażenie jest zbyt zagnieżdżone – podziel je na nazwane warunki (conditions).")
        raise ExpressionErrors([Mistake("syntax", what, 0, len(text))])
    return Parsed(tree, {token.start: token for token in tokens if token.operand})


def _tokens(text: str, known: Callable[[str], bool]) -> tuple[list[Token], list[Mistake]]:
    tokens: list[Token] = []
    mistakes: list[Mistake] = []
    for match in _TOKEN.finditer(text):
        group, word = match.lastgroup or "", match.group()
        if group == "blank":
            continue
        token = _token(group, word, match.start())
        what = token if isinstance(token, Say) else _cure(token, known, tokens)
        if what is None and isinstance(token, Token):
            tokens.append(token)
        elif isinstance(what, Say):
            mistakes.append(Mistake("syntax", what, match.start(), match.end()))
    return tokens, mistakes


def _token(group: str, word: str, start: int) -> Token | Say:
    """The token of a match, or what is wrong with it."""
    end = start + len(word)
    match group:
        case "text" if len(word) > MAX_TEXT + 2:
            return say("Tekst w wyrażeniu może mieć najwyżej {limit} znaków.", limit=MAX_TEXT)
        case "text":
            return Token(word, start, end, TEXT, word[1:-1])
        case "unclosed":
            return say("Brakuje zamykającego cudzysłowu {quote}.", quote=word[0])
        case "curly":
            inner = word.strip("„“”‚‘’«»")
            return say("Użyj prostego cudzysłowu: '{text}'.", text=inner)
        case "date":
            return _date(word, start, end)
        case "span":
            return Token(word, start, end, SPAN, parse_span(word))
        case "number" if re.fullmatch(r"[0-9]+(\.[0-9]+)?", word):
            return Token(word, start, end, NUMBER, Decimal(word))
        case "number":
            return say(
                "„{text}” nie jest liczbą – liczbę zapisz cyframi z kropką dziesiętną (12.50), a kod w cudzysłowie.",
                text=word,
            )
        case "word":
            return Token(word, start, end, operand=word not in OPERATORS)
        case "op":
            return Token(word, start, end, operand=False)
        case "wrong" if word in _USE:
            return _instead(word)
    shown = word if word.isprintable() else f"U+{ord(word[0]):04X}"
    return say("Znaku „{text}” nie można użyć w wyrażeniu.", text=shown)


def _date(word: str, start: int, end: int) -> Token | Say:
    moment = read_moment(word)
    if moment is None:
        return say("„{text}” nie jest datą z kalendarza.", text=word)
    return Token(word, start, end, DATETIME if isinstance(moment, datetime) else DATE, moment)


def read_moment(text: str) -> date | datetime | None:
    """A day (2027-02-10) or a moment (2027-02-10 15:00) as written in definitions; None when it is neither."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]+([0-9]{1,2}):([0-9]{2}))?", text.strip())
    if match is None:
        return None
    numbers = [int(part) for part in match.groups() if part is not None]
    try:
        return date(*numbers) if len(numbers) == 3 else datetime(*numbers)  # type: ignore[arg-type]
    except ValueError:
        return None


def _instead(word: str) -> Say:
    return say("Zamiast „{wrong}” napisz „{right}”.", wrong=word, right=_USE[word])


def _cure(token: Token, known: Callable[[str], bool], before: list[Token]) -> Say | None:
    """What is wrong with a token that looks right by itself: a word of another language, or two values glued."""
    last = before[-1] if before else None
    if last is not None and last.end == token.start and _wordy(last) and _wordy(token):
        if last.operand and token.operand:
            return say("Brakuje operatora między „{left}” a „{right}”.", left=last.text, right=token.text)
        return say("Brakuje odstępu między „{left}” a „{right}”.", left=last.text, right=token.text)
    if token.kind is not None or not token.operand or known(token.text) or last is not None and last.text == ".":
        return None
    if token.text in _EMPTY_WORDS:
        return say("Zamiast porównywać z „{text}” napisz answered(pole) albo not answered(pole).", text=token.text)
    return _instead(token.text) if token.text in _USE else None


def _wordy(token: Token) -> bool:
    """Whether a token would run into another one beside it."""
    return token.operand or token.text in OPERATORS


def _unbalanced(tokens: list[Token]) -> list[Mistake]:
    opened: list[Token] = []
    for token in tokens:
        if token.operand:
            continue
        if token.text in _BRACKETS.values():
            opened.append(token)
        elif token.text in _BRACKETS and (not opened or opened.pop().text != _BRACKETS[token.text]):
            what = say("Nawias „{text}” nie ma pary.", text=token.text)
            return [Mistake("syntax", what, token.start, token.end)]
    what = say("Nawias otwarty w tym miejscu nie jest zamknięty.")
    return [Mistake("syntax", what, token.start, token.end) for token in opened]


def _explain(tokens: list[Token], length: int) -> Mistake:
    """Why Python's parser refused the tokens, in words of this language."""
    for number, token in enumerate(tokens):
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        if token.text == "if" and (number == 0 or tokens[number - 1].text in ("(", ",", "[")):
            what = say("Warunek w środku zapisz tak: wartość if warunek else inna_wartość.")
            return Mistake("syntax", what, token.start, token.end)
        if after is not None and after.operand and (token.operand or token.text in _BRACKETS):
            what = say("Brakuje operatora między „{left}” a „{right}”.", left=token.text, right=after.text)
            return Mistake("syntax", what, token.start, after.end)
        if after is None and not token.operand and token.text not in _BRACKETS:
            what = say("Po „{text}” brakuje wartości.", text=token.text)
            return Mistake("syntax", what, token.start, token.end)
        binary = not token.operand and token.text not in (")", "]", "(", "[", ",", "not", "-", "+")
        if binary and after is not None and not after.operand and after.text not in ("(", "[", "not", "-", "+"):
            what = say("Między „{left}” a „{right}” brakuje wartości.", left=token.text, right=after.text)
            return Mistake("syntax", what, token.start, after.end)
    what = say("Nie można odczytać tego wyrażenia – sprawdź operatory i nawiasy.")
    return Mistake("syntax", what, 0, length)


def _deep(tree: ast.expr) -> bool:
    level: list[ast.AST] = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
        if not level:
            return False
    return True

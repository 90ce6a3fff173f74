"""What `appearance` and `parameters` change: the type a text really has, and how a choice is drawn."""

from __future__ import annotations

import re

from forms.importing.constraints import conjuncts, pattern_of
from forms.importing.document import Block
from forms.importing.making import Making
from forms.importing.outline import Entry
from forms.importing.remarks import Untranslatable
from forms.importing.xpath import parse
from forms.wording import say

DRAWN = {
    "minimal": "select", "dropdown": "select", "autocomplete": "autocomplete", "search": "autocomplete",
    "likert": "radio", "horizontal": "radio", "columns": "radio", "columns-pack": "radio", "compact": "radio",
    "horizontal-compact": "radio", "quick": "radio", "quickcompact": "radio",
}  # fmt: skip
# Words that say how a telephone lays out or fills in a page; the answer is the same without them.
LAYOUT = re.compile(
    r"w\d+|columns-\d+|field-list|pages?|theme-\S+|numbers|multiline|email|tel|phone|url|no-calendar|thousands-sep|"
    r"table-list|label|list-nolabel|no-buttons|picker|rating|new|new-front|counter|month-year|year|h\d|no-ticks|vertical"
)
PHONE_WORDS = re.compile(r"tel|phone|komork", re.IGNORECASE)
PHONE_PATTERN = re.compile(r"[\\\[\](){}?+*,^$|0-9d \-:]+")
SCALE_STEPS = 11


def text_type(making: Making, entry: Entry) -> str:
    """The type of a text: e-mail and telephone by appearance, or by the pattern that the answer must match."""
    looks, pattern = entry.looks, _pattern(entry)
    if "email" in looks or (pattern and "@" in pattern):
        return "email"
    labels = " ".join(cell.text for cell in entry.row.texts.get("label", {}).values())
    about_phone = PHONE_WORDS.search(f"{entry.original} {labels}") is not None
    digits = pattern is not None and PHONE_PATTERN.fullmatch(pattern) is not None
    if "tel" in looks or "phone" in looks or (about_phone and (digits or "numbers" in looks)):
        return "phone"
    if "url" in looks:
        return "url"
    return "long_text" if "multiline" in looks else "text"


def _pattern(entry: Entry) -> str | None:
    constraint = entry.row.get("constraint")
    try:
        parts = list(conjuncts(parse(constraint))) if constraint else []
    except Untranslatable:
        return None
    return next((found for part in parts if (found := pattern_of(part, entry.original)) is not None), None)


def date_type(entry: Entry) -> str:
    """A day, or only its month or year."""
    return "month" if "month-year" in entry.looks else "year" if "year" in entry.looks else "date"


def drawn(entry: Entry) -> str:
    """How a choice is drawn; "" where the program decides by the number of options."""
    return next((DRAWN[word] for word in entry.looks if word in DRAWN), "")


def unknown_looks(making: Making, entry: Entry, block: Block) -> None:
    """A remark on words of `appearance` that have no counterpart."""
    strange = [word for word in entry.looks if word not in DRAWN and not LAYOUT.fullmatch(word)]
    if strange:
        what = say("wygląd „{words}” nie ma odpowiednika.", words=" ".join(strange))
        making.remark(block, entry.row.cell("appearance"), what)


def parameters(entry: Entry) -> dict[str, str]:
    """`start=1 end=5; step=1` as a mapping."""
    return dict(re.findall(r"([\w-]+)\s*=\s*([^\s;,]+)", entry.row.get("parameters")))


def range_limits(making: Making, entry: Entry, block: Block) -> str:
    """A range as a scale where it is short and whole, else as a number with limits: gives our type, adds its keys."""
    given = parameters(entry)
    start, end, step = given.get("start", "1"), given.get("end", "10"), given.get("step", "1")
    cell = entry.row.cell("parameters")
    if not all(re.fullmatch(r"-?\d+(\.\d+)?", each) for each in (start, end, step)):
        making.remark(block, cell, say("nie da się odczytać zakresu. Zapisz go tak: start=1 end=5 step=1."))
        start, end, step = "1", "10", "1"
    whole = all(re.fullmatch(r"-?\d+", each) for each in (start, end, step))
    if whole and step == "1" and 0 <= int(start) < int(end) <= 100 and int(end) - int(start) < SCALE_STEPS:
        block.put("from", start, cell)
        block.put("to", end, cell)
        return "scale"
    if step not in ("1", "1.0"):
        making.remark(block, cell, say("krok {step} nie jest sprawdzany.", step=step))
    block.put("min", start, cell)
    block.put("max", end, cell)
    return "integer" if whole else "decimal"

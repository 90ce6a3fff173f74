"""One value at the top of a definition changed in its text; everything else stays as it was typed, comments too."""

from __future__ import annotations

from forms.importing.document import scalar
from forms.problems import Problems
from forms.source import Entry, Mapping, Scalar, read

AFTER = ("title", "summary", "kind")  # a key that was not there comes after the last of these


def with_value(text: str, key: str, value: str) -> str:
    """The text with `key: value` at its top.

    ValueError where the text cannot be read, where the value spans lines or is no single text (a mapping, a list), and
    where the change would not read as meant.
    """
    changed = _changed(text, key, value)
    again = read(changed, "", Problems())
    node = again.get(key) if isinstance(again, Mapping) else None
    if not isinstance(node, Scalar) or node.text != value:
        raise ValueError("not in block style")
    return changed


def _changed(text: str, key: str, value: str) -> str:
    root = read(text, "", Problems())
    if not isinstance(root, Mapping):
        raise ValueError("not a mapping")
    entry = next((each for each in root.entries if each.key.text == key), None)
    lines = text.split("\n")
    if entry is None:
        lines.insert(_line_after(root, lines), f"{key}: {scalar(value)}")
        return "\n".join(lines)
    node = entry.value
    if not isinstance(node, Scalar) or node.block or "\n" in node.raw or node.place.line != entry.key.place.line:
        raise ValueError("not a text on one line")
    number = node.place.line - 1
    line = lines[number]
    if node.null and not node.text:
        start = line.index(":", entry.key.place.column - 1) + 1
        lines[number] = f"{line[:start]} {scalar(value)}{line[start:]}"
    else:
        lines[number] = f"{line[: node.place.column - 1]}{scalar(value)}{line[node.place.end - 1 :]}"
    return "\n".join(lines)


def _line_after(root: Mapping, lines: list[str]) -> int:
    """The index of the line before which a new key goes: after the last of AFTER and all that belongs to it."""
    entries = list(root.entries)
    known = [index for index, each in enumerate(entries) if each.key.text in AFTER]
    if not known:
        return entries[0].key.place.line - 1 if entries else len(lines)
    return _end(entries, known[-1], lines)


def _end(entries: list[Entry], index: int, lines: list[str]) -> int:
    if index + 1 == len(entries):
        return len(lines) if lines[-1] else len(lines) - 1
    end = entries[index + 1].key.place.line - 1
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # a comment belongs to the key beneath it
    return end

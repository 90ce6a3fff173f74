"""What the office says of itself: `config/site.yaml` and the texts of `config/texts`, read again when they change."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from forms import source
from forms.problems import Problems
from forms.wording import language
from views.markdown import markdown


@dataclass
class Site:
    """The office's own data; `site["contact"]["email"]` and so on, always texts."""

    folder: Path
    _stamp: int = 0
    _data: dict[str, Any] = field(default_factory=dict)

    @property
    def data(self) -> dict[str, Any]:
        """The content of site.yaml as plain dicts, lists and texts."""
        path = self.folder / "site.yaml"
        stamp = path.stat().st_mtime_ns if path.is_file() else 0
        if stamp != self._stamp:
            node = source.read(path.read_bytes(), path.name, Problems(path.name))
            self._data = plain(node) or {}
            self._stamp = stamp
        return self._data

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def get(self, key: str, default: Any = "") -> Any:
        """A top-level value."""
        return self.data.get(key, default)

    def text(self, name: str) -> str | None:
        """The Markdown of a text in the language in force (`name.en.md`), else in Polish; None when there is none."""
        for suffix in (f".{language.get()}.md", ".md"):
            path = self.folder / "texts" / (name + suffix)
            if path.is_file():
                return path.read_text("utf-8")
        return None

    def html(self, name: str) -> Markup:
        """A text as HTML; empty when there is none."""
        text = self.text(name)
        return markdown(text) if text else Markup("")


def plain(node: source.Node | None) -> Any:
    """A node as plain dicts, lists and texts; an empty scalar is an empty text."""
    if isinstance(node, source.Mapping):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    if isinstance(node, source.Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, source.Scalar):
        return "" if node.null else node.text
    return None

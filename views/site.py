"""What the office says of itself: `config/site.yaml` and the texts of `config/texts`, read again when they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from forms import source
from forms.problems import Problems
from forms.wording import language
from views.markdown import markdown

POLISH = Markup(' lang="pl"')


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

    def told(self) -> dict[str, Any]:
        """All of it in the language in force: what stands under that language (`en:`) over what is said in Polish."""
        return over(self.data, self.data.get(language.get()) or {})

    @property
    def foreign(self) -> Markup:
        """The attribute for words of the office that are Polish on a page that is not; empty where they are translated."""
        return POLISH if language.get() != "pl" and not self.data.get(language.get()) else Markup("")

    def text(self, name: str) -> str | None:
        """The Markdown of a text in the language in force (`name.en.md`), else in Polish; None when there is none."""
        path = self._path(name, language.get()) or self._path(name)
        return path.read_text("utf-8") if path else None

    def tongue(self, name: str) -> Markup:
        """The attribute for a text that there is only in Polish, on a page that is not."""
        return Markup("") if language.get() == "pl" or self._path(name, language.get()) else POLISH

    def html(self, name: str) -> Markup:
        """A text as HTML; empty when there is none."""
        text = self.text(name)
        return markdown(text) if text else Markup("")

    def _path(self, name: str, code: str = "") -> Path | None:
        path = self.folder / "texts" / (f"{name}.{code}.md" if code else f"{name}.md")
        return path if path.is_file() else None


def over(data: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """The data with more laid over it, key by key; a list takes the place of the whole list."""
    return {
        **data,
        **{
            key: over(data[key], value) if isinstance(value, Mapping) and isinstance(data.get(key), Mapping) else value
            for key, value in more.items()
        },
    }


def plain(node: source.Node | None) -> Any:
    """A node as plain dicts, lists and texts; an empty scalar is an empty text."""
    if isinstance(node, source.Mapping):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    if isinstance(node, source.Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, source.Scalar):
        return "" if node.null else node.text
    return None

"""The indicators that serve: reads `config/indicators` and `config/tiles.yaml`, keeps what was last good of each file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from forms.catalogue import Catalogue
from forms.indicators.definition import Indicator, Sheet, Tile
from forms.indicators.reader import read_indicators, read_tiles
from forms.problems import Problem

TILES = "tiles.yaml"
Stamp = tuple[int, int] | None


@dataclass
class Indicators:
    """All files of indicators of a configuration folder; a file is read again when it, or its form, has changed."""

    folder: Path
    catalogue: Catalogue
    _sheets: dict[str, tuple[Stamp, str, Sheet]] = field(default_factory=dict)
    _tiles: tuple[Stamp, tuple[Tile, ...], tuple[Problem, ...], str] = (None, (), (), "")

    def sheets(self) -> list[Sheet]:
        """Every file, by the name of its form."""
        return [self._sheet(path) for path in sorted((self.folder / "indicators").glob("*.yaml"))]

    def sheet(self, slug: str) -> Sheet | None:
        """The indicators of one form; None without a file."""
        path = self.folder / "indicators" / f"{slug}.yaml"
        return self._sheet(path) if path.is_file() else None

    def get(self, slug: str, name: str) -> Indicator | None:
        """One indicator of a form."""
        sheet = self.sheet(slug)
        return sheet.indicators.get(name) if sheet is not None else None

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The map, empty where there is none."""
        return self._map()[1]

    def files(self) -> list[tuple[str, str, tuple[Problem, ...]]]:
        """(name below `config`, text, mistakes) of every file, the map among them."""
        found = [(f"indicators/{sheet.slug}.yaml", sheet.text, sheet.problems) for sheet in self.sheets()]
        stamp, _, problems, text = self._map()
        return [*found, (TILES, text, problems)] if stamp is not None else found

    def _sheet(self, path: Path) -> Sheet:
        slug, stamp = path.stem, _stamp(path)
        form = self.catalogue.get(slug)
        digest = form.hash if form is not None else ""
        known = self._sheets.get(slug)
        if known is not None and known[:2] == (stamp, digest):
            return known[2]
        forms = [entry.slug for entry in self.catalogue.entries()]
        read = read_indicators(f"indicators/{path.name}", path.read_bytes(), form, forms, self.catalogue.limits)
        if read.problems and not read.indicators and known is not None:
            before = known[2]
            read = replace(read, indicators=before.indicators, shown=before.shown)
        self._sheets[slug] = (stamp, digest, read)
        return read

    def _map(self) -> tuple[Stamp, tuple[Tile, ...], tuple[Problem, ...], str]:
        path = self.folder / TILES
        stamp = _stamp(path)
        if stamp is not None and stamp != self._tiles[0]:
            raw = path.read_bytes()
            tiles, problems = read_tiles(TILES, raw)
            self._tiles = (stamp, tiles or self._tiles[1], tuple(problems.sorted()), raw.decode("utf-8-sig", "replace"))
        return self._tiles if stamp is not None else (None, (), (), "")


def _stamp(path: Path) -> Stamp:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size

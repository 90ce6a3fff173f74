"""The report of an audit as PDF/UA-1: scores, class, barriers, every item with remarks and photographs, recommendations."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from flask import Response

from forms.auditing.reading import Findings, Photo, Rated
from forms.wording import number, say, short_date
from records import audits, files
from records.files import StoredFile
from records.responses import Response as Stored
from views import acting
from views.auditing.drawing import advice, percent, today
from views.markdown import typographic
from views.papers import paper
from views.services import services

MOST_PICTURES = 60  # more photographs are named by what can be seen on them only: a report must still fit into a letter
LONGEST_SIDE = 900  # pixels: 150 dots an inch at the width of a column
QUALITY = 78
MISSING = say("Zdjęcie, którego tu nie ma:")


def report(stored: Stored, found: Findings) -> Response:
    """The report of a sent audit. Photographs are made small, which leaves out where and with what they were taken."""
    kept = {each.id: each for each in files.of_responses([stored.id])}
    album = _Album(kept)
    title = str(say("Raport z audytu dostępności"))
    facts = [
        (say("Obiekt"), found.building),
        (say("Gmina"), acting.label(stored.gmina) if stored.gmina else ""),
        (say("Data audytu"), short_date(found.day) if found.day else ""),
        (say("Numer"), stored.reference or ""),
        (say("Wynik"), percent(found.score)),
        (say("Klasa"), found.grade),
        (say("Klasa z samego wyniku"), found.earned),
        (say("Bariery krytyczne"), number(len(found.barriers))),
    ]
    advised = [advice(each, today()) for each in audits.recommendations([stored.id]) if each.listed]
    data: dict[str, Any] = {
        "facts": [[str(label), typographic(text)] for label, text in facts if text],
        "areas_title": str(say("Wynik według obszarów")),
        "areas_head": [str(say("Obszar")), str(say("Wynik"))],
        "areas": [[typographic(each.title), percent(each.score)] for each in found.areas],
        "barriers_title": str(say("Bariery krytyczne")),
        "barriers": [_rated(each, album) for each in found.items if each.id in found.barriers],
        "no_barriers": str(say("Audyt nie wykazał barier krytycznych.")),
        "advice_title": str(say("Rekomendacje")),
        "no_advice": str(say("Ten audyt nie ma rekomendacji.")),
        "advice": [_advised(each) for each in advised],
        "items": [
            {
                "title": typographic(area.title),
                "rows": [_rated(each, album) for each in found.items if each.area == area.id and each.rating],
            }
            for area in found.areas
        ],
        "photos_title": str(say("Zdjęcia obiektu")),
        "photos": album.put(found.photos),
    }
    name = "".join(each if each.isalnum() and each.isascii() else "-" for each in stored.reference or "")
    whole = typographic(f"{title}: {found.building}" if found.building else title)
    return paper("audit", f"audyt-{name.strip('-')}", whole, pictures=album.pictures, about=stored.reference, **data)


class _Album:
    """The photographs of one report, each once, small and by the name under which the template shows it."""

    def __init__(self, kept: dict[int, StoredFile]) -> None:
        self.kept = kept
        self.pictures: dict[str, bytes] = {}

    def put(self, photos: Iterable[Photo]) -> list[dict[str, str]]:
        """[{name, alt}] for the template; `name` is "" for what cannot be shown."""
        found = [(self._name(each), typographic(each.alt)) for each in photos]
        return [{"name": name, "alt": alt if name else str(MISSING) + f" {alt}"} for name, alt in found]

    def _name(self, photo: Photo) -> str:
        name = f"photo-{photo.file}.jpg"
        file = self.kept.get(photo.file)
        if name in self.pictures:
            return name
        if file is None or len(self.pictures) >= MOST_PICTURES:
            return ""
        small = _small(file)
        if small is None:
            return ""
        self.pictures[name] = small
        return name


def _small(file: StoredFile) -> bytes | None:
    """The photograph upright and small, as JPEG without anything else that the camera wrote; None for what is no picture."""
    from PIL import Image, ImageOps  # noqa: PLC0415 – a server needs it only once somebody prints

    try:
        with services().files.open_for_download(file) as stream, Image.open(stream, formats=("JPEG", "PNG")) as opened:
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    made = io.BytesIO()
    upright.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def _rated(rated: Rated, album: _Album) -> dict[str, Any]:
    said = [rated.measure, *rated.remark.splitlines()]
    critical = str(say("pozycja krytyczna")) if rated.critical else ""
    return {
        "id": rated.id,
        "label": typographic(rated.label),
        "rating": typographic(rated.said),
        "critical": critical,
        "said": [typographic(each) for each in said if each.strip()],
        "photos": album.put(rated.photos),
    }


def _advised(each: dict[str, Any]) -> dict[str, Any]:
    facts = [
        (say("Priorytet"), each["priority"]),
        (say("Szacunkowy koszt"), each["cost"]),
        (say("Termin"), each["due"]),
        (say("Stan"), each["state"]["text"]),
    ]
    title = f"{each['item']}. {each['text']}" if each["item"] else each["text"]
    return {"title": title, "facts": [f"{label}: {text}" for label, text in facts if text]}

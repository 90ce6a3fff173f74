"""The office's logos: what site.yaml names, as far as the files are in `config/logos`."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from views.services import services

KINDS: Mapping[str, str] = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


def logos() -> list[dict[str, str]]:
    """The logos of the footer, {src, alt}, in the order of site.yaml; one whose file is not there yet is left out."""
    own: list[Mapping[str, str]] = services().site.get("logos") or []
    return [found for each in own if (found := _logo(each)) is not None]


def media_type(name: str) -> str:
    """What kind of picture a logo is; "" for a name that site.yaml does not know, and for what is not a picture."""
    known = any(name == each.get("file") for each in services().site.get("logos") or ())
    return KINDS.get("." + name.rpartition(".")[2].lower(), "") if known else ""


def _logo(own: Mapping[str, str]) -> dict[str, str] | None:
    path = services().settings.config_dir / "logos" / own.get("file", "")
    if path.suffix.lower() not in KINDS or not path.is_file():
        return None
    changed = int(path.stat().st_mtime)  # in the address, so that a new file is fetched at once
    return {"src": url_for("images.logo", name=path.name, v=changed), "alt": own.get("alt", "")}

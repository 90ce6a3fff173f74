"""QR codes as SVG pictures; what draws them is loaded with the first one, since most servers draw none for days."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from segno import QRCode


def picture(address: str, **look: Any) -> bytes:
    """The address as a file; `look` is the scale, border, colours and title as segno takes them."""
    drawn = io.BytesIO()
    _code(address).save(drawn, kind="svg", xmldecl=False, **look)
    return drawn.getvalue()


def inline(address: str, **look: Any) -> str:
    """The address as a picture to be put into a page: a `data:` address."""
    return _code(address).svg_data_uri(**look)


def _code(address: str) -> QRCode:
    import segno  # noqa: PLC0415 – 4 MB in each worker

    return segno.make(address, error="m", micro=False)

"""Pictures: the office's logos from `config/logos`, and the QR code of a form for posters."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, send_from_directory

from views import qr
from views.access import open_to_all
from views.audience import address
from views.logos import media_type
from views.services import services
from views.steps import journey

images = Blueprint("images", __name__)

DAY = 24 * 60 * 60  # seconds
# An SVG opened by itself is a page: no script may run in it, whatever somebody has put into the file.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@images.get("/znaki/<name>")
@open_to_all
def logo(name: str) -> Response:
    """A logo that site.yaml names; nothing else of the folder, and nothing that is not a picture."""
    folder = services().settings.config_dir.resolve() / "logos"
    kind = media_type(name)
    if not kind:
        abort(404)
    return _picture(send_from_directory(folder, name, mimetype=kind, max_age=DAY))


@images.get("/f/<slug>/kod-qr.svg")
@open_to_all
def qr_code(slug: str) -> Response:
    """The address of a form's start page as a QR code, for posters and leaflets."""
    form = journey.form_or_404(slug)
    look = {"scale": 8, "border": 4, "light": "#fff", "dark": "#000", "title": slug}
    drawn = qr.picture(address(form, external=True), **look)
    response = current_app.response_class(drawn, mimetype="image/svg+xml")
    kept = "private" if form.audience in ("invited", "staff") else "public"
    response.headers["Cache-Control"] = f"{kept}, max-age={DAY}"
    return _picture(response)


def _picture(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

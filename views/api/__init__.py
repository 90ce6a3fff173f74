"""The API that other programs read by: its addresses, a line each. Their description is made from the same table."""

from __future__ import annotations

from flask import Blueprint

from views.api import description
from views.api.routes import ROUTES

api = Blueprint("api", __name__, url_prefix="/api/v1")

for route in ROUTES:
    api.add_url_rule(route.path, view_func=route.view)
api.add_url_rule("/openapi.json", view_func=description.openapi)

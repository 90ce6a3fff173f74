"""For whoever watches the server: is it alive, can it reach its database."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from records.database import run

health = Blueprint("health", __name__)


@health.get("/health")
def state() -> Response:
    """200 when a query runs; an unreachable database answers 503 like everywhere else."""
    run("SELECT 1").fetchone()
    return jsonify(state="ok")

"""A bare Flask application that says hello: the floor under every figure."""

from __future__ import annotations

from flask import Flask

app = Flask("hello")


@app.get("/")
def hello() -> str:
    """As little as a Flask page can be."""
    return "Dzień dobry"

"""The application on the day of the tests: the office's own forms open and close on dates that come, its tests stay.

`granian … tests.clocked:create_app` serves it, `flask --app tests.clocked …` runs its commands; all tell the same time.
"""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta

from flask import Flask

import app
from forms.spans import WARSAW
from views import services

BEGAN = float(os.environ["NABOR_TESTS_BEGAN"])  # set by tests/conftest.py and inherited by what it starts
DAY = datetime(2026, 11, 23, 12, 31, tzinfo=WARSAW)


def clock() -> datetime:
    """A minute past half past twelve on the day of the tests, and as much later as the tests have been running."""
    return DAY + timedelta(seconds=time.time() - BEGAN)


def create_app() -> Flask:
    """The application of `app.py` with this clock."""
    services.clock = clock
    return app.create_app()

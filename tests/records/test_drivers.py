"""Peewee gets its driver of PostgreSQL late, and then is as it would have been with it from the start."""

from __future__ import annotations

import subprocess
import sys

from config.settings import ROOT

COMPARED = """
import importlib.util, sys
from records import drivers
import peewee

assert "psycopg" not in sys.modules and peewee.psycopg is None
drivers.load_postgres()
found = importlib.util.spec_from_file_location("usual", peewee.__file__)
usual = importlib.util.module_from_spec(found)
found.loader.exec_module(usual)

def of_driver(thing):
    return str(getattr(thing, "__module__", None) or getattr(thing, "__name__", "")).startswith("psycopg")

places = [(peewee, usual), (peewee.Psycopg3Adapter, usual.Psycopg3Adapter)]
for ours, theirs in places:
    given = {name: thing for name, thing in vars(theirs).items() if of_driver(thing) or of_driver(type(thing))}
    assert given, theirs
    for name, thing in given.items():
        assert getattr(ours, name, None) == thing, name
"""


def test_a_driver_loaded_late_stands_wherever_peewee_would_have_put_it() -> None:
    came = subprocess.run([sys.executable, "-c", COMPARED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert came.returncode == 0, came.stderr

"""Commands that somebody of the office gives to the server of the tests, and the password that all of them use."""

from __future__ import annotations

import os
import subprocess
import sys

from config.settings import ROOT
from tests.conftest import SECRET, Server

PASSWORD = "zielona ławka nad Odrą"


def flask(server: Server, *arguments: str) -> str:
    """A command of the program, on the data of the server; what it says."""
    own = {"DATA_DIR": str(server.data_dir), "SECRET_KEY": SECRET, "BASE_URL": server.url}
    environ = {**{name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, **own}
    command = [sys.executable, "-m", "flask", "--app", "tests.clocked", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout

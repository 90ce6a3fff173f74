"""The export of many responses, beside what csv.writer alone needs for the same finished rows."""

from __future__ import annotations

import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from config.settings import ROOT

DAY = date(2027, 3, 9)
COPY = (
    "INSERT INTO response (key, link_secret, slug, state, revision, language, version_id, year, number, reference, "
    "correction, begun_at, saved_at, sent_at, changed_at, search, answers) "
    "SELECT ?, link_secret, slug, state, revision, language, version_id, year, ?, ?, correction, begun_at, saved_at, "
    "sent_at, changed_at, search, ? FROM response WHERE id = ?"
)


def multiply(database: Path, first: int, count: int) -> None:
    """Makes responses number `first` to `count` out of the one that was sent, each with answers of its own."""
    chance = random.Random(first)
    with sqlite3.connect(database) as connection:
        id_, answers = connection.execute("SELECT id, answers FROM response WHERE number = 1").fetchone()
        sent = json.loads(answers)
        rows = (
            (f"bench{n:07}", n, f"POM-2026-{n:06}", json.dumps(_varied(sent, n, chance), ensure_ascii=False), id_)
            for n in range(first, count + 1)
        )
        connection.executemany(COPY, rows)
    connection.close()


def _varied(sent: Mapping[str, Any], n: int, chance: random.Random) -> dict[str, Any]:
    days = chance.randrange(500)
    return {
        **sent,
        "imie_nazwisko": f"Łucja Kowalska-{n}",
        "email": f"lucja.kowalska.{n}@gmina.pl",
        "telefon": f"+4891{chance.randrange(10**7):07}",
        "od": (DAY + timedelta(days)).isoformat(),
        "do": (DAY + timedelta(days + 1)).isoformat(),
        "osoby": chance.randrange(1, 50),
        "koszt": f"{chance.randrange(10**6) / 100:.2f}",
        "numer": chance.randrange(1, 999),
        "kod": f"7{chance.randrange(10)}-{chance.randrange(1000):03}",
        "uwagi": f'Poproszę o miejsce blisko wejścia, "najlepiej" w rzędzie {n}.',
    }


def export(app: Flask, out: Path) -> float:
    """Processor time of `flask forms export`, in seconds."""
    begun = time.process_time()
    done = app.test_cli_runner().invoke(args=["forms", "export", "twenty", "--out", str(out)], catch_exceptions=False)
    if done.exit_code:
        raise RuntimeError(done.output)
    return time.process_time() - begun


def plain(rows: list[list[str]], out: Path) -> float:
    """Processor time of csv.writer for the same rows."""
    begun = time.process_time()
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return time.process_time() - begun


def rows_of(path: Path) -> list[list[str]]:
    """The finished rows of an export."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def peak(environ: Mapping[str, str], out: Path) -> float:
    """The most memory, in MB, that a process exporting on its own took (Linux counts in kB, macOS in bytes)."""
    command = [sys.executable, "-m", "flask", "--app", "app", "forms", "export", "twenty", "--out", str(out)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError("the export failed")
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6

"""The production server around an application, as `make run` starts it, and what its workers weigh."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.settings import ROOT

WORKERS, THREADS = 2, 16
STARTS_WITHIN = 30  # seconds


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def workers(self) -> list[tuple[float, float]]:
        """The memory of each worker in MB: its own and its share of what others use too (PSS), and all it uses (RSS).

        Empty where there is no /proc.
        """
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                if parent == self.pid and b"resource_tracker" not in stat.with_name("cmdline").read_bytes():
                    sums = dict(
                        re.findall(
                            r"^(Pss|Rss): +([0-9]+) kB", stat.with_name("smaps_rollup").read_text(), re.MULTILINE
                        )
                    )
                    found += [(int(sums["Pss"]) * 1024 / 1e6, int(sums["Rss"]) * 1024 / 1e6)] if sums else []
            except (OSError, ValueError):  # ended meanwhile
                continue
        return found


@contextmanager
def serving(target: str, environ: Mapping[str, str], *, factory: bool = False) -> Iterator[Server]:
    """Granian with two workers around `module:name`, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        target,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--no-ws", "--backlog", "1024"]
    command += ["--backpressure", "512", "--log-level", "warning", *(["--factory"] if factory else [])]
    # One heap for two threads, not for each: 8 MB less for a worker of 16 threads, no slower.
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "MALLOC_ARENA_MAX": "2", **environ})
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)

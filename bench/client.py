"""A browser of many connections, run in a process of its own: each connection sends, waits for the whole answer, sends again."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Load:
    """What was measured: seconds of each request, how long all took, and the statuses that came."""

    times: list[float]
    seconds: float
    statuses: dict[str, int]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.times) / self.seconds


def load(port: int, requests: Sequence[bytes], connections: int, seconds: float, once: bool = False) -> Load:
    """Sends the requests in turn for so long, over and over or each only once."""
    waiting: Iterator[bytes] = iter(requests) if once else cycle(requests)
    found = Load([], 0.0, {})
    selector = selectors.DefaultSelector()
    open_ = 0
    for _ in range(connections):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        request = next(waiting)
        selector.register(connection, selectors.EVENT_READ, [time.perf_counter(), b""])
        connection.sendall(request)
        open_ += 1
    begun = time.perf_counter()
    while open_:
        for key, _ in selector.select():
            state = key.data
            connection = key.fileobj
            assert isinstance(connection, socket.socket)
            piece = connection.recv(1 << 18)
            state[1] += piece
            if piece and not _whole(state[1]):
                continue
            now = time.perf_counter()
            found.times.append(now - state[0])
            status = state[1][9:12].decode()
            found.statuses[status] = found.statuses.get(status, 0) + 1
            following = next(waiting, None) if piece and now - begun < seconds else None
            if following is None:
                selector.unregister(connection)
                connection.close()
                open_ -= 1
                continue
            state[0], state[1] = time.perf_counter(), b""
            connection.sendall(following)
    found.seconds = time.perf_counter() - begun
    return found


def _whole(answer: bytes) -> bool:
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    length = LENGTH.search(answer, 0, end + 2)
    return len(answer) >= end + 4 + (int(length[1]) if length else 0)

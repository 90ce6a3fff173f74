"""Measuring in turn: A B A B, so that what else the machine does meets everyone alike; medians of processor time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

BATCH = 0.04  # seconds of processor time that one turn takes, about


def in_turn(calls: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median processor time of each call, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    counts = {name: max(1, round(BATCH / max(_once(call), 1e-6))) for name, call in calls.items()}
    for _ in range(rounds):
        for name, call in calls.items():
            begun = time.process_time()
            for _ in range(counts[name]):
                call()
            times[name].append((time.process_time() - begun) / counts[name])
    return {name: statistics.median(found) for name, found in times.items()}


def _once(call: Callable[[], object]) -> float:
    for _ in range(3):  # first calls fill caches
        call()
    begun = time.process_time()
    call()
    return time.process_time() - begun


def line(what: str, measured: str, target: str = "", reached: bool | None = None) -> None:
    """One figure beside its target."""
    mark = "" if reached is None else "  ok" if reached else "  NIE"
    print(f"  {what:<58} {measured:>16}  {target:<14}{mark}", flush=True)


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))]

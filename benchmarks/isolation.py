"""A fresh process for each benchmark, so that none pays for another's memory and threads."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context

from benchmarks import machine
from benchmarks.figures import Result


def measure_apart(name: str, **options: int) -> Result:
    """Run a benchmark's `measure(**options)` in a process of its own; add how long it took and the load averages."""
    before, began = machine.load_average(), time.monotonic()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        measured = pool.submit(_measure, name, options).result()
    return {
        **measured,
        "load_average": {"before": before, "after": machine.load_average()},
        "seconds": round(time.monotonic() - began, 1),
    }


def _measure(name: str, options: dict[str, int]) -> Result:
    measured: Result = import_module(f"benchmarks.{name}").measure(**options)
    return measured

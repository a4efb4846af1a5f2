"""Measure the budgets: `python -m benchmarks [NAME…] [--items N] [--quick] [--json FOLDER]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib import import_module
from pathlib import Path

from rich.console import Console

from benchmarks import machine
from benchmarks.figures import Result, budget_table
from benchmarks.isolation import measure_apart

NAMES = ("startup", "turns", "long_conversation", "search", "load", "imported", "drafting", "service_figures")
LONG = ("scale", "endpointing", "recognition", "voice", "crowd", "spoken_dialogues", "widget")
"""those of minutes, or that need more than the program: measured when they are named"""
SHORTENED = ("voice", "crowd", "spoken_dialogues")
"""those of which `--quick` measures a small part"""
ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}

console = Console(width=max(100, Console().width))


def main(arguments: list[str] | None = None) -> int:
    """Run the named benchmarks, or all, and return how many budgets were missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}: all unless told; {', '.join(LONG)}"
    )
    parser.add_argument("--items", type=int, metavar="N", help="size of the index of `scale`, 100000 unless told")
    parser.add_argument("--quick", action="store_true", help=f"a small part of {', '.join(SHORTENED)}, to try them out")
    parser.add_argument("--json", type=Path, default=Path("reports/bench"), metavar="FOLDER")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(NAMES + LONG))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(NAMES + LONG)}")
    sizes = {"scale": {"items": options.items}} if options.items else {}
    if options.quick:
        sizes |= {name: {"quick": 1} for name in SHORTENED}
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    described = machine.describe()
    console.print(
        f"{described['processor']}, {described['cores']} cores, {described['memory_gb']} GB; "
        f"Python {described['python']}, Rasa {described['versions']['rasa']}",
        highlight=False,
    )
    missed = 0
    for name in options.names or NAMES:
        console.print(f"\nMeasuring {name} …", highlight=False)
        measured = measure_apart(name, **sizes.get(name, {}))
        show(name, measured)
        write(options.json / f"{name}.json", {"benchmark": name, "machine": described, **measured})
        missed += sum(figure["passed"] is False for figure in measured["figures"])
    console.print(f"JSON in {options.json}; {missed} budget(s) missed.", highlight=False)
    return missed


def show(name: str, measured: Result) -> None:
    """Print a benchmark's tables."""
    module = import_module(f"benchmarks.{name}")
    console.print(budget_table(name.replace("_", " "), measured))
    for table in module.tables(measured):
        console.print(table)
    load = measured["load_average"]
    console.print(
        f"{measured['seconds']:.0f} s; load average {load['before']} before, {load['after']} after",
        highlight=False,
    )


def write(path: Path, content: Result) -> None:
    """Write a result as JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(beside, path)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)

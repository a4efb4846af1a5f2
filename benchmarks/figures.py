"""Figures held against their budgets, and the tables that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table

Result = dict[str, Any]
"""what `measure()` returns: {"figures": [figure], "details": {…}}, plain values that JSON holds"""


@dataclass(frozen=True)
class Figure:
    """One measured value; a lower one is better."""

    name: str
    value: float | None
    """None for what could not be measured, which misses its budget; the note says why"""
    unit: str
    budget: float | None = None
    """the largest value allowed; None for what is only told"""
    note: str = ""

    @property
    def passed(self) -> bool | None:
        """Tell whether the value keeps its budget; None without one."""
        if self.budget is None:
            return None
        return self.value is not None and self.value <= self.budget

    def as_json(self) -> dict[str, Any]:
        """Return the figure with its verdict as plain values."""
        value = None if self.value is None else round(self.value, 4)
        return {**asdict(self), "value": value, "passed": self.passed}


def result(figures: Sequence[Figure], **details: Any) -> Result:
    """Return a benchmark's result."""
    return {"figures": [figure.as_json() for figure in figures], "details": details}


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Return count, mean, p50, p95, p99 and maximum of durations given in seconds, in milliseconds."""
    import numpy as np

    values = np.asarray(seconds, dtype=np.float64) * 1000.0
    p50, p95, p99 = np.percentile(values, [50, 95, 99])
    summary = {"mean": values.mean(), "p50": p50, "p95": p95, "p99": p99, "max": values.max()}
    return {"count": len(values), **{name: round(float(value), 3) for name, value in summary.items()}}


def budget_table(title: str, measured: Result) -> Table:
    """Return the table of a result's figures beside their budgets."""
    table = Table("figure", "measured", "budget", "", "note", title=title, title_justify="left")
    for figure in measured["figures"]:
        budget = "" if figure["budget"] is None else f"≤ {figure['budget']:g} {figure['unit']}"
        verdict = {None: "", True: "[green]pass[/]", False: "[bold red]miss[/]"}[figure["passed"]]
        value = "not measured" if figure["value"] is None else f"{figure['value']:.4g} {figure['unit']}"
        table.add_row(figure["name"], value, budget, verdict, figure["note"])
    return table


def durations_table(title: str, rows: Mapping[str, Mapping[str, float]]) -> Table:
    """Return a table of summaries made by `milliseconds`, one a row."""
    table = Table("", "count", "mean ms", "p50 ms", "p95 ms", "p99 ms", title=title, title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, summary in rows.items():
        cells = (f"{summary[key]:.2f}" for key in ("mean", "p50", "p95", "p99"))
        table.add_row(name, str(summary["count"]), *cells)
    return table

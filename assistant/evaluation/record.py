"""The report as JSON, and the figures of the run before it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.evaluation.estimates import plain
from assistant.evaluation.report import Report, Section

LATEST, PREVIOUS = "evaluation.json", "evaluation-previous.json"


def last_figures(out: Path) -> dict[str, float]:
    """Return the figures of the latest run in a folder by their keys; none where no run can be read."""
    try:
        record = json.loads((out / LATEST).read_text(encoding="utf-8"))
        return {
            f"{section['part']}/{section['name']}/{figure['name']}": figure["value"]
            for section in record["sections"]
            for figure in section["figures"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write(report: Report, out: Path) -> None:
    """Write the report; the one before is kept under another name."""
    out.mkdir(parents=True, exist_ok=True)
    if (out / LATEST).exists():
        os.replace(out / LATEST, out / PREVIOUS)
    record = {
        "made_at": report.made_at,
        "facts": dict(report.facts),
        "sections": [_section(report, section) for section in report.sections],
    }
    (out / LATEST).write_text(json.dumps(plain(record), ensure_ascii=False, indent=1), encoding="utf-8")


def _section(report: Report, section: Section) -> dict[str, Any]:
    figures = [
        {"name": figure.name, **asdict(figure.estimate), "last": report.last_value(section, figure)}
        for figure in section.figures
    ]
    return {**asdict(section), "figures": figures}

"""How long a turn takes, and its encoding and search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.evaluation.estimates import milliseconds
from assistant.evaluation.report import Figure, Section
from assistant.evaluation.trial import Trial

NAME = "latencies"


def measure(trial: Trial) -> Section:
    """Read the times of the questions, put to the assistant and to the search alone."""
    stages = {
        "turn": [one.latency_ms for one in trial.answers],
        "encoding": [one.encoding_ms for one in trial.searches],
        "search": [one.search_ms for one in trial.searches],
    }
    return section(trial.part.name, stages)


def section(part: str, stages: Mapping[str, Sequence[float]]) -> Section:
    """Return median and 95th percentile of each stage, in milliseconds."""
    return Section(
        name=NAME,
        part=part,
        title="Latencies",
        figures=tuple(
            Figure(f"{stage}, p{percent}", milliseconds(float(np.percentile(times, percent)), len(times)))
            for stage, times in stages.items()
            for percent in (50, 95)
        ),
        notes=("One turn after the other in this process, first use included; `make bench` measures under load.",),
    )

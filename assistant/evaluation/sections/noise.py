"""Questions misheard: how far does the ranking fall when characters become homophones?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.evaluation.estimates import Unit, resampled, share
from assistant.evaluation.homophones import with_homophones
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import Figure, LineChart, Section, Series, Table
from assistant.evaluation.trial import Trial

NAME = "noise"
SHARES = (0.05, 0.10, 0.20)


def measure(trial: Trial) -> Section:
    """Search every question with more and more homophones in it."""
    hits = {0.0: [found.rank == 1 for found in trial.searches]}
    for level in SHARES:
        questions = tracked(trial.title(f"{level:.0%} homophones"), trial.part.questions)
        hits[level] = [
            trial.subject.search(with_homophones(question.text, level), question.item).rank == 1
            for question in questions
        ]
    return section(trial.part.name, hits)


def section(part: str, hits: Mapping[float, Sequence[bool]]) -> Section:
    """Return hit@1 at each share of homophones, and the fall against the clean questions (share 0)."""
    clean = np.asarray(hits[0.0], dtype=float)
    found = {level: share(right) for level, right in hits.items()}
    fallen = {
        level: resampled(np.mean, clean - np.asarray(right, dtype=float), unit=Unit.POINTS)
        for level, right in hits.items()
        if level
    }
    rows = tuple((f"{level:.0%}", found[level], fallen.get(level, "")) for level in hits)
    curve = Series("hit@1", tuple(100 * level for level in hits), tuple(one.value for one in found.values()))
    return Section(
        name=NAME,
        part=part,
        title="Speech-like noise, search alone",
        figures=tuple(
            figure
            for level in fallen
            for figure in (
                Figure(f"hit@1, {level:.0%} homophones", found[level]),
                Figure(f"fall, {level:.0%} homophones", fallen[level]),
            )
        ),
        tables=(Table("Characters replaced by homophones", ("replaced", "hit@1", "fall"), rows),),
        charts=(LineChart("Ranking under homophones", "characters replaced, %", "hit@1", (curve,)),),
    )

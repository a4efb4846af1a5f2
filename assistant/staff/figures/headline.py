"""The few figures that a period is known by, each beside that of the period before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.staff.figures.measures import PeriodFigures, share
from assistant.staff.figures.rules import FigureRules
from assistant.staff.figures.satisfaction import satisfied
from storage.application_states import ApplicationState


class Kind(str, Enum):
    """What a value is, and so how it is written."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    SHARE = "share"
    """0 to 1"""
    SECONDS = "seconds"


class Better(str, Enum):
    """Which way of changing is good."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True)
class Measure:
    """How a headline figure is read from a period; `key` names its words in data/texts/figures.yml."""

    key: str
    kind: Kind
    better: Better
    read: Callable[[PeriodFigures, FigureRules], float | None]


@dataclass(frozen=True)
class Headline:
    key: str
    kind: Kind
    better: Better
    value: float | None
    """None where nothing can be said: a share of nothing"""
    before: tuple[float | None, ...]
    """the same of the periods that it is compared with"""


MEASURES = (
    Measure("conversations", Kind.COUNT, Better.NEITHER, lambda found, _: found.conversations),
    Measure("turns", Kind.COUNT, Better.NEITHER, lambda found, _: found.turns),
    Measure("answered", Kind.SHARE, Better.MORE, lambda found, rules: found.share_of(rules.answered, rules.asked)),
    Measure("queued", Kind.COUNT, Better.LESS, lambda found, _: found.desk.queued),
    Measure("waiting", Kind.SECONDS, Better.LESS, lambda found, _: found.desk.waiting.median),
    Measure("abandoned", Kind.SHARE, Better.LESS, lambda found, _: share(found.desk.abandoned, found.desk.queued)),
    Measure(
        "submitted", Kind.COUNT, Better.NEITHER, lambda found, _: found.applications.count(ApplicationState.SUBMITTED)
    ),
    Measure("issued", Kind.COUNT, Better.MORE, lambda found, _: found.applications.count(ApplicationState.ISSUED)),
    Measure("overdue", Kind.COUNT, Better.LESS, lambda found, _: found.applications.overdue),
    Measure(
        "satisfied", Kind.SHARE, Better.MORE, lambda found, rules: satisfied(found.satisfaction.levels, rules.low_level)
    ),
)


def headline(found: PeriodFigures, before: Sequence[PeriodFigures], rules: FigureRules) -> tuple[Headline, ...]:
    """Return the headline figures."""
    return tuple(
        Headline(
            measure.key,
            measure.kind,
            measure.better,
            measure.read(found, rules),
            tuple(measure.read(one, rules) for one in before),
        )
        for measure in MEASURES
    )

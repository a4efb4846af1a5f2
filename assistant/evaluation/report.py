"""What an evaluation says: figures, tables, charts and failures, section by section, free of how it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from assistant.evaluation.estimates import Cell, Estimate


@dataclass(frozen=True)
class Figure:
    """One headline figure, compared with the last run."""

    name: str
    estimate: Estimate


@dataclass(frozen=True)
class Table:
    """A breakdown."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    tells_failures: bool = False
    """whether it says which single things fail, which of the locked part stays hidden"""


@dataclass(frozen=True)
class Series:
    """One line of a chart; a series of one point is drawn as a mark."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]


@dataclass(frozen=True)
class LineChart:
    """Lines over a common axis."""

    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    diagonal: bool = False
    """whether the line of equal values is drawn, for comparison"""


@dataclass(frozen=True)
class HeatMap:
    """A square of shares (0 to 1): what it is (rows), what it was taken for (columns)."""

    title: str
    labels: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]


Chart = LineChart | HeatMap


@dataclass(frozen=True)
class Failure:
    """Something that went wrong: the words, why it counts, what should have come and what came."""

    key: str
    """how data/eval/known_failures.yml names it"""
    text: str
    reasons: tuple[str, ...]
    expected: str
    got: str
    known: bool = False


@dataclass(frozen=True)
class Failures:
    """The failures of a section, known ones marked."""

    listed: tuple[Failure, ...]
    counts: Mapping[str, int]
    """how often each reason"""
    recovered: tuple[str, ...] = ()
    """keys of known failures that pass now"""
    hidden: bool = False
    """whether only the counts are told"""

    @classmethod
    def among(
        cls, failures: Iterable[Failure], asked: Iterable[str] = (), known: frozenset[str] = frozenset()
    ) -> Failures:
        """Gather failures, mark the known ones, and name the known ones among the asked that did not fail."""
        found = tuple(replace(failure, known=failure.key in known) for failure in failures)
        failing = {failure.key for failure in found}
        return cls(
            listed=found,
            counts=dict(Counter(reason for failure in found for reason in failure.reasons).most_common()),
            recovered=tuple(key for key in dict.fromkeys(asked) if key in known and key not in failing),
        )

    @property
    def new(self) -> tuple[Failure, ...]:
        """Return the failures that nobody knew of."""
        return tuple(failure for failure in self.listed if not failure.known)

    @property
    def known(self) -> tuple[Failure, ...]:
        """Return the failures that were known."""
        return tuple(failure for failure in self.listed if failure.known)


NO_FAILURES = Failures((), {})


@dataclass(frozen=True)
class Section:
    """One subject of measurement on one part of the set."""

    name: str
    part: str
    title: str
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    failures: Failures = NO_FAILURES
    notes: tuple[str, ...] = ()

    def sealed(self) -> Section:
        """Return the section without what tells single failures: their counts stay."""
        return replace(
            self,
            tables=tuple(table for table in self.tables if not table.tells_failures),
            failures=replace(self.failures, listed=(), recovered=(), hidden=True),
        )

    def key(self, figure: Figure) -> str:
        """Return the name under which a figure is found again in the next run."""
        return f"{self.part}/{self.name}/{figure.name}"


@dataclass(frozen=True)
class Report:
    """One run: what it was made with, its sections, and the figures of the run before."""

    made_at: str
    facts: Mapping[str, str]
    sections: tuple[Section, ...]
    last: Mapping[str, float] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the parts in their order."""
        return tuple(dict.fromkeys(section.part for section in self.sections))

    @property
    def leaked(self) -> int:
        """Return how many evaluation sentences something was trained on."""
        return sum(sum(section.failures.counts.values()) for section in self.sections if section.name == "leaks")

    def of_part(self, part: str) -> tuple[Section, ...]:
        """Return the sections of a part."""
        return tuple(section for section in self.sections if section.part == part)

    def last_value(self, section: Section, figure: Figure) -> float | None:
        """Return the value of the same figure in the run before, if it was measured."""
        return self.last.get(section.key(figure))

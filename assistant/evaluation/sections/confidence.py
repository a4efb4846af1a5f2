"""Confidence: does it tell right from wrong, and the desk's questions from others, better than the usual gate?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.estimates import Cell, Estimate, Unit, resampled, share, weighted_share
from assistant.evaluation.measures import (
    Floats,
    area_under_risk_coverage,
    auroc,
    calibration_error,
    false_positive_rate,
    mixture_weights,
    reliability,
    risk_coverage,
)
from assistant.evaluation.outcomes import Searched
from assistant.evaluation.report import Figure, LineChart, Section, Series, Table
from assistant.evaluation.trial import Trial
from knowledge_base.thresholds import Decision

NAME = "confidence"
OURS, USUAL = "Wenban", "maximum softmax probability"
_CONFIDENCE, _RIGHT, _IN_SCOPE = range(3)


@dataclass(frozen=True)
class Judged:
    """What one gate said, a row a sentence: confidence, whether the first item is right (0 or 1), score in scope."""

    inside: Floats
    outside: Floats


def measure(trial: Trial) -> Section:
    """Search questions and out-of-scope sentences, and judge them by the usual gate too."""
    inside, outside = trial.searches, trial.stranger_searches
    verdicts = trial.subject.gate.judge([found.text for found in (*inside, *outside)])
    rows = np.array(
        [
            (probability, item == found.expected, probability)
            for found, (item, probability) in zip((*inside, *outside), verdicts, strict=True)
        ]
    )
    return section(trial.part.name, inside, outside, Judged(rows[: len(inside)], rows[len(inside) :]))


def section(part: str, inside: Sequence[Searched], outside: Sequence[Searched], usual: Judged) -> Section:
    """Return curves, areas, calibration and separation of both gates, and what the thresholds in force do."""
    ours = Judged(_rows(inside), _rows(outside))
    inner, outer = (ours.inside, usual.inside), (ours.outside, usual.outside)
    gates = {OURS: ours, USUAL: usual}
    measured = {name: _separation(gate) for name, gate in gates.items()}
    return Section(
        name=NAME,
        part=part,
        title="Confidence, search alone",
        figures=(
            *(Figure(name, value) for name, value in measured[OURS].items()),
            Figure("AURC of the usual gate less ours, in scope", _compared(_alone, inner)),
            Figure("AURC of the usual gate less ours, one in five out of scope", _compared(_mixed, inner, outer)),
            *_at_thresholds(inside, outside),
        ),
        tables=(
            Table(
                "Beside the field's usual gate",
                ("", *gates),
                tuple((name, *(measured[gate][name] for gate in gates)) for name in measured[OURS]),
            ),
            _by_kind(outside),
        ),
        charts=(
            _curves("Risk and coverage, in scope alone", gates, _in_scope, inside, ()),
            _curves("Risk and coverage, one in five out of scope", gates, _mixture, inside, outside),
            _reliability_diagram(gates),
        ),
        notes=(
            "The usual gate is what Rasa's FallbackClassifier does: a threshold on the top probability of a plain "
            "classifier over the items (logistic regression on tf-idf character n-grams and the sentence vector, "
            "fitted on all ways of asking). Out of scope is reweighted to one in five.",
        ),
    )


Rows = tuple[Floats, Floats, Floats | None]
"""confidence, right and weights, as the measures take them"""


def _rows(searched: Sequence[Searched]) -> Floats:
    return np.array([(found.confidence, found.rank == 1, found.in_scope) for found in searched], dtype=float)


def _in_scope(inside: Floats, *_: Floats) -> Rows:
    return inside[:, _CONFIDENCE], inside[:, _RIGHT], None


def _mixture(inside: Floats, outside: Floats) -> Rows:
    both = np.concatenate([inside, outside])
    return both[:, _CONFIDENCE], both[:, _RIGHT], mixture_weights(len(inside), len(outside))


def _alone(inside: Floats) -> float:
    return area_under_risk_coverage(*_in_scope(inside))


def _mixed(inside: Floats, outside: Floats) -> float:
    return area_under_risk_coverage(*_mixture(inside, outside))


def _separation(gate: Judged) -> dict[str, Estimate]:
    """Return what a gate's scores are worth, whatever the threshold."""

    def of_scope(measure: Callable[..., float]) -> Callable[[Floats, Floats], float]:
        return lambda inside, outside: measure(inside[:, _IN_SCOPE], outside[:, _IN_SCOPE])

    def estimated(statistic: Callable[..., float], unit: Unit = Unit.SCORE) -> Estimate:
        return resampled(statistic, gate.inside, gate.outside, unit=unit)

    return {
        "AURC, in scope": resampled(_alone, gate.inside),
        "AURC, one in five out of scope": estimated(_mixed),
        "ECE, one in five out of scope": estimated(lambda *rows: calibration_error(*_mixture(*rows))),
        "AUROC of in scope": estimated(of_scope(auroc)),
        "out of scope let through at 95 % recall of in scope": estimated(of_scope(false_positive_rate), Unit.SHARE),
    }


def _compared(area: Callable[..., float], *pairs: tuple[Floats, Floats]) -> Estimate:
    """Estimate how much larger the usual gate's area is; each pair holds our rows and its for the same sentences."""

    def difference(*both: Floats) -> float:
        ours, usual = zip(*(np.hsplit(rows, 2) for rows in both), strict=True)
        return area(*usual) - area(*ours)

    return resampled(difference, *map(np.hstack, pairs))


def _at_thresholds(inside: Sequence[Searched], outside: Sequence[Searched]) -> Iterator[Figure]:
    """Tell coverage and risk as the thresholds in force decide."""
    for mixture, strangers in (("in scope", ()), ("one in five out of scope", outside)):
        coverage, risk = _operating_point(inside, strangers)
        yield Figure(f"coverage at the threshold, {mixture}", coverage)
        yield Figure(f"risk at the threshold, {mixture}", risk)
    yield Figure("out of scope answered at the threshold", share(found.is_answered for found in outside))


def _operating_point(inside: Sequence[Searched], outside: Sequence[Searched]) -> tuple[Estimate, Estimate]:
    """Return coverage and risk; what is out of scope, where there is any, weighs one in five."""
    searched = (*inside, *outside)
    weights = mixture_weights(len(inside), len(outside)) if outside else np.ones(len(inside))
    answered = np.array([found.is_answered for found in searched])
    wrong = np.array([found.rank != 1 for found in searched])
    return weighted_share(answered, weights), weighted_share(wrong[answered], weights[answered])


def _by_kind(outside: Sequence[Searched]) -> Table:
    def row(kind: str) -> tuple[Cell, ...]:
        decided = [found.decision for found in outside if found.kind == kind]
        return kind, len(decided), *(share(one is decision for one in decided) for decision in Decision)

    rows = tuple(row(kind) for kind in sorted({found.kind for found in outside}))
    return Table("Out of scope at the thresholds", ("kind", "n", "answered", "offered choices", "not sure"), rows)


def _curves(
    title: str,
    gates: dict[str, Judged],
    choose: Callable[[Floats, Floats], Rows],
    inside: Sequence[Searched],
    outside: Sequence[Searched],
) -> LineChart:
    """Return the risk-coverage curves of both gates, and where our thresholds stand."""
    series = []
    for name, gate in gates.items():
        coverage, risk = risk_coverage(*choose(gate.inside, gate.outside))
        series.append(Series(name, tuple(coverage.round(4).tolist()), tuple(risk.round(4).tolist())))
    coverage_now, risk_now = _operating_point(inside, outside)
    series.append(Series("threshold in force", (round(coverage_now.value, 4),), (round(risk_now.value, 4),)))
    return LineChart(title, "coverage", "risk (wrong of the answered)", tuple(series))


def _reliability_diagram(gates: dict[str, Judged]) -> LineChart:
    series = []
    for name, gate in gates.items():
        claimed, true, _ = reliability(*_mixture(gate.inside, gate.outside))
        series.append(Series(name, tuple(claimed.round(4).tolist()), tuple(true.round(4).tolist())))
    return LineChart(
        "Reliability, one in five out of scope",
        "confidence",
        "share right",
        tuple(series),
        diagonal=True,
    )

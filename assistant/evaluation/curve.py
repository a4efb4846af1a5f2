"""`wenban curve`: how good is the ranking with few ways of asking an item, and with many?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from assistant.evaluation.entries import OPEN, Question, load_part
from assistant.evaluation.estimates import Estimate, plain, share, shown
from assistant.evaluation.outcomes import rank_of
from assistant.evaluation.plots import chinese_font, draw
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import LineChart, Series
from assistant.nlu import resources
from assistant.progress import progress
from assistant.settings import Settings
from knowledge_base.asks import Asks, load_ambiguous, load_asks, load_out_of_scope
from knowledge_base.index import build_index
from knowledge_base.indexing import indexed_items
from knowledge_base.items import load_catalogue
from knowledge_base.search import Searcher

SIZES = (None, 40, 20, 10, 5, 0)
"""ways of asking an item, None for all; the most first, so that each index takes its vectors from the one before"""
_SEED = 2026
_DEPTH = 3


@dataclass(frozen=True)
class Point:
    """The ranking with at most so many ways of asking an item."""

    most: int | None
    """None for all there are"""
    mean: float
    """ways of asking an item, on average"""
    hit_at_1: Estimate
    hit_at_3: Estimate


def measure_curve(settings: Settings, out: Path) -> list[Point]:
    """Ask the open questions of ever smaller indexes, print the curve and write it into a folder.

    Raises:
        NoEvaluationSet, EntryInvalid: the open part cannot be asked.
        FontMissing: the chart has no Chinese font.
    """
    chinese_font()
    points = points_of(settings, load_part(settings.data / "eval", OPEN).questions)
    _print(points)
    out.mkdir(parents=True, exist_ok=True)
    record = plain([asdict(point) for point in points])
    (out / "curve.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    (out / "curve.svg").write_text(draw(_chart(points)), encoding="utf-8")
    return points


def points_of(settings: Settings, questions: Sequence[Question], sizes: Sequence[int | None] = SIZES) -> list[Point]:
    """Return the ranking of the questions by indexes of so many ways of asking, with the shipped encoder."""
    asks = load_asks(settings.data / "asks")
    with TemporaryDirectory(prefix="wenban-curve-") as folder:
        return [_point(settings, Path(folder), sampled(asks, most), most, questions) for most in sizes]


def sampled(asks: Mapping[str, Mapping[str, Sequence[str]]], most: int | None) -> Asks:
    """Return at most so many ways of asking each item, chosen by chance; a smaller choice is part of a larger one."""
    chosen: Asks = {}
    for item, facets in asks.items():
        pairs = [(facet, text) for facet, texts in facets.items() for text in texts]
        Random(f"{_SEED}:{item}").shuffle(pairs)
        own: dict[str, list[str]] = defaultdict(list)
        for facet, text in pairs[:most]:
            own[facet].append(text)
        chosen[item] = dict(own)
    return chosen


def _point(settings: Settings, folder: Path, asks: Asks, most: int | None, questions: Sequence[Question]) -> Point:
    items = load_catalogue(settings.data).items
    encoder = resources.encoder_at(settings.encoder)
    named = "all" if most is None else str(most)
    with progress(f"Index of {named} ways of asking an item") as report:
        build_index(
            indexed_items(items.values()),
            asks,
            load_out_of_scope(settings.data / "asks" / "out_of_scope.yml"),
            encoder,
            folder,
            report,
            glossary=resources.glossary_at(settings.data),
            ambiguous=[one.text for one in load_ambiguous(settings.data / "asks" / "ambiguous.yml")],
        )
    searcher = Searcher.open(folder, encoder)
    ranks = []
    for question in tracked(f"Questions, {named} ways of asking", questions):
        found = searcher.search(question.text, limit=_DEPTH).candidates
        ranks.append(rank_of(question.item, tuple(candidate.item_id for candidate in found)))
    indexed = sum(len(texts) for facets in asks.values() for texts in facets.values())
    return Point(most, indexed / len(items), share(rank == 1 for rank in ranks), share(rank > 0 for rank in ranks))


def _chart(points: Sequence[Point]) -> LineChart:
    xs = tuple(point.mean for point in points)
    return LineChart(
        "Ranking by ways of asking, shipped encoder",
        "ways of asking an item (mean)",
        "share of the open questions",
        (
            Series("right item first", xs, tuple(point.hit_at_1.value for point in points)),
            Series("among the first three", xs, tuple(point.hit_at_3.value for point in points)),
        ),
    )


def _print(points: Sequence[Point]) -> None:
    table = Table("at most", "mean", "hit@1", "hit@3", title="Ranking by ways of asking an item", title_justify="left")
    for point in points:
        most = "all" if point.most is None else str(point.most)
        table.add_row(most, f"{point.mean:.1f}", shown(point.hit_at_1), shown(point.hit_at_3))
    Console().print(table)

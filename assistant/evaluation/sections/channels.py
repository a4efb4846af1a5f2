"""Each channel of the search alone, beside all of them fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evaluation.estimates import Estimate, share
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import Figure, Section, Table
from assistant.evaluation.trial import Trial
from knowledge_base.channels import Scores
from knowledge_base.search import Searcher

NAME = "channels"
FUSED = "fused"


def measure(trial: Trial) -> Section:
    """Rank the items for every question by each row of scores alone."""
    ranks: dict[str, list[int]] = {}
    searcher = trial.subject.searcher
    for question in tracked(trial.title("channels"), trial.part.questions):
        for row, rank in channel_ranks(searcher, question.text, question.item).items():
            ranks.setdefault(row, []).append(rank)
    return section(trial.part.name, {**ranks, FUSED: [found.rank for found in trial.searches]})


def channel_ranks(searcher: Searcher, text: str, item: str) -> dict[str, int]:
    """Return the place of the right item in each row of scores, from 1."""
    rows, scores = searcher.channel_scores(text)
    place = searcher.item_ids.index(item)
    return dict(zip(rows, places_of(scores[:, :-1], place), strict=True))


def places_of(scores: Scores, column: int) -> list[int]:
    """Return how many columns score at least as high as this one, row by row: a tie counts against it."""
    return [int(count) for count in (scores >= scores[:, [column]]).sum(axis=1)]


def section(part: str, ranks: Mapping[str, Sequence[int]]) -> Section:
    """Return hit@1 and hit@3 of each channel and of the fused ranking."""
    return Section(
        name=NAME,
        part=part,
        title="Channels of the search",
        figures=(
            Figure("hit@1, search alone", _hit(ranks[FUSED], 1)),
            Figure("hit@3, search alone", _hit(ranks[FUSED], 3)),
        ),
        tables=(
            Table(
                "Each channel alone",
                ("channel", "hit@1", "hit@3"),
                tuple((row, _hit(places, 1), _hit(places, 3)) for row, places in ranks.items()),
            ),
        ),
    )


def _hit(ranks: Sequence[int], depth: int) -> Estimate:
    return share(0 < rank <= depth for rank in ranks)

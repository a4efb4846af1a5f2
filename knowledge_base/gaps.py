"""Knowledge gaps: questions that were not answered, gathered by what they are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from knowledge_base.channels import Vector
from knowledge_base.search import Searcher
from knowledge_base.text import bare, normalise

APART = 0.35
"""mean cosine distance from which two groups of sentences are about different things: on the 868 open questions of
data/eval 84 % of the pairs that it joins are about one item, and it joins 86 % of those that are"""
SAME = 0.65
"""cosine from which a decision about a cluster holds for one found later"""
NEAR = 0.3
"""probability that an item is meant from which the cluster is taken as further ways of asking for it: of 250 open
questions of data/eval, nine of the ten that were not answered at once reach it; of 250 out of scope fewer than 5 in 100
do"""
LEAST = 2
"""conversations in which a thing must have been asked before its sentences are shown"""
LEAST_NEAR = 0.01
"""probability from which an item is named at all"""
LONGEST_SHOWN = 40
"""characters; a longer one tells a story, and stories tell who somebody is"""
EXAMPLES = 5
MOST_SENTENCES = 4000
"""distinct sentences clustered at once, the newest; memory grows with the square"""


@dataclass(frozen=True)
class OpenQuestion:
    """Something a citizen asked, personal data masked, that was not answered."""

    text: str
    conversation_id: str
    at: datetime
    why: str
    """how the turn ended"""


@dataclass(frozen=True)
class NearItem:
    item_id: str
    score: float
    """the mean probability over the cluster that the question is for the desk and about this item"""


@dataclass(frozen=True)
class Gap:
    """Questions about one thing."""

    count: int
    conversations: int
    first: datetime
    last: datetime
    whys: Counter[str]
    examples: tuple[str, ...]
    """the sentences nearest to the middle, short ones only; the first is the title"""
    near: tuple[NearItem, ...]
    """the likeliest items, best first"""
    centre: tuple[float, ...]
    """the mean of the sentence vectors, unit length"""

    @property
    def item_id(self) -> str | None:
        """Return the item for which these are further ways of asking; None proposes a missing item, or none at all."""
        return self.near[0].item_id if self.near and self.near[0].score >= NEAR else None


@dataclass(frozen=True)
class Gaps:
    """What was found, the most asked first."""

    shown: tuple[Gap, ...]
    withheld: int
    """questions asked in too few conversations to be shown"""


def find_gaps(questions: Sequence[OpenQuestion], searcher: Searcher, least: int = LEAST) -> Gaps:
    """Gather questions by what they are about.

    Nothing is shown of what was asked in fewer than `least` conversations, nor of sentences longer than 40 characters:
    what only one person says may tell who it is although no rule found personal data in it.
    """
    by_text: dict[str, list[OpenQuestion]] = {}
    for question in sorted(questions, key=lambda one: one.at, reverse=True):
        if bare(normalise(question.text)):
            by_text.setdefault(bare(normalise(question.text)), []).append(question)
    groups = list(by_text.values())[:MOST_SENTENCES]
    if not groups:
        return Gaps((), 0)
    vectors = np.stack([searcher.vector(group[0].text) for group in groups])
    shown, withheld = [], 0
    for places in _clusters(vectors):
        own = [groups[place] for place in places]
        if len({question.conversation_id for group in own for question in group}) < least:
            withheld += sum(len(group) for group in own)
            continue
        gap = _gap(own, vectors[places], searcher)
        if gap.examples:
            shown.append(gap)
        else:
            withheld += gap.count
    return Gaps(tuple(sorted(shown, key=lambda gap: (-gap.count, gap.examples))), withheld)


def is_same(one: Sequence[float], other: Sequence[float]) -> bool:
    """Tell whether two centres are of one thing."""
    return float(np.dot(one, other)) >= SAME


def _clusters(vectors: Vector) -> Iterator[list[int]]:
    """Yield the positions of each cluster: average linkage, so that a chain of neighbours does not become one."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(vectors) == 1:
        yield [0]
        return
    labels = fcluster(linkage(vectors, "average", metric="cosine"), APART, "distance")
    for label in range(1, int(labels.max()) + 1):
        yield [int(place) for place in np.flatnonzero(labels == label)]


def _gap(groups: Sequence[Sequence[OpenQuestion]], vectors: Vector, searcher: Searcher) -> Gap:
    weights = np.array([len(group) for group in groups], dtype=np.float32)
    centre = (vectors * weights[:, None]).sum(axis=0)
    centre /= np.linalg.norm(centre) or 1.0
    order = np.argsort(-(vectors @ centre), kind="stable")
    asked = [question for group in groups for question in group]
    texts = [groups[place][0].text.strip() for place in order]
    return Gap(
        count=len(asked),
        conversations=len({question.conversation_id for question in asked}),
        first=min(question.at for question in asked),
        last=max(question.at for question in asked),
        whys=Counter(question.why for question in asked),
        examples=tuple(text for text in texts if len(text) <= LONGEST_SHOWN)[:EXAMPLES],
        near=_near([groups[place][0].text for place in order[:EXAMPLES]], vectors[order[:EXAMPLES]], searcher),
        centre=tuple(float(value) for value in centre),
    )


def _near(texts: Sequence[str], vectors: Vector, searcher: Searcher, most: int = 3) -> tuple[NearItem, ...]:
    """Return the likeliest items for the sentences in the middle of a cluster."""
    scores: dict[str, float] = defaultdict(float)
    for text, vector in zip(texts, vectors, strict=True):
        result = searcher.search(text, vector=vector)
        for found in result.candidates:
            scores[found.item_id] += result.in_scope * found.probability / len(texts)
    ranked = sorted(scores.items(), key=lambda found: -found[1])
    return tuple(NearItem(item_id, round(score, 3)) for item_id, score in ranked[:most] if score >= LEAST_NEAR)

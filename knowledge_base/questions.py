"""Find the common question (常见问题) of an item that a citizen has just asked."""

from __future__ import annotations

from functools import lru_cache

from knowledge_base.guides import Question
from knowledge_base.items import ServiceItem
from knowledge_base.text import bare, normalise

CLOSE_ENOUGH = 0.5
"""likeness from which two questions ask the same; tests/knowledge_base/test_answers.py holds it"""
_NAME_WEIGHT = 0.3
"""what a pair from the item's own names counts: it tells the item, not the question"""

Pairs = frozenset[str]


def closest_question(text: str, item: ServiceItem, threshold: float = CLOSE_ENOUGH) -> Question | None:
    """Return the item's common question that is most like the text, if any is close enough."""
    asked = _pairs(text)
    names = _name_pairs((item.name, *item.aliases))
    scored = [(likeness(asked, _known_pairs(one.question), names), one) for one in item.questions]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= threshold else None


def likeness(one: Pairs, other: Pairs, names: Pairs = frozenset()) -> float:
    """Return the weighted share of character pairs in common (Dice, 0 to 1); pairs of `names` count less."""

    def weight(pairs: Pairs) -> float:
        return len(pairs) - (1 - _NAME_WEIGHT) * len(pairs & names)

    total = weight(one) + weight(other)
    return 2 * weight(one & other) / total if total else 0.0


def _pairs(text: str) -> Pairs:
    plain = bare(normalise(text))
    return frozenset(plain[start : start + 2] for start in range(len(plain) - 1))


@lru_cache(maxsize=4096)
def _known_pairs(text: str) -> Pairs:
    return _pairs(text)


@lru_cache(maxsize=4096)
def _name_pairs(names: tuple[str, ...]) -> Pairs:
    return frozenset().union(*(_known_pairs(name) for name in names))

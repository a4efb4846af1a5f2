"""Find the common question (常见问题) of an item that a citizen has just asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.guides import Guide, Question
from knowledge_base.items import ServiceItem
from knowledge_base.text import bare, normalise

CLOSE_ENOUGH = 0.5
"""likeness from which two questions ask the same; tests/knowledge_base/test_answers.py holds it"""
_NAME_WEIGHT = 0.3
"""what a pair from the item's own names counts: it tells the item, not the question"""

_LEAST_SHARED = 2
"""pairs of characters that a question and a rule must have in common, beside the item's names"""
_SHARE_SPOKEN_OF = 0.2
"""share of the question's pairs that they must be"""

Pairs = frozenset[str]


def closest_question(text: str, item: ServiceItem, threshold: float = CLOSE_ENOUGH) -> Question | None:
    """Return the item's common question that is most like the text, if any is close enough."""
    asked = _pairs(text)
    names = _name_pairs((item.name, *item.aliases))
    scored = [(likeness(asked, _known_pairs(one.question), names), one) for one in item.questions]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= threshold else None


@dataclass(frozen=True)
class Rule:
    """Something a guide says that may answer a question, and its field."""

    text: str
    field: str
    note: str = ""


def closest_rules(text: str, item: ServiceItem, guide: Guide) -> tuple[Rule, ...]:
    """Return the condition or material of the guide that speaks most of what is asked, if any speaks of it enough."""
    names = _name_pairs((item.name, *item.aliases))
    asked = _pairs(text) - names
    scored = [(len(asked & (_known_pairs(rule.text + rule.note) - names)), rule) for rule in _rules(guide)]
    most, best = max(scored, key=lambda pair: pair[0], default=(0, None))
    enough = most >= _LEAST_SHARED and most >= _SHARE_SPOKEN_OF * len(asked)
    return (best,) if best is not None and enough else ()


def _rules(guide: Guide) -> Iterator[Rule]:
    for condition in guide.conditions:
        yield Rule(condition.text, "conditions")
    for material in guide.materials or ():
        yield Rule(material.name, "materials", material.note)


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

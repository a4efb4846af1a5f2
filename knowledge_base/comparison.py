"""What tells items apart: only the fields of their guides that differ, each said of each item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations

from knowledge_base.answers import Answer, Sentence, sentence_of
from knowledge_base.guides import Guide
from knowledge_base.items import ServiceItem
from knowledge_base.phrasing import AnswerTexts, Line, Phrasing

_MOST_CONDITIONS = 3
_MOST_MATERIALS = 4

Told = Callable[[Guide, Sequence[Guide]], "tuple[str, ...] | None"]
"""what one guide says of a field beside the others; nothing where it has nothing of its own, None where it is silent"""


def compare(items: Sequence[ServiceItem], texts: AnswerTexts) -> Answer:
    """Say what tells two or more items apart: what each is for, and the fields that are not the same.

    What the guides themselves say of the difference comes first; what is the same is left out.
    """
    names = texts("comma").join(texts("compare_name", name=item.name) for item in items)
    head = Line(texts("compare_head", names=names), "summary")
    sentences = [sentence_of(items[0], head)]
    for one, other in permutations(items, 2):
        for near in one.neighbours:
            if near.item == other.item_id:
                sentences.append(sentence_of(one, Phrasing(one, texts).difference(other, near.difference)))
    for field, key, told in _fields(texts):
        sentences += _told_apart(items, texts, field, key, told)
    sample = texts("sample_notice") if any(item.sample for item in items) else None
    return Answer(tuple(sentences), sample_notice=sample)


def _told_apart(items: Sequence[ServiceItem], texts: AnswerTexts, field: str, key: str, told: Told) -> list[Sentence]:
    """Return a heading and a line for each item, or nothing where all say the same."""
    said = [told(item.guide, [other.guide for other in items if other is not item]) for item in items]
    if len(set(said)) < 2:
        return []
    lines = [sentence_of(items[0], Line(texts("compare_field", field=texts(key)), field))]
    for item, values in zip(items, said, strict=True):
        own = Line(texts("compare_line", name=item.name, value=_value(values, texts)), field)
        lines.append(sentence_of(item, own))
    return lines


def _value(values: tuple[str, ...] | None, texts: AnswerTexts) -> str:
    if values is None:
        return texts("compare_unsaid")
    said = texts("compare_and").join(value.rstrip(texts("open_ended")) for value in values)
    return said or texts("compare_none")


def _fields(texts: AnswerTexts) -> tuple[tuple[str, str, Told], ...]:
    return (
        ("conditions", "compare_conditions", _conditions),
        ("time_limits", "compare_time", lambda guide, others: _time(guide, texts)),
        ("fee", "compare_fee", lambda guide, others: (guide.fee.standard,) if guide.fee else None),
        ("materials", "compare_materials", _materials),
        ("result", "compare_result", lambda guide, others: _result(guide)),
    )


def _conditions(guide: Guide, others: Sequence[Guide]) -> tuple[str, ...]:
    shared = {condition.text for other in others for condition in other.conditions}
    own = tuple(condition.text for condition in guide.conditions if condition.text not in shared)
    return own[:_MOST_CONDITIONS]


def _materials(guide: Guide, others: Sequence[Guide]) -> tuple[str, ...] | None:
    if guide.materials is None:
        return None
    shared = {material.name for other in others for material in other.materials or ()}
    own = tuple(material.name for material in guide.materials if material.name not in shared)
    return own[:_MOST_MATERIALS]


def _time(guide: Guide, texts: AnswerTexts) -> tuple[str, ...] | None:
    promised = guide.time_limits.promised if guide.time_limits else None
    if promised is None:
        return None
    return (texts("compare_days", promised=promised) if promised else texts("compare_at_once"),)


def _result(guide: Guide) -> tuple[str, ...] | None:
    return (guide.result.name, guide.result.validity) if guide.result else None

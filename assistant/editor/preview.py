"""How the assistant would answer from a draft: each facet, the question it would ask, and the cases."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.answers import compose
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.phrasing import AnswerTexts

FACETS = ("general", "apply", "materials", "steps", "time", "fee", "place", "conditions", "validity", "track")


@dataclass(frozen=True)
class PreviewedAnswer:
    facet: str
    text: str
    question: str
    """what it would ask back; empty for nothing"""
    options: tuple[str, ...]


def preview(item: ServiceItem, catalogue: Catalogue, texts: AnswerTexts) -> tuple[PreviewedAnswer, ...]:
    """Answer every facet for a citizen who has told nothing of themselves."""
    answers = []
    for facet in FACETS:
        answer = compose(item, facet, {}, catalogue, texts)
        question = answer.question
        answers.append(
            PreviewedAnswer(
                facet, answer.statement, question.text if question else "", question.options if question else ()
            )
        )
    return tuple(answers)

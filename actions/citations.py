"""Where the sentences of an answer come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from actions.reply import Citation
from knowledge_base.answers import Sentence
from knowledge_base.items import ServiceItem
from knowledge_base.phrasing import AnswerTexts


def citations_of(
    sentences: Iterable[Sentence], items: Mapping[str, ServiceItem], labels: AnswerTexts
) -> tuple[Citation, ...]:
    """Return one citation for each field of each item that the sentences say."""
    seen: dict[tuple[str, str], Citation] = {}
    for sentence in sentences:
        item = items[sentence.item_id]
        seen.setdefault(
            (item.item_id, sentence.field),
            Citation(
                item=item.item_id,
                item_name=item.name,
                field=sentence.field,
                field_label=labels(f"field_{sentence.field}"),
                source=sentence.source,
                checked=sentence.checked,
                sample=item.sample,
            ),
        )
    return tuple(seen.values())

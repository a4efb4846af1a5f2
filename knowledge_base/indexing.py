"""What of a service item goes into the search index."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge_base.corpus import IndexedItem
from knowledge_base.items import ServiceItem


def indexed_items(items: Iterable[ServiceItem]) -> list[IndexedItem]:
    """Return each item's names, the sentences of its guide that tell what it is for, and its neighbours."""
    return [
        IndexedItem(
            item.item_id,
            item.name,
            item.aliases,
            tuple(dict.fromkeys((item.summary, *(question.question for question in item.questions)))),
            tuple(near.item for near in item.neighbours),
        )
        for item in items
    ]

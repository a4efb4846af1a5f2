"""Synthetic items: as many as wanted, none twice."""

from __future__ import annotations

from benchmarks.conversations import load_conversations, load_long_cycle
from benchmarks.synthetic import synthetic_items
from knowledge_base.corpus import IndexedItem

REAL = [IndexedItem(f"item-{number}", f"事项{number}", ("别名",)) for number in range(30)]
ASKS = {item.item_id: {"time": ["多久"], "fee": ["多少钱", "收费吗"]} for item in REAL}


def test_four_thousand_items_have_names_and_asks_of_their_own():
    items, asks = synthetic_items(REAL, ASKS, 4000, 2)

    assert len({item.item_id for item in items}) == len({item.name for item in items}) == 4000
    assert all(sum(map(len, asks[item.item_id].values())) == 2 for item in items)


def test_the_conversations_mix_every_kind_of_turn():
    kinds = {said.kind for conversation in load_conversations() for said in conversation.turns}

    assert {"question", "follow_up", "chat", "out_of_scope", "flow"} <= kinds
    assert len(load_long_cycle()) == 10

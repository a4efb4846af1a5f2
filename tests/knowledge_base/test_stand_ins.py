"""Stand-ins are made of names, for items that nobody has asked about."""

from __future__ import annotations

from knowledge_base.corpus import IndexedItem, Kind, make_corpus
from knowledge_base.stand_ins import LEAST, MOST, stand_ins
from knowledge_base.text import bare


def test_given_an_item_with_asks_and_one_without_when_made_then_only_the_latter_gets_one():
    items = [IndexedItem("a", "养犬登记"), IndexedItem("b", "建设工程规划许可证核发", ("工程证办理",))]
    corpus = make_corpus(items, {"a": {"general": ["我家狗要上证"]}}, {})

    made = stand_ins(corpus)

    assert len(made) == LEAST and len({one.text for one in made}) > LEAST / 2
    assert all(one.owner == 1 and one.kind is Kind.ASK and bare(one.text) for one in made)
    assert all(set(one.text) & set("建设工程规划许可证核发办理") for one in made)


def test_given_the_same_names_when_made_twice_then_they_are_the_same():
    corpus = make_corpus([IndexedItem(str(number), f"第{number}号养犬登记") for number in range(40)], {}, {})

    assert stand_ins(corpus) == stand_ins(corpus)


def test_given_very_many_items_when_made_then_they_are_an_even_choice():
    corpus = make_corpus([IndexedItem(str(number), f"{number}登记") for number in range(2 * MOST + 10)], {}, {})

    owners = [made.owner for made in stand_ins(corpus)]

    assert len(owners) <= MOST and owners[-1] - owners[0] > 1.9 * MOST

"""A made-up province: many items, none twice, the same each time, near the real ones and far from them."""

from __future__ import annotations

from random import Random

from benchmarks.province import ELSEWHERE_SHARE, Province
from knowledge_base.corpus import IndexedItem

REAL = [IndexedItem(f"item-{number}", f"真事项{number}", (f"别名{number}",)) for number in range(30)]


def test_given_a_size_then_there_are_so_many_items_and_no_name_twice():
    made = Province(REAL).items(5000)

    names = {one.item.name for one in made}
    assert len(made) == len(names) == len({one.item.item_id for one in made}) == 5000
    assert not names & {item.name for item in REAL}


def test_given_the_same_seed_then_the_same_items_and_given_another_then_others():
    first = Province(REAL, seed=1).items(500)

    assert [one.item for one in Province(REAL, seed=1).items(500)] == [one.item for one in first]
    assert [one.item for one in Province(REAL, seed=2).items(500)] != [one.item for one in first]


def test_given_the_real_items_then_a_share_are_those_in_other_places():
    made = Province(REAL).items(1000)

    elsewhere = [one for one in made if any(one.item.name.endswith(item.name) for item in REAL)]
    assert len(elsewhere) == 1000 * ELSEWHERE_SHARE


def test_given_an_item_then_it_is_asked_for_in_other_words_than_its_name():
    random = Random(0)

    for one in Province(REAL).items(200):
        question = one.question(random)
        assert one.words["place"] in question
        assert one.item.name not in question

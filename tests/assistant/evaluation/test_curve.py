"""The ranking by the number of ways of asking."""

from __future__ import annotations

from assistant.evaluation.curve import points_of, sampled
from assistant.evaluation.entries import Question

ASKS = {"a": {"fee": ["1", "2", "3"], "time": ["4", "5"]}, "b": {"general": ["6"]}}


def test_given_ways_of_asking_when_sampled_then_each_item_keeps_at_most_so_many():
    chosen = sampled(ASKS, 2)

    assert {item: sum(map(len, facets.values())) for item, facets in chosen.items()} == {"a": 2, "b": 1}
    assert all(
        set(texts) <= set(ASKS[item][facet]) for item, facets in chosen.items() for facet, texts in facets.items()
    )


def test_given_a_smaller_sample_then_it_is_part_of_the_larger():
    smaller, larger = ({text for texts in sampled(ASKS, most)["a"].values() for text in texts} for most in (2, 4))

    assert smaller < larger


def test_given_no_limit_or_none_at_all_then_everything_or_nothing_is_chosen():
    assert sum(len(texts) for texts in sampled(ASKS, None)["a"].values()) == 5
    assert sampled(ASKS, 0) == {"a": {}, "b": {}}


def test_given_no_way_of_asking_when_measured_then_names_and_guides_alone_are_searched(prepared):
    questions = [Question("护照遗失补发", "passport-reissue", "general"), Question("护照", "no-such-item", "general")]

    (point,) = points_of(prepared, questions, sizes=(0,))

    assert (point.most, point.mean) == (0, 0.0)
    assert (point.hit_at_1.value, point.hit_at_3.value) == (0.5, 0.5)

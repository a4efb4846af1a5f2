"""The sentences of an index, and which of them the encoder never sees."""

from __future__ import annotations

from typing import Any

from knowledge_base.corpus import OUTSIDE, IndexedItem, Kind, Sentence, is_held_out, make_corpus, training_places


def test_given_items_and_asks_then_each_sentence_knows_its_item_and_kind() -> None:
    item = IndexedItem("passport", "护照换发", ("换护照",), ("护照到期要换",))

    corpus = make_corpus([item], {"passport": {"fee": ["换护照", "多少钱"]}}, {"chat": ["你好"]})

    found = [(sentence.text, sentence.owner, sentence.kind, sentence.label) for sentence in corpus.sentences]
    assert found == [
        ("换护照", 0, Kind.ASK, "fee"),
        ("多少钱", 0, Kind.ASK, "fee"),
        ("护照换发", 0, Kind.NAME, ""),
        ("护照到期要换", 0, Kind.TEXT, ""),
        ("你好", OUTSIDE, Kind.OUTSIDE, "chat"),
    ]


def test_given_asks_of_an_unknown_item_then_they_are_left_out() -> None:
    assert make_corpus([], {"gone": {"fee": ["多少钱"]}}, {}).sentences == ()


def test_given_a_corpus_then_the_held_out_share_is_small_and_disjoint(small: Any) -> None:
    corpus = small.corpus
    train, held = training_places(corpus)
    asks = [place for place in held if corpus.sentences[place].kind is Kind.ASK]
    assert not set(train) & set(held)
    assert len(train) + len(held) == len(corpus.sentences)
    assert 0.08 < len(asks) / len(corpus.of_kinds(Kind.ASK)) < 0.28


def test_given_the_same_words_then_they_are_always_on_the_same_side() -> None:
    one, other = Sentence("护照丢了?", 3, Kind.ASK), Sentence("护照丢了", 5, Kind.ASK)
    assert is_held_out(one) == is_held_out(other)


def test_given_a_name_or_a_guide_sentence_then_it_is_never_held_out() -> None:
    assert not any(is_held_out(Sentence(f"名称{number}", 0, Kind.NAME)) for number in range(200))

"""Every channel keeps the contract, and does what it is there for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge_base.channels import Channel, Query, Scores, dense
from knowledge_base.channels.bank import ChannelBank
from knowledge_base.channels.dense import DenseChannel
from knowledge_base.channels.lexical import LexicalChannel
from knowledge_base.channels.linear import LinearChannel
from knowledge_base.channels.phonetic import PhoneticChannel
from knowledge_base.corpus import IndexedItem, make_corpus
from knowledge_base.encoder import Encoder

ITEMS = [
    IndexedItem("passport", "护照换发", ("换护照",)),
    IndexedItem("permit", "居住证签注", ("居住证续签",)),
    IndexedItem("dog", "养犬登记", ("狗证",)),
]
ASKS = {
    "passport": {"general": ["护照过期了", "护照快到期了想换", "换本新护照"]},
    "permit": {"general": ["居住证要续了", "居住证一年到了", "续签居住证"]},
    "dog": {"general": ["给狗办证", "养狗要登记吗", "狗狗上牌"]},
}
OUTSIDE = {"chat": ["今天天气好吗", "讲个笑话", "天气预报", "你喜欢听歌吗"]}


@pytest.fixture(scope="module")
def bank(encoder: Encoder) -> ChannelBank:
    corpus = make_corpus(ITEMS, ASKS, OUTSIDE)
    return ChannelBank.fit(corpus, encoder.encode([sentence.text for sentence in corpus.sentences]))


@pytest.fixture(scope="module")
def query(encoder: Encoder) -> Callable[[str], Query]:
    return lambda text: Query(text, encoder.encode([text])[0])


def of_kind(bank: ChannelBank, kind: type[Any]) -> Channel:
    return next(channel for channel in bank.channels if isinstance(channel, kind))


def scored(channel: Channel, query: Query) -> Scores:
    """Return the rows of a channel for all items."""
    return channel.read(query).at(np.arange(len(ITEMS)))


def test_given_any_channel_then_its_scores_have_a_row_each_and_a_column_for_outside(
    bank: ChannelBank, query: Callable[[str], Query]
) -> None:
    for channel in bank.channels:
        scores = scored(channel, query("护照到期"))
        assert scores.shape == (len(channel.rows), len(ITEMS) + 1)
        assert scores.dtype == np.float32
        assert set(channel.tells_outside) <= set(channel.rows)
        silent = [place for place, row in enumerate(channel.rows) if row not in channel.tells_outside]
        assert (scores[silent, -1] == 0).all()


def test_given_a_saved_bank_then_it_scores_as_before(
    bank: ChannelBank, query: Callable[[str], Query], tmp_path: Path
) -> None:
    bank.save(tmp_path)
    loaded = ChannelBank.load(tmp_path)
    assert loaded.rows == bank.rows
    assert np.allclose(loaded.scores(query("给狗上牌")), bank.scores(query("给狗上牌")), atol=1e-5)


@pytest.mark.parametrize("kind", [LexicalChannel, PhoneticChannel, DenseChannel, LinearChannel])
def test_given_plain_words_then_every_channel_finds_the_item(
    bank: ChannelBank, query: Callable[[str], Query], kind: type[Any]
) -> None:
    scores = scored(of_kind(bank, kind), query("狗证怎么办"))
    assert (scores[:, :-1].argmax(axis=1) == 2).all()


def test_given_only_wrong_characters_then_the_phonetic_channel_finds_what_the_lexical_cannot(
    bank: ChannelBank, query: Callable[[str], Query]
) -> None:
    spoiled = query("巨猪正")
    assert scored(of_kind(bank, LexicalChannel), spoiled).max() == 0
    assert scored(of_kind(bank, PhoneticChannel), spoiled)[0, :-1].argmax() == 1


def test_given_a_question_from_outside_then_the_channels_that_can_tell_say_so(
    bank: ChannelBank, query: Callable[[str], Query]
) -> None:
    scores = bank.scores(query("今天天气怎么样"))
    for row in bank.outside_rows:
        assert scores[row, -1] > scores[row, :-1].max()


def test_given_any_channel_then_it_proposes_the_item_and_scores_some_items_as_it_scores_all(
    bank: ChannelBank, query: Callable[[str], Query]
) -> None:
    for channel in bank.channels:
        reading = channel.read(query("狗证怎么办"))
        assert 2 in reading.best(1)
        assert np.allclose(reading.at(np.array([2, 0])), reading.at(np.arange(3))[:, [2, 0, 3]], atol=1e-5)


def test_given_items_without_asks_then_the_linear_channel_scores_them_alike_and_proposes_none_of_them() -> None:
    items = [*ITEMS, IndexedItem("boat", "船舶营运证核发"), IndexedItem("tree", "林木采伐许可证核发")]
    channel = LinearChannel.fit(make_corpus(items, ASKS, OUTSIDE), "characters")
    reading = channel.read(Query("船舶营运证怎么办", np.zeros(1, dtype=np.float32)))
    values = reading.at(np.arange(len(items)))[0]
    assert values[3] == values[4]
    assert set(reading.best(5)) == {0, 1, 2}


def test_given_many_sentences_then_the_cells_still_find_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "_EXACT_UP_TO", 100)
    monkeypatch.setattr(dense, "_CELLS", 16)
    items = [IndexedItem(f"item-{number}", f"事项{number}") for number in range(2000)]
    vectors = np.random.default_rng(0).normal(size=(len(items), 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    channel = DenseChannel.fit(make_corpus(items, {}, {}), vectors)
    found = [channel.read(Query(items[place].name, vectors[place])).best(1)[0] for place in range(0, 2000, 20)]
    assert found == list(range(0, 2000, 20))


def test_given_no_asks_then_there_are_no_classifiers(encoder: Encoder) -> None:
    corpus = make_corpus(ITEMS, {}, {})
    bank = ChannelBank.fit(corpus, encoder.encode([sentence.text for sentence in corpus.sentences]))
    assert not any(isinstance(channel, LinearChannel) for channel in bank.channels)


def test_given_nothing_known_then_lexical_scores_are_zero(bank: ChannelBank, query: Callable[[str], Query]) -> None:
    reading = of_kind(bank, LexicalChannel).read(query("xyz"))
    assert reading.at(np.arange(len(ITEMS))).max() == 0
    assert len(reading.best(2)) == 0

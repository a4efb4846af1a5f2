"""What the guides tell of a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.catalogue_holder import CatalogueHolder
from assistant.nlu.topics import Topics

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def topics() -> Topics:
    return Topics.load(DATA, CatalogueHolder(DATA))


def test_given_words_of_its_guide_when_measured_then_an_item_is_nearer_than_a_stranger(topics):
    said = "没有遗嘱，兄弟几个都同意"

    assert topics.bears(said, "real-estate-inheritance") > 2 * topics.bears(said, "dog-licence")
    assert topics.bears("", "dog-licence") == 0.0


def test_given_a_piece_of_a_name_when_looked_for_then_only_what_the_other_is_not_called_names(topics):
    assert topics.names("那社保卡怎么办", "social-security-card-apply", beside="passport-first")
    assert not topics.names("那社保卡怎么办", "social-security-card-apply", beside="social-security-card-reissue")
    assert not topics.names("户口在安徽", "household-spouse-move-in", beside="senior-allowance")


def test_given_bare_words_when_looked_up_then_they_are_a_piece_of_the_name(topics):
    assert topics.is_called("驾照", "driver-licence-renewal", beside="id-card-renewal")
    assert not topics.is_called("驾照丢了没有", "driver-licence-renewal")


def test_given_items_that_are_easily_confused_when_asked_then_they_are_neighbours(topics):
    assert topics.are_neighbours("id-card-renewal", "id-card-reissue")
    assert not topics.are_neighbours("id-card-renewal", "dog-licence")

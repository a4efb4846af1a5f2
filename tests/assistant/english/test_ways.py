"""The ways of asking in English, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.english.ways import WaysInvalid, check_ways, load_ways
from knowledge_base.items import Catalogue, load_catalogue


@pytest.fixture(scope="module")
def catalogue(data: Path) -> Catalogue:
    return load_catalogue(data)


def written(folder: Path, text: str) -> Path:
    (folder / "items.yml").write_text(text, encoding="utf-8")
    return folder


def test_given_the_shipped_ways_when_they_are_checked_then_every_item_can_be_asked_for(data, catalogue):
    assert check_ways(data / "english", catalogue) == []
    assert set(load_ways(data / "english")) == set(catalogue.items)


@pytest.mark.parametrize("text", ["dog-licence: a dog\n", "dog-licence: []\n", "dog-licence: [1]\n", "[dog]\n"])
def test_given_ways_that_are_no_lists_of_words_when_they_are_loaded_then_it_is_said_where(tmp_path, text):
    with pytest.raises(WaysInvalid, match=r"items\.yml"):
        load_ways(written(tmp_path, text))


def test_given_ways_of_an_unknown_item_and_shared_ones_when_checked_then_both_are_errors(tmp_path, catalogue):
    found = check_ways(written(tmp_path, "no-item: [a]\ndog-licence: [Pet]\npassport-first: [pet]\n"), catalogue)

    errors = {(one.where, one.message) for one in found if one.level == "error"}
    assert errors == {
        ("no-item", "has ways of asking in English, but there is no such item."),
        ("dog-licence, passport-first", "share a way of asking in English: pet"),
    }


def test_given_items_without_name_or_ways_when_checked_then_they_are_listed(tmp_path, catalogue):
    dog, first = catalogue.items["dog-licence"], catalogue.items["passport-first"]
    some = replace(catalogue, items={"dog-licence": replace(dog, english_name=""), "passport-first": first})

    found = check_ways(tmp_path, some)

    assert [(one.where, one.level) for one in found] == [("dog-licence", "warning"), ("passport-first", "warning")]

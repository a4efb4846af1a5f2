"""What tells items apart by what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.differences import Differences

FILE = Path(__file__).parents[2] / "data" / "texts" / "differences.yml"


@pytest.fixture(scope="module")
def differences() -> Differences:
    return Differences.load(FILE)


@pytest.mark.parametrize(
    ("named", "values"),
    [
        (("id-card-reissue", "id-card-renewal"), ("丢了要补", "到期或坏了要换")),
        (("passport-first", "passport-reissue"), ("第一次办", "丢了要补")),
        (("id-card-renewal", "passport-renewal", "driver-licence-renewal"), ("身份证", "护照", "驾驶证")),
        (("housing-fund-rent-withdrawal", "housing-fund-retirement-withdrawal"), ("租房用", "退休了")),
        (("company-change", "company-deregistration"), ("变更信息", "注销不办了")),
    ],
)
def test_given_items_that_differ_in_one_thing_when_held_together_then_it_is_asked(
    catalogue, differences, named, values
):
    assert differences.between([catalogue.items[item] for item in named]).values == values


@pytest.mark.parametrize(
    "named",
    [
        ("id-card-reissue", "passport-renewal"),
        ("dog-licence", "senior-allowance"),
        ("id-card-reissue",),
        (),
    ],
)
def test_given_items_that_no_one_thing_tells_apart_when_held_together_then_nothing_is_asked(
    catalogue, differences, named
):
    assert differences.between([catalogue.items[item] for item in named]) is None


def test_given_two_things_that_were_lost_when_held_together_then_they_are_alike(catalogue, differences):
    items = catalogue.items

    assert differences.alike(items["id-card-reissue"], items["passport-reissue"])
    assert not differences.alike(items["id-card-reissue"], items["passport-first"])

"""The keys' own check of a number agrees with the server's, and a key that cannot stand there changes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from tests.assistant.server_process import Server

pytestmark = [pytest.mark.server, pytest.mark.browser]


@pytest.fixture
def numbers(server: Server, new_page: Callable[..., Page]) -> Callable[[str, Any], Any]:
    page = new_page()
    page.goto(f"{server.url}/kiosk")

    def call(function: str, argument: Any) -> Any:
        return page.evaluate(
            f"async (argument) => {{ const {{ NUMBERS, withKey }} = await import('/web/kiosk/numbers.js'); return ({function})(argument); }}",
            argument,
        )

    return call


def test_given_many_numbers_when_they_are_checked_then_as_the_standards_say(numbers):
    draw = random.Random(7)
    ids = ["".join(draw.choices("0123456789", k=17)) + draw.choice("0123456789X") for _ in range(600)]
    cards = ["".join(draw.choices("0123456789", k=draw.randint(16, 19))) for _ in range(600)]
    ids += [body + mod_11_2.calc_check_digit(body) for body in (one[:17] for one in ids[:100])]

    fits = numbers("(all) => all.map((one) => NUMBERS.cn_id_number.fits(one))", ids)
    cards_fit = numbers("(all) => all.map((one) => NUMBERS.bank_account.fits(one))", cards)

    assert fits == [mod_11_2.is_valid(one) for one in ids] and sum(fits) > 100
    assert cards_fit == [luhn.is_valid(one) for one in cards] and sum(cards_fit) > 30


@pytest.mark.parametrize(
    ("kind", "keys", "value"),
    [
        ("cn_id_number", "12X3456789012345678", "123456789012345678"),
        ("cn_id_number", "12345678901234567x9", "12345678901234567X"),
        ("cn_mobile", "139a0000 0001X22", "13900000001"),
        ("bank_account", "62220200000000000182", "6222020000000000018"),
    ],
)
def test_given_keys_when_they_are_pressed_then_only_what_may_stand_there_does(numbers, kind, keys, value):
    pressed = numbers(
        "([kind, keys]) => [...keys].reduce((value, key) => withKey(value, key, NUMBERS[kind]), '')", [kind, keys]
    )

    assert pressed == value

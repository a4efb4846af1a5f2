from __future__ import annotations

import pytest

from storage.receipts import is_receipt_number, next_receipt


def test_numbers_run_within_the_day(database, clock):
    with database.writing("test") as session:
        first, second = (next_receipt(session, "application", clock()) for _ in range(2))
        clock.pass_(days=1)
        third = next_receipt(session, "application", clock())
    assert first.startswith("20261123-000001")
    assert second.startswith("20261123-000002")
    assert third.startswith("20261124-000001")
    assert all(map(is_receipt_number, (first, second, third)))


def test_one_wrong_digit_is_noticed(database, clock):
    with database.writing("test") as session:
        number = next_receipt(session, "application", clock())
    for place, digit in enumerate(number):
        if digit.isdigit():
            wrong = number[:place] + str((int(digit) + 1) % 10) + number[place + 1 :]
            assert not is_receipt_number(wrong)


@pytest.mark.parametrize("text", ["", "20261123", "20261123-1", "2026-11-23", "R20261123-0000018"])
def test_other_texts_are_no_receipt_numbers(text):
    assert not is_receipt_number(text)

from __future__ import annotations

import pytest

from storage.receipts import is_receipt_number, next_receipt, receipt_in, receipt_number


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


@pytest.mark.parametrize(
    "typed", ["20261123-0000018", "202611230000018", "20261123－0000018", "２０２６１１２３—0000018"]
)
def test_given_a_number_when_it_is_typed_anyhow_then_it_is_read_in_its_own_form(typed):
    assert receipt_number(typed) == "20261123-0000018"
    assert receipt_in(f"我的编号是{typed}，办好了吗") == "20261123-0000018"


@pytest.mark.parametrize(
    "typed", ["", "20261123-0000019", "202613230000018", "310101930418002", "1202611230000018", "2026112300000181"]
)
def test_given_other_digits_when_read_then_they_are_no_receipt_number(typed):
    assert receipt_number(typed) is None
    assert receipt_in(typed) is None

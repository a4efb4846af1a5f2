"""Numbers by which a citizen asks for what no department has taken yet."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from storage.applications import Applications, ApplicationState
from storage.outbox import Outbox, OutboxState
from storage.provisional_numbers import LENGTH, ProvisionalNumbers, in_groups, is_provisional_number, new_number
from storage.receipts import is_receipt_number

ITEM, IN_HOUSE = "no-criminal-record-certificate", "birth-allowance"
LEASE = ASK_IN = timedelta(minutes=5)
NUMBERS = st.builds(new_number)


@pytest.fixture
def applications(database):
    return Applications(database, {ITEM: "police"})


@pytest.fixture
def numbers(database):
    return ProvisionalNumbers(database)


@pytest.fixture
def outbox(database):
    return Outbox(database)


@pytest.fixture
def submit(applications):
    def submit_(conversation="one", item=ITEM) -> str:
        return applications.submit(applications.create_draft(conversation, item).id).receipt_number

    return submit_


@pytest.fixture
def deliver(outbox):
    def deliver_(receipt: str) -> None:
        assert outbox.delivered(outbox.claim(receipt, LEASE), "GA-1", ASK_IN)

    return deliver_


class TestForm:
    @given(NUMBERS)
    def test_given_a_number_then_it_has_its_form_and_no_other(self, number):
        assert is_provisional_number(number) and len(number) == LENGTH
        assert number[0] not in "01"
        assert in_groups(number).replace("-", "") == number
        assert not is_receipt_number(number)

    @given(NUMBERS, st.integers(0, LENGTH - 1), st.integers(1, 9))
    def test_given_a_number_when_one_digit_is_wrong_then_it_is_noticed(self, number, place, by):
        wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
        assert not is_provisional_number(wrong)

    @given(NUMBERS, st.integers(0, LENGTH - 2))
    def test_given_a_number_when_two_neighbours_are_swapped_then_it_is_noticed(self, number, place):
        first, second = number[place : place + 2]
        swapped = number[:place] + second + first + number[place + 2 :]
        assert is_provisional_number(swapped) == (first == second)

    @given(st.text(max_size=12))
    def test_given_any_text_then_it_is_told_without_an_error(self, typed):
        assert not is_provisional_number(typed) or len(typed) == LENGTH

    def test_given_digits_of_another_script_then_they_are_none(self):
        assert not is_provisional_number("٤" * LENGTH)


class TestGiving:
    def test_given_what_nobody_has_taken_when_given_twice_then_the_number_is_the_same(self, numbers, submit):
        receipt = submit()
        first = numbers.give(receipt)
        assert is_provisional_number(first.number) and first.state is OutboxState.WAITING and first.is_open
        assert numbers.give(receipt) == first == numbers.of(receipt)
        assert numbers.give(submit("two")).number != first.number

    def test_given_a_number_when_it_is_looked_up_then_its_application_is_found(self, numbers, submit):
        receipt = submit()
        number = numbers.give(receipt).number
        assert numbers.receipt_by(numbers.index(number)) == receipt
        assert numbers.receipt_by(numbers.index(new_number())) is None

    def test_given_a_number_when_the_tables_are_read_then_it_is_not_there(self, numbers, submit, database):
        number = numbers.give(submit()).number
        with database.session() as session:
            rows = session.execute(text("SELECT * FROM provisional_numbers")).all()
        assert len(rows) == 1 and not any(number in str(value) for row in rows for value in row)

    def test_given_an_application_of_the_back_office_then_there_is_no_number(self, numbers, submit):
        assert numbers.give(submit(item=IN_HOUSE)) is None
        assert numbers.give("20261123-0000000") is None

    def test_given_what_was_delivered_or_withdrawn_then_none_is_given_any_more(
        self, numbers, submit, deliver, applications
    ):
        delivered, withdrawn = submit(), submit()
        deliver(delivered)
        applications.transition(withdrawn, ApplicationState.WITHDRAWN)
        assert numbers.give(delivered) is None and numbers.give(withdrawn) is None
        assert numbers.of(delivered) is None

    def test_given_a_number_when_the_department_takes_it_then_the_number_stays_and_waits_no_more(
        self, numbers, submit, deliver
    ):
        receipt = submit()
        given_ = numbers.give(receipt)
        deliver(receipt)
        kept = numbers.of(receipt)
        assert numbers.give(receipt) is None
        assert (kept.number, kept.is_open, kept.is_delivered) == (given_.number, False, True)

    def test_given_a_rejection_when_asked_then_it_says_so_and_the_number_still_waits(self, numbers, submit, outbox):
        receipt = submit()
        outbox.rejected(outbox.claim(receipt, LEASE), "status_422")
        kept = numbers.give(receipt)
        assert (kept.state, kept.is_open, kept.is_delivered) == (OutboxState.REJECTED, True, False)

    def test_given_several_at_once_when_a_number_is_given_then_all_get_the_same(self, open_database, submit):
        receipt, start, got = submit(), threading.Barrier(4), []

        def give(numbers):
            start.wait()
            got.append(numbers.give(receipt).number)

        threads = [threading.Thread(target=give, args=(ProvisionalNumbers(open_database()),)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(got) == 4 and len(set(got)) == 1


class TestNews:
    def test_given_a_number_when_the_department_takes_it_then_the_conversation_is_to_be_told_once(
        self, numbers, submit, deliver, applications
    ):
        receipt = submit()
        numbers.give(receipt)
        assert applications.pending_notices("one") == ()
        deliver(receipt)
        told = applications.pending_notices("one")
        assert [(one.receipt_number, one.state) for one in told] == [(receipt, ApplicationState.SUBMITTED)]
        applications.mark_told([one.id for one in told])
        assert applications.pending_notices("one") == ()

    def test_given_no_number_when_the_department_takes_it_then_there_is_nothing_to_tell(
        self, submit, deliver, applications
    ):
        deliver(submit())
        assert applications.pending_notices("one") == ()

    def test_given_a_lost_lease_when_delivered_then_nothing_is_told(self, numbers, submit, outbox, applications, clock):
        receipt = submit()
        numbers.give(receipt)
        late = outbox.claim(receipt, LEASE)
        clock.pass_(minutes=6)
        outbox.claim(receipt, LEASE)
        assert not outbox.delivered(late, "GA-1", ASK_IN)
        assert applications.pending_notices("one") == ()

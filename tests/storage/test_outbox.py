"""The outbox: written with the submission, claimed by one process at a time, kept until it has ended."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event

from storage.applications import Applications, ApplicationState
from storage.models import OutboxRow
from storage.outbox import Outbox, OutboxState
from storage.retention import Retention

ITEM, OTHER = "no-criminal-record-certificate", "birth-allowance"
LEASE, LATER = timedelta(minutes=1), timedelta(minutes=5)


@pytest.fixture
def applications(database):
    return Applications(database, {ITEM: "police"})


@pytest.fixture
def outbox(database):
    return Outbox(database)


@pytest.fixture
def submit(applications):
    def submit_(conversation="one", item=ITEM) -> str:
        return applications.submit(applications.create_draft(conversation, item).id).receipt_number

    return submit_


def claim(outbox, state=OutboxState.WAITING, connector="police"):
    return next(iter(outbox.claim_due(connector, state, LEASE)), None)


class TestWriting:
    def test_given_an_item_of_a_department_when_it_is_submitted_then_it_waits_to_be_handed_over(
        self, outbox, submit, clock
    ):
        receipt = submit()
        row = outbox.of(receipt)
        assert (row.connector, row.state, row.attempts) == ("police", OutboxState.WAITING, 0)
        assert row.due_at == row.queued_at == clock()
        assert row.reference is None and row.failing_since is None

    def test_given_an_item_of_the_back_office_when_it_is_submitted_then_nothing_waits(self, outbox, submit):
        assert outbox.of(submit(item=OTHER)) is None

    def test_given_a_second_yes_when_it_is_submitted_again_then_one_row_waits(self, applications, outbox):
        draft = applications.create_draft("one", ITEM)
        for _ in range(2):
            applications.submit(draft.id)
        assert outbox.counts() == {("police", OutboxState.WAITING): 1}

    def test_given_a_row_that_cannot_be_written_when_it_is_submitted_then_the_draft_stays_one(
        self, applications, database, outbox
    ):
        draft = applications.create_draft("one", ITEM)

        def refuse(*_):
            raise RuntimeError("no room")

        event.listen(OutboxRow, "before_insert", refuse)
        try:
            with pytest.raises(RuntimeError):
                applications.submit(draft.id)
        finally:
            event.remove(OutboxRow, "before_insert", refuse)
        assert applications.active_draft("one").state is ApplicationState.DRAFT
        assert outbox.counts() == {}


class TestClaiming:
    def test_given_a_claimed_row_when_another_asks_then_it_gets_it_only_after_the_lease(self, outbox, submit, clock):
        receipt = submit()
        first = claim(outbox)
        assert (first.receipt_number, first.attempts) == (receipt, 1)
        assert claim(outbox) is None and outbox.claim(receipt, LEASE) is None
        clock.pass_(seconds=61)
        second = claim(outbox)
        assert second.attempts == 2

        # then what the first one reports late is dropped
        assert not outbox.delivered(first, "LATE", LATER)
        assert not outbox.failed(first, "timeout", LATER)
        assert outbox.delivered(second, "GA-1", LATER)
        assert outbox.of(receipt).reference == "GA-1"

    def test_given_rows_of_several_connectors_and_states_when_claimed_then_only_those_asked_for_come(
        self, database, outbox, submit
    ):
        submit()
        assert claim(outbox, connector="tax") is None
        assert claim(outbox, OutboxState.DELIVERED) is None
        assert claim(outbox) is not None

    def test_given_many_due_when_a_batch_is_claimed_then_the_longest_due_come_first(self, outbox, submit, clock):
        receipts = []
        for number in range(3):
            receipts.append(submit(f"talk {number}"))
            clock.pass_(seconds=1)
        assert [one.receipt_number for one in outbox.claim_due("police", OutboxState.WAITING, LEASE, 2)] == receipts[:2]
        assert [one.receipt_number for one in outbox.claim_due("police", OutboxState.WAITING, LEASE, 2)] == receipts[2:]

    def test_given_several_processes_at_once_when_they_claim_then_each_row_is_had_by_one(self, open_database, submit):
        for number in range(12):
            submit(f"talk {number}")
        boxes, claimed = [Outbox(open_database()) for _ in range(4)], []
        start = threading.Barrier(len(boxes))

        def work(box):
            start.wait()
            while found := box.claim_due("police", OutboxState.WAITING, LEASE, 2):
                claimed.extend(found)

        threads = [threading.Thread(target=work, args=(box,)) for box in boxes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(claimed) == len({one.application_id for one in claimed}) == 12
        assert {one.attempts for one in claimed} == {1}


class TestReporting:
    def test_given_a_failure_when_reported_then_it_is_due_later_and_remembers_since_when(self, outbox, submit, clock):
        receipt, began = submit(), clock()
        assert outbox.failed(claim(outbox), "timeout", LATER)
        assert claim(outbox) is None
        clock.pass_(minutes=5)
        assert outbox.failed(claim(outbox), "status_503", LATER)
        row = outbox.of(receipt)
        assert (row.last_failure, row.failing_since, row.attempts) == ("status_503", began, 2)

    def test_given_a_success_when_reported_then_the_failures_are_over(self, outbox, submit, clock):
        receipt = submit()
        outbox.failed(claim(outbox), "timeout", timedelta(0))
        outbox.delivered(claim(outbox), "GA-1", LATER)
        row = outbox.of(receipt)
        assert (row.state, row.attempts, row.last_failure, row.failing_since) == (OutboxState.DELIVERED, 0, None, None)
        assert row.delivered_at == clock() and row.due_at == clock() + LATER
        clock.pass_(minutes=5)
        outbox.asked(claim(outbox, OutboxState.DELIVERED), LATER)
        assert claim(outbox, OutboxState.DELIVERED) is None
        clock.pass_(minutes=5)
        outbox.ended(claim(outbox, OutboxState.DELIVERED))
        clock.pass_(days=1)
        assert claim(outbox, OutboxState.DELIVERED) is None and outbox.claim(receipt, LEASE) is None
        assert outbox.of(receipt).reference == "GA-1"

    def test_given_a_row_given_back_when_claimed_again_then_no_attempt_was_counted(self, outbox, submit):
        submit()
        outbox.released(claim(outbox))
        assert claim(outbox).attempts == 1


class TestTrouble:
    def test_given_a_row_failing_for_a_day_then_staff_see_it_and_it_is_tried_on(self, outbox, submit, clock):
        receipt = submit()
        outbox.failed(claim(outbox), "timeout", LATER)
        clock.pass_(hours=23, minutes=59)
        assert outbox.troubled() == ()
        outbox.failed(claim(outbox), "unreachable", LATER)
        clock.pass_(minutes=5)
        (stuck,) = outbox.troubled()
        assert (stuck.receipt_number, stuck.last_failure, stuck.state) == (receipt, "unreachable", OutboxState.WAITING)
        assert claim(outbox) is not None

    def test_given_a_rejected_row_then_it_is_seen_at_once_and_waits_for_a_person(self, outbox, submit, clock):
        receipt = submit()
        outbox.rejected(claim(outbox), "status_422")
        assert [one.receipt_number for one in outbox.troubled()] == [receipt]
        clock.pass_(days=1)
        assert claim(outbox) is None
        assert outbox.retry(receipt)
        assert claim(outbox).receipt_number == receipt

    def test_given_a_row_that_does_well_or_none_when_put_in_again_then_nothing_happens(self, outbox, submit):
        receipt = submit()
        assert not outbox.retry(receipt) and not outbox.retry("20261123-0000000")
        outbox.delivered(claim(outbox), "GA-1", LATER)
        assert not outbox.retry(receipt)
        assert outbox.of(receipt).state is OutboxState.DELIVERED


@pytest.mark.parametrize("delete", ["conversation", "citizen"])
def test_given_a_deleted_citizen_then_the_row_goes_with_the_application(database, applications, outbox, delete):
    application = applications.submit(applications.create_draft("one", ITEM).id, "310101199304180027")
    claimed = claim(outbox)
    counts = (
        Retention(database).delete_conversation("one")
        if delete == "conversation"
        else Retention(database).delete_citizen("310101199304180027")
    )
    assert counts["outbox"] == 1 and outbox.counts() == {}
    assert outbox.of(application.receipt_number) is None
    assert not outbox.delivered(claimed, "GA-1", LATER)

"""Applications on their way to a department's system, a process of its own that fails, stalls, dies and comes back."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from actions.connectors.protocol import ConnectorError
from storage.applications import Applications, ApplicationState
from storage.outbox import OutboxState
from storage.retention import Retention
from tests.actions.connectors.department import ROOT
from tests.actions.connectors.dispatching import dispatcher_for
from tests.databases import on_both

LEASE_OVER = {"minutes": 30}


def states(applications, receipt_number):
    return [event.state.value for event in applications.events(receipt_number)]


def notices(applications):
    return [(notice.state.value, notice.note) for notice in applications.pending_notices("one")]


class TestHandingOver:
    def test_given_a_submitted_application_when_handed_over_then_the_department_has_it_once(
        self, apply, dispatcher, department, outbox, clock
    ):
        application = apply()
        assert dispatcher.advance() == 1
        assert dispatcher.advance() == 0
        assert department.applications == [application.receipt_number]
        row = outbox.of(application.receipt_number)
        assert (row.state, row.reference, row.delivered_at) == (OutboxState.DELIVERED, "GA-000001", clock())

    def test_given_a_backlog_when_a_round_is_done_then_it_takes_a_batch(self, apply, database, department, clock):
        for number in range(5):
            apply(f"talk {number}")
        small = dispatcher_for(database, department.url, clock, batch=2)
        assert [small.advance() for _ in range(4)] == [2, 2, 1, 0]
        assert len(set(department.applications)) == 5

    def test_given_one_withdrawn_before_anybody_was_told_when_it_is_its_turn_then_it_is_not_sent(
        self, apply, handed, dispatcher, department, outbox
    ):
        application = apply()
        handed.transition(application.receipt_number, ApplicationState.WITHDRAWN)
        dispatcher.advance()
        assert department.records("requests") == []
        assert outbox.of(application.receipt_number).state is OutboxState.ENDED


class TestNothingIsLostAndNothingTwice:
    @pytest.mark.parametrize("trouble", ["store die", "die", "store drop", "drop"])
    def test_given_a_server_that_dies_or_hangs_up_when_it_is_back_then_it_has_the_application_once(
        self, apply, dispatcher, department, outbox, clock, trouble
    ):
        application = apply()
        department.behave(submit=trouble)
        assert dispatcher.advance() == 0
        row = outbox.of(application.receipt_number)
        assert (row.state, row.last_failure, row.attempts) == (OutboxState.WAITING, "unreachable", 1)
        department.kill()
        department.behave()
        department.start()
        clock.pass_(seconds=5)
        assert dispatcher.advance() == 1
        assert department.applications == [application.receipt_number]
        assert outbox.of(application.receipt_number).reference == "GA-000001"

    def test_given_our_process_killed_after_they_stored_when_the_lease_is_over_then_the_same_one_is_had(
        self, apply, database_url, key, dispatcher, department, outbox, clock
    ):
        application = apply()
        department.behave(submit="store stall")
        words = ["tests.actions.connectors.dispatching_process", database_url, key, department.url, clock().isoformat()]
        ours = subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT)
        end = time.monotonic() + 60
        while not department.applications and time.monotonic() < end:
            time.sleep(0.05)
        ours.kill()
        ours.wait()
        department.behave()
        assert dispatcher.advance() == 0, "the lease of the killed process still runs"
        clock.pass_(**LEASE_OVER)
        assert dispatcher.advance() == 1
        assert department.applications == [application.receipt_number]
        row = outbox.of(application.receipt_number)
        assert (row.state, row.reference) == (OutboxState.DELIVERED, "GA-000001")
        keys = {record["headers"]["Idempotency-Key"] for record in department.records("requests")}
        assert keys == {application.id}

    def test_given_a_server_that_is_down_for_a_while_when_it_is_back_then_everything_is_delivered(
        self, apply, dispatcher, department, outbox, clock
    ):
        receipts = [apply(f"talk {number}").receipt_number for number in range(3)]
        department.kill()
        for _ in range(40):
            dispatcher.advance()
            clock.pass_(seconds=30)
        assert {row.last_failure for row in map(outbox.of, receipts)} == {"unreachable"}
        department.start()
        for _ in range(5):
            clock.pass_(seconds=40)
            dispatcher.advance()
        assert sorted(department.applications) == receipts
        assert outbox.counts() == {("police", OutboxState.DELIVERED): 3}

    @pytest.mark.parametrize("trouble", ["stall", "store stall", "drip"])
    def test_given_a_server_that_stalls_when_it_is_timed_out_then_it_is_tried_again(
        self, apply, database, dispatcher, department, outbox, clock, trouble
    ):
        application = apply()
        department.behave(submit=trouble)
        impatient = dispatcher_for(database, department.url, clock, connect_timeout=0.3, read_timeout=0.5)
        began = time.monotonic()
        assert impatient.advance() == 0
        assert time.monotonic() - began < 5
        assert outbox.of(application.receipt_number).last_failure == "timeout"
        department.behave()
        clock.pass_(seconds=5)
        assert dispatcher.advance() == 1
        assert department.applications == [application.receipt_number]

    @on_both
    def test_given_two_dispatchers_at_once_when_they_work_then_each_application_is_sent_once(
        self, apply, open_database, department, clock
    ):
        receipts = {apply(f"talk {number}").receipt_number for number in range(10)}
        both = [dispatcher_for(open_database(), department.url, clock) for _ in range(2)]
        start, handed_over = threading.Barrier(2), []

        def work(one):
            start.wait()
            handed_over.append(one.advance())

        threads = [threading.Thread(target=work, args=(one,)) for one in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(handed_over) == 10
        sent = [record["body"]["receipt_number"] for record in department.records("requests")]
        assert len(sent) == 10 and set(sent) == receipts

    def test_given_one_dispatcher_at_work_when_another_thread_calls_it_then_it_returns_at_once(
        self, apply, dispatcher, department
    ):
        apply()
        department.behave(takes=1.0)
        working = threading.Thread(target=dispatcher.advance)
        working.start()
        end = time.monotonic() + 30
        while not department.records("requests") and time.monotonic() < end:
            time.sleep(0.01)
        assert dispatcher.advance() == 0
        working.join()
        assert len(department.records("requests")) == 1


class TestFailures:
    @pytest.mark.parametrize("status", [400, 413, 422])
    def test_given_a_refusal_when_handed_over_then_it_is_final_and_staff_see_it(
        self, apply, handed, dispatcher, department, outbox, clock, caplog, status
    ):
        application, other = apply(), apply("two")
        department.behave(submit=f"status:{status}")
        assert dispatcher.advance() == 0
        department.behave()
        clock.pass_(days=1)
        dispatcher.advance()
        assert department.applications == []
        first, second = outbox.troubled()
        assert {first.receipt_number, second.receipt_number} == {application.receipt_number, other.receipt_number}
        assert (first.state, first.last_failure) == (OutboxState.REJECTED, f"status_{status}")
        assert handed.by_receipt(application.receipt_number).state is ApplicationState.SUBMITTED
        # when the cause is mended and staff put it in again, then it goes out
        assert outbox.retry(application.receipt_number)
        assert dispatcher.advance() == 1
        assert department.applications == [application.receipt_number]
        assert "张示例" not in caplog.text and application.receipt_number in caplog.text

    @pytest.mark.parametrize("status", [401, 403, 404, 408, 429, 500, 503, 302])
    def test_given_a_system_that_takes_nothing_when_it_does_again_then_all_is_delivered(
        self, apply, dispatcher, department, outbox, clock, status
    ):
        receipts = {apply().receipt_number, apply("two").receipt_number}
        department.behave(submit=f"status:{status}")
        assert dispatcher.advance() == 0
        # one was tried, and the other spared
        assert len(department.records("requests")) == 1
        assert outbox.of(min(receipts)).last_failure == f"status_{status}"
        department.behave()
        assert dispatcher.advance() == 0, "it is left alone for a moment"
        clock.pass_(seconds=6)
        assert dispatcher.advance() == 2
        assert set(department.applications) == receipts

    @pytest.mark.parametrize(("asked", "seconds"), [("600", 600), ("9999999", 3600), ("-5", 5), ("soon", 5)])
    def test_given_a_wish_to_be_left_alone_then_it_is_respected_within_bounds(
        self, apply, dispatcher, department, clock, asked, seconds
    ):
        apply()
        department.behave(submit="status:503", retry_after=asked)
        dispatcher.advance()
        department.behave()
        clock.pass_(seconds=seconds - 1)
        assert dispatcher.advance() == 0
        clock.pass_(seconds=1)
        assert dispatcher.advance() == 1

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            ("says:nonsense", "wrong_answer"),
            ("says:[]", "wrong_answer"),
            ('says:{"reference":"../x"}', "wrong_answer"),
            ("flood", "too_long"),
            ("status:202", "status_202"),
            ("status:409", "status_409"),
        ],
    )
    def test_given_a_wrong_answer_when_handed_over_then_it_is_tried_again_and_others_go_on(
        self, apply, dispatcher, department, outbox, clock, answer, code
    ):
        application, other = apply(), apply("two")
        department.behave(submit=answer)
        dispatcher.advance()
        assert [outbox.of(one.receipt_number).last_failure for one in (application, other)] == [code, code]
        department.behave()
        clock.pass_(seconds=5)
        assert dispatcher.advance() == 2

    def test_given_failures_in_a_row_then_the_waits_grow_to_a_bound(self, apply, dispatcher, department, outbox, clock):
        receipt = apply().receipt_number
        department.behave(submit="status:500")
        waits = []
        for _ in range(7):
            dispatcher.advance()
            due = outbox.of(receipt).due_at
            waits.append((due - clock()).total_seconds())
            clock.moment = due
        assert waits == [5, 10, 20, 40, 80, 120, 120]

    def test_given_a_day_of_failures_then_staff_see_it_as_stuck_and_it_is_still_tried(
        self, apply, dispatcher, department, outbox, clock
    ):
        receipt = apply().receipt_number
        department.behave(submit="status:500")
        dispatcher.advance()
        clock.pass_(hours=24)
        dispatcher.advance()
        assert [row.receipt_number for row in outbox.troubled()] == [receipt]
        department.behave()
        clock.pass_(minutes=2)
        assert dispatcher.advance() == 1
        assert outbox.troubled() == ()


class TestWhatBecomesOfIt:
    @pytest.fixture
    def application(self, apply, dispatcher):
        application = apply()
        dispatcher.advance()
        return application

    def test_given_a_decision_when_asked_then_the_citizen_is_told_and_has_the_documents(
        self, application, handed, dispatcher, department, outbox, clock
    ):
        receipt = application.receipt_number
        department.decide("GA-000001", "supplement", "请补充居住证明。")
        clock.pass_(seconds=60)
        assert dispatcher.advance() == 1
        department.decide("GA-000001", "issued")
        department.issue("证明.pdf", b"%PDF certificate")
        clock.pass_(seconds=60)
        assert dispatcher.advance() == 1
        assert states(handed, receipt) == ["submitted", "supplement", "accepted", "issued"]
        assert notices(handed) == [("supplement", "请补充居住证明。"), ("accepted", ""), ("issued", "")]
        (document,) = handed.documents(receipt)
        assert (document.name, document.media_type) == ("证明.pdf", "application/pdf")
        assert handed.document(document.id).content == b"%PDF certificate"
        # then it is not asked after any more
        before = len(department.records("requests"))
        clock.pass_(days=1)
        assert dispatcher.advance() == 0
        assert len(department.records("requests")) == before
        assert outbox.of(receipt).state is OutboxState.ENDED

    def test_given_nothing_new_when_asked_then_no_more_often_than_set(self, application, dispatcher, department, clock):
        for _ in range(12):
            clock.pass_(seconds=10)
            assert dispatcher.advance() == 0
        assert len([one for one in department.records("requests") if one["method"] == "GET"]) == 2

    def test_given_a_refusal_by_the_department_when_asked_then_the_reason_is_told(
        self, application, handed, dispatcher, department, clock
    ):
        department.decide("GA-000001", "refused", "不符合条件。")
        clock.pass_(seconds=60)
        dispatcher.advance()
        assert notices(handed) == [("refused", "不符合条件。")]

    @pytest.mark.parametrize(
        ("how", "code"),
        [
            ({"look": 'says:{"reference":"GA-000001","state":"approved"}'}, "wrong_answer"),
            ({"look": 'says:{"reference":"GA-000009","state":"issued"}'}, "wrong_answer"),
            ({"look": "status:404"}, "status_404"),
            ({"look": "status:500"}, "status_500"),
            ({"look": "drop"}, "unreachable"),
            ({"list": "status:500"}, "status_500"),
            ({"fetch": "says:other"}, "wrong_answer"),
            ({"described": {"media_type": "text/html"}}, "wrong_answer"),
            ({"described": {"name": "../证明.pdf"}}, "wrong_answer"),
        ],
    )
    def test_given_trouble_when_asked_then_nothing_moves_and_it_is_asked_again(
        self, application, handed, dispatcher, department, outbox, clock, how, code
    ):
        receipt = application.receipt_number
        department.decide("GA-000001", "issued")
        department.issue("证明.pdf", b"%PDF")
        department.behave(**how)
        clock.pass_(seconds=60)
        assert dispatcher.advance() == 0
        assert outbox.of(receipt).last_failure == code
        assert states(handed, receipt) == ["submitted"] and handed.documents(receipt) == ()
        department.behave()
        clock.pass_(seconds=60)
        assert dispatcher.advance() == 1
        assert len(handed.documents(receipt)) == 1 and outbox.of(receipt).last_failure is None

    def test_given_a_step_that_is_none_of_ours_when_asked_then_staff_see_it_after_a_day(
        self, application, dispatcher, department, outbox, clock
    ):
        department.decide("GA-000001", "accepted")
        clock.pass_(seconds=60)
        dispatcher.advance()
        department.decide("GA-000001", "supplement")
        for _ in range(2):
            clock.pass_(days=1)
            dispatcher.advance()
        assert [row.last_failure for row in outbox.troubled()] == ["impossible_state"]

    def test_given_a_deleted_citizen_while_it_is_on_its_way_then_nothing_of_it_comes_back(
        self, application, database, handed, dispatcher, department, outbox, clock
    ):
        department.decide("GA-000001", "issued")
        Retention(database).delete_conversation("one")
        clock.pass_(seconds=60)
        assert dispatcher.advance() == 0
        assert outbox.counts() == {} and handed.by_receipt(application.receipt_number) is None


class TestWithdrawing:
    def test_given_one_that_was_never_sent_when_withdrawn_then_nobody_is_asked(
        self, apply, handed, dispatcher, department, outbox
    ):
        receipt = apply().receipt_number
        assert dispatcher.cancel(receipt, "不需要了")
        assert handed.by_receipt(receipt).state is ApplicationState.WITHDRAWN
        assert dispatcher.advance() == 0 and department.records("requests") == []
        assert not dispatcher.cancel(receipt)

    def test_given_one_that_may_have_arrived_when_withdrawn_then_it_is_withdrawn_over_there(
        self, apply, handed, dispatcher, department
    ):
        receipt = apply().receipt_number
        department.behave(submit="store drop")
        dispatcher.advance()
        department.behave()
        assert dispatcher.cancel(receipt, "不需要了")
        assert handed.by_receipt(receipt).state is ApplicationState.WITHDRAWN
        assert department.applications == [receipt]
        assert department.records("requests")[-1]["body"] == {"reason": "不需要了"}

    def test_given_one_that_is_decided_when_withdrawn_then_it_is_too_late(
        self, apply, handed, dispatcher, department, clock
    ):
        receipt = apply().receipt_number
        dispatcher.advance()
        department.decide("GA-000001", "issued")
        assert not dispatcher.cancel(receipt)
        clock.pass_(seconds=60)
        dispatcher.advance()
        assert handed.by_receipt(receipt).state is ApplicationState.ISSUED

    def test_given_a_system_that_is_down_when_withdrawn_then_it_is_said_and_nothing_changes(
        self, apply, handed, dispatcher, department, outbox
    ):
        receipt = apply().receipt_number
        dispatcher.advance()
        department.kill()
        with pytest.raises(ConnectorError):
            dispatcher.cancel(receipt)
        assert handed.by_receipt(receipt).state is ApplicationState.SUBMITTED
        assert outbox.of(receipt).state is OutboxState.DELIVERED

    def test_given_one_being_handed_over_when_withdrawn_then_it_is_said(self, apply, dispatcher, outbox, clock):
        from datetime import timedelta

        receipt = apply().receipt_number
        assert outbox.claim(receipt, timedelta(minutes=1))
        with pytest.raises(ConnectorError, match="being handed over"):
            dispatcher.cancel(receipt)
        assert not dispatcher.cancel("20261123-0000000")


def test_given_the_back_office_when_it_works_then_it_leaves_the_departments_applications_alone(apply, database, clock):
    from actions.connectors.embedded import EmbeddedConnector
    from actions.flows.definition import load_flows
    from tests.actions.connectors.dispatching import DATA

    receipt = apply().receipt_number
    office = EmbeddedConnector.load(DATA, Applications(database), load_flows(DATA / "flows"), clock)
    assert office.advance() == 0
    assert Applications(database).by_receipt(receipt).state is ApplicationState.SUBMITTED

"""The back office's desk over the store: lists, steps of which one wins, what is asked for, reminders."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.application_desk import ApplicationDesk
from storage.application_records import NewFile
from storage.applications import Applications, ApplicationState
from storage.conversations import Conversations
from storage.errors import ApplicationMoved, ApplicationUnknown, TransitionRefused
from storage.models import ReminderRow, SupplementRow
from storage.outbox import OutboxState
from storage.provisional_numbers import ProvisionalNumbers, in_groups
from storage.reminders import Reminders
from storage.retention import Retention
from storage.supplements import Supplements, Wanted

ITEM, OTHER, HANDED = "senior-allowance", "birth-allowance", "passport"
HOLDER = "310101199304180027"
CLERK = "c" * 32
ASKED = Wanted(("户口簿",), "请写明与老人的关系")


@pytest.fixture
def applications(database):
    return Applications(database, {HANDED: "police"})


@pytest.fixture
def desk(database):
    return ApplicationDesk(database)


@pytest.fixture
def supplements(database):
    return Supplements(database)


@pytest.fixture
def submit(applications, clock):
    def submit_(item=ITEM, conversation="one", holder=HOLDER):
        clock.pass_(minutes=1)
        return applications.submit(applications.create_draft(conversation, item).id, holder).receipt_number

    return submit_


def step(desk, receipt, state, **more):
    desk.step(receipt, desk.entry(receipt).version, ApplicationState(state), CLERK, **more)


def numbers(entries):
    return [entry.receipt_number for entry in entries]


class TestLists:
    def test_given_applications_when_listed_then_the_open_come_longest_first_and_the_decided_newest_first(
        self, desk, submit, clock
    ):
        first, second, third, fourth = (submit() for _ in range(4))
        for receipt in (second, third):
            clock.pass_(minutes=1)
            step(desk, receipt, "refused", note="不符合条件")

        assert numbers(desk.open()) == [first, fourth]
        assert numbers(desk.decided()) == [third, second]
        assert numbers(desk.decided(first=1, limit=1)) == [second]
        assert desk.count_decided() == 2

    def test_given_items_when_some_are_left_out_or_one_is_asked_for_then_only_the_rest_is_listed(self, desk, submit):
        one, other = submit(ITEM), submit(OTHER)

        assert numbers(desk.open(without=(ITEM,))) == [other]
        assert numbers(desk.open(item=ITEM)) == [one]
        assert desk.items(without=(OTHER,)) == (ITEM,)

    def test_given_a_draft_when_listed_then_it_is_not_there(self, desk, applications):
        applications.create_draft("one", ITEM)

        assert desk.open() == () and desk.items() == ()

    def test_given_a_number_in_part_when_searched_then_it_is_found_and_nothing_else_is(self, desk, submit):
        receipt, _ = submit(), submit()

        assert numbers(desk.found(receipt)) == [receipt]
        assert numbers(desk.found(receipt[-7:])) == [receipt]
        assert desk.found("%") == () and desk.found("") == ()

    def test_given_a_provisional_number_when_all_of_it_is_typed_then_its_application_is_found(
        self, database, desk, submit
    ):
        receipt = submit(HANDED)
        number = ProvisionalNumbers(database).give(receipt).number
        assert numbers(desk.found(in_groups(number))) == [receipt]
        assert desk.found(number[:-1]) == () and desk.found(number[:-1] + str((int(number[-1]) + 1) % 10)) == ()

    def test_given_steps_when_listed_then_who_took_the_last_and_since_when_is_known(self, desk, submit, clock):
        receipt = submit()
        assert desk.entry(receipt).staff_id is None
        clock.pass_(hours=1)
        step(desk, receipt, "accepted")

        entry = desk.entry(receipt)

        assert (entry.staff_id, entry.since, entry.state) == (CLERK, clock(), ApplicationState.ACCEPTED)

    def test_given_an_application_of_a_department_when_listed_then_where_it_is_stands_beside_it(self, desk, submit):
        receipt = submit(HANDED)

        handing = desk.entry(receipt).handing

        assert (handing.connector, handing.state, handing.attempts) == ("police", OutboxState.WAITING, 0)
        assert desk.entry(submit()).handing is None

    def test_given_two_open_ones_of_a_person_when_asked_then_each_knows_the_other(self, desk, submit):
        one, two, other_person = submit(), submit(conversation="two"), submit(holder="310104198506070015")
        submit(OTHER)

        assert desk.others_open(one) == (two,)
        assert desk.others_open(other_person) == ()
        step(desk, two, "refused")
        assert desk.others_open(one) == ()


class TestSteps:
    def test_given_two_clerks_when_both_take_a_step_from_the_same_version_then_the_second_is_told(
        self, desk, submit, applications
    ):
        receipt = submit()
        seen = desk.entry(receipt).version
        desk.step(receipt, seen, ApplicationState.ACCEPTED, CLERK)

        with pytest.raises(ApplicationMoved):
            desk.step(receipt, seen, ApplicationState.REFUSED, "d" * 32, "材料不全")

        assert applications.by_receipt(receipt).state is ApplicationState.ACCEPTED
        assert [(one.state.value, one.staff_id) for one in applications.events(receipt)] == [
            ("submitted", None),
            ("accepted", CLERK),
        ]

    def test_given_the_citizen_withdraws_when_a_clerk_decides_what_they_saw_then_they_are_told(
        self, desk, submit, applications
    ):
        receipt = submit()
        seen = desk.entry(receipt).version
        applications.transition(receipt, ApplicationState.WITHDRAWN)

        with pytest.raises(ApplicationMoved):
            desk.step(receipt, seen, ApplicationState.ACCEPTED, CLERK)

    def test_given_a_step_that_there_is_not_when_taken_then_nothing_of_it_is_kept(self, desk, submit, applications):
        receipt = submit()
        pdf = NewFile("a.pdf", "application/pdf", b"%PDF")

        with pytest.raises(TransitionRefused):
            step(desk, receipt, "issued", files=[pdf])
        with pytest.raises(ApplicationUnknown):
            desk.step("20261123-0000000", 1, ApplicationState.ACCEPTED, CLERK)

        assert applications.documents(receipt) == () and len(applications.events(receipt)) == 1


class TestSupplements:
    @pytest.fixture
    def waiting(self, desk, submit):
        receipt = submit()
        step(desk, receipt, "supplement", note="户口簿", wanted=ASKED)
        return receipt

    def answer(self, supplements, applications, receipt, conversation="one"):
        draft = applications.create_draft(conversation, "supplement-answer")
        supplements.answer(draft.id, receipt, "是我母亲")

    def test_given_a_request_when_it_is_answered_then_it_is_submitted_anew_with_the_answer(
        self, supplements, applications, waiting, clock
    ):
        assert supplements.waited_for("one") == (waiting,)
        clock.pass_(days=1)
        self.answer(supplements, applications, waiting)

        (request,) = supplements.of(waiting)
        assert (request.wanted, request.asked_by, request.answer) == (ASKED_BACK, CLERK, "是我母亲")
        assert request.answered_at == clock()
        assert applications.by_receipt(waiting).state is ApplicationState.SUBMITTED
        assert applications.active_draft("one") is None
        assert supplements.waited_for("one") == ()
        assert [notice.state.value for notice in applications.pending_notices("one")] == ["supplement"]

    def test_given_the_citizen_in_another_conversation_when_signed_in_then_they_may_answer_and_nobody_else_may(
        self, supplements, applications, waiting, database, identity
    ):
        Conversations(database).bind("two", identity, "web")
        Conversations(database).bind("stranger", None, "web")
        assert supplements.waited_for("two") == (waiting,) and supplements.waited_for("stranger") == ()

        with pytest.raises(ApplicationUnknown):
            self.answer(supplements, applications, waiting, "stranger")
        self.answer(supplements, applications, waiting, "two")

        assert supplements.of(waiting)[0].answer == "是我母亲"

    def test_given_the_application_was_refused_when_answered_then_it_is_told_and_stays(
        self, desk, supplements, applications, waiting
    ):
        step(desk, waiting, "refused", note="逾期没有补正")

        with pytest.raises(TransitionRefused):
            self.answer(supplements, applications, waiting)

        assert applications.by_receipt(waiting).state is ApplicationState.REFUSED

    def test_given_a_departments_application_when_it_asks_then_it_is_not_answered_here(
        self, supplements, applications, submit
    ):
        applications.transition(submit(HANDED), ApplicationState.SUPPLEMENT)

        assert supplements.waited_for("one") == ()

    def test_given_an_answer_when_the_table_is_read_then_nothing_stands_in_clear(
        self, supplements, applications, waiting, database
    ):
        self.answer(supplements, applications, waiting)

        with database.session() as session:
            row = session.query(SupplementRow).one()
        assert "母亲".encode() not in row.answer_sealed and "户口簿".encode() not in row.request_sealed


ASKED_BACK = Wanted(["户口簿"], "请写明与老人的关系")


class TestReminders:
    def test_given_reminders_when_a_day_has_one_already_then_it_counts_once(self, database, desk, submit, clock):
        receipt, reminders = submit(), Reminders(database)

        assert reminders.add(receipt, clock() - timedelta(hours=10))
        clock.pass_(hours=1)
        assert not reminders.add(receipt, clock() - timedelta(hours=11))
        clock.pass_(days=1)
        assert reminders.add(receipt, clock() - timedelta(hours=11))

        entry = desk.entry(receipt)
        assert (entry.reminders, entry.reminded_at) == (2, clock())
        with pytest.raises(ApplicationUnknown):
            reminders.add("20261123-0000000", clock())

    def test_given_a_citizen_when_deleted_then_requests_and_reminders_go_with_the_applications(
        self, database, desk, submit, clock
    ):
        receipt = submit()
        step(desk, receipt, "supplement", wanted=ASKED)
        Reminders(database).add(receipt, clock())

        Retention(database).delete_citizen(HOLDER)

        with database.session() as session:
            assert session.query(SupplementRow).count() == session.query(ReminderRow).count() == 0

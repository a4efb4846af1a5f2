"""Conversations given to a colleague or a department: kept for them, never lost, never with two."""

from __future__ import annotations

import threading

import pytest
from argon2 import PasswordHasher

from storage.errors import HandoffMeant, HandoffTaken, TransitionRefused
from storage.handoff_transfers import HandoffTransfers, somebody_there
from storage.handoffs import Handoffs, HandoffState, MessageRole
from storage.staff import Staff, StaffRole

PASSWORD = "correct horse"


@pytest.fixture
def handoffs(database):
    return Handoffs(database)


@pytest.fixture
def transfers(database):
    return HandoffTransfers(database)


@pytest.fixture
def staff(database):
    return Staff(database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def accounts(staff):
    """A clerk of no department, and two with one."""
    departments = {"anna": None, "bai": "household", "chen": "household", "ding": "tax"}
    return {name: staff.create(name, PASSWORD, StaffRole.CLERK, department=key).id for name, key in departments.items()}


@pytest.fixture
def taken(handoffs, accounts, clock):
    """A conversation that anna has, with one that waits behind it."""
    first = handoffs.enqueue(handoffs.open("one", "asked_for", "").id)
    clock.pass_(seconds=1)
    handoffs.enqueue(handoffs.open("two", "asked_for", "").id)
    return handoffs.take(first.id, accounts["anna"])


def test_given_a_colleague_when_transferred_then_it_waits_at_its_old_place_and_only_they_may_take_it(
    handoffs, transfers, accounts, taken, clock
):
    clock.pass_(minutes=3)
    moved = transfers.to_colleague(taken.id, accounts["anna"], accounts["bai"])

    assert (moved.state, moved.staff_id, moved.queued_at) == (HandoffState.QUEUED, None, taken.queued_at)
    assert (moved.meant_for_staff, moved.meant_at) == (accounts["bai"], clock())
    assert [one.conversation_id for one in handoffs.queue()] == ["one", "two"]
    for other in ("anna", "chen"):
        with pytest.raises(HandoffMeant):
            handoffs.take(taken.id, accounts[other])
    back = handoffs.take(taken.id, accounts["bai"])
    assert (back.staff_id, back.is_meant, back.meant_for_staff) == (accounts["bai"], False, None)


def test_given_a_department_when_transferred_then_each_of_it_may_take_it_and_nobody_else(
    handoffs, transfers, accounts, taken
):
    transfers.to_department(taken.id, accounts["anna"], "household")

    for other in ("anna", "ding"):
        with pytest.raises(HandoffMeant):
            handoffs.take(taken.id, accounts[other])
    assert handoffs.take(taken.id, accounts["chen"]).staff_id == accounts["chen"]


def test_given_it_is_not_theirs_when_transferred_then_it_stays_where_it_is(handoffs, transfers, accounts, taken):
    with pytest.raises(HandoffTaken):
        transfers.to_colleague(taken.id, accounts["bai"], accounts["chen"])
    assert handoffs.get(taken.id) == taken

    handoffs.close(taken.id, by=accounts["anna"])
    with pytest.raises(HandoffTaken):
        transfers.to_department(taken.id, accounts["anna"], "tax")


def test_given_nobody_came_when_opened_to_all_then_everybody_may_take_it(handoffs, transfers, accounts, taken):
    moved = transfers.to_department(taken.id, accounts["anna"], "tax")
    assert [one.id for one in transfers.kept()] == [taken.id]

    opened = transfers.open_to_all(taken.id, moved.meant_at)

    assert not opened.is_meant and transfers.kept() == ()
    assert transfers.open_to_all(taken.id, moved.meant_at) is None
    assert handoffs.take(taken.id, accounts["chen"]).staff_id == accounts["chen"]


def test_given_it_was_transferred_again_when_the_earlier_one_is_overdue_then_it_stays_kept(
    handoffs, transfers, accounts, taken, clock
):
    first = transfers.to_colleague(taken.id, accounts["anna"], accounts["bai"])
    handoffs.take(taken.id, accounts["bai"])
    clock.pass_(seconds=5)
    transfers.to_colleague(taken.id, accounts["bai"], accounts["chen"])

    assert transfers.open_to_all(taken.id, first.meant_at) is None
    assert [one.meant_for_staff for one in transfers.kept()] == [accounts["chen"]]


def test_given_those_present_when_asked_then_it_is_told_whether_one_of_them_is_meant(transfers, accounts, taken):
    moved = transfers.to_department(taken.id, accounts["anna"], "household")

    assert somebody_there(moved, [(accounts["anna"], None), (accounts["bai"], "household")])
    assert not somebody_there(moved, [(accounts["anna"], None), (accounts["ding"], "tax")])


def test_given_a_transfer_when_the_former_clerk_goes_on_then_nothing_of_theirs_counts(
    handoffs, transfers, accounts, taken
):
    transfers.to_colleague(taken.id, accounts["anna"], accounts["bai"])

    for deed in (
        lambda: handoffs.hand_back(taken.id, by=accounts["anna"]),
        lambda: handoffs.close(taken.id, by=accounts["anna"]),
        lambda: handoffs.post(taken.id, MessageRole.STAFF, "您好", by=accounts["anna"]),
    ):
        with pytest.raises(HandoffTaken):
            deed()
    assert handoffs.get(taken.id).state is HandoffState.QUEUED
    assert handoffs.messages(taken.id) == ()


def test_given_an_outcome_when_closed_then_it_is_kept(handoffs, accounts, taken):
    closed = handoffs.close(taken.id, "已办好", accounts["anna"], "solved")

    assert (closed.state, closed.outcome, closed.note) == (HandoffState.CLOSED, "solved", "已办好")


def test_given_clerks_who_transfer_and_take_at_once_when_done_then_none_was_with_two_and_none_is_lost(
    open_database, staff, accounts
):
    names = ("anna", "bai", "chen", "ding")
    stores = {name: open_database() for name in names}
    own, moves = ({name: kind(stores[name]) for name in names} for kind in (Handoffs, HandoffTransfers))
    for number in range(12):
        own["anna"].enqueue(own["anna"].open(f"citizen-{number}", "asked_for", "").id)
    with_two: list[str] = []
    ended: list[str] = []

    def work(place: int, name: str) -> None:
        following = names[(place + 1) % len(names)]
        for round_ in range(60):
            waiting = own[name].queue()
            if not waiting:
                return
            one = waiting[(place + round_) % len(waiting)]
            try:
                own[name].take(one.id, accounts[name])
                if own[name].get(one.id).staff_id != accounts[name]:
                    with_two.append(one.id)
                if one.is_meant:
                    own[name].close(one.id, by=accounts[name])
                    ended.append(one.id)
                else:
                    moves[name].to_colleague(one.id, accounts[name], accounts[following])
            except (HandoffTaken, HandoffMeant, TransitionRefused):
                continue

    clerks = [threading.Thread(target=work, args=(place, name)) for place, name in enumerate(names)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    assert with_two == [] and len(ended) == len(set(ended))
    waiting = [one.id for one in own["anna"].queue()]
    assert own["anna"].with_person() == ()
    assert len({*ended, *waiting}) == len(ended) + len(waiting) == 12

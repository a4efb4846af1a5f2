"""The tabs of the back office's desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.back_office import Looked
from assistant.staff.application_lists import PAGE, ApplicationLists, Tab
from storage.applications import Applications
from storage.supplements import Wanted

SENIOR, PERMIT, RENT = "senior-allowance", "residence-permit-endorsement", "housing-fund-rent-withdrawal"
CLERK = "c" * 32


@pytest.fixture
def office(services):
    return services.back_office


@pytest.fixture
def submit(services):
    def submit_(item: str = SENIOR, handed: bool = False) -> str:
        applications = Applications(services.database, {item: "police"} if handed else {})
        return applications.submit(applications.create_draft("one", item).id).receipt_number

    return submit_


def looked(office, receipt):
    return Looked(receipt, office.desk.entry(receipt).version, CLERK)


def numbers(office, tab, item=None):
    return [one.receipt_number for one in ApplicationLists(office, item).listed(tab, 0).entries]


def test_given_applications_in_every_state_when_listed_then_each_is_in_its_tab(office, submit):
    waiting, asked, accepted, refused, handed = submit(), submit(), submit(), submit(), submit("passport", True)
    submit("citizen-report")
    office.ask_for(looked(office, asked), Wanted((), "请写明关系"))
    office.accept(looked(office, accepted))
    office.refuse(looked(office, refused), "不符合条件")

    found = {tab: numbers(office, tab) for tab in Tab}

    assert found == {
        Tab.TO_ACCEPT: [waiting],
        Tab.SUPPLEMENT: [asked],
        Tab.PROCESSING: [accepted],
        Tab.OVERDUE: [],
        Tab.HANDED: [handed],
        Tab.DECIDED: [refused],
    }
    assert ApplicationLists(office).counts() == {tab.value: len(ones) for tab, ones in found.items()}
    assert numbers(office, Tab.TO_ACCEPT, PERMIT) == []


def test_given_days_that_pass_when_listed_then_the_nearest_comes_first_and_what_presses_is_counted(office, submit, now):
    senior, rent, permit = submit(SENIOR), submit(RENT), submit(PERMIT)
    for receipt in (senior, rent, permit):
        office.accept(looked(office, receipt))
    assert numbers(office, Tab.PROCESSING) == [permit, rent, senior]  # 1, 3 and 15 working days

    now.advance(days=2)

    attention = ApplicationLists(office).attention()
    assert (attention.overdue, attention.near) == (1, 1)
    assert numbers(office, Tab.OVERDUE) == [permit, rent]


def test_given_an_application_that_a_department_has_when_it_is_late_then_the_desk_is_not_reminded(office, submit, now):
    submit("passport", True)
    now.advance(days=30)

    attention = ApplicationLists(office).attention()

    assert (attention.overdue, attention.near) == (0, 0)


def test_given_more_than_a_page_when_listed_then_the_rest_follows(office, submit, now):
    receipts = []
    for _ in range(PAGE + 2):
        now.now += timedelta(seconds=1)
        receipts.append(submit())

    first, rest = (ApplicationLists(office).listed(Tab.TO_ACCEPT, begin) for begin in (0, PAGE))

    assert (len(first.entries), first.more, len(rest.entries), rest.more) == (PAGE, True, 2, False)
    assert [one.receipt_number for one in (*first.entries, *rest.entries)] == receipts

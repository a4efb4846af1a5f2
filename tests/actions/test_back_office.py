"""What staff may do with an application, by who decides and where it is."""

from __future__ import annotations

import pytest

from actions.back_office import DeskStep, Looked
from actions.services import Services
from storage.applications import ApplicationState
from storage.errors import TransitionRefused
from storage.supplements import Wanted

SENIOR, CERTIFICATE = "senior-allowance", "no-criminal-record-certificate"
CLERK = "c" * 32


def opened(data, folder, clock, **how) -> Services:
    return Services.open(data, folder / "var", f"sqlite:///{folder / 'var' / 'wenban.db'}", clock, **how)


@pytest.fixture
def services(data, tmp_path, clock):
    return opened(data, tmp_path, clock)


def submitted(services, item: str) -> str:
    return services.applications.submit(services.applications.create_draft("one", item).id).receipt_number


def steps(services, receipt: str):
    return services.back_office.steps(services.back_office.desk.entry(receipt))


def looked(services, receipt: str) -> Looked:
    return Looked(receipt, services.back_office.desk.entry(receipt).version, CLERK)


def test_given_a_flow_decided_by_staff_when_it_moves_on_then_the_steps_are_those_of_its_state(services):
    receipt, office = submitted(services, SENIOR), services.back_office
    assert steps(services, receipt) == (DeskStep.ACCEPT, DeskStep.SUPPLEMENT, DeskStep.REFUSE)

    office.ask_for(looked(services, receipt), Wanted(("居民户口簿",)))
    assert steps(services, receipt) == (DeskStep.ACCEPT, DeskStep.REFUSE)
    office.accept(looked(services, receipt))
    assert steps(services, receipt) == (DeskStep.ISSUE, DeskStep.REFUSE)
    office.issue(looked(services, receipt), "准予发放", office.delivered(looked(services, receipt)))
    assert steps(services, receipt) == ()


def test_given_a_flow_that_goes_by_itself_when_it_is_stuck_past_its_day_then_staff_may_end_it(services, clock):
    receipt, began = submitted(services, CERTIFICATE), clock.now
    services.applications.transition(receipt, ApplicationState.ACCEPTED)
    assert steps(services, receipt) == ()
    with pytest.raises(TransitionRefused):
        services.back_office.refuse(looked(services, receipt), "画不出证明")

    clock.advance(days=7)

    assert steps(services, receipt) == (DeskStep.ISSUE, DeskStep.REFUSE)
    clock.now = began


def test_given_no_desk_when_something_is_submitted_then_the_office_decides_it(data, tmp_path, clock):
    services, began = opened(data, tmp_path, clock, desk=False), clock.now
    receipt = submitted(services, SENIOR)

    services.connector.advance()
    clock.advance(minutes=1)
    services.connector.advance()

    assert services.applications.by_receipt(receipt).state is ApplicationState.ISSUED
    clock.now = began


@pytest.mark.parametrize(
    ("wanted", "listed"),
    [
        (Wanted(("居民户口簿",)), "居民户口簿"),
        (Wanted((), "请写明关系"), "请写明关系"),
        (Wanted(("居民户口簿", "申请表"), "请写明关系"), "1. 居民户口簿\n2. 申请表\n3. 请写明关系"),
    ],
)
def test_given_what_is_missing_when_it_is_told_then_several_things_are_numbered(services, wanted, listed):
    assert services.back_office.listed(wanted) == listed

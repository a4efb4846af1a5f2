"""The program with a department declared: from the services to the department's server and back."""

from __future__ import annotations

import time

import pytest

from actions.connectors.declarations import TokenMissing
from actions.connectors.offices import MOST_AT_ONCE
from actions.connectors.protocol import ConnectorError
from actions.services import Services
from storage.applications import ApplicationState
from storage.outbox import Outbox, OutboxState
from tests.actions.connectors.declared import data_with_police
from tests.actions.connectors.dispatching import ITEM

OTHER = "id-card-loss-report"


@pytest.fixture
def data(tmp_path, department):
    """The data folder with the police declared, and a flow that names it."""
    return data_with_police(tmp_path / "data", department.url)


@pytest.fixture
def open_services(data, tmp_path, clock):
    def open_(**how) -> Services:
        var = tmp_path / "var"
        return Services.open(data, var, f"sqlite:///{var / 'wenban.db'}", clock, **how)

    return open_


@pytest.fixture
def services(open_services, monkeypatch):
    monkeypatch.setenv("WENBAN_POLICE_TOKEN", "secret")
    return open_services()


def submit(services, item=ITEM):
    applications = services.applications
    return applications.submit(applications.create_draft("one", item).id, None, {"phone": "13900000001"}).receipt_number


def advance(services):
    services.connector.advance()
    services.connector.wait(60)


def test_given_both_kinds_of_items_when_they_are_advanced_then_each_is_where_it_belongs(services, department, clock):
    handed, kept = submit(services), submit(services, OTHER)
    advance(services)
    state = {number: services.applications.by_receipt(number).state for number in (handed, kept)}
    assert state == {handed: ApplicationState.SUBMITTED, kept: ApplicationState.ACCEPTED}
    assert department.applications == [handed]

    department.decide("GA-000001", "issued")
    department.issue("证明.pdf", b"%PDF")
    clock.pass_(seconds=60)
    advance(services)
    assert services.applications.by_receipt(handed).state is ApplicationState.ISSUED
    told = [notice.state.value for notice in services.applications.pending_notices("one") if notice.item_id == ITEM]
    assert told == ["accepted", "issued"]


def test_given_a_department_that_stalls_when_advanced_then_the_back_office_does_not_wait(services, department):
    submit(services)
    department.behave(submit="stall:5")
    kept = submit(services, OTHER)
    assert services.connector.advance() == 1
    assert services.applications.by_receipt(kept).state is ApplicationState.ACCEPTED
    services.connector.advance()
    services.connector.wait(60)
    assert len(department.records("requests")) == 1


def test_given_applications_when_withdrawn_then_whoever_has_them_is_asked(services, department):
    handed, kept = submit(services), submit(services, OTHER)
    advance(services)
    assert services.connector.cancel(handed) and services.connector.cancel(kept)
    assert not services.connector.cancel("20261123-0000000")
    assert department.records("requests")[-1]["path"].endswith("/withdrawal")


def test_given_a_demonstration_when_submitted_then_nothing_is_handed_over_then_or_later(
    services, open_services, department
):
    shown = open_services(departments=False)
    receipt = submit(shown)
    advance(shown)
    advance(services)
    assert department.records("requests") == []
    assert Outbox(services.database).of(receipt) is None
    assert services.applications.by_receipt(receipt).state is ApplicationState.SUBMITTED


def test_given_no_token_when_opened_then_it_is_told(open_services, monkeypatch):
    monkeypatch.delenv("WENBAN_POLICE_TOKEN", raising=False)
    with pytest.raises(TokenMissing, match="WENBAN_POLICE_TOKEN"):
        open_services()


def test_given_a_connector_that_is_no_longer_declared_then_its_rows_wait_and_withdrawing_says_so(
    services, open_services, data
):
    receipt = submit(services)
    (data / "connectors.yml").write_text("connectors: []", "utf-8")
    flow = data / "flows" / f"{ITEM}.yml"
    flow.write_text(flow.read_text("utf-8").replace("connector: police", "connector: embedded"), "utf-8")
    without = open_services()
    advance(without)
    assert Outbox(without.database).of(receipt).state is OutboxState.WAITING
    assert without.applications.by_receipt(receipt).state is ApplicationState.SUBMITTED
    with pytest.raises(ConnectorError, match="police"):
        without.connector.cancel(receipt)


class TestAtOnce:
    def test_given_an_application_when_it_is_handed_over_at_once_then_the_department_has_it_once(
        self, services, department
    ):
        receipt = submit(services)
        assert services.connector.hand_over(receipt)
        delivered(services, receipt)
        advance(services)
        assert department.applications == [receipt]

    def test_given_nothing_to_hand_over_when_asked_then_nobody_would_take_it(self, services):
        assert not services.connector.hand_over(submit(services, OTHER))
        assert not services.connector.hand_over("20261123-0000000")

    def test_given_a_department_that_did_not_answer_when_asked_then_it_is_left_alone_for_a_while(
        self, services, department, clock
    ):
        department.kill()
        submit(services)
        advance(services)
        late = submit(services)
        assert not services.connector.hand_over(late)
        department.start()
        clock.pass_(minutes=5)
        assert services.connector.hand_over(late)
        delivered(services, late)

    def test_given_a_department_that_stalls_when_many_are_handed_over_then_only_so_many_at_once(
        self, services, department
    ):
        department.behave(submit="stall:5")
        begun = [services.connector.hand_over(submit(services)) for _ in range(MOST_AT_ONCE + 2)]
        assert begun == [True] * MOST_AT_ONCE + [False] * 2


def delivered(services, receipt):
    """Wait until an application is with its department."""
    end = time.monotonic() + 30
    while Outbox(services.database).of(receipt).state is not OutboxState.DELIVERED:
        assert time.monotonic() < end
        time.sleep(0.02)

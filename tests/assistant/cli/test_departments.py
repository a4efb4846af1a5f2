"""What waits for departments, as the operator sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.staff.accounts import open_database
from storage.applications import Applications
from storage.audit import AuditTrail
from storage.outbox import Outbox, OutboxState


@pytest.fixture
def database(settings):
    return open_database(settings)


def test_given_a_rejected_application_when_listed_and_tried_again_then_it_is_due_and_audited(database, wenban):
    applications, outbox = Applications(database, {"item": "police"}), Outbox(database)
    receipts = [applications.submit(applications.create_draft(name, "item").id).receipt_number for name in "ab"]
    (claimed,) = outbox.claim_due("police", OutboxState.WAITING, timedelta(minutes=1))
    outbox.rejected(claimed, "status_422")

    listed = wenban("departments", "list")
    assert listed.exit_code == 1
    assert "1  police  rejected" in listed.output and "1  police  waiting" in listed.output
    assert f"{receipts[0]}  police  status_422" in listed.output and receipts[1] not in listed.output

    assert wenban("departments", "retry", receipts[1]).exit_code == 1
    assert wenban("departments", "retry", receipts[0]).exit_code == 0
    assert AuditTrail(database).entries()[0].action == "retry-handover"
    assert wenban("departments", "list").exit_code == 0


def test_given_nothing_on_its_way_when_listed_then_nothing_is_said(wenban):
    listed = wenban("departments", "list")
    assert (listed.exit_code, listed.output) == (0, "")

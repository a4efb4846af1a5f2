"""The audit trail, as the operator checks it."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from assistant.settings import Settings
from assistant.staff.accounts import Accounts, open_audit, open_database


@pytest.fixture
def settings(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("WENBAN_AUDIT_ANCHOR", str(tmp_path / "other disk" / "anchor"))
    return Settings.from_environment()


def test_given_an_honest_trail_when_it_is_checked_then_its_length_is_told_and_the_check_is_an_entry(
    settings, wenban, tmp_path
):
    Accounts(settings).add("anna", "long enough", "clerk", "")

    ran = wenban("audit", "verify")

    assert ran.exit_code == 0
    assert "The trail of 1 entries holds, anchored since entry 1." in ran.output
    entry = open_audit(settings, open_database(settings)).entries()[0]
    assert (entry.actor, entry.action, entry.details) == ("command-line", "verify-audit", {"entries": 1, "faults": 0})
    assert (tmp_path / "other disk" / "anchor").read_text().startswith("2 ")


def test_given_an_edited_trail_when_it_is_checked_then_every_place_is_told(settings, wenban):
    accounts = Accounts(settings)
    for name in ("anna", "bai", "cai"):
        accounts.add(name, "long enough", "clerk", "")
    with open_database(settings).writing("tamper") as session:
        session.execute(text("DELETE FROM audit_entries WHERE seq = 2"))
        session.execute(text("UPDATE audit_entries SET actor = 'nobody' WHERE seq = 3"))

    ran = wenban("audit", "verify")

    assert ran.exit_code == 1
    assert "Rows 2 to 2 are missing." in ran.output and "Rows 3 to 3 were edited." in ran.output


def test_given_no_trail_when_it_is_checked_then_it_holds(wenban):
    ran = wenban("audit", "verify")

    assert (ran.exit_code, "The trail of 0 entries holds." in ran.output) == (0, True)

"""The operator's changes to accounts: none without its entry in the audit trail."""

from __future__ import annotations

import pytest

from assistant.settings import Settings
from assistant.staff.accounts import Accounts, open_audit, open_database
from storage.errors import AuditUnwritten, WrongCredentials
from storage.staff import Staff
from tests.assistant.staff.unwritable import unwritable

PASSWORD, OTHER = "correct horse", "battery staple"


@pytest.fixture
def settings(project, tmp_path):
    return Settings.from_environment({"WENBAN_HOME": str(project), "WENBAN_VAR": str(tmp_path / "var")})


def test_given_a_trail_that_takes_no_entry_when_accounts_are_changed_then_they_are_not(settings):
    accounts, database = Accounts(settings), open_database(settings)
    anna = accounts.add("anna", PASSWORD, "clerk", "安娜")

    with unwritable(database):
        for change in (
            lambda: accounts.add("bai", PASSWORD, "clerk", ""),
            lambda: accounts.set_enabled("anna", False),
            lambda: accounts.set_department("anna", "tax"),
            lambda: accounts.set_password("anna", OTHER),
        ):
            with pytest.raises(AuditUnwritten):
                change()

    assert accounts.all() == (anna,)
    with pytest.raises(WrongCredentials):
        Staff(database).check("anna", OTHER)
    assert Staff(database).check("anna", PASSWORD) == anna
    accounts.set_department("anna", "tax")
    trail = open_audit(settings, database)
    assert [one.action for one in trail.entries(anna.id)] == ["set-department", "add-account"]
    assert trail.verify() == ()
    database.close()

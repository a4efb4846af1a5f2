from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from storage.errors import AccountExists, AccountLocked, WeakPassword, WrongCredentials
from storage.models import StaffAccountRow, StaffSessionRow
from storage.staff import FAILURES_ALLOWED, Staff, StaffRole

PASSWORD = "a long enough password"


@pytest.fixture
def staff(database):
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    staff = Staff(database, quick)
    staff.create("clerk", PASSWORD, StaffRole.CLERK, "王办事")
    return staff


def test_a_clerk_signs_in_and_out(staff):
    signed_in = staff.sign_in("clerk", PASSWORD)
    account = staff.account_of(signed_in.token)
    assert (account.name, account.display_name, account.role) == ("clerk", "王办事", StaffRole.CLERK)
    staff.sign_out(signed_in.token)
    assert staff.account_of(signed_in.token) is None


def test_neither_password_nor_token_is_stored(staff, database):
    token = staff.sign_in("clerk", PASSWORD).token
    with database.session() as session:
        assert PASSWORD not in session.query(StaffAccountRow).one().password_hash
        assert session.query(StaffSessionRow).one().token_hash != token


def test_a_session_ends_by_the_clock(staff, clock):
    token = staff.sign_in("clerk", PASSWORD).token
    clock.pass_(hours=8)
    assert staff.account_of(token) is not None
    clock.pass_(hours=1)
    assert staff.account_of(token) is None


@pytest.mark.parametrize(("name", "password"), [("clerk", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_wrong_credentials_are_refused_alike(staff, name, password):
    with pytest.raises(WrongCredentials):
        staff.sign_in(name, password)


def test_failures_lock_the_account_for_a_while(staff, clock):
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(WrongCredentials):
            staff.sign_in("clerk", "wrong")
    with pytest.raises(AccountLocked):
        staff.sign_in("clerk", PASSWORD)
    clock.pass_(minutes=15)
    assert staff.sign_in("clerk", PASSWORD)


def test_a_right_password_forgets_failures(staff):
    for _ in range(3):
        for _ in range(FAILURES_ALLOWED - 1):
            with pytest.raises(WrongCredentials):
                staff.sign_in("clerk", "wrong")
        assert staff.sign_in("clerk", PASSWORD)


def test_a_disabled_account_is_out_at_once(staff):
    token = staff.sign_in("clerk", PASSWORD).token
    staff.set_enabled("clerk", False)
    assert staff.account_of(token) is None
    with pytest.raises(AccountLocked):
        staff.sign_in("clerk", PASSWORD)


def test_a_new_password_ends_the_old_sessions(staff):
    token = staff.sign_in("clerk", PASSWORD).token
    assert staff.set_password("clerk", "another long password")
    assert staff.account_of(token) is None
    assert staff.sign_in("clerk", "another long password")
    assert not staff.set_password("nobody", "another long password")


def test_names_are_taken_once_and_passwords_are_long(staff):
    with pytest.raises(AccountExists):
        staff.create("clerk", PASSWORD, StaffRole.AUDITOR)
    with pytest.raises(WeakPassword):
        staff.create("other", "short", StaffRole.CLERK)
    assert [account.name for account in staff.accounts()] == ["clerk"]


def test_given_a_department_when_set_and_taken_away_then_the_account_says_so(staff):
    assert staff.create("anna", PASSWORD, StaffRole.CLERK, department="tax").department == "tax"

    assert staff.set_department("anna", "household") and not staff.set_department("nobody", "household")

    assert {one.name: one.department for one in staff.accounts()} == {"anna": "household", "clerk": None}


def test_given_sessions_when_asked_who_is_present_then_those_signed_in_and_enabled_are_told(staff, clock):
    staff.create("anna", PASSWORD, StaffRole.CLERK)
    assert staff.present() == ()

    token = staff.sign_in("clerk", PASSWORD).token
    staff.sign_in("anna", PASSWORD)
    assert [one.name for one in staff.present()] == ["anna", "clerk"]

    staff.set_enabled("anna", False)
    staff.sign_out(token)
    assert staff.present() == ()

"""A certificate's code is looked up, as typed."""

from __future__ import annotations


def test_given_a_code_that_was_never_issued_when_verified_then_it_is_said_and_the_exit_status_is_1(wenban):
    ran = wenban("verify", "ABCD-EFGH-JKLM-NPQR")

    assert ran.exit_code == 1
    assert "没有查到" in ran.stdout

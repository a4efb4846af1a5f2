"""Staff accounts, as the operator keeps them."""

from __future__ import annotations

from assistant.complaints import sentence_for
from assistant.staff.accounts import open_database
from storage.audit import AuditTrail


def test_given_an_unknown_role_when_an_account_is_added_then_a_sentence_names_the_roles_before_the_password(wenban):
    ran = wenban("staff", "add", "anna", "--role", "boss")

    assert ran.exit_code == 2
    assert "There is no role boss; the roles are clerk, supervisor, editor, approver, auditor." in " ".join(
        ran.output.split()
    )
    assert "Password" not in ran.output


def test_given_an_account_when_disabled_and_enabled_then_the_list_says_so(settings, wenban):
    password = "long enough\nlong enough\n"
    assert wenban("staff", "add", "anna", "--display-name", "安娜", typed=password).exit_code == 0

    assert wenban("staff", "list").stdout.split() == ["anna", "clerk", "安娜"]
    assert wenban("staff", "disable", "anna").exit_code == 0
    assert "disabled" in wenban("staff", "list").stdout
    assert wenban("staff", "enable", "anna").exit_code == 0
    assert "disabled" not in wenban("staff", "list").stdout
    assert wenban("staff", "password", "anna", typed="another long one\nanother long one\n").exit_code == 0

    actions = [entry.action for entry in AuditTrail(open_database(settings)).entries()]
    assert actions == ["set-password", "enable-account", "disable-account", "add-account"]


def test_given_no_such_account_when_disabled_then_a_sentence_says_so(wenban):
    ran = wenban("staff", "disable", "nobody")

    assert sentence_for(ran.exception) == "There is no account nobody."


def test_given_a_department_when_an_account_is_added_or_moved_then_the_list_shows_it_and_an_unknown_one_is_refused(
    wenban,
):
    password = "long enough\nlong enough\n"
    refused = wenban("staff", "add", "bai", "--department", "moon")
    assert refused.exit_code == 2 and "There is no department moon" in " ".join(refused.output.split())
    assert "Password" not in refused.output

    assert wenban("staff", "add", "bai", "--department", "tax", typed=password).exit_code == 0
    assert wenban("staff", "list").stdout.split() == ["bai", "clerk", "bai", "tax"]
    assert wenban("staff", "department", "bai", "household").exit_code == 0
    assert "household" in wenban("staff", "list").stdout
    assert wenban("staff", "department", "bai").exit_code == 0

    assert wenban("staff", "list").stdout.split() == ["bai", "clerk", "bai"]
    assert sentence_for(wenban("staff", "department", "nobody", "tax").exception) == "There is no account nobody."

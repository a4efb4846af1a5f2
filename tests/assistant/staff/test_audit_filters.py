"""What an auditor asks for, as the trail is asked."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from assistant.staff.audit_actions import AuditActions
from assistant.staff.audit_filters import BadFilter, audit_filter

BEIJING = timezone(timedelta(hours=8))


@pytest.fixture(scope="module")
def read(data):
    actions = AuditActions.load(data / "audit_actions.yml")
    return lambda **asked: audit_filter(asked, actions, BEIJING)


def test_given_nothing_when_asked_then_everything_is_wanted(read):
    found = read(who=" ", group="", first="", last="", subject="", below="")

    assert found.asked == {}
    assert (found.wanted.actor, found.wanted.actions, found.wanted.since, found.wanted.below) == (
        None,
        None,
        None,
        None,
    )


def test_given_days_when_asked_then_both_are_counted_in_on_the_local_clock(read):
    wanted = read(first="2026-11-23", last="2026-11-24").wanted

    assert wanted.since == datetime(2026, 11, 23, tzinfo=BEIJING)
    assert wanted.until == datetime(2026, 11, 25, tzinfo=BEIJING)


def test_given_a_group_a_person_and_a_number_when_asked_then_the_trail_is_asked_for_them(read):
    found = read(who="anna", group="unmask", below="7")

    assert found.asked == {"who": "anna", "group": "unmask"}
    assert (found.wanted.actor, found.wanted.below) == ("anna", 7)
    assert "unmask-field" in found.wanted.actions and "sign-in" not in found.wanted.actions


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("20261123-0000018", "20261123-0000018"),
        (" 202611230000018 ", "20261123-0000018"),
        ("20261123\uff0d0000018", "20261123-0000018"),
        ("a-conversation\0", "a-conversation"),
    ],
)
def test_given_a_subject_as_it_is_typed_when_asked_then_a_receipt_number_is_in_its_own_form(read, typed, subject):
    assert read(subject=typed).wanted.subject == subject


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"first": "23.11.2026"}, "bad_day"),
        ({"last": "9999-12-31"}, "bad_day"),
        ({"first": "2026-11-24", "last": "2026-11-23"}, "days_backwards"),
        ({"group": "nothing"}, "unknown_group"),
        ({"below": "x"}, "bad_number"),
    ],
)
def test_given_what_means_nothing_when_asked_then_it_is_refused_with_the_reason(read, asked, key):
    with pytest.raises(BadFilter) as refused:
        read(**asked)
    assert refused.value.key == key

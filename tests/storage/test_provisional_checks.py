"""Wrong answers about a provisional number are counted, whoever gives them and however many at once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from storage.provisional_checks import Bar, CheckLimits, ProvisionalChecks
from storage.retention import Retention
from storage.standing import Standings

LIMITS = CheckLimits(
    wrong_answers=3,
    number_rests=timedelta(minutes=30),
    wrong_in_conversation=4,
    conversation_rests=timedelta(minutes=60),
    answer_within=timedelta(minutes=10),
)


@pytest.fixture
def checks(database):
    return ProvisionalChecks(database, LIMITS)


def test_given_a_question_when_it_is_open_then_it_stands_for_a_while_and_the_standing_says_so(checks, database, clock):
    standings = Standings(database)
    assert not standings.of("one").awaits_proof
    checks.ask("one", "a")
    checks.ask("one", "b")
    assert checks.awaiting("one") == "b" and checks.awaiting("two") is None
    assert standings.of("one").awaits_proof and not standings.of("two").awaits_proof
    clock.pass_(minutes=10)
    assert checks.awaiting("one") is None


def test_given_a_question_when_the_citizen_goes_on_then_it_is_open_no_more(checks, database):
    checks.ask("one", "a")
    checks.drop("one")
    assert checks.awaiting("one") is None
    assert not Standings(database).of("one").awaits_proof


def test_given_wrong_answers_when_they_are_too_many_then_the_number_rests_in_every_conversation(checks, clock):
    assert [checks.count(f"talk {number}", "a") for number in range(4)] == [None, None, None, Bar.NUMBER]
    assert checks.left("a") == 0
    assert checks.bar("another", "a") is Bar.NUMBER
    assert checks.bar("another", "b") is None
    clock.pass_(minutes=30)
    assert checks.bar("another", "a") is None
    assert checks.left("a") == 3


def test_given_wrong_answers_about_many_numbers_then_the_conversation_rests(checks, clock):
    assert [checks.count("one", str(number)) for number in range(5)] == [None] * 4 + [Bar.CONVERSATION]
    assert checks.bar("two", "5") is None
    clock.pass_(minutes=60)
    assert checks.bar("one", "5") is None


def test_given_a_right_answer_then_what_the_citizen_had_wrong_before_counts_no_more(checks):
    checks.count("stranger", "a")
    checks.ask("one", "a")
    checks.count("one", "a")
    checks.count("one", "a")
    checks.settle("one", "a")
    assert checks.awaiting("one") is None
    assert checks.left("a") == 2


def test_given_many_guesses_at_once_then_no_more_are_looked_at_than_one_after_the_other(open_database):
    start, looked_at = threading.Barrier(8), []

    def guess(number, checks):
        start.wait()
        looked_at.append(checks.count(f"talk {number}", "a"))

    all_checks = [ProvisionalChecks(open_database(), LIMITS) for _ in range(8)]
    threads = [threading.Thread(target=guess, args=one) for one in enumerate(all_checks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert looked_at.count(None) == 3


def test_given_old_answers_when_purged_or_another_comes_then_they_are_gone(checks, database, clock):
    checks.count("one", "a")
    clock.pass_(days=2)
    assert Retention(database).purge_expired() == {"provisional_checks": 1}
    checks.count("one", "a")
    clock.pass_(days=2)
    checks.count("one", "b")
    assert Retention(database).delete_conversation("one") == {"provisional_checks": 1}

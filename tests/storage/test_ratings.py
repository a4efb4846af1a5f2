from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage.errors import RatingClosed, RatingUnknown
from storage.follow_ups import FollowUps
from storage.models import RatingRow
from storage.rating_records import Awaits
from storage.ratings import Given, RatedKind, Ratings, Subject
from storage.standing import Standings

CLERK = "c" * 32
DUE = date(2026, 11, 26)


@pytest.fixture
def ratings(database):
    return Ratings(database)


def handoff(number=1, conversation="one", item=None):
    return Subject(RatedKind.HANDOFF, f"handoff-{number}", conversation, item, CLERK)


def test_given_a_service_that_was_asked_about_when_it_is_asked_again_then_nothing_is_asked(ratings):
    assert ratings.ask(handoff()) is not None

    assert ratings.ask(handoff()) is None
    assert ratings.ask(handoff(2)) is not None


def test_given_a_question_when_it_is_answered_then_level_reasons_and_comment_are_read_back(open_database, clock):
    asked = Ratings(open_database()).ask(handoff())

    Ratings(open_database()).give(asked.id, "one", Given(2, ("attitude", "time"), "等了一上午"))

    kept = Ratings(open_database()).get(asked.id, "one")
    assert (kept.subject, kept.given) == (handoff(), Given(2, ("attitude", "time"), "等了一上午"))
    assert kept.is_low and kept.rated_at == clock() and kept.awaits is None


def test_given_a_comment_when_it_is_kept_then_the_database_does_not_hold_its_words(database, ratings):
    asked = ratings.ask(handoff())
    ratings.give(asked.id, "one", Given(1, (), "等了一上午"))

    with database.session() as session:
        assert "等了一上午".encode() not in session.get(RatingRow, asked.id).comment_sealed


def test_given_a_rating_when_it_is_asked_for_in_another_conversation_then_it_is_unknown(ratings):
    asked = ratings.ask(handoff())

    with pytest.raises(RatingUnknown):
        ratings.give(asked.id, "two", Given(5))


@pytest.mark.parametrize("level", [0, 6])
def test_given_a_level_that_is_none_when_it_is_given_then_it_is_refused(ratings, level):
    with pytest.raises(ValueError):
        ratings.give(ratings.ask(handoff()).id, "one", Given(level))


def test_given_a_rating_when_a_day_has_passed_then_it_is_changed_no_more_but_may_be_said_again(ratings, clock):
    asked = ratings.ask(handoff())
    ratings.give(asked.id, "one", Given(4))
    clock.pass_(hours=23)
    ratings.give(asked.id, "one", Given(5))
    clock.pass_(hours=2)

    with pytest.raises(RatingClosed):
        ratings.give(asked.id, "one", Given(1))
    assert ratings.give(asked.id, "one", Given(5)).given == Given(5)


def test_given_a_question_when_a_week_has_passed_then_it_is_answered_no_more(ratings, clock):
    asked = ratings.ask(handoff())
    clock.pass_(days=7, seconds=1)

    with pytest.raises(RatingClosed):
        ratings.give(asked.id, "one", Given(5))


def test_given_a_question_when_the_next_words_come_then_level_then_reason_is_awaited(database, ratings, clock):
    assert not Standings(database).of("one").awaits_rating
    asked = ratings.ask(handoff())
    assert Standings(database).of("one").awaits_rating
    assert ratings.awaiting("one", clock() - timedelta(minutes=30)).awaits is Awaits.LEVEL

    ratings.give(asked.id, "one", Given(1))
    assert ratings.awaiting("one", clock() - timedelta(minutes=30)).awaits is Awaits.REASON
    ratings.give(asked.id, "one", Given(1, ("time",)))

    assert ratings.awaiting("one", clock() - timedelta(minutes=30)) is None
    assert not Standings(database).of("one").awaits_rating


def test_given_a_question_when_it_is_old_or_settled_then_no_words_are_awaited(ratings, clock):
    asked = ratings.ask(handoff())
    clock.pass_(minutes=31)
    assert ratings.awaiting("one", clock() - timedelta(minutes=30)) is None
    assert ratings.awaiting("one", clock() - timedelta(minutes=60)) is not None

    ratings.settle(asked.id, "one")

    assert ratings.awaiting("one", clock() - timedelta(minutes=60)) is None
    assert ratings.give(asked.id, "one", Given(3)).given == Given(3)


def test_given_a_low_rating_when_it_is_raised_and_falls_again_then_its_follow_up_ends_and_opens(database, ratings):
    asked = ratings.ask(handoff())
    follow_ups = FollowUps(database)

    ratings.give(asked.id, "one", Given(2), DUE)
    opened = follow_ups.pending()
    ratings.give(asked.id, "one", Given(2, ("time",)), DUE + timedelta(days=1))
    assert [(one.id, one.due_on) for one in follow_ups.pending()] == [(opened[0].id, DUE)]
    ratings.give(asked.id, "one", Given(4), DUE)
    assert follow_ups.pending() == ()
    assert [one.outcome.value for one in follow_ups.closed()] == ["changed"]

    ratings.give(asked.id, "one", Given(1), DUE)
    assert [one.id for one in follow_ups.pending()] == [opened[0].id]


def test_given_a_low_rating_when_it_falls_further_then_its_follow_up_is_due_sooner(database, ratings):
    asked = ratings.ask(handoff())
    ratings.give(asked.id, "one", Given(2), DUE)

    ratings.give(asked.id, "one", Given(1), DUE - timedelta(days=2))

    assert [one.due_on for one in FollowUps(database).pending()] == [DUE - timedelta(days=2)]


def test_given_a_good_rating_or_a_second_one_when_it_is_given_then_nothing_is_followed_up(database, ratings):
    ratings.give(ratings.ask(handoff()).id, "one", Given(3), DUE)
    second = ratings.ask(Subject(RatedKind.FOLLOW_UP, "f", "one"))
    ratings.give(second.id, "one", Given(1), None)

    assert FollowUps(database).pending() == ()


def test_given_ratings_when_they_are_counted_then_level_day_staff_and_item_agree(ratings, clock):
    since = clock()
    for number, (level, item) in enumerate([(5, "passport"), (5, "passport"), (1, "passport"), (4, None)]):
        ratings.give(ratings.ask(handoff(number, item=item)).id, "one", Given(level))
        clock.pass_(hours=7)
    ratings.ask(handoff(9))
    second = ratings.ask(Subject(RatedKind.FOLLOW_UP, "f", "one"))
    ratings.give(second.id, "one", Given(5))
    until = clock() + timedelta(seconds=1)

    assert ratings.counts(since, until) == {5: 2, 4: 1, 3: 0, 2: 0, 1: 1}
    assert ratings.asked(since, until) == 5
    assert ratings.by_day(since, until) == {
        date(2026, 11, 23): {5: 2, 4: 0, 3: 0, 2: 0, 1: 0},
        date(2026, 11, 24): {5: 0, 4: 1, 3: 0, 2: 0, 1: 1},
    }
    assert ratings.by_staff(since, until) == {CLERK: {5: 2, 4: 1, 3: 0, 2: 0, 1: 1}}
    assert ratings.by_item(since, until) == {"passport": {5: 2, 4: 0, 3: 0, 2: 0, 1: 1}}
    assert sum(ratings.counts(since, since).values()) == 0

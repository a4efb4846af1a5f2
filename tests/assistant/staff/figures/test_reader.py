"""The figures against cases counted by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from assistant.staff.figures.headline import Kind, headline
from assistant.staff.figures.measures import Durations
from assistant.staff.figures.periods import Period, period_of
from assistant.staff.figures.reader import FiguresReader
from assistant.staff.figures.rules import BadRules, FigureRules
from storage.applications import ApplicationState
from storage.handoff_figures import HandoffOutcome
from storage.handoffs import HandoffReason
from storage.ratings import Given, RatedKind, Ratings, Subject
from tests.assistant.staff.busy_week import ITEMS, BusyDays

MONDAY = date(2026, 11, 23)
CERTIFICATE, CARD = ITEMS[0], ITEMS[1]
"""promised in 3 and in 10 working days"""


@pytest.fixture
def rules(data) -> FigureRules:
    return FigureRules.load(data / "figures.yml")


@pytest.fixture
def reader(services, rules) -> FiguresReader:
    return FiguresReader.of(services, rules)


@pytest.fixture
def days(services, now) -> BusyDays:
    """The services' storage, for turns at moments of the tests' choosing."""
    return BusyDays(services.database, now)


@pytest.fixture
def monday(now) -> Period:
    return period_of(MONDAY, MONDAY, now() + timedelta(days=1))


def test_given_turns_when_read_then_conversations_days_hours_and_shares_are_right(days, now, reader, rules, monday):
    now.now = now().replace(hour=0, minute=0)
    days.turn("one", "answered", CERTIFICATE)
    now.advance(hours=9)
    days.turn("one", "not_understood")
    days.turn("two", "answered", CERTIFICATE)
    days.turn("two", "smalltalk")
    now.advance(hours=15)
    days.turn("three", "answered")  # Tuesday

    found = reader.read(monday)

    assert (found.conversations, found.turns) == (2, 4)
    assert [tally.turns for tally in found.by_hour] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 3] + [0] * 14
    assert found.by_weekday()[0][9] == 3
    assert found.items == {CERTIFICATE: {"answered": 2}}
    assert found.share_of(rules.answered, rules.asked) == pytest.approx(2 / 3)  # small talk asks nothing


def test_given_nothing_when_read_then_figures_are_none_rather_than_wrong(reader, rules, monday):
    found = reader.read(monday)

    told = {one.key: one.value for one in headline(found, [found], rules)}

    assert told["conversations"] == 0 and told["answered"] is None and told["waiting"] is None
    assert told["satisfied"] is None
    assert found.by_day[MONDAY].turns == 0


def test_given_handoffs_when_read_then_waits_ends_and_long_waits_are_counted(services, now, reader, monday):
    handoffs = services.handoffs
    for seconds, reason in (
        (30, HandoffReason.ASKED_FOR),
        (60, HandoffReason.COMPLAINT),
        (900, HandoffReason.ASKED_FOR),
    ):
        handoff = handoffs.enqueue(handoffs.open(f"of {seconds}", reason, "…").id)
        now.advance(seconds=seconds)
        handoffs.take(handoff.id, "anna")
        now.advance(seconds=100)
        handoffs.close(handoff.id)
    handoffs.leave(handoffs.enqueue(handoffs.open("left", HandoffReason.ASKED_FOR, "…").id).id)

    desk = reader.read(monday).desk

    assert (desk.queued, desk.abandoned, desk.long_waits) == (4, 1, 1)
    assert desk.reasons == Counter(asked_for=3, complaint=1)
    assert desk.outcomes == {HandoffOutcome.SETTLED: 3, HandoffOutcome.LEFT: 1}
    assert (desk.waiting.median, desk.handling.median) == (60, 100)
    assert desk.waiting.p90 == pytest.approx(60 + 0.8 * 840)


def test_given_promises_when_read_then_working_days_decide_what_is_late(services, now, reader):
    applications = services.applications
    friday = date(2026, 11, 20)
    now.now = now().replace(day=20)
    numbers = {}
    for name, item in (("open", CERTIFICATE), ("in time", CERTIFICATE), ("late", CERTIFICATE), ("slow", CARD)):
        numbers[name] = applications.submit(applications.create_draft(name, item).id).receipt_number
        applications.transition(numbers[name], ApplicationState.ACCEPTED, at=now())
    # three working days from Friday: Monday, Tuesday, Wednesday
    applications.transition(numbers["in time"], ApplicationState.ISSUED, at=now().replace(day=25, hour=23))
    applications.transition(numbers["late"], ApplicationState.ISSUED, at=now().replace(day=26, hour=0))

    def on(day: int):
        last = date(2026, 11, day)
        return reader.read(period_of(friday, last, now().replace(day=day, hour=23, minute=30))).applications

    assert (on(25).overdue, on(25).in_time, on(25).late) == (0, 1, 0)
    assert (on(26).overdue, on(26).in_time, on(26).late) == (1, 1, 1)
    assert on(26).items[CERTIFICATE].overdue == 1
    assert on(26).items[CARD].overdue == 0
    assert on(26).count(ApplicationState.SUBMITTED) == 4
    assert on(26).days[friday] == {ApplicationState.SUBMITTED: 4, ApplicationState.ACCEPTED: 4}


def test_given_ratings_when_read_then_satisfaction_is_a_headline(services, rules, monday):
    ratings = Ratings(services.database)
    for number, level in enumerate((5, 5, 4, 1)):
        asked = ratings.ask(Subject(RatedKind.CONVERSATION, f"c{number}", f"c{number}", CERTIFICATE))
        ratings.give(asked.id, f"c{number}", Given(level))

    reader = FiguresReader(services.database, rules, {}, services.calendar)
    found = reader.read(monday)

    satisfied = headline(found, [found], rules)[-1]

    assert dict(found.satisfaction.items[CERTIFICATE]) == {5: 2, 4: 1, 3: 0, 2: 0, 1: 1}
    assert (satisfied.key, satisfied.kind, satisfied.value) == ("satisfied", Kind.SHARE, 0.75)


@pytest.mark.parametrize(
    ("seconds", "median", "p90"),
    [([], None, None), ([7], 7, 7), ([0, 10], 5, 9), (range(11), 5, 9)],
)
def test_given_durations_when_summed_up_then_the_percentiles_are_right(seconds, median, p90):
    found = Durations.of(seconds)

    assert (found.median, found.p90) == (median, pytest.approx(p90))


@pytest.mark.parametrize(
    ("written", "sentence"),
    [("asked: [answered]", "answered"), ("asked: [heard]\nanswered: []", "heard"), ("[", "")],
)
def test_given_rules_that_cannot_be_when_read_then_they_are_refused(data, tmp_path, written, sentence):
    import yaml

    whole = yaml.safe_load((data / "figures.yml").read_text("utf-8"))
    file = tmp_path / "figures.yml"
    try:
        changed = {**whole, **yaml.safe_load(written)}
    except yaml.YAMLError:
        changed = {"asked": ["answered"]}
    else:
        changed.pop("answered" if "answered:" not in written else "", None)
    file.write_text(yaml.safe_dump(changed, allow_unicode=True), "utf-8")

    with pytest.raises(BadRules, match=sentence):
        FigureRules.load(file)

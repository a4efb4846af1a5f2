"""How long one waits for a person."""

from __future__ import annotations

import heapq
import random
from pathlib import Path
from statistics import median

import pytest

from actions.texts import Texts
from actions.waiting import DeskPractice, Durations, expected_waits, wait_in_words
from storage.desk_measures import DeskState

ONE_EACH = DeskPractice(conversations_each=1, usual_minutes=6)
SPREAD = 0.6


@pytest.fixture
def texts(data: Path) -> Texts:
    return Texts.load(data / "texts" / "handoff.yml")


class Hall:
    """30 citizens who come within some minutes, and 3 clerks who talk with one at a time."""

    def __init__(self, seed: int, measured: int) -> None:
        self.random = random.Random(seed)
        self.arrivals = sorted(self.random.uniform(0, 600) for _ in range(30))
        self.lasted = [self.conversation() for _ in range(measured)]
        self.running: list[tuple[float, float, int]] = []  # ends, began, citizen
        self.queue: list[int] = []
        self.estimated: dict[int, float] = {}
        self.waited: dict[int, float] = {}
        self.order: list[int] = []

    def conversation(self) -> float:
        return self.random.lognormvariate(5.6, SPREAD)  # a median of four and a half minutes

    def run(self) -> Hall:
        events: list[tuple[float, int]] = [(at, citizen) for citizen, at in enumerate(self.arrivals)]
        while events or self.running:
            ends = self.running[0][0] if self.running else float("inf")
            if events and events[0][0] <= ends:
                now, citizen = events.pop(0)
                self.queue.append(citizen)
                self.estimate(citizen, now)
            else:
                now, began, _ = heapq.heappop(self.running)
                self.lasted.insert(0, now - began)
            while self.queue and len(self.running) < 3:
                taken = self.queue.pop(0)
                self.order.append(taken)
                self.waited[taken] = now - self.arrivals[taken]
                heapq.heappush(self.running, (now + self.conversation(), now, taken))
        return self

    def estimate(self, citizen: int, now: float) -> None:
        desk = DeskState(3, tuple(now - began for _, began, _ in self.running), tuple(self.lasted[:40]))
        waits = expected_waits(len(self.queue), desk, ONE_EACH)
        assert waits is not None
        self.estimated[citizen] = waits[-1]


@pytest.mark.parametrize("measured", [0, 40])
def test_given_30_citizens_and_3_clerks_when_they_wait_then_what_was_told_is_within_30_percent_at_the_median(measured):
    errors, halls = [], []
    for seed in range(40):
        hall = Hall(seed, measured).run()
        assert hall.order == list(range(30)), "first in, first out"
        waited = [one for one in range(30) if hall.waited[one] > 60]
        own = [abs(hall.estimated[one] - hall.waited[one]) / hall.waited[one] for one in waited]
        halls.append(median(own))
        errors += own

    assert median(errors) <= 0.30
    assert median(halls) <= 0.30


def test_given_somebody_free_when_one_asks_then_there_is_no_wait():
    assert expected_waits(2, DeskState(1, (), ()), DeskPractice(conversations_each=2)) == (0.0, 0.0)


def test_given_nobody_at_the_desk_when_one_asks_then_nothing_is_promised():
    assert expected_waits(3, DeskState(0, (), (300.0,)), ONE_EACH) is None


def test_given_nothing_measured_when_estimated_then_the_usual_duration_holds():
    assert Durations.measured((), 360).mean == pytest.approx(360)


def test_given_few_measured_when_estimated_then_they_count_by_their_number():
    short = [60.0] * 2

    few, many = Durations.measured(short, 600).mean, Durations.measured(short * 30, 600).mean

    assert 60 < many < few < 600


def test_given_a_conversation_left_open_when_estimated_then_it_counts_as_a_long_one():
    usual = [240.0, 300.0, 280.0, 320.0, 260.0] * 4

    assert Durations.measured([*usual, 9 * 3600.0], 300).mean < 1.15 * Durations.measured(usual, 300).mean


@pytest.mark.parametrize("elapsed", [0.0, 30.0, 300.0, 3600.0, 10 * 3600.0])
def test_given_a_conversation_that_runs_when_asked_then_some_time_is_left(elapsed):
    assert 1.0 <= Durations(300, 0.6, 360).left_after(elapsed) < 24 * 3600


def test_given_a_running_conversation_when_it_lasts_longer_than_usual_then_the_next_waits_longer_than_for_one_at_its_end():
    durations = Durations(300, 0.6, 360)

    assert durations.left_after(200) < durations.left_after(0.5)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (10, "不到 1 分钟"),
        (61, "大约 2 分钟"),
        (290, "大约 5 分钟"),
        (11 * 60, "大约 15 分钟"),
        (60 * 60, "大约 60 分钟"),
        (150 * 60, "2 小时以上"),
    ],
)
def test_given_a_wait_when_it_is_said_then_it_is_rounded_up(texts, seconds, said):
    assert wait_in_words(seconds, texts) == said


@pytest.mark.parametrize("desk", ["{conversations_each: 0}", "{usual_minutes: -1}", "{no_answer_minutes: 0}"])
def test_given_a_desk_that_cannot_be_when_read_then_it_is_refused(tmp_path, desk):
    file = tmp_path / "service_hours.yml"
    file.write_text(f"desk: {desk}")

    with pytest.raises(ValueError, match="positive"):
        DeskPractice.load(file)


def test_given_the_shipped_hours_when_read_then_the_desk_has_its_practice(data):
    assert DeskPractice.load(data / "service_hours.yml") == DeskPractice(2, 6, 5)

"""By when an application must be dealt with, in working days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

import yaml

from actions.clock import Clock
from actions.flows.definition import Flow
from actions.working_calendar import WorkingCalendar
from storage.application_states import ApplicationState


class Limit(str, Enum):
    """What must have happened by a day."""

    ACCEPTANCE = "acceptance"
    """it is accepted, refused, or everything that is missing is asked for"""
    DECISION = "decision"
    """it is decided, as promised"""


class Lateness(str, Enum):
    IN_TIME = "in_time"
    NEAR = "near"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Due:
    """A limit; `days_left` are working days, 0 on the day itself, negative once it has passed."""

    limit: Limit
    on: date
    days_left: int
    lateness: Lateness


@dataclass(frozen=True)
class OfficeRules:
    """What `data/back_office.yml` says."""

    answer_within: int
    near: int
    promise: re.Pattern[str]

    @classmethod
    def load(cls, path: Path) -> OfficeRules:
        """Read the rules from a YAML file."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(int(raw["answer_within"]), int(raw["near"]), re.compile(raw["promise"]))


class Deadlines:
    """Working days count from the day after the one that begins the period (Administrative Licensing Law, article 82).

    Whether an application is accepted is answered within five days of its submission, and of the answer to what was
    asked for (article 32, no. 4). The promised time runs from acceptance.
    """

    def __init__(self, flows: Mapping[str, Flow], calendar: WorkingCalendar, rules: OfficeRules, clock: Clock) -> None:
        """Keep the flows, which promise, and the calendar, which counts."""
        self._calendar = calendar
        self._rules = rules
        self._clock = clock
        self._promised = {item: _working_days(flow.submit.promise, rules.promise) for item, flow in flows.items()}

    def due(self, item_id: str, state: ApplicationState, since: datetime) -> Due | None:
        """Return the limit of an application that is in a state since a moment; None where none runs."""
        limit = {ApplicationState.SUBMITTED: Limit.ACCEPTANCE, ApplicationState.ACCEPTED: Limit.DECISION}.get(state)
        days = self._rules.answer_within if limit is Limit.ACCEPTANCE else self._promised.get(item_id)
        if limit is None or days is None:
            return None
        now = self._clock()
        on = self._calendar.add_working_days(since.astimezone(now.tzinfo).date(), days)
        left = self._calendar.working_days_left(now.date(), on)
        return Due(limit, on, left, self._lateness(now.date(), on, left))

    def _lateness(self, today: date, on: date, left: int) -> Lateness:
        if today > on:
            return Lateness.OVERDUE
        return Lateness.NEAR if left <= self._rules.near else Lateness.IN_TIME


def _working_days(promise: str | None, pattern: re.Pattern[str]) -> int | None:
    found = pattern.search(promise or "")
    return None if found is None else int(found[1])

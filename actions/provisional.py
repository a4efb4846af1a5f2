"""Applications that their department has not taken yet: kept, handed over later, asked for by a provisional number."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import yaml

from actions.connectors.offices import Offices
from actions.texts import Texts
from storage.database import Database
from storage.outbox import Outbox, OutboxState
from storage.provisional_checks import CheckLimits, ProvisionalChecks
from storage.provisional_numbers import Provisional, ProvisionalNumbers

LOOK_EVERY_SECONDS = 0.05


@dataclass(frozen=True)
class ProvisionalRules:
    """What data/provisional.yml says."""

    wait_seconds: float
    limits: CheckLimits

    @classmethod
    def load(cls, path: Path) -> ProvisionalRules:
        """Read the file; raise KeyError for a figure that is missing."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        minutes = {name: timedelta(minutes=raw[f"{name}_minutes"]) for name in ("number_rests", "conversation_rests")}
        return cls(
            wait_seconds=float(raw["wait_seconds"]),
            limits=CheckLimits(
                wrong_answers=int(raw["wrong_answers"]),
                wrong_in_conversation=int(raw["wrong_in_conversation"]),
                answer_within=timedelta(minutes=raw["answer_within_minutes"]),
                **minutes,
            ),
        )


class ProvisionalNumberDesk:
    """Tell, at the submission and later, which applications their departments do not have."""

    def __init__(self, database: Database, offices: Offices, texts: Texts, rules: ProvisionalRules) -> None:
        """Keep what hands over and what remembers."""
        self.numbers = ProvisionalNumbers(database)
        self.checks = ProvisionalChecks(database, rules.limits)
        self.texts = texts
        self._outbox = Outbox(database)
        self._offices = offices
        self._wait_seconds = rules.wait_seconds

    async def after_submission(self, receipt_number: str) -> Provisional | None:
        """Try to hand over what was submitted this moment, and return its provisional number where that fails.

        It waits for a department that does not refuse at once, but no longer than the rules say; whoever takes the
        application afterwards, it is handed over once. None where the department has it, or none is to have it.
        """
        if self._offices.hand_over(receipt_number):
            end = time.monotonic() + self._wait_seconds
            while self._is_under_way(receipt_number) and time.monotonic() < end:
                await asyncio.sleep(LOOK_EVERY_SECONDS)
        return self.numbers.give(receipt_number)

    def _is_under_way(self, receipt_number: str) -> bool:
        row = self._outbox.of(receipt_number)
        return row is not None and row.state is OutboxState.WAITING and row.failing_since is None

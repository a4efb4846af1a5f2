"""What the figures count, and from when on something is a trouble: `data/figures.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import yaml

from actions.flows.definition import Flow
from actions.status import AnswerStatus


class BadRules(ValueError):
    """data/figures.yml cannot be used."""


@dataclass(frozen=True)
class FigureRules:
    asked: frozenset[str]
    """statuses of turns in which something was asked"""
    answered: frozenset[str]
    """those of them that answer"""
    promise_days: re.Pattern[str]
    top: int
    unanswered_days: int
    unanswered_top: int
    report_top: int
    long_wait: timedelta
    low_level: int
    """ratings of this level and below are low"""

    @classmethod
    def load(cls, path: Path) -> FigureRules:
        """Read the file; raise BadRules."""
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        try:
            rules = cls(
                asked=frozenset(written["asked"]),
                answered=frozenset(written["answered"]),
                promise_days=re.compile(written["promise_days"]),
                top=int(written["top"]),
                unanswered_days=int(written["unanswered"]["days"]),
                unanswered_top=int(written["unanswered"]["top"]),
                report_top=int(written["report"]["top"]),
                long_wait=timedelta(minutes=float(written["report"]["long_wait_minutes"])),
                low_level=int(written["report"]["low_level"]),
            )
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise BadRules(f"{path.name}: {type(error).__name__}: {error}") from error
        unknown = (rules.asked | rules.answered) - {status.value for status in AnswerStatus}
        if unknown:
            raise BadRules(f"{path.name}: no turn ends as {', '.join(sorted(unknown))}.")
        if not rules.answered <= rules.asked:
            raise BadRules(f"{path.name}: `answered` has what is not among `asked`.")
        return rules

    def promised_days(self, flows: Mapping[str, Flow]) -> dict[str, int]:
        """Return, by item, the working days that its flow promises; flows without a promise are left out."""
        found = {item: self.promise_days.search(flow.submit.promise or "") for item, flow in flows.items()}
        return {item: int(match.group(1)) for item, match in found.items() if match}

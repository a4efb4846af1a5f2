"""Where a sentence may fall apart: into several wishes, or into things that are held against each other.

This looks at words alone and proposes; whether each piece stands for an item of its own is seen when it is searched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

_MOST = 3
"""pieces"""
_LONGEST_NAME = 14
"""characters of one thing in a list"""
_LONGEST_PAIR = 30
"""characters of a sentence in which "too" alone adds a wish; in a longer story it goes on telling"""
_LEAST_CLAUSE = 4
"""characters of a clause that can hold a wish"""


class Joint(str, Enum):
    """What holds the pieces together."""

    WISHES = "wishes"
    COMPARISON = "comparison"


@dataclass(frozen=True)
class Pieces:
    """The pieces of a sentence; what points to the conversation (this, these two) is an empty piece."""

    joint: Joint
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Joints:
    """Compiled joint words; the words themselves stand in data/texts/dialogue.yml."""

    breaks: re.Pattern[str]
    adding: re.Pattern[str]
    also: re.Pattern[str]
    conjunction: re.Pattern[str]
    predicate: re.Pattern[str]
    lead: re.Pattern[str]
    brought: re.Pattern[str]
    one_wish: re.Pattern[str]
    comparing: re.Pattern[str]
    no_comparison: re.Pattern[str]
    alternative: re.Pattern[str]
    pointing: re.Pattern[str]
    comparison_lead: re.Pattern[str]
    denied: re.Pattern[str]
    each: re.Pattern[str]

    @classmethod
    def from_mapping(cls, words: Mapping[str, str]) -> Joints:
        """Compile the joint words of the YAML file."""
        return cls(**{name: re.compile(pattern) for name, pattern in words.items()})

    def pieces(self, words: str) -> Pieces | None:
        """Return the pieces of a normalised sentence, or None where it has no joint."""
        if self.comparing.search(words) and not self.no_comparison.search(words):
            compared = self._compared(words)
            return Pieces(Joint.COMPARISON, compared) if compared else None
        wishes = self._clauses(words) or self._list(words)
        return Pieces(Joint.WISHES, wishes) if wishes else None

    def _clauses(self, words: str) -> tuple[str, ...]:
        """Return the clauses of a sentence that adds one wish to another."""
        marked = self.adding.sub(lambda found: f"\n{found.group()}", words)
        clauses: list[str] = []
        for clause in re.split(rf"\n|{self.breaks.pattern}", marked):
            added = self.adding.match(clause) or (len(words) <= _LONGEST_PAIR and self.also.search(clause))
            bare = self.adding.sub("", clause, count=1) if self.adding.match(clause) else clause
            if clauses and not added:
                clauses[-1] += f",{clause}" if clause else ""
            elif clause:
                clauses.append(bare)
        clauses = [clause.strip(", ") for clause in clauses]
        if not 2 <= len(clauses) <= _MOST or any(len(clause) < _LEAST_CLAUSE for clause in clauses):
            return ()
        return tuple(clauses)

    def _list(self, words: str) -> tuple[str, ...]:
        """Return each thing of a list with what is said of all (A和B都丢了: A都丢了, B都丢了)."""
        if self.one_wish.search(words):
            return ()
        predicate = self.predicate.search(words)
        named, said = (words[: predicate.start()], words[predicate.start() :]) if predicate else (words, "")
        named = self.breaks.split(named)[-1]
        lead = self.lead.match(named)
        begin = lead.group() if lead else ""
        things = [thing.strip() for thing in self.conjunction.split(named[len(begin) :])]
        if not 2 <= len(things) <= _MOST or not all(1 < len(thing) <= _LONGEST_NAME for thing in things):
            return ()
        if self.brought.search(begin + things[0]) or not (said or begin):
            return ()
        return tuple(f"{begin}{thing}{said}" for thing in things)

    def _compared(self, words: str) -> tuple[str, ...]:
        """Return what is held against each other: the things named beside the first word of comparison."""
        found = self.comparing.search(words)
        if found is None:
            return ()
        before = [clause for clause in self.breaks.split(words[: found.start()]) if clause]
        after = self.alternative.match(words, found.end())
        sides = self._sides(before[-1] if before else "") + ((after.group("other"),) if after else ())
        if len(sides) < 2 and sides != ("",):
            sides = self._sides(next(filter(None, self.breaks.split(words[found.end() :])), ""))
        return sides[:_MOST] if len(sides) >= 2 or sides == ("",) else ()

    def _sides(self, text: str) -> tuple[str, ...]:
        bare = self.comparison_lead.sub("", text)
        return tuple(
            "" if self.pointing.fullmatch(part.strip()) else part.strip() for part in self.conjunction.split(bare)
        )

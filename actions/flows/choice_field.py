"""A choice between options, named by value, synonym or position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from actions.flows.field_type import FieldError, FieldType, Found
from actions.flows.numerals import number_of
from actions.flows.words import ChoiceWords

_EDGES = " \t,，。.!！;；:：、?？的吧呀啊呢了哦哈"


@dataclass(frozen=True)
class Option:
    value: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """The name of an option in a text."""

    value: str
    start: int
    end: int


class Choice(FieldType):
    name = "choice"

    def __init__(self, options: Sequence[Option], words: ChoiceWords) -> None:
        self.options = tuple(options)
        self._words = words
        named = [
            (normalize("NFKC", name).lower(), option.value)
            for option in options
            for name in (option.value, *option.words)
        ]
        self._names = sorted(named, key=lambda pair: -len(pair[0]))

    def find(self, text: str, today: date) -> Found | None:
        """Find the one option that is named and not negated; None when several are."""
        matches = self._matches(text)
        return None if len({match.value for match in matches}) != 1 else Found(*_of(matches[0]))

    def parse(self, text: str, today: date) -> str:
        values = list(dict.fromkeys(match.value for match in self._matches(text)))
        if len(values) == 1:
            return values[0]
        if values:
            raise FieldError("choice_several", options=self._listed())
        position = self._position(text)
        if position is not None and -len(self.options) <= position < len(self.options):
            return self.options[position].value
        raise FieldError("choice_unknown", attempted=False, options=self._listed())

    def mask(self, value: str) -> str:
        return "****"

    def _matches(self, text: str) -> list[Match]:
        """Return the names that occur, longest first, none inside another, negated ones left out."""
        text = text.lower()
        matches: list[Match] = []
        taken = [False] * len(text)
        for name, value in self._names:
            start = text.find(name)
            while start >= 0:
                end = start + len(name)
                if not any(taken[start:end]):
                    taken[start:end] = [True] * len(name)
                    if not text[:start].endswith(self._words.negations):
                        matches.append(Match(value, start, end))
                start = text.find(name, end)
        return matches

    def _position(self, text: str) -> int | None:
        """Return the place in the list (0 the first, -1 the last) that the words name."""
        if any(word in text for word in self._words.last):
            return -1
        if any(word in text for word in self._words.first):
            return 0
        bare = text.strip(_EDGES)
        found = [match for pattern in self._words.ordinals[:1] for match in [pattern.search(text)] if match]
        found += [match for pattern in self._words.ordinals[1:] for match in [pattern.fullmatch(bare)] if match]
        number = number_of(found[0][1]) if found else None
        return None if not number else number - 1

    def _listed(self) -> str:
        return "、".join(option.value for option in self.options)


def _of(match: Match) -> tuple[str, int, int]:
    return match.value, match.start, match.end

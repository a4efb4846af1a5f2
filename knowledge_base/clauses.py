"""Read a sentence into clauses: its content words, its numbers with their units, and its modal words."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from knowledge_base.chinese_numbers import read_number
from knowledge_base.text import normalise

NEGATIVE = frozenset({"not", "free", "barred"})
LOUD = NEGATIVE | {"must", "may"}
"""marks that say something even where no content word stands beside them"""
_SENTENCES = re.compile(r"([,;。!?()\[\]\n]|(?<!\d)[.:]|[.:](?!\d))")
_OPENING, _CLOSING = ("(", "["), (")", "]")
_LIST = "、"
_QUOTES = re.compile(r"[“”\"'‘’《》〈〉「」·\s]+")
_JOINING = frozenset({"and", "or"})
_SCOPE_ENDS = frozenset({"的", "就", "则", "也", "还"})
_CLOCK = r"(?P<clock>\d{1,2}:\d{2})"
_RARE = 10_000_000
"""the frequency given to listed words, so that jieba cuts them whole"""


@dataclass(frozen=True)
class Word:
    """A content word of a clause; a number is one too, with its unit (`3个工作日` is `3 个工作日`)."""

    text: str
    negated: bool
    unit: str = ""
    """of a number"""
    whole: bool = False
    """whether no part of it is a word: 不动产 says nothing of 动产"""


@dataclass(frozen=True)
class Clause:
    """What one clause says."""

    words: tuple[Word, ...]
    marks: frozenset[str]
    """of `marks` in data/texts/support.yml; what stands in a list shares those of the whole list"""
    denials: int = 0
    """how often it denies something"""
    aside: bool = False
    """whether it stands in brackets"""


def marks_of(clauses: Sequence[Clause]) -> frozenset[str]:
    """Return the marks of all clauses."""
    return frozenset().union(*(clause.marks for clause in clauses))


def text_of(clauses: Sequence[Clause]) -> str:
    """Return the words of each clause run together, so that another cut of the same words is found."""
    return "|".join("".join("|" if word.unit or word.whole else word.text for word in one.words) for one in clauses)


class Wording:
    """The words of data/texts/support.yml, and how a sentence is read with them."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        """Keep the word lists."""
        self.plain = frozenset(raw["plain"])
        self.light = frozenset(raw["light"])
        self._marks = {word: mark for mark, words in raw["marks"].items() for word in words}
        self._same = {word: group[0] for group in raw["same"] for word in group}
        self._units = {word: group[0] for group in raw["units"] for word in group}
        self._opaque = tuple(raw["opaque"])
        self._weekday, self._numeral = raw["weekday"], raw["numeral"]
        self._negations = {word for word, mark in self._marks.items() if mark in NEGATIVE and len(word) == 1}

    @classmethod
    def load(cls, path: Path) -> Wording:
        """Read the word lists from their file."""
        import yaml

        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def warm_up(self) -> None:
        """Load jieba's dictionary, which takes half a second."""
        _ = self._cutter

    def clauses(self, text: str, names: Sequence[str] = ()) -> tuple[Clause, ...]:
        """Return the clauses of a text; a negation inside one of `names` (无犯罪记录证明) denies nothing."""
        clauses: list[Clause] = []
        depth = 0
        for piece in _SENTENCES.split(normalise(text)):
            if len(piece) < 2 and not piece.isalnum():
                depth += (piece in _OPENING) - (piece in _CLOSING)
                continue
            listed = [self._clause(_QUOTES.sub("", part), names) for part in piece.split(_LIST)]
            marks = frozenset().union(*(one.marks for one in listed))
            clauses += [replace(one, marks=marks, aside=depth > 0) for one in listed if one.words or marks]
        return tuple(clauses)

    def _clause(self, text: str, names: Sequence[str]) -> Clause:
        words: list[Word] = []
        marks: list[str] = []
        negated = waits = False
        for token, unit, inside_name in self._tokens(text, names):
            mark = None if inside_name else self._marks.get(token)
            if mark in NEGATIVE:
                negated, waits = not (negated and waits), True  # 不属于不准出境的: twice denied
            elif mark is None and token not in self.plain:
                words.append(Word(token, negated, unit, self._is_whole(token)))
                waits = False
            elif (token in _SCOPE_ENDS or mark in _JOINING) and not waits:
                negated = False
            marks += [mark] if mark else []
        return Clause(tuple(words), frozenset(marks), sum(mark in NEGATIVE for mark in marks))

    def _is_whole(self, token: str) -> bool:
        return token in self._opaque or (len(token) > 1 and token[0] in self._negations)

    def _tokens(self, text: str, names: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
        """Yield (standard form, unit, whether it stands inside a name)."""
        known = [re.escape(name) for name in sorted(set(names), key=lambda name: -len(name)) if len(name) > 2]
        parts = re.split(f"({'|'.join(known)})", text) if known else [text]
        for place, part in enumerate(parts):
            for token, unit in self._cut(part):
                yield token, unit, place % 2 == 1

    def _cut(self, text: str) -> Iterator[tuple[str, str]]:
        at = 0
        for match in self._numbers.finditer(text):
            yield from self._words(text[at : match.start()])
            yield self._number(match)
            at = match.end()
        yield from self._words(text[at:])

    def _words(self, text: str) -> Iterator[tuple[str, str]]:
        for token in self._cutter.cut(text, HMM=False):
            if token.strip(" -–—~/+"):
                yield self._same.get(token, token), ""

    def _number(self, match: re.Match[str]) -> tuple[str, str]:
        opaque = str(match["opaque"] or "")
        if opaque:
            return self._same.get(opaque, opaque), ""
        if match["weekday"]:
            return f"周{self._same.get(match['weekday'], match['weekday'])}", ""
        if match["clock"]:
            return match["clock"], "clock"
        unit = match["unit"] or match["han_unit"] or ""
        unit = self._units.get(unit, unit)
        value = read_number(match["digits"] or match["han"])
        return f"{value:g}{unit}", unit or "number"

    @cached_property
    def _numbers(self) -> re.Pattern[str]:
        units = _any_of(self._units)
        opaque = _any_of(self._opaque)
        return re.compile(
            rf"(?P<opaque>{opaque})|{self._weekday}|{_CLOCK}"
            rf"|(?P<digits>\d+(?:\.\d+)?万?)(?P<unit>{units})?"
            rf"|(?P<han>{self._numeral})(?P<han_unit>{units})"
        )

    @cached_property
    def _cutter(self) -> Any:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        cutter = jieba.Tokenizer()
        for word in (*self._marks, *self._same, *self.plain, *self.light):
            cutter.add_word(word, _RARE if len(word) > 1 else None)
        return cutter


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))

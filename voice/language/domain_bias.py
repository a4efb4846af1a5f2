"""What was heard, mended by its sound towards what is likely to be said: names of services, options, yes and no."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from voice.language.domain_words import GeneralWords, likelihoods, pieces
from voice.language.expectation import Expectation, ExpectationKind
from voice.language.heard_digits import HeardDigits
from voice.language.pronunciation import PhraseTable, Readings, confusables, readings, sounds
from voice.language.word_path import Word, likeliest_path

_CHANGE, _CHANGE_TO_LONG, _CHANGE_TO_ANSWER = 10.0, 7.0, 3.0
"""how much likelier, in nats, what was meant must be than what was heard: a short word, a long one, an answer"""
_LONG = 4
_ANSWER_SHARE = 0.5
"""of what was heard, for an expected word to be taken for the answer"""
_DIFFERING, _SELDOM = 1.0, 6.0
"""nats more for every character that differs, and for one that is seldom misheard"""
_APART = 20.0
"""nats for a syllable that sounds wholly different"""
_MOST_APART, _MOST_APART_ON_AVERAGE = 0.3, 0.1
"""syllables"""
_PUNCTUATION = "，。！？、 "
_CANDIDATES, _CANDIDATE_APART = 5, 0.25


@dataclass(frozen=True)
class Change:
    """A piece that was heard as something else than was meant."""

    start: int
    end: int
    heard: str
    meant: str
    cost: float
    """how far apart the two sound, in syllables"""


@dataclass(frozen=True)
class Candidate:
    """A name that sounds like a part of what was heard."""

    phrase: str
    item_id: str
    cost: float
    """how far apart they sound, for each syllable of the name"""


@dataclass(frozen=True)
class Biased:
    """What was probably said."""

    text: str
    changes: tuple[Change, ...] = ()
    """in the order of the text; start and end count the characters that were heard"""
    candidates: tuple[Candidate, ...] = ()
    """names that sound like a part of it, the nearest first"""


@dataclass(frozen=True)
class _Meant:
    """Words to be looked for by their sound, each with its log-probability."""

    words: tuple[str, ...]
    logs: tuple[float, ...]
    table: PhraseTable
    expected: bool
    """whether they are answers to what was asked"""

    @classmethod
    def of(cls, likely: Mapping[str, float], expected: bool) -> _Meant:
        return cls(tuple(likely), tuple(likely.values()), PhraseTable([sounds(word) for word in likely]), expected)


class DomainBias:
    """Mend what was heard where a word of the domain sounds the same and is far likelier."""

    def __init__(self, items: Mapping[str, str] | Sequence[str]) -> None:
        """Take the names and aliases of the items, each with the id of its item where ids are wanted."""
        named = items if isinstance(items, Mapping) else {phrase: "" for phrase in items}
        self._general = GeneralWords(confusables()["everyday_words"])
        self._never_misheard = frozenset(confusables()["never_misheard"])
        self._seldom_misheard = frozenset(confusables()["seldom_misheard"])
        self._domain = _Meant.of(likelihoods(named, self._general), expected=False)
        self._names = [(piece, phrase, item_id) for phrase, item_id in named.items() for piece in pieces(phrase)]
        self._name_table = PhraseTable([sounds(piece) for piece, _, _ in self._names])
        self._digits = HeardDigits()
        self._expected = lru_cache(maxsize=256)(_expected)

    def apply(self, heard: str, confidence: float | None, expectation: Expectation) -> Biased:
        """Return what was probably meant by a text in simplified script.

        The less sure the recogniser is, from 0 to 1, the less it takes to change something.
        """
        if expectation.kind is ExpectationKind.name or not heard:
            return Biased(heard)
        if expectation.kind is ExpectationKind.digits and (runs := self._digits.find(heard, expectation.length)):
            return _mended(
                heard, [Change(run.start, run.end, heard[run.start : run.end], run.meant, run.cost) for run in runs], ()
            )
        read = readings(heard)
        caution = 1.0 if confidence is None else 0.75 + 0.5 * confidence
        words = [Word[Change](*word) for word in self._general.among(heard)]
        words += self._sounding_like(self._domain, heard, read, caution)
        if expected := self._expected(_answers(expectation)):
            words += self._sounding_like(expected, heard, read, caution)
        changes = [word.meaning for word in likeliest_path(len(heard), words) if word.meaning]
        return _mended(heard, changes, self._candidates(read))

    def _sounding_like(self, meant: _Meant, heard: str, read: Readings, caution: float) -> Iterator[Word[Change]]:
        """Yield the words that were meant where they were heard as they are, or as characters that sound like them."""
        for number, start, cost in meant.table.windows(read, _MOST_APART, _MOST_APART_ON_AVERAGE):
            word, score = meant.words[number], meant.logs[number]
            end = start + len(word)
            if len(word) == 1 < len(heard.strip(_PUNCTUATION)):
                continue
            change = None
            if heard[start:end] != word:
                misheard = [one for one, other in zip(heard[start:end], word, strict=True) if one != other]
                is_answer = meant.expected and len(word) >= _ANSWER_SHARE * len(heard)
                cautions = [_CHANGE_TO_ANSWER if is_answer else _CHANGE_TO_LONG if len(word) >= _LONG else _CHANGE]
                cautions += map(self._caution, misheard)
                score -= caution * sum(cautions) + _APART * cost
                change = Change(start, end, heard[start:end], word, cost)
            yield Word(start, end, score, change)

    def _caution(self, character: str) -> float:
        """Return how many nats it costs to take a character for another."""
        if character in self._never_misheard or not _is_common(character):
            return math.inf
        return _SELDOM if character in self._seldom_misheard else _DIFFERING

    def _candidates(self, read: Readings) -> list[Candidate]:
        near = [
            Candidate(phrase, item_id, cost / len(piece))
            for number, cost in self._name_table.nearest(read, _CANDIDATE_APART)
            for piece, phrase, item_id in (self._names[number],)
        ]
        return sorted(near, key=lambda candidate: candidate.cost)[:_CANDIDATES]


def _answers(expectation: Expectation) -> tuple[str, ...]:
    answers = expectation.options + expectation.items
    return (*answers, *confusables()["answers"]) if expectation.kind is ExpectationKind.yes_no else answers


def _expected(answers: tuple[str, ...]) -> _Meant | None:
    said = {piece for answer in answers for piece in pieces(answer)}
    return _Meant.of({piece: -math.log(len(said)) for piece in sorted(said)}, expected=True) if said else None


def _is_common(character: str) -> bool:
    """Tell the 3,755 characters of the first level of GB/T 2312 from rarer and dialect ones."""
    try:
        return b"\xb0" <= character.encode("gb2312")[:1] <= b"\xd7"
    except UnicodeEncodeError:
        return False


def _mended(heard: str, changes: Sequence[Change], candidates: Sequence[Candidate]) -> Biased:
    parts, place = [], 0
    for change in changes:
        parts += [heard[place : change.start], change.meant]
        place = change.end
    return Biased("".join((*parts, heard[place:])), tuple(changes), tuple(candidates))

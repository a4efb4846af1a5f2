"""Does a rephrased sentence say what the sentences of the guide say that it leans on, no more and no less?

Nothing is guessed: every rule names the word it fails on. A clause must find its words, with their numbers, their order
and their negation, together in one stretch of one cited line (`unsupported`); and no word of a cited line may get lost
(`lost`). What the rules cannot see stands in docs/decisions/0009.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from knowledge_base.clauses import NEGATIVE, Clause, Word, Wording

_NAME = re.compile(r"【[^】]*】")
_LISTED = re.compile(r"^\s*(?:\d{1,2}[.、)]|·)\s*(?!\d)")
_TITLE = re.compile(r"《([^》]+)》")
_CONTACT = re.compile(r"https?:|www\.|[\w-]+\.[a-z]{2,}|@|\d{3,4}-\d{6,}|\d{7,}", re.IGNORECASE)


class Fault(str, Enum):
    """Why a rephrased sentence does not stand."""

    CONTACT = "contact"
    """a link, an address or a telephone number that no cited line has"""
    TITLE = "title"
    """a title in 《》 that no cited line has"""
    ADDED = "added"
    """a word or a number that no cited line has"""
    SCATTERED = "scattered"
    """words of several clauses put together, and some of theirs left out"""
    ORDER = "order"
    """words of one clause in another order"""
    NEGATION = "negation"
    """said where the guide denies it, or denied where the guide says it"""
    MODALITY = "modality"
    """may, must and need not, exchanged, added or lost"""
    CHOICE = "choice"
    """and put for or, or the other way round"""
    LOST = "lost"
    """a word or a number of a cited line that was not said again"""


@dataclass(frozen=True)
class Finding:
    """A fault and the words it was found in."""

    fault: Fault
    words: str


@dataclass(frozen=True)
class Source:
    """A line of an answer, with what may be said beside it: the item's names and the heading it stands under."""

    line: str
    names: tuple[str, ...] = ()
    heading: str = ""

    @property
    def said(self) -> str:
        """Return the line without the item's name and its number in a list."""
        return _LISTED.sub("", _NAME.sub("", self.line))

    @property
    def is_heading(self) -> bool:
        """Tell whether the line only announces those below it."""
        return self.line.rstrip().endswith(("：", ":"))


class SupportCheck:
    """Hold rephrased sentences against the lines they lean on."""

    def __init__(self, wording: Wording) -> None:
        """Keep the words to read sentences with, and what was read of the lines of guides."""
        self._wording = wording
        self._light = wording.light
        self._lines = lru_cache(maxsize=2048)(self._read_lines)
        self._beside = lru_cache(maxsize=2048)(self._read_beside)

    def unsupported(self, sentence: str, sources: Sequence[Source]) -> Finding | None:
        """Return the first thing that a sentence says and its sources do not, or None."""
        return (
            _contact(sentence, sources)
            or _title(sentence, sources)
            or self._first_unfit(self._read(sentence, sources), sources)
        )

    def lost(self, source: Source, sentences: Iterable[str]) -> Finding | None:
        """Return the first word of a source that none of the sentences leaning on it says again, or None."""
        if source.is_heading:
            return None
        said = [clause for sentence in sentences for clause in self._read(sentence, (source,))]
        words = [word for clause in self._lines(source) for word in clause.words]
        return next((Finding(Fault.LOST, word.text) for word in words if not self._has(said, word, self._light)), None)

    def _read_lines(self, source: Source) -> tuple[Clause, ...]:
        return self._wording.clauses(source.said, source.names)

    def _read(self, sentence: str, sources: Sequence[Source]) -> tuple[Clause, ...]:
        names = [name for source in sources for name in source.names]
        return self._wording.clauses(_LISTED.sub("", _NAME.sub("", sentence)), names)

    def _has(self, clauses: Sequence[Clause], word: Word, free: frozenset[str] = frozenset()) -> bool:
        """Tell whether clauses say a word; `free` words count as said."""
        if word.unit:
            return any(word.text == one.text for clause in clauses for one in clause.words if one.unit)
        return self._spelled(word.text, _text(clauses), free)

    def _spelled(self, word: str, text: str, free: frozenset[str] = frozenset()) -> bool:
        """Tell whether a text has a word whole, or in pieces of two characters and more, but for `free` ones."""
        if word in text or word in free:
            return True
        empty = free | self._wording.plain
        for cut in range(1, len(word)):
            head, rest = word[:cut], word[cut:]
            if (head in empty and self._spelled(rest, text, free)) or (rest in empty and head in text):
                return True
            if len(head) > 1 and len(rest) > 1 and head in text and self._spelled(rest, text, free):
                return True
        return False

    def _first_unfit(self, clauses: Sequence[Clause], sources: Sequence[Source]) -> Finding | None:
        around = frozenset().union(*(clause.marks for clause in clauses))
        return next((found for one in clauses if (found := self._fits(one, around, sources))), None)

    def _fits(self, clause: Clause, around: frozenset[str], sources: Sequence[Source]) -> Finding | None:
        """Find a stretch of one source for a clause; `around` are the marks of the whole sentence."""
        if not clause.words:
            alone = clause.marks & (NEGATIVE | {"must", "may"})
            return Finding(Fault.ADDED, "/".join(sorted(alone))) if alone else None
        finding: Finding | None = None
        for source in sources:
            clauses = self._lines(source)
            beside = self._beside(source)
            needed = [
                word
                for word in clause.words
                if word.unit or self._has(clauses, word) or not self._spelled(word.text, beside)
            ]
            for stretch in _stretches(clauses):
                missing = next((word.text for word in needed if not self._has(stretch, word)), None)
                if missing is not None:
                    finding = finding or Finding(Fault.ADDED, missing)
                    continue
                fault = self._fault(needed, clause, around, stretch)
                if fault is None:
                    return None
                if finding is None or finding.fault is Fault.ADDED:
                    finding = fault
        return finding

    def _read_beside(self, source: Source) -> str:
        """Return the words that need no line: the item's names, and what the heading says."""
        texts = (*source.names, _NAME.sub("", source.heading))
        read = [clause for text in texts for clause in self._wording.clauses(text)]
        return "|".join([*source.names, *("".join(word.text for word in one.words if not word.unit) for one in read)])

    def _fault(
        self, words: Sequence[Word], rephrased: Clause, around: frozenset[str], stretch: Sequence[Clause]
    ) -> Finding | None:
        said = "".join(word.text for word in words)
        whole = [word for clause in stretch for word in clause.words]
        if len(stretch) > 1 and not all(self._has((rephrased,), word, self._light) for word in whole):
            return Finding(Fault.SCATTERED, said)
        if any(_out_of_order(words, clause) for clause in stretch):
            return Finding(Fault.ORDER, said)
        for word in words:
            same = [one.negated for one in whole if _same(one, word)]
            if same and word.negated not in same:
                return Finding(Fault.NEGATION, word.text)
        return _modality(said, rephrased.marks, around, frozenset().union(*(clause.marks for clause in stretch)))


def _contact(sentence: str, sources: Sequence[Source]) -> Finding | None:
    given = "\n".join(source.line for source in sources)
    return next((Finding(Fault.CONTACT, one) for one in _CONTACT.findall(sentence) if one not in given), None)


def _title(sentence: str, sources: Sequence[Source]) -> Finding | None:
    given = "\n".join(text for source in sources for text in (source.line, *source.names))
    return next((Finding(Fault.TITLE, one) for one in _TITLE.findall(sentence) if one not in given), None)


def _stretches(clauses: Sequence[Clause]) -> Iterator[Sequence[Clause]]:
    """Yield every run of clauses, short ones first; also those that go on behind a bracket."""
    outside = [clause for clause in clauses if not clause.aside]
    for length in range(1, len(clauses) + 1):
        for run in (clauses, outside) if len(outside) < len(clauses) else (clauses,):
            for start in range(len(run) - length + 1):
                yield run[start : start + length]


def _text(clauses: Sequence[Clause]) -> str:
    return "|".join("".join(word.text for word in clause.words) for clause in clauses)


def _same(one: Word, other: Word) -> bool:
    if one.unit or other.unit:
        return one == replace(other, negated=one.negated)
    return one.text in other.text or other.text in one.text


def _out_of_order(words: Sequence[Word], clause: Clause) -> bool:
    """Tell whether words that stand once in a clause come in another order than there.

    Of three and more, the last ones may have moved to the front together: that is how Chinese sets a topic.
    """
    text = _text((clause,))
    places = [text.index(word.text) for word in words if text.count(word.text) == 1]
    falls = sum(later < earlier for earlier, later in zip(places, places[1:], strict=False))
    moved = falls == 1 and len(places) > 2 and places[-1] < places[0]
    return falls > 0 and not moved


def _modality(said: str, marks: frozenset[str], around: frozenset[str], own: frozenset[str]) -> Finding | None:
    """Compare may, must, need not, or and and with those of the stretch leaned on.

    What a clause adds, it adds itself (`marks`); what it seems to lose may stand in the clause beside it (`around`).
    """
    may, must = {"may", "either"}, {"need", "must"}
    exchanged = (
        ("free" in marks) != ("free" in own)
        or ("must" in marks and not own & must)
        or ("must" in own and not around & must)
        or ("need" in marks and own & may and not own & must)
        or ("barred" in own and not marks & NEGATIVE)
        or ("may" in own and not around & may)
        or (marks & may and own & must and not own & may)
    )
    if exchanged:
        return Finding(Fault.MODALITY, said)
    if ("or" in own and not around & {"or", "either"}) or ("or" in marks and not own & {"or", "either", "may"}):
        return Finding(Fault.CHOICE, said)
    if "and" in marks and "or" in own and "and" not in own:
        return Finding(Fault.CHOICE, said)
    return None

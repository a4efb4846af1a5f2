"""Does a rephrased sentence say what the sentences of the guide say that it leans on, no more and no less?

Nothing is guessed: every rule names the word it fails on. A clause must find its words, with their numbers, their order
and their negation, together in one stretch of one cited line (`unsupported`); and no word of a cited line may get lost
(`lost`). What the rules cannot see stands in docs/decisions/0009.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.clauses import LOUD, Clause, Word, Wording, marks_of, text_of
from knowledge_base.faults import Fault, Finding, fault_of

_NAME = re.compile(r"【[^】]*】")
_LISTED = re.compile(r"^\s*(?:\d{1,2}[.、)]|·)\s*(?!\d)")
_TITLE = re.compile(r"《([^》]+)》")
_LONGEST_CUT = 16
"""characters of the longest word that is looked for in pieces"""
_CONTACT = re.compile(r"https?:|www\.|[\w-]+\.[a-z]{2,}|@|\d{3,4}-\d{6,}|\d{7,}", re.IGNORECASE)


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
        return _contact(sentence, sources) or _title(sentence, sources) or self._unfit(sentence, sources)

    def lost(self, source: Source, sentences: Iterable[str]) -> Finding | None:
        """Return the first word of a source that none of the sentences leaning on it says again, or None."""
        if source.is_heading:
            return None
        return self._unsaid(source, [self._read(sentence, (source,)) for sentence in sentences])

    def _unsaid(self, source: Source, sentences: Sequence[Sequence[Clause]]) -> Finding | None:
        lines = self._lines(source)
        said = [clause for clauses in sentences for clause in clauses]
        leaned_on: set[int] = set()
        for clauses in sentences:
            for clause in clauses:
                found = self._leaning(clause, marks_of(clauses), source)
                leaned_on |= set() if isinstance(found, Finding) else set(found)
        for place, line in enumerate(lines):
            missing = next((word.text for word in line.words if not self._has(said, word, self._light)), None)
            if missing is None and place not in leaned_on and not _repeats(line, [lines[one] for one in leaned_on]):
                missing = "".join(word.text for word in line.words) or "/".join(sorted(line.marks & LOUD))
            if missing:
                return Finding(Fault.LOST, missing)
        return None

    def _read_lines(self, source: Source) -> tuple[Clause, ...]:
        return self._wording.clauses(source.said, source.names)

    def _read(self, sentence: str, sources: Sequence[Source]) -> tuple[Clause, ...]:
        names = [name for source in sources for name in source.names]
        return self._wording.clauses(_LISTED.sub("", _NAME.sub("", sentence)), names)

    def _unfit(self, sentence: str, sources: Sequence[Source]) -> Finding | None:
        """Find a source for every clause; of several sources each must be said whole, one after the other."""
        clauses = self._read(sentence, sources)
        blocks: list[tuple[set[int], list[Clause]]] = []
        for clause in clauses:
            found = [self._leaning(clause, marks_of(clauses), source) for source in sources]
            fit = {place for place, one in enumerate(found) if not isinstance(one, Finding)}
            if not fit:
                unfit = [one for one in found if isinstance(one, Finding)]
                return max(unfit, key=lambda one: one.fault is not Fault.ADDED)
            if blocks and blocks[-1][0] & fit:
                blocks[-1] = blocks[-1][0] & fit, [*blocks[-1][1], clause]
            else:
                blocks.append((fit, [clause]))
        if len(blocks) > 1:
            for fit, block in blocks:
                unsaid = [self._unsaid(sources[place], [block]) for place in sorted(fit)]
                if all(unsaid):
                    return Finding(Fault.SCATTERED, text_of(block))
        return None

    def _leaning(self, clause: Clause, around: frozenset[str], source: Source) -> Sequence[int] | Finding:
        """Return the places of the source's clauses that say a clause; `around` are the marks of the whole sentence."""
        lines = self._lines(source)
        needed = [word for word in clause.words if self._has(lines, word) or not self._is_beside(word, source)]
        if not needed:
            return self._leaning_of_marks(clause.marks & LOUD, source)
        fits: dict[int, Sequence[int]] = {}
        finding: Finding | None = None
        for places in _stretches(lines):
            stretch = [lines[place] for place in places]
            missing = next((word.text for word in needed if not self._has(stretch, word)), None)
            complete = all(self._has((clause,), word, self._light) for one in stretch for word in one.words)
            fault = Finding(Fault.ADDED, missing) if missing else fault_of(needed, clause, around, stretch, complete)
            if fault is None:  # said whole goes before a part, and with the same marks before others
                fits.setdefault(complete + (marks_of(stretch) & LOUD == clause.marks & LOUD), places)
                if 2 in fits:
                    break
            elif finding is None or finding.fault is Fault.ADDED:
                finding = fault
        return fits[max(fits)] if fits else finding or Finding(Fault.ADDED, needed[0].text)

    def _leaning_of_marks(self, loud: frozenset[str], source: Source) -> Sequence[int] | Finding:
        """Return the places of the clauses that say no more than these marks, as one without content words does."""
        lines = self._lines(source)
        places = [place for place, one in enumerate(lines) if not one.words and one.marks & LOUD == loud]
        if places or not loud or loud <= marks_of(self._read(source.heading, ())):
            return places
        return Finding(Fault.ADDED, "/".join(sorted(loud)))

    def _has(self, clauses: Sequence[Clause], word: Word, free: frozenset[str] = frozenset()) -> bool:
        """Tell whether clauses say a word, whole or in pieces that they say; `free` words count as said."""
        words = {one.text for clause in clauses for one in clause.words}
        if word.unit or word.whole:
            return word.text in words
        return self._spelled(word.text, words, text_of(clauses), free)

    def _is_beside(self, word: Word, source: Source) -> bool:
        words, text = self._beside(source)
        return not word.unit and self._spelled(word.text, words, text, frozenset())

    def _spelled(self, word: str, words: Collection[str], text: str, free: frozenset[str]) -> bool:
        if word in text or word in free:
            return True
        if len(word) > _LONGEST_CUT:
            return False
        empty = free | self._wording.plain
        for cut in range(1, len(word)):
            head, rest = word[:cut], word[cut:]
            if head in empty and (rest in words or len(rest) > 1 and self._spelled(rest, words, text, free)):
                return True
            if rest in empty and (head in words or len(head) > 1 and head in text):
                return True
            if len(head) > 1 and len(rest) > 1 and head in text and self._spelled(rest, words, text, free):
                return True
        return False

    def _read_beside(self, source: Source) -> tuple[frozenset[str], str]:
        """Return the words that need no line, the item's names and what the heading says, singly and as one text."""
        read = [clause for text in (*source.names, source.heading) for clause in self._read(text, ())]
        return frozenset(word.text for clause in read for word in clause.words), "|".join(
            [*source.names, text_of(read)]
        )


def _contact(sentence: str, sources: Sequence[Source]) -> Finding | None:
    given = "\n".join(source.line for source in sources)
    return next((Finding(Fault.CONTACT, one) for one in _CONTACT.findall(sentence) if one not in given), None)


def _title(sentence: str, sources: Sequence[Source]) -> Finding | None:
    given = "\n".join(text for source in sources for text in (source.line, *source.names))
    return next((Finding(Fault.TITLE, one) for one in _TITLE.findall(sentence) if one not in given), None)


def _stretches(clauses: Sequence[Clause]) -> Iterator[Sequence[int]]:
    """Yield the places of every run of clauses, short ones first; also of those that go on behind a bracket."""
    everywhere = range(len(clauses))
    outside = [place for place in everywhere if not clauses[place].aside]
    for length in range(1, len(clauses) + 1):
        for run in (everywhere, outside) if len(outside) < len(clauses) else (everywhere,):
            for start in range(len(run) - length + 1):
                yield run[start : start + length]


def _repeats(clause: Clause, others: Iterable[Clause]) -> bool:
    """Tell whether a clause says nothing beyond another one."""
    loud = clause.marks & LOUD
    if not clause.words:
        return not loud
    return any(set(clause.words) <= set(other.words) and loud <= other.marks for other in others)

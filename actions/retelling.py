"""Put a model's rephrased sentences in the place of an answer's own, where they stand the check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.answers import Sentence
from knowledge_base.support import Source, SupportCheck

_REFERENCES = re.compile(r"(?:[\[【［]\s*\d{1,2}(?:\s*[,，、\s]\s*\d{1,2})*\s*[\]】］]\s*)+")
_REFERENCE = re.compile(r"\d{1,2}")
_BULLET = re.compile(r"^\s*(?:[-*•#>]+\s+|\d{1,2}[.、)]\s*(?!\d))")
_ENDS = re.compile(r"(?<=[。！？!?；;])")
_WORDS = re.compile(r"\w")
_MARKUP = re.compile(r"[*`#]+")
_LISTED = re.compile(r"^(?:\d{1,2}\. |· )")
_OPEN = "，,、；; "
_CLOSED = ("。", "！", "？", "：", "!", "?")
UNREFERENCED = "unreferenced"
"""the fault of a sentence that names no line of the answer"""


@dataclass(frozen=True)
class Unit:
    """A rephrased sentence and the lines it says it leans on, numbered from 0."""

    text: str
    lines: frozenset[int]
    row: int
    """the row of the reply that it stood in"""


@dataclass(frozen=True)
class Retold:
    """What is said instead of the plain answer."""

    text: str
    """one sentence a line"""
    told: tuple[Sentence, ...]
    """the sentences of the answer that it tells, reworded or not, in their order"""


def read_units(reply: str, lines: int) -> tuple[Unit, ...]:
    """Return the sentences of a model's reply, each once, with the lines that stand behind it in brackets."""
    units: dict[str, Unit] = {}
    for row, said in enumerate(reply.splitlines()):
        for text, numbers in _referenced(_MARKUP.sub("", _BULLET.sub("", said))):
            known = frozenset(number - 1 for number in numbers if 0 < number <= lines)
            for sentence in _ENDS.split(text):
                if _WORDS.search(sentence):
                    units.setdefault(sentence.strip(), Unit(sentence.strip(), known, row))
    return tuple(units.values())


def _referenced(line: str) -> Iterator[tuple[str, list[int]]]:
    """Yield each stretch of a line with the numbers behind it, or before it when the line begins with them."""
    at = 0
    before: list[int] = []
    for match in _REFERENCES.finditer(line):
        numbers = [int(number) for number in _REFERENCE.findall(match.group())]
        text, at = line[at : match.start()], match.end()
        if before:
            yield text, before
        elif _WORDS.search(text):
            yield text, numbers
            continue
        before = numbers
    yield line[at:], before


class Retelling:
    """Hold a reply against the sentences of one answer."""

    def __init__(self, check: SupportCheck, sentences: Sequence[Sentence], names: tuple[str, ...]) -> None:
        """Keep the sentences as sources; each has the heading above it beside it."""
        self._check = check
        self._sentences = tuple(sentences)
        self._sources = tuple(_sources(sentences, names))
        self.faults: Counter[str] = Counter()
        """why sentences were dropped"""

    def retell(self, units: Sequence[Unit], kept: Collection[str], period: str) -> Retold | None:
        """Return the answer with what stands of the units; None when more of them fall than stand.

        A sentence that is not supported, or loses something of a line, falls, and the lines it named are said in the
        guide's own words. A field is told whole or left out whole; those in `kept` are never left out. The order is
        the guide's.
        """
        standing = self._standing(units)
        if 2 * len(standing) <= len(units):
            return None
        reworded = frozenset().union(*(unit.lines for unit in standing))
        fields = {self._sentences[line].field for unit in units for line in unit.lines} | set(kept)
        plain = {line for line, one in enumerate(self._sentences) if one.field in fields and line not in reworded}
        plain -= {line for line in plain if self._sources[line].is_heading and not self._below(line) & plain}
        entries = [*self._rows(standing, period), *((line, self._sentences[line].text) for line in plain)]
        told = tuple(one for line, one in enumerate(self._sentences) if line in reworded or line in plain)
        return Retold("\n".join(text for _, text in sorted(entries, key=lambda entry: entry[0])), told)

    def _standing(self, units: Sequence[Unit]) -> list[Unit]:
        standing = [unit for unit in units if self._is_supported(unit)]
        while True:
            leaned_on = frozenset().union(*(unit.lines for unit in standing))
            lost = {line for line in leaned_on if self._loses(line, standing)}
            if not lost:
                return standing
            standing = [unit for unit in standing if not unit.lines & lost]

    def _is_supported(self, unit: Unit) -> bool:
        if not unit.lines:
            self.faults[UNREFERENCED] += 1
            return False
        found = self._check.unsupported(unit.text, [self._sources[line] for line in sorted(unit.lines)])
        if found:
            self.faults[found.fault.value] += 1
        return found is None

    def _loses(self, line: int, standing: Sequence[Unit]) -> bool:
        found = self._check.lost(self._sources[line], [unit.text for unit in standing if line in unit.lines])
        if found:
            self.faults[found.fault.value] += 1
        return found is not None

    def _below(self, heading: int) -> set[int]:
        field = self._sentences[heading].field
        return {line for line, one in enumerate(self._sentences) if line > heading and one.field == field}

    def _rows(self, standing: Sequence[Unit], period: str) -> Iterator[tuple[int, str]]:
        """Yield what is said of each line or lines, ended, with the number of the line in the guide's list."""
        rows: dict[tuple[int, frozenset[int]], str] = {}
        for unit in standing:
            key = unit.row, unit.lines
            rows[key] = rows.get(key, "") + unit.text
        numbered: set[int] = set()
        for (_, lines), text in rows.items():
            first = min(lines)
            listed = _LISTED.match(self._sentences[first].text) if len(lines) == 1 and first not in numbered else None
            numbered.add(first)
            ended = text if text.endswith(_CLOSED) else text.rstrip(_OPEN) + period
            yield first, listed.group() + ended if listed else ended


def _sources(sentences: Sequence[Sentence], names: tuple[str, ...]) -> Iterator[Source]:
    headings: Mapping[str, str] = {}
    for sentence in sentences:
        source = Source(sentence.text, names, headings.get(sentence.field, ""))
        if source.is_heading:
            headings = {**headings, sentence.field: sentence.text}
        yield source

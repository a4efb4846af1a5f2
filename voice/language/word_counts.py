"""How often words, and pairs of neighbours, stand in the texts of a desk, beside those of the language."""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from voice.language.domain_words import GeneralWords

BEGINNING, END = "^", "$"
"""stand before and after the words of a sentence"""
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_OF_THE_LANGUAGE = 0.1
"""share of words that are said as the language has them and not as the desk's texts do"""
_SEEN_BEFORE_TRUSTED = 20.0
"""times that a word must have been seen for its neighbours to count as much as the words alone"""


class WordCounts:
    """The words of a desk's texts, and how likely one follows another."""

    def __init__(self, words: Mapping[str, int], pairs: Mapping[str, Mapping[str, int]]) -> None:
        """Take how often each word stands in the texts, and behind each word each other."""
        self._words = words
        self._pairs = pairs
        self._total = max(1, sum(words.values()))
        self._general = GeneralWords(())
        self._begun = {word[:end] for word in words for end in range(1, len(word))}

    @classmethod
    def of(cls, sentences: Iterable[str]) -> WordCounts:
        """Count the words of sentences; what is not written in Chinese characters ends one."""
        general = GeneralWords(())
        words: Counter[str] = Counter()
        pairs: dict[str, Counter[str]] = {}
        for run in (run for sentence in sentences for run in _RUN.findall(sentence)):
            cut = [BEGINNING, *general.cut(run), END]
            words.update(cut)
            for one, other in zip(cut, cut[1:], strict=False):
                pairs.setdefault(one, Counter())[other] += 1
        return cls(words, pairs)

    @classmethod
    def load(cls, path: Path) -> WordCounts:
        """Read what `save` wrote."""
        read = json.loads(gzip.decompress(path.read_bytes()))
        return cls(read["words"], read["pairs"])

    def save(self, path: Path) -> None:
        """Write the counts, the same bytes for the same texts."""
        written = {"words": self._words, "pairs": self._pairs}
        text = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        path.write_bytes(gzip.compress(text.encode(), mtime=0))

    @property
    def characters(self) -> frozenset[str]:
        """Every character of the texts."""
        return frozenset("".join(self._words)) - {BEGINNING, END}

    def is_word(self, text: str) -> bool:
        """Tell whether a text is a word; a character alone always is."""
        return len(text) == 1 or text in self._words or self._general.has(text)

    def begins_word(self, text: str) -> bool:
        """Tell whether a longer word begins with a text."""
        return text in self._begun or self._general.has_beginning(text)

    def log_probability(self, word: str, before: str) -> float:
        """Return the logarithm (nats) of how likely a word follows another."""
        alone = _OF_THE_LANGUAGE * self._general.probability(word)
        alone += (1 - _OF_THE_LANGUAGE) * self._words.get(word, 0) / self._total
        together = self._pairs.get(before, {}).get(word, 0)
        seen = self._words.get(before, 0)
        return math.log((together + _SEEN_BEFORE_TRUSTED * alone) / (seen + _SEEN_BEFORE_TRUSTED))

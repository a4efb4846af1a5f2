"""Does a passage surely answer a question? By the weight of the question's words that it holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from knowledge_base.channels import Query
from knowledge_base.sparse import Vocabulary
from knowledge_base.text import Glossary, bare, character_ngrams, normalise

SURE = 0.55
"""sureness from which a passage answers; docs/decisions/0007 has the figures it was chosen on"""
HOLDS_IT_WHOLE = 1.0
"""sureness from which a passage answers a question that is `LIKELY_FOR_AN_ITEM`"""
LIKELY_FOR_AN_ITEM = 0.95
"""probability of being for one of the items; above it choices between items go first"""
_TITLE = 0.3
"""what the likeness of the question to the passage's own title counts, each way"""
_SHORTEST = 4
"""characters; fewer name something, but ask nothing"""


class Sureness:
    """Weighs words by how rare they are in all that is said to the desk, so that a few passages suffice."""

    def __init__(self, vocabulary: Vocabulary, glossary: Glossary) -> None:
        """Take the words with their idf, and the words that stand for standard ones."""
        self._vocabulary = vocabulary
        self._rarest = float(vocabulary.idf.max())
        self._glossary = glossary
        self._terms = lru_cache(maxsize=4096)(self._read)

    @classmethod
    def fit(cls, sentences: Iterable[str], glossary: Glossary) -> Sureness:
        """Count the words of normalised sentences: those about the items, those from outside, the passages' own."""
        return cls(Vocabulary.fit([character_ngrams(sentence) for sentence in sentences]), glossary)

    def of(self, query: Query, title: str, said: str) -> float:
        """Return how surely a text under a title answers; from `SURE` on it does. At most 1.6."""
        if len(bare(query.text)) < _SHORTEST:
            return 0.0
        asked, named = frozenset(query.characters), self._terms(title)
        shared = self._weight(asked & named)
        held = self._weight(asked & (named | self._terms(said))) / self._weight(asked)
        return held + _TITLE * (shared / self._weight(asked) + shared / (self._weight(named) or 1.0))

    def held(self, query: Query, said: str) -> float:
        """Return the weight of the question's words that a text holds."""
        return self._weight(frozenset(query.characters) & self._terms(said))

    def _read(self, text: str) -> frozenset[str]:
        return frozenset(character_ngrams(normalise(text, self._glossary)))

    def _weight(self, terms: frozenset[str]) -> float:
        """Return the summed idf; a word that nobody ever said weighs as much as the rarest."""
        places = [self._vocabulary.positions.get(term) for term in terms]
        return sum(self._rarest if place is None else float(self._vocabulary.idf[place]) for place in places)

    def save(self, folder: Path) -> None:
        """Write the vocabulary."""
        self._vocabulary.save(folder, "sureness")

    @classmethod
    def load(cls, folder: Path, glossary: Glossary) -> Sureness:
        """Read what `save` wrote."""
        return cls(Vocabulary.load(folder, "sureness"), glossary)

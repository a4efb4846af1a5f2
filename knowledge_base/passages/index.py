"""The passages of one index version: fitted when it is built, searched beside the items."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from knowledge_base.channels import Query, Vector
from knowledge_base.channels.bank import ChannelBank
from knowledge_base.corpus import Corpus, IndexedItem, Sentence, make_corpus
from knowledge_base.passages.excerpt import excerpt
from knowledge_base.passages.passage import Passage
from knowledge_base.passages.ranking import PassageRanking
from knowledge_base.passages.splitting import windows
from knowledge_base.passages.sureness import HOLDS_IT_WHOLE, LIKELY_FOR_AN_ITEM, SURE, Sureness
from knowledge_base.text import Glossary
from knowledge_base.vectors import save_vectors

WINDOW = 120
"""characters of a passage that get one vector"""
_FILE = "passages.json"


@dataclass(frozen=True)
class FoundPassage:
    """A passage, the sentences of it that answer, and how surely they do."""

    passage: Passage
    said: str
    sureness: float
    in_scope: float = 0.0
    """probability (0 to 1) that the question is for one of the items"""

    @property
    def answers(self) -> bool:
        """Tell whether it surely answers; a question that most likely is for an item it must hold nearly whole."""
        return self.sureness >= (SURE if self.in_scope < LIKELY_FOR_AN_ITEM else HOLDS_IT_WHOLE)


class PassageIndex:
    """Find the passages that answer a question."""

    def __init__(
        self,
        passages: Sequence[Passage],
        ranking: PassageRanking,
        sureness: Sureness,
        vectors: tuple[Sequence[Sentence], Vector] | None = None,
    ) -> None:
        """Take the fitted parts; `vectors` only while an index is built, to be written with it."""
        self.passages = tuple(passages)
        self._ranking = ranking
        self._sureness = sureness
        self._vectors = vectors

    @classmethod
    def fit(
        cls,
        passages: Sequence[Passage],
        glossary: Glossary,
        beside: Corpus,
        encode: Callable[[Sequence[Sentence]], Vector],
    ) -> PassageIndex | None:
        """Fit on the passages; None without any. `beside` is what else is said to the desk."""
        if not passages:
            return None
        corpus = make_corpus([_indexed(passage) for passage in passages], {}, {}, glossary)
        vectors = encode(corpus.sentences)
        spoken = (sentence.text for part in (beside, corpus) for sentence in part.sentences)
        ranking, sureness = PassageRanking.fit(corpus, vectors), Sureness.fit(spoken, glossary)
        return cls(passages, ranking, sureness, (corpus.sentences, vectors))

    def search(self, query: Query, today: date, limit: int = 5, in_scope: float = 0.0) -> tuple[FoundPassage, ...]:
        """Return the best passages in force on the day, best first; `in_scope` is what the item search says."""
        among = np.array([passage.in_force(today) for passage in self.passages])
        places = self._ranking.rank(query, among).places[:limit]
        return tuple(self._found(query, self.passages[place], in_scope) for place in places)

    def _found(self, query: Query, passage: Passage, in_scope: float) -> FoundPassage:
        said = excerpt(passage.text, lambda stretch: self._sureness.held(query, stretch))
        return FoundPassage(passage, said, self._sureness.of(query, passage.name, said), in_scope)

    def save(self, folder: Path) -> None:
        """Write everything into a new folder."""
        folder.mkdir()
        self._ranking.bank.save(folder)
        self._sureness.save(folder)
        content = [passage.as_json() for passage in self.passages]
        (folder / _FILE).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        if self._vectors is not None:
            save_vectors(folder, *self._vectors)

    @classmethod
    def load(cls, folder: Path, glossary: Glossary) -> PassageIndex:
        """Read what `save` wrote."""
        content = json.loads((folder / _FILE).read_text("utf-8"))
        return cls(
            [Passage.from_json(one) for one in content],
            PassageRanking(ChannelBank.load(folder)),
            Sureness.load(folder, glossary),
        )


def _indexed(passage: Passage) -> IndexedItem:
    """Return what is searched of a passage: its name, and its text in windows."""
    return IndexedItem(passage.passage_id, passage.name, (), tuple(windows(passage.text, WINDOW)))

"""Draft answers for staff: to one question, one for each of the items that it is likeliest about.

They are composed as the assistant's own answers are, so that a draft says nothing that a guide does not say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from actions.catalogue_holder import CatalogueHolder
from actions.citations import citations_of
from actions.reply import Citation
from actions.texts import Texts
from knowledge_base.answers import Answer, compose
from knowledge_base.cases import read_facts
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.search import SearchResult
from knowledge_base.thresholds import Decision

MOST = 3
"""drafts for one question"""
LEAST_IN_SCOPE = 0.05
"""probability of being for the desk below which nothing is drafted: on the open part of data/eval no question for the
desk is lost by it, and four in five of those for nobody get no draft"""
LEAST_LIKELY = 0.005
"""probability from which an item is drafted for: on the same questions the right one always reaches it, and a question
has 1.6 drafts on average"""
LONGEST_ADDITION = 12
"""characters of a question that may leave out what it is about; a longer one says it"""


class Search(Protocol):
    """What drafting needs of a searcher: `knowledge_base.Searcher` is one."""

    def search(self, text: str, *, limit: int) -> SearchResult:
        """Rank the items for a text."""
        ...

    def follow(self) -> None:
        """Take over an index that was built meanwhile."""
        ...

    def decide(self, result: SearchResult, asks_back: bool = True) -> Decision:
        """Return whether the first item is sure enough to be answered for."""
        ...


@dataclass(frozen=True)
class DraftSentence:
    """A sentence of a draft, and the field of a guide that it says."""

    text: str
    citation: Citation


@dataclass(frozen=True)
class Draft:
    """An answer proposed to staff."""

    rank: int
    """1 for the first"""
    item: str
    item_name: str
    facet: str
    probability: float
    """0 to 1: that this item is meant, given that the question is for the desk"""
    sentences: tuple[DraftSentence, ...]
    question: str | None
    """the question to the citizen that decides the case, where one does; no part of the text"""
    sample: bool
    """the guide is an example that no authority vouches for"""

    @property
    def text(self) -> str:
        """Return one sentence a line."""
        return "\n".join(sentence.text for sentence in self.sentences)

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the field of the guide that each line of the text says."""
        return tuple(one.citation.field for one in self.sentences for _ in one.text.split("\n"))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return each source once, in the order in which they are drawn on."""
        return tuple(dict.fromkeys(sentence.citation for sentence in self.sentences))


@dataclass(frozen=True)
class Drafted:
    """What is proposed for one question."""

    drafts: tuple[Draft, ...]
    """the likeliest first"""
    is_sure: bool
    """the first one would have been given by the assistant itself"""


class Drafter:
    """Draft answers from the search's ranking, with one encoding a question and no turn of the dialogue."""

    def __init__(self, search: Search, guides: CatalogueHolder, answer_texts: Texts) -> None:
        """Keep the search, the guides as they stand now and the texts that answers are phrased with."""
        self._search = search
        self._guides = guides
        self._answer_texts = answer_texts

    def draft(self, question: str, focus: str | None = None) -> Drafted:
        """Return up to three drafts; none for what is surely not for the desk.

        `focus` is the item talked of before: a short question that names no item surely is about it.
        """
        catalogue = self._guides.current
        self._search.follow()
        result = self._search.search(question, limit=MOST)
        is_sure = self._search.decide(result, asks_back=False) is Decision.ANSWER
        goes_on = focus in catalogue.items and len(question) <= LONGEST_ADDITION and not is_sure
        chances = {
            found.item_id: found.probability
            for found in result.candidates
            if found.item_id in catalogue.items and found.probability >= LEAST_LIKELY
        }
        likely = chances if result.in_scope >= LEAST_IN_SCOPE else {}
        ranked = list(dict.fromkeys([*([str(focus)] if goes_on else []), *likely]))[:MOST]
        drafts = (
            self._draft(rank, catalogue.items[item], result.facet, chances.get(item, 0.0), question, catalogue)
            for rank, item in enumerate(ranked, 1)
        )
        return Drafted(tuple(drafts), is_sure or goes_on)

    def _draft(
        self, rank: int, item: ServiceItem, facet: str, probability: float, question: str, catalogue: Catalogue
    ) -> Draft:
        facts = read_facts(question, catalogue, item)
        answer = compose(item, facet, facts, catalogue, self._answer_texts, question=question)
        return Draft(
            rank=rank,
            item=item.item_id,
            item_name=item.name,
            facet=facet,
            probability=probability,
            sentences=tuple(self._cited(answer, catalogue)),
            question=answer.question.text if answer.question else None,
            sample=item.sample,
        )

    def _cited(self, answer: Answer, catalogue: Catalogue) -> Iterable[DraftSentence]:
        for sentence in answer.sentences:
            (citation,) = citations_of([sentence], catalogue.items, self._answer_texts)
            yield DraftSentence(sentence.text, citation)


def with_sources(draft: Draft, texts: Texts) -> str:
    """Return a draft as plain text for a letter or a mail, its sources numbered below it.

    `texts` has `draft_sources`, `draft_source` and `draft_source_sample`.
    """
    lines = [draft.text, "", texts("draft_sources")]
    for number, cited in enumerate(draft.citations, 1):
        key = "draft_source_sample" if cited.checked is None else "draft_source"
        lines.append(
            texts(
                key,
                number=number,
                item=cited.item_name,
                field=cited.field_label,
                source=cited.source,
                checked=cited.checked,
            )
        )
    return "\n".join(lines)

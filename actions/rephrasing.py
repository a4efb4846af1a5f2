"""Let a local language model, where one is set up, rephrase an answer; what does not stand the check is never said."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from actions.language_model import LanguageModel, ModelAddress, NoCompletion
from actions.retelling import Retelling, Retold, read_units
from actions.texts import Texts
from knowledge_base.answers import FIELD_OF_FACET, Answer
from knowledge_base.clauses import Wording
from knowledge_base.items import ServiceItem
from knowledge_base.support import SupportCheck

ALWAYS_TOLD = frozenset({"cases", "conditions", "questions"})
"""fields that are never left out: they may settle whether one can apply at all"""
_LONGEST = 2
"""how many times the plain answer's length a reply may have before it is not even read"""
_SPARE_CHARACTERS = 200
_END_OF_THOUGHT = "</think>"
"""what a reasoning model writes between its thoughts and its reply"""


class Rephrasing:
    """Rephrase answers, and count what came of it."""

    def __init__(self, model: LanguageModel, check: SupportCheck, texts: Texts) -> None:
        """Keep the model, the check and the texts it is asked with."""
        self._model = model
        self._check = check
        self._texts = texts
        self._counts: Counter[str] = Counter()

    @classmethod
    def open(cls, address: ModelAddress, data: Path) -> Rephrasing:
        """Load the words and texts of a data folder."""
        texts = data / "texts"
        wording = Wording.load(texts / "support.yml")
        wording.warm_up()
        return cls(LanguageModel(address), SupportCheck(wording), Texts.load(texts / "rephrasing.yml"))

    @property
    def counts(self) -> Mapping[str, int]:
        """How often it was asked, what came of it, and why sentences were dropped; since the start, no texts."""
        return dict(sorted(self._counts.items()))

    async def retell(self, answer: Answer, item: ServiceItem, facet: str, question: str) -> Retold | None:
        """Return the answer in other words, or None where the plain one stands.

        `question` has placeholders for personal data; it and the sentences of the guide are all that is sent.
        """
        self._counts["asked"] += 1
        lines = [
            self._texts("line", number=number, line=one.text) for number, one in enumerate(answer.sentences, start=1)
        ]
        request = self._texts("request", question=question, lines="\n".join(lines))
        longest = _LONGEST * len(answer.statement) + _SPARE_CHARACTERS
        try:
            reply = await self._model.complete(self._texts("instruction"), request, max_tokens=longest)
        except NoCompletion as error:
            self._counts[f"failed_{error.failure.value}"] += 1
            return None
        retelling = Retelling(self._check, answer.sentences, (item.name, *item.aliases))
        kept = ALWAYS_TOLD | {FIELD_OF_FACET.get(facet, "")}
        said = reply.rpartition(_END_OF_THOUGHT)[2]
        units = read_units(said, len(answer.sentences)) if len(said) <= longest else ()
        retold = await asyncio.to_thread(retelling.retell, units, kept, self._texts("period"))
        self._counts.update({f"dropped_{fault}": count for fault, count in retelling.faults.items()})
        self._counts["rephrased" if retold else "not_supported"] += 1
        return retold

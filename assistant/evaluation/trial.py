"""Put a part of the set to the assistant: what several sections read is asked once, when the first one needs it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from actions.reply import Reply
from assistant.evaluation.entries import Part
from assistant.evaluation.leaks import training_sentences
from assistant.evaluation.outcomes import Answered, Searched
from assistant.evaluation.progress import tracked
from assistant.evaluation.softmax_gate import SoftmaxGate
from assistant.nlu import resources
from assistant.progress import progress
from assistant.settings import Settings
from knowledge_base.asks import load_asks
from knowledge_base.items import ServiceItem, load_catalogue
from knowledge_base.search import Searcher

if TYPE_CHECKING:
    from assistant.assistant import Assistant, TimedReply

DEPTH = 5
"""how many candidates are looked at"""


class Subject:
    """What is measured; each piece is opened when it is first needed."""

    def __init__(self, settings: Settings, open_assistant: Callable[[], Assistant]) -> None:
        """Take the settings and a way to open the assistant."""
        self.settings = settings
        self._open_assistant = open_assistant

    @cached_property
    def assistant(self) -> Assistant:
        """The whole assistant."""
        return self._open_assistant()

    @cached_property
    def searcher(self) -> Searcher:
        """The search alone."""
        return resources.searcher_at(self.settings.index, self.settings.encoder)

    @cached_property
    def items(self) -> Mapping[str, ServiceItem]:
        """The service items by their id."""
        return load_catalogue(self.settings.data).items

    @cached_property
    def training(self) -> Sequence[str]:
        """Every sentence something was trained on."""
        return training_sentences(self.settings.data)

    @cached_property
    def gate(self) -> SoftmaxGate:
        """The usual gate, fitted on all ways of asking."""
        asks = load_asks(self.settings.data / "asks")
        sentences = [(text, item) for item, facets in asks.items() for texts in facets.values() for text in texts]
        with progress("Fitting the usual gate, to compare with") as report:
            report(f"{len(sentences)} ways of asking", 0.1)
            encoder, glossary = resources.encoder_at(self.settings.encoder), resources.glossary_at(self.settings.data)
            return SoftmaxGate(encoder, glossary).fit(sentences)

    def search(self, text: str, expected: str | None = None, kind: str = "") -> Searched:
        """Search one text and time encoding and search apart."""
        began = time.perf_counter()
        vector = self.searcher.vector(text)
        encoded = time.perf_counter()
        result = self.searcher.search(text, vector, limit=DEPTH)
        found = time.perf_counter()
        return Searched(
            text,
            expected,
            kind,
            tuple(candidate.item_id for candidate in result.candidates),
            result.confidence,
            result.in_scope,
            self.searcher.decide(result),
            encoding_ms=(encoded - began) * 1000,
            search_ms=(found - encoded) * 1000,
        )


def ask_fresh(assistant: Assistant, text: str) -> TimedReply:
    """Say something in a fresh conversation."""
    return asyncio.run(assistant.turn(assistant.start(), text))


class Trial:
    """One part of the set put to the subject."""

    def __init__(self, subject: Subject, part: Part, known: Mapping[str, frozenset[str]]) -> None:
        """Take what is measured, what is asked, and what is known to fail."""
        self.subject = subject
        self.part = part
        self._known = known

    def known(self, section: str) -> frozenset[str]:
        """Return the keys of the failures that are known of a section."""
        return self._known.get(section, frozenset())

    def ask(self, text: str) -> TimedReply:
        """Say something in a fresh conversation."""
        return ask_fresh(self.subject.assistant, text)

    def hold(self, turns: Sequence[str], identity: str | None) -> list[Reply]:
        """Say one thing after the other in one conversation."""
        assistant = self.subject.assistant
        conversation = assistant.start(assistant.demo_identity(identity) if identity else None)
        return [asyncio.run(assistant.turn(conversation, text)).reply for text in turns]

    @cached_property
    def answers(self) -> tuple[Answered, ...]:
        """The assistant's replies to the questions."""
        asked = []
        for question in tracked(self.title("questions"), self.part.questions):
            timed = self.ask(question.text)
            asked.append(Answered(question, timed.reply, timed.latency_ms))
        return tuple(asked)

    @cached_property
    def searches(self) -> tuple[Searched, ...]:
        """The search's results for the questions."""
        questions = tracked(self.title("questions, search alone"), self.part.questions)
        return tuple(self.subject.search(question.text, question.item) for question in questions)

    @cached_property
    def stranger_searches(self) -> tuple[Searched, ...]:
        """The search's results for the out-of-scope sentences."""
        strangers = tracked(self.title("out of scope, search alone"), self.part.out_of_scope)
        return tuple(self.subject.search(stranger.text, kind=stranger.kind) for stranger in strangers)

    def title(self, what: str) -> str:
        """Name a step of this part for the progress bar."""
        return f"{self.part.name.capitalize()} part, {what}"

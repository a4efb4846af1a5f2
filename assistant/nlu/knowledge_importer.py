"""Training examples from the knowledge: the ways of asking teach the intents too, wherever Rasa trains.

Rasa reads this from `importers` in config.yml, so `rasa train`, `rasa test` and `wenban prepare` see the same data.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu import resources
from knowledge_base.asks import load_asks, load_out_of_scope

ASKS_AN_ITEM = 14
APPLIES_AN_ITEM = 4
MOST_A_KIND = 500
"""of a kind of sentence that is not for the desk"""
INTENT_OF_KIND = {
    "near_miss": "out_of_scope",
    "other_service": "out_of_scope",
    "general": "out_of_scope",
    "injection": "out_of_scope",
    "harmful": "harmful",
    "chat": "smalltalk",
    "fragment": "unclear",
}


class KnowledgeImporter(TrainingDataImporter):
    """Add a fixed share of each item's ways of asking, and the sentences that are not for the desk."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: Any = None,
        **kwargs: Any,
    ) -> None:
        """Take what Rasa passes; the folder is the settings' own."""

    def get_nlu_data(self, language: str | None = "zh") -> TrainingData:
        """Return the examples."""
        folder: Path = resources.settings().data / "asks"
        examples: list[tuple[str, str]] = []
        for facets in load_asks(folder).values():
            applies = list(facets.get("apply", ()))[:APPLIES_AN_ITEM]
            asks = [text for facet, texts in sorted(facets.items()) if facet != "apply" for text in texts]
            examples += [(text, "apply") for text in applies]
            examples += [(text, "ask") for text in _spread(asks, ASKS_AN_ITEM)]
        for kind, texts in load_out_of_scope(folder / "out_of_scope.yml").items():
            if kind in INTENT_OF_KIND:
                examples += [(text, INTENT_OF_KIND[kind]) for text in _spread(texts, MOST_A_KIND)]
        return TrainingData([Message(data={TEXT: text, INTENT: intent}) for text, intent in examples])

    def get_domain(self) -> Any:
        """Return an empty domain: only examples come from here."""
        from rasa.shared.core.domain import Domain

        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> Any:
        """Return no stories."""
        from rasa.shared.core.training_data.structures import StoryGraph

        return StoryGraph([])

    def get_conversation_tests(self) -> Any:
        """Return no test stories."""
        from rasa.shared.core.training_data.structures import StoryGraph

        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """Return no configuration of its own."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Return None: the configuration is in config.yml."""
        return None


def _spread(texts: Sequence[str], most: int) -> list[str]:
    """Return at most so many of the texts, evenly from beginning to end."""
    step = max(1.0, len(texts) / most)
    return [texts[int(place * step)] for place in range(min(most, len(texts)))]

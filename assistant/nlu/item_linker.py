"""The item linker: puts the ranked service items, the facet and a calibrated confidence on the message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu import resources
from assistant.nlu.reading import ITEMS, Linking
from assistant.nlu.sentence_featurizer import SENTENCE_VECTOR


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ItemLinker(GraphComponent):
    """Search the index with the vector that the sentence featurizer has computed."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ItemLinker:
        """Create the component; the index is opened at the first message."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `items` (a `Linking` as JSON) on each message that has words."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(ITEMS, self._link(text, message.get(SENTENCE_VECTOR)).as_json(), add_to_output=True)
        return messages

    def _link(self, text: str, vector: Any) -> Linking:
        settings = resources.settings()
        searcher = resources.searcher_at(settings.index, settings.encoder)
        searcher.reload_if_changed()
        result = searcher.search(text, vector=vector, limit=5)
        return Linking.of(result, searcher.decide(result).value)

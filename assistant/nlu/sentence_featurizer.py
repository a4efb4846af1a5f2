"""The sentence featurizer: one dense vector a turn, for the intent classifier and the search alike."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu import resources
from assistant.nlu.reading import WORDS
from knowledge_base.text import normalise

SENTENCE_VECTOR = "sentence_vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Encode each message with the index's sentence encoder (float32, one row, L2-normalised)."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Create the component; the encoder is loaded at the first message."""
        return cls(execution_context.node_name, config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the sentence feature, and leave vector and normal form on each message for the components after."""
        spoken = [message for message in messages if message.get(TEXT)]
        if not spoken:
            return messages
        settings = resources.settings()
        glossary = resources.glossary_at(settings.data)
        words = [normalise(message.get(TEXT), glossary) for message in spoken]
        vectors = resources.encoder_at(settings.encoder).encode(words)
        for message, normal, vector in zip(spoken, words, vectors, strict=True):
            message.set(WORDS, normal)
            message.set(SENTENCE_VECTOR, vector)
            message.add_features(
                Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS])
            )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode all examples in one batch."""
        self.process(training_data.training_examples)
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any configuration: the encoder is a setting of the program, not of the pipeline."""

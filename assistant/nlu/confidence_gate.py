"""The confidence gate: decides what a turn comes to and tells the rules by naming the intent.

RulePolicy sees only the intent, so the decision is the intent's name; the ranking, the items and the reasons stay
on the message. (Rasa's FallbackClassifier would overwrite the ranking with a confidence of 1.0.)
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu import resources
from assistant.nlu.outcomes import OutcomeJudge
from assistant.nlu.reading import GATE, ITEMS, PIECES, WORDS, ConversationState, Reading


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ConfidenceGate(GraphComponent):
    """Name the outcome of a turn from the reading and from where the conversation stands."""

    def __init__(self, judge: OutcomeJudge) -> None:
        """Keep the judge that decides."""
        self._judge = judge

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ConfidenceGate:
        """Create the gate with the flows and cue words of the data folder, and the guides of the program."""
        return cls(OutcomeJudge.load(resources.settings().data, resources.guides()))

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Replace each message's intent by the outcome; the original stays in `gate`.

        A message outside any conversation (`rasa test nlu`) keeps the classifier's intent.
        """
        if tracker is None or not tracker.events:
            return messages
        state = ConversationState.of(tracker.current_slot_values(), tracker.active_loop_name)
        for message in messages:
            text = message.get(TEXT) or ""
            words = message.get(WORDS) or ""
            reading = Reading.of(text, words, message.get(INTENT) or {}, message.get(ITEMS), message.get(PIECES))
            decision = self._judge.decide(reading, state)
            message.set(GATE, decision.as_json(), add_to_output=True)
            message.set(
                INTENT,
                {"name": decision.outcome.value, "confidence": reading.intent_confidence},
                add_to_output=True,
            )
        return messages

"""The item linker: puts the ranked service items, the facet and a calibrated confidence on the message."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.clarification import SHORT_REPLY
from assistant.nlu import resources
from assistant.nlu.joints import Joint
from assistant.nlu.reading import HEARD, ITEMS, PIECES, WORDS, Linking, Quoted
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

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Set `items` (a `Linking` as JSON) on each message that has words.

        A short message that follows a question back is read together with the words that were asked back about.
        """
        asked_about = tracker.get_slot("clarifying") if tracker is not None else None
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            heard = (message.get(METADATA) or {}).get(HEARD, 1.0)
            linking = self._link(text, message.get(SENTENCE_VECTOR), heard=heard)
            clear = linking.verdict == "answer" or linking.passage is not None
            if asked_about and not clear and len(text) <= SHORT_REPLY:
                together = self._link(f"{asked_about}\n{self._meant(text)}", None)
                linking = replace(together, facet=linking.facet, facet_probability=linking.facet_probability)
            message.set(ITEMS, linking.as_json(), add_to_output=True)
            message.set(PIECES, self._pieces(message.get(WORDS)))
        return messages

    def _meant(self, text: str) -> str:
        """Return a reply to a question back without what it says is not meant."""
        return resources.joints_at(resources.settings().data).denied.sub("", text) or text

    def _pieces(self, words: str) -> dict[str, Any] | None:
        """Search each piece of a sentence that has a joint; most have none and cost nothing.

        Of several wishes the likeliest items are taken: asking back about each would lose the others.
        """
        settings = resources.settings()
        joints = resources.joints_at(settings.data)
        found = joints.pieces(words)
        if found is None:
            return None
        parts: list[dict[str, Any]] = []
        for place, piece in enumerate(found.texts):
            linking = self._link(piece, None, asks_back=False) if piece else Linking()
            before = found.texts[place - 1] if place else ""
            if found.joint is Joint.COMPARISON and piece and len(before) > len(piece) and linking.verdict != "answer":
                # The second thing often leaves out what it shares with the first (A-x and y: A-x and A-y).
                linking = max(
                    linking,
                    self._link(before[: -len(piece)] + piece, None, asks_back=False),
                    key=lambda link: link.confidence,
                )
            parts.append({"text": piece, "items": linking.as_json()})
        return {"joint": found.joint.value, "parts": parts, "asks_each": bool(joints.each.search(words))}

    def _link(self, text: str, vector: Any, asks_back: bool = True, heard: float = 1.0) -> Linking:
        """Search for a text; words that were not surely heard make no item sure."""
        settings = resources.settings()
        searcher = resources.searcher_at(settings.index, settings.encoder)
        searcher.follow()
        result = searcher.search(text, vector=vector, limit=5)
        result = replace(result, confidence=result.confidence * heard)
        linking = Linking.of(result, searcher.decide(result, asks_back).value)
        if linking.verdict == "answer":
            return linking
        found = searcher.passages(result, settings.clock().date(), limit=1)
        return replace(linking, passage=Quoted.of(found))

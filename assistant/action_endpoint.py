"""Rasa's action endpoint inside the process: no HTTP hop, the same action classes as `rasa run actions`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import SlotSet
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.reply import REPLY_KEY, Reply
from actions.status import AnswerStatus
from actions.turn import WenbanAction
from assistant.complaints import place_of

logger = logging.getLogger(__name__)

_FORM_VALIDATION = "validate_"


class InProcessActions(EndpointConfig):
    """Run custom actions directly with rasa_sdk's executor."""

    def __init__(self, actions: Sequence[WenbanAction], apology: str) -> None:
        """Register the actions, which already hold their services, and keep what is said when one fails."""
        super().__init__(url="in-process")
        self._apology = Reply(AnswerStatus.ERROR, apology)
        self._executor = ActionExecutor()
        for action in actions:
            self._executor.register_action(action)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action that Rasa asks for; `json` is the call as sent to an action server.

        Rasa would log the whole traceback of one that fails and say nothing; an error's message may quote a citizen.
        """
        try:
            call = kwargs["json"]
            result = await self._executor.run(call)
            if result and not call["next_action"].startswith(_FORM_VALIDATION):  # a form counts what was validated
                result["events"] = list(_changes(result["events"], call["tracker"]["slots"]))
            return result
        except Exception as error:
            logger.error("An action failed: %s at %s", type(error).__name__, place_of(error))
            dispatcher = CollectingDispatcher()
            dispatcher.utter_message(text=self._apology.text, json_message={REPLY_KEY: self._apology.as_json()})
            return {"events": [], "responses": dispatcher.messages}


def _changes(events: Iterable[Mapping[str, Any]], slots: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Leave out events that set a slot to what it holds: each would be stored, and read again for turns to come."""
    held = dict(slots)
    for event in events:
        if event["event"] == SlotSet.type_name:
            name, value = event["name"], event["value"]
            if name in held and held[name] == value:
                continue
            held[name] = value
        yield event


def trust_results_of_this_process() -> None:
    """Let Rasa check only what comes from an action server, not what actions of this process return.

    `RemoteAction` compiles a schema anew for every result and holds it against the result, which costs 16 ms, more
    than everything else in a turn together. rasa_sdk's executor has made and checked these results itself.
    """
    check = RemoteAction._validate_action_result

    def check_foreign(self: RemoteAction, result: dict[str, Any]) -> bool:
        return isinstance(self.action_endpoint, InProcessActions) or check(self, result)

    if getattr(check, "__name__", "") != check_foreign.__name__:
        RemoteAction._validate_action_result = check_foreign

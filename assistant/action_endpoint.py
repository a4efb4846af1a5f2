"""Rasa's action endpoint inside the process: no HTTP hop, the same action classes as `rasa run actions`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from actions.turn import WenbanAction


class InProcessActions(EndpointConfig):
    """Run custom actions directly with rasa_sdk's executor."""

    def __init__(self, actions: Sequence[WenbanAction]) -> None:
        """Register the actions, which already hold their services."""
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        for action in actions:
            self._executor.register_action(action)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action that Rasa asks for; `json` is the call as sent to an action server."""
        return await self._executor.run(kwargs["json"])


def check_results_quickly() -> None:
    """Let Rasa check what actions return with a schema that is compiled once.

    `RemoteAction` compiles and checks its schema anew for every result, which costs more than everything else in a
    turn together; the check itself stays the same.
    """
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def check(self: RemoteAction, result: dict[str, Any]) -> bool:
        error = best_match(validator.iter_errors(result))
        if error is not None:
            raise error
        return True

    RemoteAction._validate_action_result = check

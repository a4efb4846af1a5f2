"""Whose conversation it is: what every route of the desk checks before it shows or does anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from sanic import Request
from sanic.exceptions import Forbidden, InvalidUsage
from sanic.response import HTTPResponse

from assistant.staff.sessions import StaffSessions
from storage.errors import HandoffMeant, HandoffTaken, HandoffUnknown, TransitionRefused
from storage.handoffs import Handoff, Handoffs, HandoffState
from storage.staff import DESK_ROLES, StaffAccount

Handler = Callable[..., Any]


class DeskAccess:
    """Let only those through who talk with citizens, and each to their own conversations."""

    def __init__(self, handoffs: Handoffs, sessions: StaffSessions) -> None:
        """Keep what access is judged by."""
        self._handoffs = handoffs
        self._sessions = sessions

    def mine(self, handoff_id: str, account: StaffAccount) -> Handoff:
        """Return a conversation that this member of staff has; raise Forbidden or HandoffUnknown."""
        handoff = self._handoffs.get(handoff_id)
        if handoff.state is not HandoffState.WITH_PERSON or handoff.staff_id != account.id:
            raise Forbidden(self._sessions.texts("not_yours"))
        return handoff

    def mine_or_waiting(self, handoff_id: str, account: StaffAccount) -> Handoff:
        """Return a conversation that waits, or that this member of staff has; raise Forbidden or HandoffUnknown."""
        handoff = self._handoffs.get(handoff_id)
        return handoff if handoff.state is HandoffState.QUEUED else self.mine(handoff_id, account)

    def at_the_desk(self, handler: Handler) -> Handler:
        """Return the handler for those who talk with citizens; a conversation that is gone is told in a sentence."""

        @wraps(handler)
        async def checked(request: Request, **parameters: Any) -> HTTPResponse:
            try:
                response: HTTPResponse = await handler(request, **parameters)
            except HandoffMeant as error:
                raise InvalidUsage(self._sessions.texts("meant_for_other")) from error
            except (HandoffTaken, HandoffUnknown, TransitionRefused) as error:
                raise InvalidUsage(self._sessions.texts("conversation_gone")) from error
            return response

        return self._sessions.only(DESK_ROLES, checked)

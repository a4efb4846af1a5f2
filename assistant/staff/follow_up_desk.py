"""The supervisor's side of low ratings: see which must be followed up by when, tell the citizen, note, close."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import Forbidden, InvalidUsage, NotFound
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from assistant.citizen.hub import ConversationHub
from assistant.citizen.notices import FOREIGN
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.citizen.wire import EventType
from assistant.ratings.asking import RatingAsker
from assistant.ratings.book import RatingBook
from assistant.requests import json_object
from assistant.staff.follow_up_views import FollowUpViews
from assistant.staff.sessions import StaffSessions
from assistant.staff.transcript_lines import lines_said
from storage.errors import FollowUpUnknown, TransitionRefused
from storage.follow_ups import FollowUp, FollowUpOutcome, FollowUpState
from storage.handoffs import HandoffState
from storage.staff import StaffAccount, StaffRole

Handler = Callable[..., Any]

LONGEST_NOTE = 1000
"""characters"""
CHOSEN_OUTCOMES = (FollowUpOutcome.RECTIFIED, FollowUpOutcome.EXPLAINED, FollowUpOutcome.UNREACHABLE)
"""how a supervisor may close one"""


class FollowUpDesk:
    """Serve the page of follow-ups. Nobody follows up a rating of their own service."""

    def __init__(
        self,
        services: Services,
        hub: ConversationHub,
        sessions: StaffSessions,
        book: RatingBook,
        asker: RatingAsker,
        guard: PersonalDataGuard,
    ) -> None:
        """Keep what the routes work with; `guard` masks what staff wrote to citizens."""
        self._services = services
        self._hub = hub
        self._sessions = sessions
        self._audit = sessions.audit
        self._texts = book.texts
        self._follow_ups = book.follow_ups
        self._views = FollowUpViews(services, book)
        self._asker = asker
        self._guard = guard

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff/follow-ups."""
        routes = Blueprint("follow-ups", url_prefix="/api/staff/follow-ups")
        one = "/<follow_up_id:str>"
        routes.add_route(self._for_supervisors(self.all), "/", methods=["GET"])
        routes.add_route(self._for_supervisors(self.overdue), "/overdue", methods=["GET"])
        routes.add_route(self._for_supervisors(self.read), one, methods=["GET"])
        routes.add_route(self._for_supervisors(self.transcript), f"{one}/transcript", methods=["GET"])
        routes.add_route(self._for_supervisors(self.contact), f"{one}/contact", methods=["GET"])
        routes.add_route(self._for_supervisors(self.assign), f"{one}/assign", methods=["POST"])
        routes.add_route(self._for_supervisors(self.note), f"{one}/notes", methods=["POST"])
        routes.add_route(self._for_supervisors(self.contacted), f"{one}/contacted", methods=["POST"])
        routes.add_route(self._for_supervisors(self.close), f"{one}/close", methods=["POST"])
        return routes

    async def all(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List those that are not closed, the first due first, and the 50 closed last; and who may be given one."""
        found = (*self._follow_ups.pending(), *self._follow_ups.closed())
        supervisors = [{"id": one.id, "name": one.display_name} for one in self._supervisors()]
        return json_response({"follow_ups": self._views.lines(found), "supervisors": supervisors})

    async def overdue(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Tell how many are overdue, for the badge in the masthead."""
        return json_response({"count": self._follow_ups.overdue(self._services.clock().date())})

    async def read(self, request: Request, account: StaffAccount, follow_up_id: str) -> HTTPResponse:
        """Return one with what the citizen wrote; each look is written to the audit trail."""
        self._follow_ups.get(follow_up_id)
        self._audit.append(account.name, "read-follow-up", follow_up_id)
        return self._told(follow_up_id)

    async def transcript(self, request: Request, account: StaffAccount, follow_up_id: str) -> HTTPResponse:
        """Return what was said in the conversation, masked; each look is written to the audit trail."""
        conversation_id = self._follow_ups.get(follow_up_id).rating.subject.conversation_id
        self._audit.append(account.name, "read-conversation", conversation_id, {"follow_up": follow_up_id})
        said = self._services.transcripts.all_since(conversation_id)
        return json_response({"transcript": lines_said(said, self._guard.without_values)})

    async def contact(self, request: Request, account: StaffAccount, follow_up_id: str) -> HTTPResponse:
        """Return how the citizen is reached; each look is written to the audit trail."""
        follow_up = self._mine_to_handle(follow_up_id, account)
        self._audit.append(account.name, "read-contact", follow_up_id)
        return json_response(self._views.contact(follow_up))

    async def assign(self, request: Request, account: StaffAccount, follow_up_id: str) -> HTTPResponse:
        """Give it to a supervisor, or with `staff_id` null to nobody."""
        staff_id = json_object(request).get("staff_id")
        if staff_id is not None and staff_id not in [one.id for one in self._supervisors()]:
            raise InvalidUsage(self._texts("no_such_supervisor"))
        if staff_id is not None and staff_id == self._follow_ups.get(follow_up_id).rating.subject.staff_id:
            raise InvalidUsage(self._texts("their_own_service"))
        with self._services.database.together():
            self._follow_ups.assign(follow_up_id, staff_id)
            self._audit.append(account.name, "assign-follow-up", follow_up_id, {"to": staff_id})
        return self._told(follow_up_id)

    async def note(self, request: Request, account: StaffAccount, follow_up_id: str) -> HTTPResponse:
        """Keep a note; with `tell`, send it to the citizen too, as a message of this supervisor."""
        body = json_object(request)
        text, tell = self._written(body.get("text"), "empty_note"), body.get("tell") is True
        follow_up = self._mine_to_handle(follow_up_id, account)
        conversation_id = follow_up.rating.subject.conversation_id
        if tell:
            self._check_reachable(conversation_id)
        with self._services.database.together():
            self._follow_ups.add_note(follow_up_id, account.id, text, tell)
            self._audit.append(account.name, "note-follow-up", follow_up_id, {"told": tell})
        if tell:
            said = {"name": account.display_name, "text": text}
            self._hub.publish(conversation_id, EventType.AGENT_MESSAGE, said)
        return self._told(follow_up_id)

    async def contacted(self, request: Request, account: StaffAccount, follow_up_id: str) -> HTTPResponse:
        """Note that the citizen was reached."""
        self._mine_to_handle(follow_up_id, account)
        with self._services.database.together():
            self._follow_ups.contacted(follow_up_id, account.id)
            self._audit.append(account.name, "contacted-follow-up", follow_up_id)
        return self._told(follow_up_id)

    async def close(self, request: Request, account: StaffAccount, follow_up_id: str) -> HTTPResponse:
        """End it with what was found and whether the citizen agrees; they are asked for a second rating."""
        body = json_object(request)
        outcome, agrees = body.get("outcome"), body.get("agrees")
        if outcome not in [one.value for one in CHOSEN_OUTCOMES]:
            raise InvalidUsage(self._texts("unknown_outcome"))
        if agrees is not None and not isinstance(agrees, bool):
            raise InvalidUsage(self._texts("unknown_agreement"))
        findings = self._written(body.get("findings"), "no_findings")
        follow_up = self._mine_to_handle(follow_up_id, account)
        if follow_up.state is FollowUpState.OPEN and outcome != FollowUpOutcome.UNREACHABLE.value:
            raise InvalidUsage(self._texts("not_contacted"))
        with self._services.database.together():
            self._follow_ups.close(follow_up_id, account.id, FollowUpOutcome(outcome), findings, agrees)
            self._audit.append(account.name, "close-follow-up", follow_up_id, {"outcome": outcome, "agrees": agrees})
        subject = follow_up.rating.subject
        if self._services.conversations.get(subject.conversation_id) is not None:
            self._asker.ask_again(subject.conversation_id, follow_up_id, subject.item_id)
        return self._told(follow_up_id)

    def _told(self, follow_up_id: str) -> HTTPResponse:
        found = self._follow_ups.get(follow_up_id)
        return json_response({"follow_up": self._views.whole(found, self._follow_ups.notes(follow_up_id))})

    def _mine_to_handle(self, follow_up_id: str, account: StaffAccount) -> FollowUp:
        """Return one that this supervisor may handle; raise Forbidden where their own service was rated."""
        follow_up = self._follow_ups.get(follow_up_id)
        if follow_up.rating.subject.staff_id == account.id:
            raise Forbidden(self._texts("own_service"))
        return follow_up

    def _check_reachable(self, conversation_id: str) -> None:
        """Raise InvalidUsage where nothing can be told in a conversation now."""
        gone = self._services.conversations.get(conversation_id) is None
        if gone or FOREIGN in conversation_id:
            raise InvalidUsage(self._texts("conversation_gone"))
        handoff = self._services.handoffs.active(conversation_id)
        if handoff is not None and handoff.state is not HandoffState.OFFERED:
            raise InvalidUsage(self._texts("conversation_taken"))

    def _written(self, sent: Any, missing: str) -> str:
        text = str(sent or "").strip()
        if not text:
            raise InvalidUsage(self._texts(missing))
        if len(text) > LONGEST_NOTE:
            raise InvalidUsage(self._texts("note_too_long", limit=LONGEST_NOTE))
        return text

    def _supervisors(self) -> list[StaffAccount]:
        accounts = self._sessions.staff.accounts()
        return [one for one in accounts if one.enabled and one.role is StaffRole.SUPERVISOR]

    def _for_supervisors(self, handler: Handler) -> Handler:
        """Return the handler for supervisors; one that is gone or closed is told in a sentence."""

        @wraps(handler)
        async def checked(request: Request, **parameters: Any) -> HTTPResponse:
            try:
                response: HTTPResponse = await handler(request, **parameters)
            except FollowUpUnknown as error:
                raise NotFound(self._texts("no_follow_up")) from error
            except TransitionRefused as error:
                raise InvalidUsage(self._texts("follow_up_closed")) from error
            return response

        return self._sessions.only((StaffRole.SUPERVISOR,), checked)

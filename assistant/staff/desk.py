"""The staff's side: see who waits, read, reply, hand back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from assistant.citizen.hub import ConversationHub
from assistant.citizen.queue_places import QueuePlaces
from assistant.citizen.wire import EventType
from assistant.requests import json_object
from assistant.staff.access import DeskAccess
from assistant.staff.desk_lists import DeskLists
from assistant.staff.draft_book import DraftBook
from assistant.staff.sessions import StaffSessions
from assistant.staff.transcript_lines import lines_said
from storage.handoffs import Handoff, MessageRole
from storage.left_messages import LeftMessages
from storage.reports import Report
from storage.staff import StaffAccount

LONGEST_NOTE = 500
"""characters"""


class StaffDesk:
    """Serve the staff page."""

    def __init__(
        self,
        services: Services,
        hub: ConversationHub,
        sessions: StaffSessions,
        places: QueuePlaces,
        set_aside: Callable[[str], Awaitable[None]],
        talk_about: Callable[[str, str], Awaitable[None]],
        drafts: DraftBook,
        lists: DeskLists,
        outcomes: Collection[str],
        masked: Callable[[str], str],
    ) -> None:
        """Keep what the routes work with.

        `masked` puts placeholders for the personal data of a text.
        `set_aside` ends a conversation's running application for now; `talk_about` puts an item into its focus;
        `drafts` keeps what becomes of the answers drafted; `outcomes` are those a conversation may be closed with.
        """
        self.services = services
        self.hub = hub
        self.audit = sessions.audit
        self.left_messages = LeftMessages(services.database)
        self.texts = sessions.texts
        self._access = DeskAccess(services.handoffs, sessions)
        self._drafts = drafts
        self._lists = lists
        self._outcomes = outcomes
        self._masked = masked
        self._places = places
        self._set_aside = set_aside
        self._talk_about = talk_about

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff."""
        routes = Blueprint("staff", url_prefix="/api/staff")
        at_the_desk = self._access.at_the_desk
        routes.add_route(at_the_desk(self.waiting), "/handoffs", methods=["GET"])
        one = "/handoffs/<handoff_id:str>"
        routes.add_route(at_the_desk(self.read), one, methods=["GET"])
        routes.add_route(at_the_desk(self.take), f"{one}/take", methods=["POST"])
        routes.add_route(at_the_desk(self.reply), f"{one}/messages", methods=["POST"])
        routes.add_route(at_the_desk(self.hand_back), f"{one}/hand-back", methods=["POST"])
        routes.add_route(at_the_desk(self.close), f"{one}/close", methods=["POST"])
        routes.add_route(at_the_desk(self.requeue), f"{one}/requeue", methods=["POST"])
        routes.add_route(at_the_desk(self.messages), "/messages", methods=["GET"])
        routes.add_route(at_the_desk(self.message_done), "/messages/<number:str>/done", methods=["POST"])
        routes.add_route(at_the_desk(self.reports), "/reports", methods=["GET"])
        return routes

    async def waiting(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List who waits, whom this member of staff is talking with, and whom a colleague left; first in line first."""
        return json_response(self._lists.told(self._lists.read(), account))

    async def read(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Return the conversation before the handoff, masked, and what was said since."""
        handoff = self._access.mine_or_waiting(handoff_id, account)
        self.audit.append(account.name, "read-conversation", handoff.conversation_id)
        return json_response({"handoff": self._lists.row(handoff, account), "transcript": self._transcript(handoff)})

    async def take(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Take a waiting conversation; the assistant is silent until it is handed back."""
        return json_response({"handoff": await self.take_over(handoff_id, account)})

    async def take_over(self, handoff_id: str, account: StaffAccount) -> dict[str, Any]:
        """Give a waiting conversation to a member of staff; return it as the page reads it. Raise HandoffTaken.

        A running application is set aside: what the citizen says to the assistant afterwards is no answer to it.
        """
        with self.services.database.together():
            handoff = self.services.handoffs.take(handoff_id, account.id)
            self.audit.append(account.name, "take-conversation", handoff.conversation_id)
        await self._set_aside(handoff.conversation_id)
        self.hub.publish(handoff.conversation_id, EventType.AGENT_JOINED, {"name": account.display_name})
        self._places.tell_moved()
        return self._lists.row(handoff, account)

    async def reply(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Send the citizen a message; of one made of a draft it is noted what was changed."""
        handoff = self._access.mine(handoff_id, account)
        body = json_object(request)
        text, draft_id = self._drafts.sendable(str(body.get("text") or "").strip()), body.get("draft_id")
        if not text:
            raise InvalidUsage(self.texts("empty_message"))
        draft = None if draft_id is None else self._drafts.of_handoff(str(draft_id), handoff_id)
        posted = self.services.handoffs.post(handoff_id, MessageRole.STAFF, text, by=account.id)
        said = {"name": account.display_name, "text": text, "message_seq": posted.seq}
        self.hub.publish(handoff.conversation_id, EventType.AGENT_MESSAGE, said)
        return json_response({} if draft is None else {"draft": self._drafts.sent(draft, account, text)})

    async def hand_back(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Give the conversation back to the assistant, which goes on from the item that was talked about.

        The note is told to the citizen who asks what the person said.
        """
        handoff = self._access.mine(handoff_id, account)
        note, item = self._note(request), json_object(request).get("item")
        if item is not None and item not in self.services.catalogue.items:
            raise InvalidUsage(self.texts("no_such_item"))
        with self.services.database.together():
            self.services.handoffs.hand_back(handoff_id, note, by=account.id)
            self.audit.append(account.name, "handed-back", handoff.conversation_id)
        if item is not None:
            await self._talk_about(handoff.conversation_id, item)
        self._tell_left(handoff, account, "handed_back")
        return json_response({})

    async def close(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """End the conversation with the person; the outcome is kept for the figures."""
        handoff = self._access.mine(handoff_id, account)
        outcome = json_object(request).get("outcome")
        if outcome is not None and outcome not in self._outcomes:
            raise InvalidUsage(self.texts("unknown_close_outcome"))
        note = self._note(request)
        with self.services.database.together():
            self.services.handoffs.close(handoff_id, note, account.id, outcome)
            self.audit.append(account.name, "closed", handoff.conversation_id)
        self._tell_left(handoff, account, "closed")
        return json_response({})

    async def requeue(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Put a conversation that a colleague left back in the queue, and tell the citizen who waits before them."""
        with self.services.database.together():
            handoff = self.services.handoffs.requeue(handoff_id)
            self.audit.append(account.name, "requeue-conversation", handoff.conversation_id)
        self._places.tell(handoff.conversation_id)
        return json_response({"handoff": self._lists.row(handoff, account)})

    async def messages(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List the messages left out of hours; reading them is written to the audit trail."""
        self.audit.append(account.name, "read-left-messages", "left-messages")
        return json_response(
            {
                "messages": [
                    {"number": one.number, "phone": one.phone, "text": one.text, "at": one.at.isoformat()}
                    for one in self.left_messages.waiting()
                ]
            }
        )

    async def message_done(self, request: Request, account: StaffAccount, number: str) -> HTTPResponse:
        """Mark a left message as dealt with."""
        with self.services.database.together():
            if not self.left_messages.mark_done(number):
                raise NotFound(self.texts("no_such_message"))
            self.audit.append(account.name, "message-done", number)
        return json_response({})

    async def reports(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List the newest reports; reading them is written to the audit trail."""
        self.audit.append(account.name, "read-reports", "reports")
        return json_response({"reports": [self._report(one) for one in self.services.reports.latest()]})

    def _report(self, report: Report) -> dict[str, Any]:
        flow = self.services.flows.get(report.kind)
        return {
            "number": report.number,
            "kind": report.kind,
            "kind_label": flow.name if flow else report.kind,
            "text": report.text,
            "place": report.place,
            "contact": report.contact,
            "at": report.at.isoformat(),
        }

    def _tell_left(self, handoff: Handoff, account: StaffAccount, outcome: str) -> None:
        text = self.texts(outcome, name=account.display_name)
        if self.services.applications.paused_draft(handoff.conversation_id):
            text += self.texts("application_kept")
        self.hub.publish(handoff.conversation_id, EventType.AGENT_LEFT, {"outcome": outcome, "text": text})

    def _note(self, request: Request) -> str:
        note = str(json_object(request).get("note") or "").strip()
        if len(note) > LONGEST_NOTE:
            raise InvalidUsage(self.texts("note_too_long", limit=LONGEST_NOTE))
        return note

    def _transcript(self, handoff: Handoff) -> list[dict[str, Any]]:
        said = self.services.transcripts.all_since(handoff.conversation_id)
        before = lines_said(said, self._masked, handoff.queued_at or handoff.opened_at)
        since = [
            {"role": message.role.value, "text": message.text, "at": message.at.isoformat(), "seq": message.seq}
            for message in self.services.handoffs.messages(handoff.id)
        ]
        return before + since

"""The staff's routes beside the conversation itself: what may be chosen, transfers, read marks, hidden values."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import Forbidden, InvalidUsage, NotFound
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from assistant.citizen.hub import ConversationHub
from assistant.citizen.queue_places import QueuePlaces
from assistant.citizen.wire import EventType
from assistant.requests import event_number, json_object
from assistant.staff.access import DeskAccess
from assistant.staff.canned_replies import load_canned_replies
from assistant.staff.case_view import CaseView
from assistant.staff.desk_choices import DeskChoices
from assistant.staff.sessions import StaffSessions
from storage.handoff_reads import HandoffReads
from storage.handoff_transfers import HandoffTransfers
from storage.handoffs import ACTIVE, Handoff, MessageRole
from storage.staff import DESK_ROLES, StaffAccount, StaffRole

LONGEST_NOTE = 500
"""characters of what a colleague is told"""
MOST_ITEMS = 8
"""items offered for a name"""


class StaffConsole:
    """Serve what the staff page offers; whatever shows or moves a citizen's data leaves a trace in the audit trail."""

    def __init__(
        self,
        services: Services,
        hub: ConversationHub,
        sessions: StaffSessions,
        places: QueuePlaces,
        cases: CaseView,
        choices: DeskChoices,
    ) -> None:
        """Keep what the routes work with."""
        self.services = services
        self.hub = hub
        self.audit = sessions.audit
        self.texts = sessions.texts
        self._staff = sessions.staff
        self._access = DeskAccess(services.handoffs, sessions)
        self._places = places
        self._cases = cases
        self._choices = choices
        self._reads = HandoffReads(services.database)
        self._transfers = HandoffTransfers(services.database)
        self._canned_replies = load_canned_replies(services.data / "texts" / "canned_replies.yml")

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff."""
        routes = Blueprint("staff-console", url_prefix="/api/staff")
        at_the_desk = self._access.at_the_desk
        one = "/handoffs/<handoff_id:str>"
        routes.add_route(at_the_desk(self.choices), "/choices", methods=["GET"])
        routes.add_route(at_the_desk(self.items), "/items", methods=["GET"])
        routes.add_route(at_the_desk(self.colleagues), "/colleagues", methods=["GET"])
        routes.add_route(at_the_desk(self.case), f"{one}/case", methods=["GET"])
        routes.add_route(at_the_desk(self.unmask), f"{one}/unmask", methods=["POST"])
        routes.add_route(at_the_desk(self.read), f"{one}/read", methods=["POST"])
        routes.add_route(at_the_desk(self.transfer), f"{one}/transfer", methods=["POST"])
        return routes

    async def choices(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return the canned replies, and the outcomes that a conversation may be closed with."""
        return json_response(
            {
                "canned_replies": [asdict(one) for one in self._canned_replies],
                "outcomes": _as_list(self._choices.outcomes),
            }
        )

    async def items(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return the service items whose name or other name has every word of `q`, the shortest names first."""
        words = str(request.args.get("q") or "").lower().split()
        found = []
        for item in self.services.catalogue.items.values():
            if words and any(all(word in name.lower() for word in words) for name in (item.name, *item.aliases)):
                found.append(item)
        found.sort(key=lambda item: (not item.name.lower().startswith(words[0]), len(item.name), item.item_id))
        told = [{"item_id": one.item_id, "name": one.name, "department": one.department} for one in found[:MOST_ITEMS]]
        return json_response({"items": told})

    async def colleagues(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return to whom a conversation can be transferred: who is signed in, and the departments with how many are."""
        present = self._colleagues(account)
        departments = self._choices.departments
        return json_response(
            {
                "colleagues": [
                    {"id": one.id, "name": one.display_name, "department": departments.get(one.department or "")}
                    for one in present
                ],
                "departments": [
                    {**one, "present": sum(colleague.department == one["key"] for colleague in present)}
                    for one in _as_list(departments)
                ],
            }
        )

    async def case(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Return what a conversation is about, personal values masked."""
        handoff = self._access.mine_or_waiting(handoff_id, account)
        self.audit.append(account.name, "read-case", handoff.conversation_id)
        return json_response(await self._cases.of(handoff.conversation_id))

    async def unmask(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Return one field of the application as it was given; the audit trail names the field, never the value."""
        handoff = self._supervised(handoff_id, account)
        field = str(json_object(request).get("field") or "")
        found = self._cases.value(handoff.conversation_id, field)
        if found is None:
            raise NotFound(self.texts("no_such_field"))
        seen = {"field": field, "item": found.item_id}
        self.audit.append(account.name, "unmask-field", handoff.conversation_id, seen)
        return json_response({"field": field, "value": found.value}, headers={"Cache-Control": "no-store"})

    async def read(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Note up to which message this member of staff has read, and tell the citizen."""
        handoff = self._access.mine(handoff_id, account)
        seq = event_number(json_object(request).get("seq"))
        if seq is None:
            raise InvalidUsage("`seq` is the number of a message, such as 3.")
        mark = self._reads.by_staff(handoff_id, account.id, seq)
        if mark is not None:
            self.hub.publish(handoff.conversation_id, EventType.AGENT_READ, {"message_seq": mark})
        return json_response({"read": mark})

    async def transfer(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Give a conversation to a colleague who is signed in (`to`), or to a department (`department`).

        It waits for them at its old place; the citizen is told, and the colleague reads the `note`.
        """
        handoff = self._access.mine(handoff_id, account)
        body = json_object(request)
        note = str(body.get("note") or "").strip()
        if len(note) > LONGEST_NOTE:
            raise InvalidUsage(self.texts("note_too_long", limit=LONGEST_NOTE))
        if body.get("to"):
            colleague = self._colleague(str(body["to"]), account)
            told, to = colleague.display_name, {"staff": colleague.id}
            transfer = partial(self._transfers.to_colleague, handoff_id, account.id, colleague.id)
        elif body.get("department"):
            key = str(body["department"])
            if key not in self._choices.departments:
                raise InvalidUsage(self.texts("unknown_department"))
            told, to = self._choices.departments[key], {"department": key}
            transfer = partial(self._transfers.to_department, handoff_id, account.id, key)
        else:
            raise InvalidUsage(self.texts("transfer_to_nobody"))
        key = "transferred_noted_why" if note else "transferred_noted"
        with self.services.database.together():
            transfer()
            noted = self.texts(key, name=account.display_name, to=told, note=note)
            self.services.handoffs.post(handoff_id, MessageRole.SYSTEM, noted)
            self.audit.append(account.name, "transfer-conversation", handoff.conversation_id, to)
        self._tell(handoff, account, told)
        return json_response({})

    def _tell(self, handoff: Handoff, account: StaffAccount, to: str) -> None:
        left = {"outcome": "transferred", "text": self.texts("transferred", name=account.display_name, to=to)}
        self.hub.publish(handoff.conversation_id, EventType.AGENT_LEFT, left)
        self._places.tell(handoff.conversation_id)

    def _colleagues(self, account: StaffAccount) -> tuple[StaffAccount, ...]:
        return tuple(one for one in self._staff.present() if one.role in DESK_ROLES and one.id != account.id)

    def _colleague(self, staff_id: str, account: StaffAccount) -> StaffAccount:
        if staff_id == account.id:
            raise InvalidUsage(self.texts("transfer_to_self"))
        for one in self._colleagues(account):
            if one.id == staff_id:
                return one
        raise InvalidUsage(self.texts("colleague_gone"))

    def _supervised(self, handoff_id: str, account: StaffAccount) -> Handoff:
        """Return a conversation whose values may be seen: one's own, for a supervisor any that has not ended."""
        if account.role is not StaffRole.SUPERVISOR:
            return self._access.mine(handoff_id, account)
        handoff = self.services.handoffs.get(handoff_id)
        if handoff.state not in ACTIVE:
            raise Forbidden(self.texts("not_yours"))
        return handoff


def _as_list(labels: Any) -> list[dict[str, str]]:
    return [{"key": key, "label": label} for key, label in labels.items()]

"""One-time notices (一次性告知单) that staff make for the citizen they talk with, or print at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from assistant.citizen.hub import ConversationHub
from assistant.citizen.wire import EventType
from assistant.papers.printing import Printing
from assistant.requests import json_object
from assistant.staff.access import DeskAccess
from assistant.staff.sessions import StaffSessions
from knowledge_base.cases import DISTRICT
from knowledge_base.items import ServiceItem
from storage.checklists import KeptChecklist
from storage.handoffs import MessageRole
from storage.staff import StaffAccount


class ChecklistDesk:
    """Serve notices to the staff's page; each that is made or read leaves a trace in the audit trail."""

    def __init__(self, services: Services, hub: ConversationHub, sessions: StaffSessions, printing: Printing) -> None:
        """Keep what the routes work with."""
        self._services = services
        self._hub = hub
        self._audit = sessions.audit
        self._texts = sessions.texts
        self._access = DeskAccess(services.handoffs, sessions)
        self._printing = printing

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff/handoffs/{id}/checklists."""
        routes = Blueprint("staff-checklists", url_prefix="/api/staff/handoffs/<handoff_id:str>/checklists")
        at_the_desk = self._access.at_the_desk
        routes.add_route(at_the_desk(self.make), "/", methods=["POST"])
        routes.add_route(at_the_desk(self.pdf), "/<checklist_id:str>", methods=["GET"])
        routes.add_route(at_the_desk(self.page), "/<checklist_id:str>/page", methods=["GET"])
        return routes

    async def make(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Make the notice of an item for a case, and give it to the citizen in the conversation."""
        handoff = self._access.mine(handoff_id, account)
        body = json_object(request)
        item = self._services.catalogue.items.get(str(body.get("item")))
        if item is None:
            raise InvalidUsage(self._texts("no_such_item"))
        facts = self._facts(item, body.get("facts") or {})
        said = self._services.papers.writer.texts("given_in_application", name=item.name)
        with self._services.database.together():
            paper, checklist = self._services.papers.checklist(self._services, handoff.conversation_id, item, facts)
            posted = self._services.handoffs.post(handoff_id, MessageRole.STAFF, said, by=account.id)
            self._audit.append(account.name, "make-checklist", handoff.conversation_id)
        papers = [{**vars(paper)}]
        told = {"name": account.display_name, "text": said, "message_seq": posted.seq, "papers": papers}
        self._hub.publish(handoff.conversation_id, EventType.AGENT_MESSAGE, told)
        address = f"/api/staff/handoffs/{handoff_id}/checklists/{paper.url.rsplit('/', 1)[-1]}"
        return json_response(
            {
                "title": paper.title,
                "case": checklist.case,
                "name": paper.name,
                "url": address,
                "page": f"{address}/page",
            }
        )

    async def pdf(self, request: Request, account: StaffAccount, handoff_id: str, checklist_id: str) -> HTTPResponse:
        """Return a notice of the conversation as PDF."""
        return await self._printing.checklist_pdf(self._kept(account, handoff_id, checklist_id))

    async def page(self, request: Request, account: StaffAccount, handoff_id: str, checklist_id: str) -> HTTPResponse:
        """Return a notice of the conversation as a page to be printed; `paper` is a4 (unless told) or roll."""
        kept = self._kept(account, handoff_id, checklist_id)
        return self._printing.checklist_page(kept, request.args.get("paper"))

    def _kept(self, account: StaffAccount, handoff_id: str, checklist_id: str) -> KeptChecklist:
        handoff = self._access.mine(handoff_id, account)
        kept = self._services.papers.kept.get(checklist_id)
        if kept is None or kept.conversation_id != handoff.conversation_id:
            raise NotFound(self._texts("no_such_checklist"))
        self._audit.append(account.name, "read-checklist", handoff.conversation_id)
        return kept

    def _facts(self, item: ServiceItem, told: Any) -> Mapping[str, str]:
        """Return the facts of the case; raise InvalidUsage for what is no value of the item's dimensions."""
        districts = self._services.catalogue.fact_words.districts
        known = {**{key: dimension.values for key, dimension in item.dimensions.items()}, DISTRICT: districts}
        facts = told.items() if isinstance(told, dict) else [("", "")]
        if any(not isinstance(value, str) or value not in known.get(key, ()) for key, value in facts):
            raise InvalidUsage(self._texts("no_such_case"))
        return dict(facts)

"""The citizen's papers: a one-time notice as PDF and as a page, and the form of an authorisation."""

from __future__ import annotations

from sanic import Blueprint, Request
from sanic.exceptions import NotFound
from sanic.response import HTTPResponse

from assistant.citizen.channel import CitizenChannel
from assistant.papers.printing import Printing
from assistant.requests import as_function
from storage.checklists import KeptChecklist


class PaperRoutes:
    """Serve papers to the conversation that they were made in."""

    def __init__(self, channel: CitizenChannel, printing: Printing) -> None:
        """Keep the channel, whose tokens and limits hold here too, and what draws."""
        self._channel = channel
        self._services = channel.assistant.services
        self._printing = printing

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api."""
        routes = Blueprint("citizen-papers", url_prefix="/api")
        routes.add_route(as_function(self.checklist), "/checklists/<checklist_id:str>", methods=["GET"])
        routes.add_route(as_function(self.page), "/checklists/<checklist_id:str>/page", methods=["GET"])
        form = "/conversations/<conversation_id:str>/authorisation-forms/<item_id:str>"
        routes.add_route(self._channel.with_token(self.form), form, methods=["GET"])
        return routes

    async def checklist(self, request: Request, checklist_id: str) -> HTTPResponse:
        """Return a notice as PDF."""
        kept = self._kept(request, checklist_id)
        self._channel.limiter.check_message(kept.conversation_id)
        return await self._printing.checklist_pdf(kept)

    async def page(self, request: Request, checklist_id: str) -> HTTPResponse:
        """Return a notice as a page to be printed; `paper` is a4 (unless told) or roll."""
        return self._printing.checklist_page(self._kept(request, checklist_id), request.args.get("paper"))

    async def form(self, request: Request, conversation_id: str, item_id: str) -> HTTPResponse:
        """Return the form of an authorisation for an item that can be applied for here, as PDF."""
        item, flow = self._services.catalogue.items.get(item_id), self._services.flows.get(item_id)
        if item is None or flow is None or flow.agency is None:
            raise NotFound("There is no such form.")
        self._channel.limiter.check_message(conversation_id)
        return await self._printing.authorisation_pdf(item)

    def _kept(self, request: Request, checklist_id: str) -> KeptChecklist:
        kept = self._services.papers.kept.get(checklist_id)
        if kept is None or not self._channel.tokens.accepts(kept.conversation_id, request.token or ""):
            raise NotFound("There is no such paper for this conversation.")
        return kept

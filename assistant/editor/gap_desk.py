"""The editors' routes for knowledge gaps."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from actions.texts import Texts
from assistant.editor.desk import WRITERS, refusing
from assistant.editor.gap_list import GapList, ListedGap
from assistant.editor.staff_changes import StaffChange
from assistant.editor.workshop import Workshop
from assistant.requests import json_object
from assistant.staff.sessions import StaffSessions
from knowledge_base.checks import FACETS
from knowledge_base.items import Catalogue
from storage.gap_decisions import GapState
from storage.staff import EDITING_ROLES, StaffAccount

PERIODS = ("7", "30", "90")
"""days back that may be asked for"""


class GapDesk:
    """Serve the list of gaps; each look is written to the audit trail, for they are citizens' words."""

    def __init__(self, services: Services, gaps: GapList, workshop: Workshop, sessions: StaffSessions) -> None:
        """Keep what the routes work with."""
        self.services = services
        self.gaps = gaps
        self.workshop = workshop
        self.sessions = sessions
        self.texts = Texts.load(services.data / "texts" / "editor.yml")

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/editor/gaps."""
        routes = Blueprint("editor-gaps", url_prefix="/api/editor/gaps")
        only = self.sessions.only
        routes.add_route(only(EDITING_ROLES, refusing(self.texts, self.look)), "/", methods=["GET"])
        routes.add_route(only(WRITERS, refusing(self.texts, self.decide)), "/<gap_id:str>/state", methods=["PUT"])
        routes.add_route(only(WRITERS, refusing(self.texts, self.propose)), "/<gap_id:str>/asks", methods=["POST"])
        change = "/changes/<item_id:str>/<field:str>"
        routes.add_route(only(WRITERS, refusing(self.texts, self.decide_change)), f"{change}/state", methods=["PUT"])
        routes.add_route(only(WRITERS, refusing(self.texts, self.propose_change)), f"{change}/draft", methods=["POST"])
        return routes

    async def look(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List what was not answered."""
        report = await asyncio.to_thread(self.gaps.look, self._since(request))
        self.sessions.audit.append(account.name, "read-gaps", "gaps")
        catalogue = self.workshop.knowledge.catalogue
        return json_response(
            {
                "since": report.since.isoformat(),
                "withheld": report.withheld,
                "gaps": [gap_view(one, catalogue, self.texts) for one in report.gaps],
                "changes": [change_view(one, catalogue, self.texts) for one in report.changes.shown],
                "changes_withheld": report.changes.withheld,
            }
        )

    async def decide(self, request: Request, account: StaffAccount, gap_id: str) -> HTTPResponse:
        """Settle or dismiss a gap, or open it again."""
        named = json_object(request).get("state")
        if named not in [state.value for state in GapState]:
            raise InvalidUsage("`state` is open, settled or dismissed.")
        listed = await asyncio.to_thread(self.gaps.find, gap_id, self._since(request))
        with self.services.database.together():
            self.gaps.decide(listed, GapState(named), account.id)
            self.sessions.audit.append(account.name, f"gap-{named}", gap_id)
        return json_response({})

    async def propose(self, request: Request, account: StaffAccount, gap_id: str) -> HTTPResponse:
        """Add a way of asking to one's draft of an item; the gap is settled with it."""
        body = json_object(request)
        item_id, facet, sentence = (str(body.get(name) or "").strip() for name in ("item_id", "facet", "sentence"))
        if not sentence or facet not in FACETS:
            raise InvalidUsage(self.texts("ask_missing"))
        listed = await asyncio.to_thread(self.gaps.find, gap_id, self._since(request))
        draft = await asyncio.to_thread(self.workshop.add_ask, item_id, account, facet, sentence)
        with self.services.database.together():
            self.gaps.decide(listed, GapState.SETTLED, account.id)
            self.sessions.audit.append(account.name, "gap-settled", gap_id, {"item": item_id})
        return json_response({"item_id": item_id, "revision": draft.id})

    async def decide_change(self, request: Request, account: StaffAccount, item_id: str, field: str) -> HTTPResponse:
        """Settle or dismiss what staff changed of a field so far, or open it again."""
        named = json_object(request).get("state")
        if named not in [state.value for state in GapState]:
            raise InvalidUsage("`state` is open, settled or dismissed.")
        with self.services.database.together():
            self.gaps.changes.decide(item_id, field, GapState(named), account.id)
            self.sessions.audit.append(account.name, f"change-{named}", item_id, {"field": field})
        return json_response({})

    async def propose_change(self, request: Request, account: StaffAccount, item_id: str, field: str) -> HTTPResponse:
        """Put a sentence that staff changed into one's draft of the guide; `placed` tells whether a place was found."""
        body = json_object(request)
        before, after = (str(body.get(name) or "").strip() or None for name in ("before", "after"))
        if before is None and after is None:
            raise InvalidUsage(self.texts("change_missing"))
        draft, placed = await asyncio.to_thread(self.workshop.propose_field, item_id, account, field, before, after)
        if placed:
            with self.services.database.together():
                self.gaps.changes.decide(item_id, field, GapState.SETTLED, account.id)
                self.sessions.audit.append(account.name, "change-settled", item_id, {"field": field})
        told = {} if placed else {"message": self.texts("change_not_placed")}
        return json_response({"item_id": item_id, "revision": draft.id, "placed": placed, **told})

    def _since(self, request: Request) -> datetime | None:
        days = request.args.get("days", "30")
        if days not in PERIODS:
            raise InvalidUsage(f"`days` is one of {', '.join(PERIODS)}.")
        return self.services.database.now() - timedelta(days=int(days))


def gap_view(listed: ListedGap, catalogue: Catalogue, texts: Texts) -> dict[str, Any]:
    """Return a gap as the page and the command line tell it."""
    gap = listed.gap
    names = {near.item_id: catalogue.items[near.item_id].name for near in gap.near if near.item_id in catalogue.items}
    item_id = gap.item_id if gap.item_id in names else None
    key = "proposal_ask" if item_id else "proposal_item"
    return {
        "id": listed.id,
        "state": listed.state.value,
        "title": gap.examples[0],
        "examples": list(gap.examples),
        "count": gap.count,
        "conversations": gap.conversations,
        "first": gap.first.isoformat(),
        "last": gap.last.isoformat(),
        "whys": [{"why": why, "label": texts(f"why_{why}"), "count": count} for why, count in gap.whys.most_common()],
        "near": [
            {"item_id": near.item_id, "name": names[near.item_id], "score": near.score}
            for near in gap.near
            if near.item_id in names
        ],
        "item_id": item_id,
        "proposal": texts(key, item=names.get(str(item_id), "")),
    }


def change_view(change: StaffChange, catalogue: Catalogue, texts: Texts) -> dict[str, Any]:
    """Return what staff changed of a field as the page and the command line tell it."""
    item = catalogue.items.get(change.item_id)
    name, key = item.name if item else change.item_id, f"element_{change.field}"
    label = texts(key) if key in texts else change.field
    return {
        "item_id": change.item_id,
        "field": change.field,
        "title": texts("change_title", item=name, field=label),
        "state": change.state.value,
        "edited": change.edited,
        "rejected": change.rejected,
        "conversations": change.conversations,
        "first": change.first.isoformat(),
        "last": change.last.isoformat(),
        "edits": [vars(edit) for edit in change.edits],
    }

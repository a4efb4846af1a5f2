"""The editors' routes: items, drafts, previews, decisions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from functools import wraps
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from actions.texts import Texts
from assistant.editor.gap_list import GapGone
from assistant.editor.index_keeper import IndexKeeper
from assistant.editor.knowledge import ItemUnknown
from assistant.editor.pages import EditorPages
from assistant.editor.views import BadMoment, line_of, moment
from assistant.editor.workshop import DraftInTheWay, DraftWrong, NothingChanged, Workshop
from assistant.requests import json_object
from assistant.staff.sessions import Handler, StaffSessions
from knowledge_base.item_files import SCHEMA_FILE
from storage.errors import (
    BaseOvertaken,
    DraftChanged,
    FourEyesRequired,
    NotTheAuthor,
    RevisionStepRefused,
    RevisionUnknown,
    WindowEmpty,
)
from storage.revisions import RevisionState
from storage.staff import EDITING_ROLES, StaffAccount, StaffRole

WRITERS = (StaffRole.EDITOR,)
LONGEST_REASON = 500
"""characters, as the table keeps them"""
REFUSALS = {
    DraftChanged: (409, "draft_changed"),
    BaseOvertaken: (409, "base_overtaken"),
    RevisionStepRefused: (409, "step_refused"),
    FourEyesRequired: (403, "four_eyes"),
    NotTheAuthor: (403, "not_the_author"),
    WindowEmpty: (400, "window_empty"),
    BadMoment: (400, "bad_moment"),
    DraftWrong: (400, "draft_wrong"),
    NothingChanged: (400, "nothing_changed"),
    DraftInTheWay: (409, "draft_in_the_way"),
    RevisionUnknown: (404, "no_such_revision"),
    ItemUnknown: (404, "no_such_item"),
    GapGone: (409, "gap_gone"),
}


def refusing(texts: Texts, handler: Handler) -> Handler:
    """Answer what cannot be done in a sentence; `code` tells the page which it is."""

    @wraps(handler)
    async def answered(request: Request, **parameters: Any) -> HTTPResponse:
        try:
            response: HTTPResponse = await handler(request, **parameters)
        except tuple(REFUSALS) as error:
            status, code = REFUSALS[type(error)]
            return json_response({"message": texts(code), "code": code}, status=status)
        return response

    return answered


class EditorDesk:
    """Serve the editor's page."""

    def __init__(self, services: Services, workshop: Workshop, sessions: StaffSessions, keeper: IndexKeeper) -> None:
        """Keep what the routes work with."""
        self.services = services
        self.workshop = workshop
        self.sessions = sessions
        self.keeper = keeper
        self.texts = Texts.load(services.data / "texts" / "editor.yml")
        self.pages = EditorPages(services, workshop, self.texts)

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/editor."""
        routes = Blueprint("editor", url_prefix="/api/editor")

        def add(method: str, path: str, handler: Handler, roles: Collection[StaffRole] = EDITING_ROLES) -> None:
            routes.add_route(self.sessions.only(roles, refusing(self.texts, handler)), path, methods=[method])

        add("GET", "/items", self.items)
        add("GET", "/reviews", self.reviews)
        add("GET", "/index", self.index)
        add("GET", "/choices", self.choices)
        add("GET", "/items/<item_id:str>", self.item)
        add("POST", "/items/<item_id:str>/draft", self.begin, WRITERS)
        add("POST", "/items/<item_id:str>/restore", self.restore, WRITERS)
        one = "/revisions/<revision_id:str>"
        add("GET", one, self.revision)
        add("PUT", one, self.save, WRITERS)
        add("GET", f"{one}/preview", self.preview)
        for step in (self.rebase, self.submit, self.withdraw, self.discard):
            add("POST", f"{one}/{step.__name__}", step, WRITERS)
        add("POST", f"{one}/approve", self.approve)
        add("POST", f"{one}/return", self.give_back)
        return routes

    async def items(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List the items, with what is going on about each."""
        catalogue = self.workshop.knowledge.catalogue
        open_ones = self.workshop.revisions.open()
        states: dict[str, set[str]] = {}
        for revision in open_ones:
            mine = "mine" if revision.author_id == account.id else "others"
            submitted = revision.state is RevisionState.SUBMITTED
            states.setdefault(revision.item_id, set()).add("submitted" if submitted else mine)
        return json_response(
            {
                "items": [
                    {
                        "item_id": item.item_id,
                        "name": item.name,
                        "aliases": list(item.aliases),
                        "department": item.department,
                        "theme": item.theme,
                        "revised": item.item_id in catalogue.revised,
                        "open": sorted(states.get(item.item_id, ())),
                    }
                    for item in catalogue.items.values()
                ]
            }
        )

    async def reviews(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List what waits for a second person, the oldest first."""
        items = self.workshop.knowledge.catalogue.items
        waiting = [one for one in self.workshop.revisions.open() if one.state is RevisionState.SUBMITTED]
        return json_response(
            {
                "reviews": [
                    {
                        **line_of(one, self.services.database.now()),
                        "name": items[one.item_id].name if one.item_id in items else one.item_id,
                        "mine": one.author_id == account.id,
                    }
                    for one in reversed(waiting)
                ]
            }
        )

    async def index(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Tell whether the search knows what was approved."""
        in_step = await asyncio.to_thread(lambda: self.keeper.in_step)
        return json_response({"in_step": in_step, "failed": self.keeper.failed})

    async def choices(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return the values that the schema allows where one chooses."""
        parts = json.loads((self.services.data / SCHEMA_FILE).read_text(encoding="utf-8"))["$defs"]
        item, material = parts["item"]["properties"], parts["material"]["properties"]
        return json_response(
            {
                "audience": item["audience"]["enum"],
                "item_type": item["item_type"]["enum"],
                "form": material["form"]["enum"],
                "medium": material["medium"]["enum"],
                "channels": parts["channels"]["items"]["enum"],
            }
        )

    async def item(self, request: Request, account: StaffAccount, item_id: str) -> HTTPResponse:
        """Return an item in force, its history, and one's own draft."""
        return json_response(await asyncio.to_thread(self.pages.item, item_id, account))

    async def begin(self, request: Request, account: StaffAccount, item_id: str) -> HTTPResponse:
        """Begin a draft, or go on with one's own."""
        return json_response(self.pages.whole(await asyncio.to_thread(self.workshop.begin, item_id, account)))

    async def restore(self, request: Request, account: StaffAccount, item_id: str) -> HTTPResponse:
        """Begin a draft of what an earlier revision, or the files, say."""
        named = json_object(request).get("revision")
        draft = await asyncio.to_thread(self.workshop.restore, item_id, account, str(named) if named else None)
        return json_response(self.pages.whole(draft))

    async def revision(self, request: Request, account: StaffAccount, revision_id: str) -> HTTPResponse:
        """Return a revision, and how it differs from what it was based on and from what is in force."""
        return json_response(await asyncio.to_thread(self.pages.compared, revision_id))

    async def save(self, request: Request, account: StaffAccount, revision_id: str) -> HTTPResponse:
        """Keep a draft, right or wrong, and say what is wrong with it."""
        body = json_object(request)
        version = body.get("version")
        if isinstance(version, bool) or not isinstance(version, int):
            raise InvalidUsage("`version` is the number of the draft's last saving.")
        kept = await asyncio.to_thread(self.workshop.save, revision_id, account, body, version)
        return json_response(await asyncio.to_thread(self.pages.whole, kept))

    async def preview(self, request: Request, account: StaffAccount, revision_id: str) -> HTTPResponse:
        """Return how the assistant would answer from a revision; of one with errors, the errors."""
        return json_response(await asyncio.to_thread(self.pages.previewed, revision_id))

    async def rebase(self, request: Request, account: StaffAccount, revision_id: str) -> HTTPResponse:
        """Take into a draft what became of the item meanwhile."""
        kept, contested = await asyncio.to_thread(self.workshop.rebase, revision_id, account)
        return json_response({**self.pages.whole(kept), "contested": list(contested)})

    async def submit(self, request: Request, account: StaffAccount, revision_id: str) -> HTTPResponse:
        """Ask a second person to approve."""
        body = json_object(request)
        why = self._reason(body, "why", "why_missing")
        begins, ends = moment(body.get("effective_from")), moment(body.get("effective_until"))
        kept = await asyncio.to_thread(self.workshop.submit, revision_id, account, why, begins, ends)
        return json_response(self.pages.whole(kept))

    async def withdraw(self, request: Request, account: StaffAccount, revision_id: str) -> HTTPResponse:
        """Make one's submitted revision a draft again."""
        return json_response(self.pages.whole(self.workshop.withdraw(revision_id, account)))

    async def discard(self, request: Request, account: StaffAccount, revision_id: str) -> HTTPResponse:
        """Give one's draft up."""
        return json_response(line_of(self.workshop.discard(revision_id, account), self.services.database.now()))

    async def approve(self, request: Request, account: StaffAccount, revision_id: str) -> HTTPResponse:
        """Put somebody else's revision in force."""
        kept = await asyncio.to_thread(self.workshop.approve, revision_id, account)
        return json_response(line_of(kept, self.services.database.now()))

    async def give_back(self, request: Request, account: StaffAccount, revision_id: str) -> HTTPResponse:
        """Return somebody else's revision with a remark."""
        remark = self._reason(json_object(request), "remark", "remark_missing")
        return json_response(
            line_of(self.workshop.give_back(revision_id, account, remark), self.services.database.now())
        )

    def _reason(self, body: dict[str, Any], name: str, missing: str) -> str:
        reason = str(body.get(name) or "").strip()
        if not reason or len(reason) > LONGEST_REASON:
            raise InvalidUsage(self.texts(missing if not reason else "reason_long", most=LONGEST_REASON))
        return reason

"""The routes of the back office's desk: lists, one application, and what staff decide."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import Forbidden, InvalidUsage, NotFound
from sanic.response import HTTPResponse, raw
from sanic.response import json as json_response

from actions.back_office import DeskStep, Looked
from actions.connectors.certificate import NoCertificate
from actions.connectors.certificate_page import CertificateNotDrawn
from actions.connectors.fonts import NoChineseFont
from actions.services import Services
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.requests import event_number, json_object
from assistant.staff.application_access import ApplicationAccess
from assistant.staff.application_lists import ApplicationLists, Tab
from assistant.staff.application_views import ApplicationViews
from assistant.staff.sessions import Handler, StaffSessions
from storage.application_desk import DeskEntry
from storage.applications import Application
from storage.errors import ApplicationMoved, ApplicationUnknown, TransitionRefused
from storage.staff import DESK_ROLES, StaffAccount
from storage.supplements import Wanted

logger = logging.getLogger(__name__)

DECIDING_ROLES = DESK_ROLES
"""who takes steps, and sees a value unmasked where a decision needs it"""
LONGEST = 500
"""characters of a reason, a note or what is asked for"""


class ApplicationsDesk:
    """Serve the page of applications; each look at one, each value unmasked and each step leaves an audit entry."""

    def __init__(self, services: Services, sessions: StaffSessions, guard: PersonalDataGuard) -> None:
        """Keep what the routes work with; `guard` masks what people wrote in their own words."""
        self.services = services
        self.office = services.back_office
        self.audit = sessions.audit
        self.texts = services.back_office.texts
        self._sessions = sessions
        self.access = ApplicationAccess.load(services)
        self.views = ApplicationViews(services, self.access, self._staff_names, guard.without_values)

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff/applications."""
        routes = Blueprint("staff-applications", url_prefix="/api/staff")

        def add(method: str, path: str, handler: Handler) -> None:
            checked = self._sessions.only(DECIDING_ROLES, self._answering(handler))
            routes.add_route(checked, path, methods=[method])

        add("GET", "/applications", self.listed)
        add("GET", "/applications/attention", self.attention)
        add("GET", "/applications/search", self.found)
        one = "/applications/<receipt_number:str>"
        add("GET", one, self.read)
        add("POST", f"{one}/unmask", self.unmask)
        add("GET", f"{one}/documents/<document_id:str>", self.document)
        add("POST", f"{one}/steps/<step:str>", self.take)
        return routes

    async def listed(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List a tab, of one item or of all, with the counts of every tab; nothing of it is a citizen's."""
        tab, first = request.args.get("tab", Tab.TO_ACCEPT.value), event_number(request.args.get("first", "0"))
        if tab not in {one.value for one in Tab} or first is None:
            raise InvalidUsage("`tab` is a tab of the page, `first` a number.")
        item = request.args.get("item") or None
        return json_response(await asyncio.to_thread(self._listed, account, Tab(tab), first, item))

    async def attention(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return how many applications have passed their day, and how many are near it."""
        found = await asyncio.to_thread(lambda: ApplicationLists(self.office, hidden=self._hidden(account)).attention())
        return json_response({**vars(found), "count": found.overdue + found.near})

    async def found(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Find applications by their receipt number, or by some of its digits."""
        names, number = self._staff_names(), request.args.get("number", "")
        found = await asyncio.to_thread(
            lambda: self.office.desk.found(number, self.office.filed | self._hidden(account))
        )
        return json_response({"entries": [self.views.line(one, names, account) for one in found], "more": False})

    async def read(self, request: Request, account: StaffAccount, receipt_number: str) -> HTTPResponse:
        """Return one application, personal values masked."""
        entry, application = self._one(receipt_number, account)
        self.audit.append(account.name, "read-application", receipt_number)
        return json_response({"application": self.views.page(entry, application, account)})

    async def unmask(self, request: Request, account: StaffAccount, receipt_number: str) -> HTTPResponse:
        """Return one value in clear; the audit entry names the field, never the value."""
        _, application = self._one(receipt_number, account)
        name = str(json_object(request).get("field") or "")
        value = self.views.value(application, name)
        if value is None:
            raise NotFound(self.texts("no_such_field"))
        self.audit.append(account.name, "unmask-field", receipt_number, {"field": name})
        return json_response({"value": value}, headers={"Cache-Control": "no-store"})

    async def document(
        self, request: Request, account: StaffAccount, receipt_number: str, document_id: str
    ) -> HTTPResponse:
        """Return a file of an application."""
        self._one(receipt_number, account)
        document = self.services.applications.document(document_id)
        if document is None or document.receipt_number != receipt_number:
            raise NotFound(self.texts("no_such_document"))
        self.audit.append(account.name, "read-document", receipt_number, {"document": document_id})
        return raw(
            document.content,
            content_type=document.media_type,
            headers={"Content-Disposition": "attachment", "Cache-Control": "no-store"},
        )

    async def take(self, request: Request, account: StaffAccount, receipt_number: str, step: str) -> HTTPResponse:
        """Take a step and return the application as it is then; who was second is told who was first."""
        entry, _ = self._one(receipt_number, account)
        if step not in {one.value for one in DeskStep}:
            raise NotFound(self.texts("unknown_step"))
        if not self.access.may(account, entry.item_id, DeskStep(step)):
            raise Forbidden(self.texts("not_your_step", authority=self.views.decider(entry)))
        body = json_object(request)
        version = event_number(body.get("version"))
        if version is None:
            raise InvalidUsage(self.texts("version_missing"))
        decide = await self._decision(DeskStep(step), Looked(receipt_number, version, account.id), body)
        with self.services.database.together():
            decide()
            self.audit.append(account.name, f"application-{step}", receipt_number)
        entry, application = self._one(receipt_number, account)
        return json_response({"application": self.views.page(entry, application, account)})

    def _listed(self, account: StaffAccount, tab: Tab, first: int, item: str | None) -> dict[str, Any]:
        """Look at all that is open: a hall with thousands of them must not hold up conversations meanwhile."""
        names, hidden = self._staff_names(), self._hidden(account)
        lists = ApplicationLists(self.office, item, hidden)
        shown = lists.listed(tab, first)
        everything = lists if item is None else ApplicationLists(self.office, hidden=hidden)
        return {
            "counts": lists.counts(),
            "attention": vars(everything.attention()),
            "items": [
                {"item_id": one, "name": self.services.flows[one].name if one in self.services.flows else one}
                for one in self.office.desk.items(self.office.filed | hidden)
            ],
            "scope": self.views.scope(account),
            "entries": [self.views.line(entry, names, account) for entry in shown.entries],
            "more": shown.more,
            "today": self.services.clock().date().isoformat(),
        }

    def _hidden(self, account: StaffAccount) -> frozenset[str]:
        """Return the items of whose applications this member of staff sees none."""
        return self.access.hidden(account, {*self.services.flows, *self.office.desk.items()})

    async def _decision(self, step: DeskStep, looked: Looked, body: Mapping[str, Any]) -> Callable[[], None]:
        """Return what takes a step, with all that takes long made before."""
        if step is DeskStep.ACCEPT:
            return partial(self.office.accept, looked)
        if step is DeskStep.SUPPLEMENT:
            return partial(self.office.ask_for, looked, self._wanted(looked.receipt_number, body))
        if step is DeskStep.REFUSE:
            return partial(self.office.refuse, looked, self._words(body, "note", "reason_missing"))
        item = self.office.desk.entry(looked.receipt_number).item_id
        missing = None if self.office.issues_certificate(item) else "note_missing"
        note = self._words(body, "note", missing)
        files = await asyncio.to_thread(self.office.delivered, looked)  # a certificate takes a second to draw
        return partial(self.office.issue, looked, note, files)

    def _wanted(self, receipt_number: str, body: Mapping[str, Any]) -> Wanted:
        materials, note = body.get("materials") or [], self._words(body, "note")
        if not isinstance(materials, list):
            raise InvalidUsage("`materials` is a list of names.")
        known = self.views.materials(self.office.desk.entry(receipt_number).item_id)
        for name in materials:
            if name not in known:
                raise InvalidUsage(self.texts("unknown_material", material=str(name)[:LONGEST]))
        if not materials and not note:
            raise InvalidUsage(self.texts("nothing_wanted"))
        return Wanted([name for name in known if name in materials], note)

    def _words(self, body: Mapping[str, Any], name: str, missing: str | None = None) -> str:
        """Return what was written; `missing` is what is said where something must be."""
        words = str(body.get(name) or "").strip()
        if not words and missing is not None:
            raise InvalidUsage(self.texts(missing))
        if len(words) > LONGEST:
            raise InvalidUsage(self.texts("too_long", limit=LONGEST))
        return words

    def _one(self, receipt_number: str, account: StaffAccount) -> tuple[DeskEntry, Application]:
        """Return an application; what another department's is, is not there, as a report, a message or a draft."""
        entry = self.office.desk.entry(receipt_number)
        application = self.services.applications.by_receipt(receipt_number)
        is_seen = entry.item_id not in self.office.filed and self.access.sees(account, entry.item_id)
        if application is None or not is_seen:
            raise ApplicationUnknown(f"No application has the receipt number {receipt_number}.")
        return entry, application

    def _staff_names(self) -> dict[str, str]:
        return {one.id: one.display_name for one in self._sessions.staff.accounts()}

    def _answering(self, handler: Handler) -> Handler:
        """Return the handler with what cannot be done said in a sentence; `code` tells the page which it is."""

        @wraps(handler)
        async def answered(request: Request, **parameters: Any) -> HTTPResponse:
            try:
                response: HTTPResponse = await handler(request, **parameters)
            except ApplicationUnknown:
                return _refusal(self.texts("unknown"), 404, "unknown")
            except ApplicationMoved:
                entry = self.office.desk.entry(parameters["receipt_number"])
                return _refusal(self.views.moved(entry), 409, "moved")
            except TransitionRefused:
                return _refusal(self.texts("refused_step"), 409, "refused_step")
            except (NoCertificate, NoChineseFont, CertificateNotDrawn) as error:
                logger.error("A certificate was not drawn: %s", type(error).__name__)
                return _refusal(self.texts("not_drawn"), 503, "not_drawn")
            return response

        return answered


def _refusal(message: str, status: int, code: str) -> HTTPResponse:
    return json_response({"message": message, "code": code}, status=status)

"""The staff's routes for answers that wait for a yes: see them, approve, edit, refuse."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound, SanicException
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.draft_edits import edit_between
from actions.services import Services
from assistant.citizen.answer_approval import AnswerApproval
from assistant.citizen.channel import CitizenChannel
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.requests import json_object
from assistant.staff.draft_book import LONGEST_TEXT
from assistant.staff.sessions import Handler, StaffSessions
from assistant.staff.transcript_lines import lines_said
from storage.approvals import HeldAnswer, HeldState
from storage.errors import AlreadyDecided, HandoffMeant, HandoffTaken, HeldAnswerUnknown, TransitionRefused
from storage.staff import DESK_ROLES, StaffAccount

LINES_BEFORE = 4
"""lines of the conversation shown before a question"""
TakeOver = Callable[[str, StaffAccount], Awaitable[dict[str, Any]]]


class DecidedAlready(SanicException):
    """Somebody else, or time, was quicker."""

    status_code = 409


class ApprovalDesk:
    """Serve the page of approvals; each look at a citizen's words and each decision is written to the audit trail."""

    def __init__(
        self,
        services: Services,
        approval: AnswerApproval,
        citizens: CitizenChannel,
        sessions: StaffSessions,
        guard: PersonalDataGuard,
        take_over: TakeOver,
    ) -> None:
        """Keep what the routes work with; `take_over` gives a waiting conversation to a member of staff."""
        self.services = services
        self.approval = approval
        self.audit = sessions.audit
        self.texts = approval.texts
        self._citizens = citizens
        self._sessions = sessions
        self._guard = guard
        self._take_over = take_over

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff/approvals."""
        routes = Blueprint("staff-approvals", url_prefix="/api/staff")
        one = "/approvals/<answer_id:str>"

        def add(method: str, path: str, handler: Handler) -> None:
            routes.add_route(self._sessions.only(DESK_ROLES, handler), path, methods=[method])

        add("GET", "/approvals", self.waiting)
        add("GET", one, self.read)
        add("POST", f"{one}/approve", self.approve)
        add("POST", f"{one}/refuse", self.refuse)
        return routes

    async def waiting(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List what waits, the longest waiting first, without the citizens' words, so that a page may ask often."""
        now = self.services.database.now()
        return json_response(
            {
                "enabled": self.approval.rules.enabled,
                "minutes": self.approval.rules.minutes,
                "approvals": [self._line(one, now) for one in self.approval.held.waiting()],
            }
        )

    async def read(self, request: Request, account: StaffAccount, answer_id: str) -> HTTPResponse:
        """Return a question, masked, its answer with the sources, and what was said before it."""
        held = self._held(answer_id)
        self.audit.append(account.name, "read-held-answer", held.conversation_id, {"answer": held.id})
        answer = self.approval.answer(held)
        return json_response(
            {
                **self._line(held, self.services.database.now()),
                "question": held.question,
                "text": answer.text,
                "citations": [asdict(cited) for cited in answer.citations],
                "notice": answer.notice,
                "before": self._before(held),
            }
        )

    async def approve(self, request: Request, account: StaffAccount, answer_id: str) -> HTTPResponse:
        """Send the answer, as it stands or as `text` says; tell what was changed, sentence by sentence."""
        text = json_object(request).get("text")
        held = self._held(answer_id)
        proposed = self.approval.answer(held).text
        changed = text is not None and str(text).strip() != proposed
        if changed:
            text = self._sendable(str(text).strip())
        async with self._citizens.turn_of(held.conversation_id):
            self._not_with_person(held)
            if changed:
                decided = self._decide(held, HeldState.EDITED, account, "edit-held-answer", str(text))
            else:
                decided = self._decide(held, HeldState.APPROVED, account, "approve-held-answer")
            self.approval.tell(decided)
        edit = edit_between(proposed, str(text) if changed else proposed)
        return json_response({"state": decided.state.value, "difference": [one.as_json() for one in edit.changes]})

    async def refuse(self, request: Request, account: StaffAccount, answer_id: str) -> HTTPResponse:
        """Refuse the answer and take the conversation over."""
        held = self._held(answer_id)
        async with self._citizens.turn_of(held.conversation_id):
            self._not_with_person(held)
            decided = self._decide(held, HeldState.REFUSED, account, "refuse-held-answer")
            handoff_id = self.approval.queue_for_person(decided).id
            self.approval.tell(decided)
        try:
            handoff = await self._take_over(handoff_id, account)
        except (HandoffTaken, HandoffMeant, TransitionRefused) as error:
            raise DecidedAlready(self.texts("with_person")) from error
        return json_response({"state": decided.state.value, "handoff": handoff})

    def _decide(
        self, held: HeldAnswer, state: HeldState, account: StaffAccount, action: str, sent: str | None = None
    ) -> HeldAnswer:
        masked = None if sent is None else self._guard.without_values(sent, known=str(held.reply["text"]))
        try:
            with self.services.database.together():
                decided = self.approval.held.decide(held.id, state, account.id, sent, masked)
                self.audit.append(account.name, action, held.conversation_id, {"answer": held.id})
            return decided
        except AlreadyDecided as error:
            raise DecidedAlready(self.texts("decided")) from error

    def _not_with_person(self, held: HeldAnswer) -> None:
        """Raise DecidedAlready where a person answers the citizen meanwhile."""
        if self.services.handoffs.is_with_person(held.conversation_id):
            raise DecidedAlready(self.texts("with_person"))

    def _held(self, answer_id: str) -> HeldAnswer:
        try:
            held = self.approval.held.get(answer_id)
        except HeldAnswerUnknown as error:
            raise NotFound(self.texts("unknown")) from error
        if held.state is not HeldState.WAITING:
            raise DecidedAlready(self.texts("decided"))
        return held

    def _sendable(self, text: str) -> str:
        if not text:
            raise InvalidUsage(self.texts("empty"))
        if len(text) > LONGEST_TEXT:
            raise InvalidUsage(self.texts("too_long", limit=LONGEST_TEXT))
        return text

    def _before(self, held: HeldAnswer) -> list[dict[str, str]]:
        """Return the last lines said before the question, so that one in few words can be judged."""
        entries = self.services.transcripts.all_since(held.conversation_id)
        said = lines_said(entries, self._guard.without_values, held.at)
        return [{"role": line["role"], "text": line["text"]} for line in said[-LINES_BEFORE:]]

    def _line(self, held: HeldAnswer, now: datetime) -> dict[str, Any]:
        confidence = round(float(held.reply.get("confidence") or 0.0) * 100)
        expires = held.at + self.approval.rules.waiting_time
        return {
            "approval_id": held.id,
            "item": held.reply.get("item_name"),
            "reason": held.reason,
            "reason_label": self.texts(f"reason_{held.reason}", confidence=confidence),
            "since": held.at.isoformat(),
            "waited_seconds": max(0, round((now - held.at).total_seconds())),
            "left_seconds": max(0, round((expires - now).total_seconds())),
        }

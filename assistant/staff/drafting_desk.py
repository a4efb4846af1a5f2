"""The staff's routes for drafts: for a conversation, for a question by phone or letter, and how they are used."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from assistant.citizen.handoff_words import HandoffWords
from assistant.citizen.wire import EventType
from assistant.requests import event_number, json_object
from assistant.staff.access import DeskAccess
from assistant.staff.draft_book import LONGEST_TEXT, DraftBook
from assistant.staff.sessions import StaffSessions
from storage.draft_history import DraftHistory
from storage.draft_report import DraftCounts, draft_report
from storage.drafts import AnswerDraft
from storage.handoffs import Handoff, MessageRole
from storage.staff import SESSION_FOR, StaffAccount, StaffRole
from storage.transcripts import TranscriptEntry

PERIODS = ("7", "30", "90")
"""days back that may be asked for"""
TOLD_BY = (None, "phone", "letter")
"""how an answer that was not sent here reached the citizen"""


class DraftingDesk:
    """Serve drafts; whoever reads a citizen's words to draft for them leaves a trace in the audit trail."""

    def __init__(self, services: Services, book: DraftBook, sessions: StaffSessions) -> None:
        """Keep what the routes work with."""
        self.services = services
        self.book = book
        self.audit = sessions.audit
        self.texts = sessions.texts
        self.history = DraftHistory(services.database)
        self._sessions = sessions
        self._access = DeskAccess(services.handoffs, sessions)
        self._words = HandoffWords.load(services.data / "texts" / "handoff_words.yml")

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff."""
        routes = Blueprint("staff-drafts", url_prefix="/api/staff")
        at_the_desk = self._access.at_the_desk
        routes.add_route(at_the_desk(self.for_message), "/handoffs/<handoff_id:str>/drafts", methods=["POST"])
        routes.add_route(at_the_desk(self.for_question), "/drafts", methods=["POST"])
        routes.add_route(at_the_desk(self.settle), "/drafts/<draft_id:str>/outcome", methods=["POST"])
        routes.add_route(at_the_desk(self.difference), "/drafts/<draft_id:str>/difference", methods=["POST"])
        routes.add_route(at_the_desk(self.recent), "/drafts/recent", methods=["GET"])
        report = self._sessions.only((StaffRole.SUPERVISOR,), self.report)
        routes.add_route(report, "/drafts/report", methods=["GET"])
        return routes

    async def for_message(self, request: Request, account: StaffAccount, handoff_id: str) -> HTTPResponse:
        """Draft for what the citizen said last in a conversation, or for the message of a number."""
        handoff = self._access.mine(handoff_id, account)
        seq = json_object(request).get("message_seq")
        before = list(self.services.transcripts.all_since(handoff.conversation_id))
        question, number = self._question(handoff, before, seq)
        self.audit.append(account.name, "draft-answers", handoff.conversation_id)
        focus = self.book.kept.last_item_sent(handoff.id) or _last_item(before)
        return json_response(self.book.propose(account, question, focus, handoff.id, number))

    async def for_question(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Draft for a question that came by phone or letter."""
        question = str(json_object(request).get("question") or "").strip()
        if not question:
            raise InvalidUsage(self.texts("no_question"))
        if len(question) > LONGEST_TEXT:
            raise InvalidUsage(self.texts("question_too_long", limit=LONGEST_TEXT))
        self.audit.append(account.name, "draft-answers", "question")
        return json_response(self.book.propose(account, question))

    async def settle(self, request: Request, account: StaffAccount, draft_id: str) -> HTTPResponse:
        """Note what became of a draft: sent elsewhere, by phone or letter, with what was changed; or rejected."""
        body = json_object(request)
        outcome, text, told_by = body.get("outcome"), body.get("text"), body.get("by")
        if told_by not in TOLD_BY:
            raise InvalidUsage(self.texts("unknown_way"))
        draft = self._own(draft_id, account)
        with self.services.database.together():
            if outcome == "sent":
                told = self.book.sent(draft, account, self.book.sendable(str(text or "").strip() or draft.text))
            elif outcome == "rejected":
                told = self.book.rejected(draft, account)
            else:
                raise InvalidUsage(self.texts("unknown_outcome"))
            self.audit.append(account.name, f"draft-{outcome}", draft_id, {"by": told_by} if told_by else None)
        return json_response(told)

    async def difference(self, request: Request, account: StaffAccount, draft_id: str) -> HTTPResponse:
        """Tell how a text differs from the draft that it is being made of; nothing is kept."""
        text = self.book.sendable(str(json_object(request).get("text") or ""))
        return json_response({"difference": self.book.difference(self._own(draft_id, account), text)})

    async def recent(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """List what this member of staff had drafted by phone or letter within the time that a session lasts."""
        items = self.services.catalogue.items
        found = self.history.questions_of(account.id, self.services.database.now() - SESSION_FOR)
        self.audit.append(account.name, "read-own-drafts", "drafts")
        return json_response(
            {
                "questions": [
                    {
                        "question": one.question,
                        "at": one.at.isoformat(),
                        "drafts": one.drafts,
                        "outcome": one.outcome.value if one.outcome else None,
                        "item": items[one.item_id].name if one.item_id and one.item_id in items else None,
                    }
                    for one in found
                ]
            }
        )

    async def report(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Tell how drafts are used, in all and by item."""
        days = request.args.get("days", "30")
        if days not in PERIODS:
            raise InvalidUsage(f"`days` is one of {', '.join(PERIODS)}.")
        since = self.services.database.now() - timedelta(days=int(days))
        report = draft_report(self.services.database, since)
        self.audit.append(account.name, "read-draft-report", "drafts")
        items = self.services.catalogue.items
        return json_response(
            {
                "since": since.isoformat(),
                "questions": report.questions,
                "undrafted": report.undrafted,
                "answered": report.answered,
                "acceptance": report.acceptance,
                "drafts": _counts(report.drafts),
                "items": [
                    {"item_id": item, "name": items[item].name if item in items else item, **_counts(counts)}
                    for item, counts in report.items
                ],
            }
        )

    def _own(self, draft_id: str, account: StaffAccount) -> AnswerDraft:
        """Return a draft that this member of staff asked for, or whose conversation they have or had last."""
        draft = self.book.draft(draft_id)
        if draft.handoff_id is not None and self.services.handoffs.get(draft.handoff_id).staff_id == account.id:
            return draft
        if draft.asked_by != account.id:
            raise NotFound(self.texts("no_such_draft"))
        return draft

    def _question(self, handoff: Handoff, before: list[TranscriptEntry], seq: Any) -> tuple[str, int | None]:
        """Return the message to draft for and its number in the handoff.

        Where the citizen has said nothing to the person yet, it is what was said to the assistant before a person was
        asked for, without a number.
        """
        said = [one for one in self.services.handoffs.messages(handoff.id) if one.role is MessageRole.CITIZEN]
        if seq is not None:
            said = [one for one in said if one.seq == event_number(seq)]
        if said:
            return said[-1].text, said[-1].seq
        if seq is None:
            for entry in reversed(before):
                text = str(entry.payload.get("text") or "")
                if entry.payload.get("type") == EventType.MESSAGE.value and not self._words.asks_for_person(text):
                    return text, None
        raise InvalidUsage(self.texts("no_such_question"))


def _last_item(entries: list[TranscriptEntry]) -> str | None:
    """Return the item that the assistant spoke of last."""
    for entry in reversed(entries):
        item = entry.payload.get("item")
        if entry.payload.get("type") == EventType.REPLY.value and item:
            return str(item["item_id"])
    return None


def _counts(counts: DraftCounts) -> dict[str, Any]:
    return dict(vars(counts))

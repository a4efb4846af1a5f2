"""Days of a service hall as they might have been, written through the storage's own classes at moments of their own."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from storage.applications import Applications, ApplicationState
from storage.audit import AuditTrail
from storage.conversations import Conversations
from storage.database import Database
from storage.encryption import Cipher
from storage.handoff_figures import NO_ANSWER
from storage.handoffs import HandoffReason, Handoffs
from storage.outbox import Outbox, OutboxState
from storage.transcripts import TranscriptRole, Transcripts
from storage.turn_counts import TurnOutcome, Way
from tests.conftest import Clock

BEIJING = timezone(timedelta(hours=8))
DEPARTMENT = "city-department"
"""the connector that takes the applications, so that no back office of a running server moves them on"""
ITEMS = (
    "no-criminal-record-certificate",
    "social-security-card-reissue",
    "residence-permit-endorsement",
    "housing-fund-rent-withdrawal",
    "birth-allowance",
    "senior-allowance",
    "unemployment-registration",
    "id-card-loss-report",
)
"""items with a flow, the most asked first"""
UNANSWERED = (
    "小区充电桩怎么装",
    "装充电桩要谁批",
    "电动车充电桩去哪申请",
    "老旧小区加装电梯补贴",
    "加装电梯邻居不同意怎么办",
    "宠物狗怎么上牌",
    "养狗要办什么证",
)
STATUSES = {
    "answered": 60,
    "clarified": 12,
    "flow_asked": 9,
    "smalltalk": 6,
    "not_understood": 5,
    "out_of_scope": 3,
    "tracked": 5,
}
HOURS = (0, 0, 0, 0, 0, 0, 1, 2, 8, 14, 15, 11, 5, 6, 11, 13, 10, 6, 3, 3, 3, 2, 1, 1)
"""how busy each hour of the day is"""
REASONS = (HandoffReason.ASKED_FOR, HandoffReason.ASKED_FOR, HandoffReason.LOW_CONFIDENCE, HandoffReason.COMPLAINT)


@dataclass
class BusyDays:
    """Write days; the same seed writes the same ones."""

    database: Database
    clock: Clock
    random: random.Random = field(default_factory=lambda: random.Random(7))

    @classmethod
    def into(cls, url: str, key_file: str) -> BusyDays:
        """Write into a database that something else may have open, with a clock of its own."""
        clock = Clock()
        return cls(Database(url, Cipher.from_key_file(key_file), clock), clock)

    def write(self, first: date, days: int, conversations: int, until: datetime | None = None) -> None:
        """Write so many conversations a working day, and a quarter of them on weekends; nothing after a moment."""
        for ahead in range(days):
            day = first + timedelta(days=ahead)
            share = 0.25 if day.weekday() > 4 else self.random.uniform(0.85, 1.15)
            moments = sorted(self._moment(day) for _ in range(round(conversations * share)))
            for moment in moments:
                if until is None or moment < until:
                    self._conversation(moment, until)

    def _moment(self, day: date) -> datetime:
        hour = self.random.choices(range(24), HOURS)[0]
        return datetime.combine(day, time(hour, self.random.randrange(60), self.random.randrange(60)), BEIJING)

    def _conversation(self, moment: datetime, until: datetime | None) -> None:
        conversation_id = f"{self.random.getrandbits(128):032x}"
        self.clock.now = moment
        Conversations(self.database).bind(conversation_id, None, "wenban")
        item = self.random.choices(ITEMS, [2.0**-rank for rank in range(len(ITEMS))])[0]
        way = Way.SPOKEN if self.random.random() < 0.2 else Way.TYPED
        for _ in range(self.random.choices((1, 2, 3, 4), (4, 3, 2, 1))[0]):
            status = self.random.choices(list(STATUSES), list(STATUSES.values()))[0]
            self.turn(conversation_id, status, item if status in ("answered", "flow_asked") else "", way)
            self.clock.advance(seconds=self.random.uniform(15, 60))
        if self.random.random() < 0.12:
            self._handoff(conversation_id)
        if self.random.random() < 0.15:
            self._application(conversation_id, item, until)

    def turn(self, conversation_id: str, status: str, item: str = "", way: Way = Way.TYPED) -> None:
        """Say something and have it answered, as a server keeps it."""
        words = self.random.choice(UNANSWERED) if status in ("not_understood", "out_of_scope") else "怎么办"
        transcripts = Transcripts(self.database)
        transcripts.append(conversation_id, TranscriptRole.CITIZEN, {"type": "message", "text": words})
        reply = {"type": "reply", "text": "…", "status": status, "choices": []}
        transcripts.append(conversation_id, TranscriptRole.ASSISTANT, reply, TurnOutcome(status, item, "general", way))

    def _handoff(self, conversation_id: str) -> None:
        handoffs = Handoffs(self.database)
        handoff = handoffs.open(conversation_id, self.random.choice(REASONS), "…")
        handoffs.enqueue(handoff.id)
        self.clock.advance(seconds=self.random.expovariate(1 / 150))
        if self.random.random() < 0.12:
            handoffs.leave(handoff.id, leaves_message=self.random.random() < 0.5)
            return
        handoffs.take(handoff.id, "anna")
        if self.random.random() < 0.06:
            self.clock.advance(minutes=4)
            handoffs.put_back_unanswered(handoff.id, self.clock())
            AuditTrail(self.database).append("assistant", NO_ANSWER, conversation_id)
            self.clock.advance(minutes=self.random.uniform(1, 9))
            handoffs.take(handoff.id, "bai")
        self.clock.advance(seconds=self.random.uniform(90, 700))
        end = handoffs.hand_back if self.random.random() < 0.6 else handoffs.close
        end(handoff.id)

    def _application(self, conversation_id: str, item: str, until: datetime | None) -> None:
        applications = Applications(self.database, dict.fromkeys(ITEMS, DEPARTMENT))
        number = applications.submit(applications.create_draft(conversation_id, item).id).receipt_number or ""
        accepted = self.clock() + timedelta(hours=self.random.uniform(0.2, 3))
        if self._is_over(accepted, until):
            return
        if self.random.random() < 0.06:
            applications.transition(number, ApplicationState.REFUSED, at=accepted)
            return
        applications.transition(number, ApplicationState.ACCEPTED, at=accepted)
        ended = accepted + timedelta(hours=self.random.uniform(8, 130))
        if self.random.random() < 0.85 and not self._is_over(ended, until):
            applications.transition(number, ApplicationState.ISSUED, at=ended)

    def fail_deliveries(self, count: int, failure: str, since: datetime) -> None:
        """Let the department be unreachable for some applications."""
        self.clock.now = since
        outbox = Outbox(self.database)
        for claimed in outbox.claim_due(DEPARTMENT, OutboxState.WAITING, timedelta(minutes=1), count):
            outbox.failed(claimed, failure, timedelta(hours=1))

    @staticmethod
    def _is_over(moment: datetime, until: datetime | None) -> bool:
        return until is not None and moment > until

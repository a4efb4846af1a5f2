"""The back office where nobody decides: accepts applications, issues what they deliver after a while.

What staff decide waits for them at the desk (`actions/back_office.py`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from actions.connectors.backoff import Backoff
from actions.connectors.certificate import CertificateIssuer, normal_code
from actions.connectors.protocol import ConnectorError
from actions.flows.definition import Flow
from storage.application_records import Document, NewFile
from storage.applications import Application, Applications, ApplicationState
from storage.errors import ApplicationUnknown, TransitionRefused
from storage.left_messages import LeftMessages
from storage.reports import Reports

logger = logging.getLogger(__name__)

PROCESSING_SECONDS = 20.0
FILED = frozenset({"report", "message", "supplement"})
"""what is for the staff to read and no service item; a report or message stays accepted until they deal with it"""
AT_ONCE = "appointment"
"""what is delivered that was booked with the submission, so that nothing is left to process"""


class EmbeddedConnector:
    """Takes on what the flows that name it and are decided automatically have submitted, whenever `advance` is called.

    Nothing waits in memory: what was submitted before a restart is found in the store after it.
    """

    name = "embedded"

    def __init__(
        self,
        applications: Applications,
        flows: Mapping[str, Flow],
        issuer: CertificateIssuer,
        reports: Reports,
        left_messages: LeftMessages,
        clock: Callable[[], datetime],
        processing_seconds: float = PROCESSING_SECONDS,
    ) -> None:
        self._applications = applications
        self._flows = {
            flow.item_id: flow
            for flow in flows.values()
            if flow.submit.connector == self.name and not flow.submit.by_staff
        }
        self._issuer = issuer
        self._reports = reports
        self._left_messages = left_messages
        self._clock = clock
        self._working = threading.Lock()
        self._processing = timedelta(seconds=processing_seconds)
        self._backoff = Backoff()
        self._failed: dict[str, tuple[int, datetime]] = {}
        """by id: how often an application could not be moved on, and until when it rests"""

    @classmethod
    def load(
        cls,
        data: Path,
        applications: Applications,
        flows: Mapping[str, Flow],
        clock: Callable[[], datetime],
        processing_seconds: float = PROCESSING_SECONDS,
    ) -> EmbeddedConnector:
        """Make the back office with the texts of a data folder and the database of the applications."""
        return cls(
            applications,
            flows,
            CertificateIssuer.load(data / "texts" / "certificates.yml"),
            Reports(applications.database),
            LeftMessages(applications.database),
            clock,
            processing_seconds,
        )

    def submit(self, application: Application, idempotency_key: str) -> str:
        """Return the receipt number: what the store has as submitted is with the back office already."""
        if application.receipt_number is None:
            raise ConnectorError("A draft cannot be handed over.")
        return application.receipt_number

    def status(self, receipt_number: str) -> ApplicationState:
        """Bring everything up to date and return the state of one application."""
        self.advance()
        application = self._applications.by_receipt(receipt_number)
        if application is None:
            raise ConnectorError(f"No application has the receipt number {receipt_number}.")
        return application.state

    def cancel(self, receipt_number: str, reason: str = "") -> bool:
        """Withdraw an application; False when it is decided or unknown."""
        try:
            self._applications.transition(receipt_number, ApplicationState.WITHDRAWN, reason)
        except (TransitionRefused, ApplicationUnknown):
            return False
        return True

    def advance(self, now: datetime | None = None) -> int:
        """Accept what was submitted, and issue what has been processed long enough; return how many moved.

        An application that cannot be issued stays accepted and is tried again, ever later; the others go on. Drawing a
        certificate takes about a second of computing: call this from a thread of its own where others wait. While
        one thread is at it, another's call returns 0 at once.
        """
        if not self._working.acquire(blocking=False):
            return 0
        try:
            return self._advance(now or self._clock())
        finally:
            self._working.release()

    def verify(self, code: str) -> Document | None:
        """Return the document that carries a verification code, however it is typed; None when none does."""
        normal = normal_code(code)
        return None if normal is None else self._applications.document_by_code(normal)

    def _advance(self, moment: datetime) -> int:
        moved = 0
        for application in self._applications.in_state(
            ApplicationState.SUBMITTED, items=tuple(self._flows), in_house=True
        ):
            moved += self._attempt(self._accept, application, moment)
        issuing = tuple(item for item, flow in self._flows.items() if flow.submit.delivers not in FILED)
        for application in self._applications.in_state(ApplicationState.ACCEPTED, items=issuing, in_house=True):
            delivers = self._flows[application.item_id].submit.delivers
            if delivers == AT_ONCE or moment.astimezone() - application.updated_at >= self._processing:
                moved += self._attempt(self._issue, application, moment)
        return moved

    def _attempt(
        self, move: Callable[[Application, datetime], None], application: Application, moment: datetime
    ) -> int:
        failures, rests_until = self._failed.get(application.id, (0, moment))
        if rests_until > moment:
            return 0
        try:
            move(application, moment)
        except TransitionRefused:
            return 0  # withdrawn or moved on by another process meanwhile
        except Exception:
            logger.exception("Application %s could not be moved on.", application.receipt_number)
            self._failed[application.id] = failures + 1, moment + self._backoff.wait(failures + 1)
            return 0
        self._failed.pop(application.id, None)
        return 1

    def _accept(self, application: Application, moment: datetime) -> None:
        number, fields = application.receipt_number or "", application.fields
        delivers = self._flows[application.item_id].submit.delivers
        if delivers == "report":
            self._reports.create(
                application.conversation_id,
                application.item_id,
                str(fields.get("content", "")),
                str(fields.get("place", "")),
                str(fields.get("contact", "")),
                number,
            )
        elif delivers == "message":
            self._left_messages.leave(
                str(fields.get("phone", "")),
                str(fields.get("content", "")),
                application.conversation_id,
                number,
            )
        self._applications.transition(number, ApplicationState.ACCEPTED, at=moment)

    def _issue(self, application: Application, moment: datetime) -> None:
        files: tuple[NewFile, ...] = ()
        if self._flows[application.item_id].submit.delivers == "certificate_pdf":
            files = (self._issuer.file(application, moment.date()),)
        self._applications.transition(application.receipt_number or "", ApplicationState.ISSUED, at=moment, files=files)

"""One department: hand over what waits for it, ask what became of the rest, and tell our applications.

A crash at any place is made good by doing the same again: the key of a submission stays the application's id, so that
the department has it once, and a state that is known already is no move.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions.clock import Clock
from actions.connectors.backoff import Backoff
from actions.connectors.http import DOCUMENT_SECONDS, MOST_DOCUMENTS, Found, HttpConnector
from actions.connectors.protocol import ConnectorError, Rejected, Unavailable
from storage.application_states import NEXT_STATES, ApplicationState, steps_between
from storage.applications import Application, Applications
from storage.errors import ApplicationUnknown, StorageError, TransitionRefused
from storage.outbox import Handover, Outbox, OutboxState

logger = logging.getLogger(__name__)

MARGIN = timedelta(seconds=30)
"""how much longer than its request an application is held"""


@dataclass(frozen=True)
class Pace:
    """How much is done in one round."""

    batch: int = 20
    """handed over, and asked after, at most"""
    backoff: Backoff = field(default_factory=Backoff)


class Dispatcher:
    """Works through one connector's rows of the outbox; another process may do so at the same time."""

    def __init__(
        self,
        connector: HttpConnector,
        applications: Applications,
        outbox: Outbox,
        clock: Clock,
        pace: Pace | None = None,
    ) -> None:
        """Keep the parts; nothing is asked before `advance`."""
        self.connector = connector
        self._applications = applications
        self._outbox = outbox
        self._clock = clock
        self._pace = pace or Pace()
        self._working = threading.Lock()
        self._rests_until: datetime | None = None
        system = connector.system
        self._request = timedelta(seconds=system.connect_timeout + system.read_timeout)
        self._fetching = timedelta(seconds=(system.connect_timeout + DOCUMENT_SECONDS) * MOST_DOCUMENTS)

    def advance(self) -> int:
        """Do one round and return how many applications were handed over or moved on.

        A system that does not answer ends the round and is left alone for a moment; what it did not take stays due.
        While one thread is at it, another's call returns 0 at once. Raises StorageError.
        """
        if not self._working.acquire(blocking=False):
            return 0
        try:
            handed = self._round(OutboxState.WAITING, self._hand_over, self._request + MARGIN)
            return handed + self._round(OutboxState.DELIVERED, self._ask, 2 * self._request + self._fetching + MARGIN)
        finally:
            self._working.release()

    @property
    def rests(self) -> bool:
        """Tell whether the system is left alone for a moment, as it did not answer."""
        return self._rests_until is not None and self._clock() < self._rests_until

    def hand_over(self, receipt_number: str) -> bool:
        """Hand over one application before its turn; False where it was not taken, or another is at it.

        Raises StorageError.
        """
        claimed = None if self.rests else self._outbox.claim(receipt_number, self._request + MARGIN)
        if claimed is None:
            return False
        if claimed.state is not OutboxState.WAITING:
            self._outbox.released(claimed)
            return False
        return bool(self._attempt(self._hand_over, claimed))

    def cancel(self, receipt_number: str, reason: str = "") -> bool:
        """Withdraw an application here once the department has withdrawn it; False when it is too late.

        Raises:
            ConnectorError: the system does not answer, or the application is being handed over at this moment.
        """
        claimed = self._outbox.claim(receipt_number, 2 * self._request + MARGIN)
        if claimed is None:
            row = self._outbox.of(receipt_number)
            if row is None or row.state is OutboxState.ENDED:
                return False
            raise ConnectorError("The application is being handed over.", "busy")
        try:
            return self._withdraw(claimed, reason)
        except ConnectorError as error:
            self._failed(claimed, error)
            raise

    def _withdraw(self, claimed: Handover, reason: str) -> bool:
        never_sent = claimed.state is OutboxState.WAITING and claimed.attempts == 1
        if not never_sent and claimed.state is not OutboxState.REJECTED:
            reference = claimed.reference or self._submit(claimed)  # an attempt may have reached them
            if not self.connector.cancel(reference, reason):
                ask_in = self.connector.system.interval
                if claimed.reference:
                    self._outbox.asked(claimed, ask_in)
                else:
                    self._outbox.delivered(claimed, reference, ask_in)
                return False
        try:
            self._applications.transition(claimed.receipt_number, ApplicationState.WITHDRAWN, reason)
        except (TransitionRefused, ApplicationUnknown):
            self._outbox.released(claimed)
            return False
        self._outbox.ended(claimed)
        return True

    def _round(self, state: OutboxState, work: Callable[[Handover], int], lease: timedelta) -> int:
        moved = 0
        for _ in range(self._pace.batch):
            if self.rests:
                break
            claimed = next(iter(self._outbox.claim_due(self.connector.name, state, lease)), None)
            if claimed is None:
                break
            moved += self._attempt(work, claimed)
        return moved

    def _attempt(self, work: Callable[[Handover], int], claimed: Handover) -> int:
        try:
            moved = work(claimed)
        except Rejected as error:
            self._outbox.rejected(claimed, error.code)
            logger.warning("%s refused application %s: %s", self.connector.name, claimed.receipt_number, error.code)
            return 0
        except ConnectorError as error:
            self._failed(claimed, error)
            return 0
        except StorageError as error:
            if not isinstance(error, (TransitionRefused, ApplicationUnknown)):
                raise  # the lease runs out, and it is done again
            self._failed(claimed, ConnectorError("The application has another state here.", "impossible_state"))
            return 0
        except Exception as error:
            logger.error("Application %s could not be moved on: %s", claimed.receipt_number, type(error).__name__)
            self._failed(claimed, ConnectorError("A fault in the program.", "fault"))
            return 0
        if self._rests_until is not None:
            self._rests_until = None
            logger.info("%s answers again", self.connector.name)
        return moved

    def _failed(self, claimed: Handover, error: ConnectorError) -> None:
        asked = error.retry_after if isinstance(error, Unavailable) else None
        backoff = self._pace.backoff
        wait = backoff.wait(claimed.attempts, asked)
        least = self.connector.system.interval if claimed.state is OutboxState.DELIVERED else timedelta(0)
        self._outbox.failed(claimed, error.code, max(wait, least))
        if isinstance(error, Unavailable):
            if self._rests_until is None:
                logger.warning("%s does not take applications: %s", self.connector.name, error.code)
            self._rests_until = self._clock() + max(backoff.first, backoff.rest(asked))

    def _hand_over(self, claimed: Handover) -> int:
        application = self._applications.by_receipt(claimed.receipt_number)
        if application is None:
            return 0  # deleted meanwhile, and its row with it
        if claimed.attempts == 1 and not NEXT_STATES[application.state]:
            return int(self._outbox.ended(claimed))  # withdrawn before anybody was told of it
        return int(self._outbox.delivered(claimed, self._submit(claimed, application), self.connector.system.interval))

    def _submit(self, claimed: Handover, application: Application | None = None) -> str:
        application = application or self._applications.by_receipt(claimed.receipt_number)
        if application is None:
            raise ConnectorError("The application was deleted.", "deleted")
        return self.connector.submit(application, claimed.application_id)

    def _ask(self, claimed: Handover) -> int:
        application = self._applications.by_receipt(claimed.receipt_number)
        if application is None:
            return 0
        found = self.connector.look(claimed.reference or "")
        moved = self._move(application, claimed, found)
        if NEXT_STATES[found.state]:
            self._outbox.asked(claimed, self.connector.system.interval)
        else:
            self._outbox.ended(claimed)
        return moved

    def _move(self, application: Application, claimed: Handover, found: Found) -> int:
        """Take the steps that lead to the state over there; what was issued comes with the last one."""
        steps = steps_between(application.state, found.state)
        if steps is None:
            raise ConnectorError("No step leads to the state over there.", "impossible_state")
        issued = bool(steps) and found.state is ApplicationState.ISSUED
        files = self.connector.documents(claimed.reference or "") if issued else ()
        for step in steps:
            last = step is found.state
            self._applications.transition(
                claimed.receipt_number,
                step,
                found.note if last else "",
                at=self._clock(),
                files=files if last else (),
            )
        return int(bool(steps))

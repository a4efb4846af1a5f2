"""Everywhere applications are decided on: the back office of this program, and the departments' systems."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from actions.clock import Clock
from actions.connectors.contract import Contract
from actions.connectors.declarations import declared_systems
from actions.connectors.dispatcher import Dispatcher
from actions.connectors.embedded import EmbeddedConnector
from actions.connectors.exchange import Exchange
from actions.connectors.http import HttpConnector
from actions.connectors.protocol import ConnectorError
from actions.flows.definition import Flow
from storage.application_records import Document
from storage.applications import Applications
from storage.outbox import Outbox

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 8
"""applications that are handed over before their turn, each in a thread of its own"""


class Offices:
    """Moves applications on, wherever they are."""

    def __init__(self, embedded: EmbeddedConnector, departments: Mapping[str, Dispatcher], outbox: Outbox) -> None:
        """Keep the offices; a department works in a thread of its own, so that none waits for another."""
        self._embedded = embedded
        self._departments = departments
        self._outbox = outbox
        self._threads: dict[str, threading.Thread] = {}
        self._at_once = threading.BoundedSemaphore(MOST_AT_ONCE)

    @classmethod
    def load(
        cls,
        data: Path,
        applications: Applications,
        flows: Mapping[str, Flow],
        clock: Clock,
        environment: Mapping[str, str] | None = None,
    ) -> Offices:
        """Make the offices of a data folder; without an environment to find tokens in, no department is called.

        Raises:
            DeclarationError: `connectors.yml` cannot be used, or a token is missing.
        """
        outbox = Outbox(applications.database)
        systems = {} if environment is None else declared_systems(data)
        departments: dict[str, Dispatcher] = {}
        for name, system in systems.items():
            fields = {flow.item_id: flow.by_name.keys() for flow in flows.values() if flow.submit.connector == name}
            exchange = Exchange(system, system.token(environment or {}), clock)
            connector = HttpConnector(exchange, Contract.load(data), fields)
            departments[name] = Dispatcher(connector, applications, outbox, clock)
        return cls(EmbeddedConnector.load(data, applications, flows, clock), departments, outbox)

    def advance(self, now: datetime | None = None) -> int:
        """Let every office do what is due and return how many applications the back office moved.

        The departments are asked in the background: their answers are in the store the next time somebody looks.
        """
        for name, department in self._departments.items():
            running = self._threads.get(name)
            if running is None or not running.is_alive():
                self._threads[name] = threading.Thread(
                    target=self._work, args=(name, department.advance), name=name, daemon=True
                )
                self._threads[name].start()
        return self._embedded.advance(now)

    def wait(self, seconds: float) -> None:
        """Wait for the departments that are being asked, each no longer than this."""
        for thread in self._threads.values():
            thread.join(seconds)

    def hand_over(self, receipt_number: str) -> bool:
        """Begin to hand over an application in the background; False where nobody would take it just now.

        That is where its department has not answered lately, or is not among those declared, or too many are at it.
        """
        row = self._outbox.of(receipt_number)
        department = self._departments.get(row.connector) if row is not None else None
        if department is None or department.rests or not self._at_once.acquire(blocking=False):
            return False

        def hand_over() -> None:
            try:
                department.hand_over(receipt_number)
            finally:
                self._at_once.release()

        threading.Thread(target=self._work, args=(department.connector.name, hand_over), daemon=True).start()
        return True

    def cancel(self, receipt_number: str, reason: str = "") -> bool:
        """Withdraw an application where it is; False when it is too late or unknown. It may wait for a department.

        Raises:
            ConnectorError: the department does not answer, or is not among those declared.
        """
        row = self._outbox.of(receipt_number)
        if row is None:
            return self._embedded.cancel(receipt_number, reason)
        if row.connector not in self._departments:
            raise ConnectorError(f"No connector {row.connector} is set up.", "unknown_connector")
        return self._departments[row.connector].cancel(receipt_number, reason)

    def verify(self, code: str) -> Document | None:
        """Return the document that carries a verification code of this program; None when none does."""
        return self._embedded.verify(code)

    @staticmethod
    def _work(name: str, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # a busy database, say: the leases run out and it is done again
            logger.error("%s could not be worked on: %s", name, type(error).__name__)

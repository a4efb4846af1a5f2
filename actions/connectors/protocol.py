"""What a connector is."""

from __future__ import annotations

from typing import Protocol

from storage.applications import Application, ApplicationState

CONNECTORS = frozenset({"embedded"})
"""the names under which a flow may name its connector"""


class ConnectorError(Exception):
    """A department's system did not do what it was asked; the message says what."""


class Connector(Protocol):
    """Hands applications to whoever decides on them.

    Every call may be repeated: an idempotency key names one submission, and the same key submits once.
    """

    name: str

    def submit(self, application: Application, idempotency_key: str) -> str:
        """Hand an application over and return the reference it has there; raise ConnectorError."""
        ...

    def status(self, receipt_number: str) -> ApplicationState:
        """Return the state an application has now; raise ConnectorError when it is unknown."""
        ...

    def cancel(self, receipt_number: str, reason: str = "") -> bool:
        """Withdraw an application; False when it is too late for that."""
        ...

"""What a connector is."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from storage.applications import Application, ApplicationState

CONNECTORS = frozenset({"embedded"})
"""the names that are always there; an operator declares others (`declarations.py`)"""


class ConnectorError(Exception):
    """A department's system did not do what it was asked; the message says what, `code` in a word.

    Neither holds personal data. Asking again later may help.
    """

    def __init__(self, message: str, code: str = "failed") -> None:
        super().__init__(message)
        self.code = code


class Unavailable(ConnectorError):
    """The whole system does not answer, or lets nobody in: asking for another application is of no use just now."""

    def __init__(self, message: str, code: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message, code)
        self.retry_after = retry_after
        """how long the system asks to be left alone"""


class Rejected(ConnectorError):
    """The system does not take this application as it is, and would not the next time either."""


class Connector(Protocol):
    """Hands applications to whoever decides on them.

    Every call may be repeated: an idempotency key names one submission, and the same key submits once. A reference is
    what `submit` returned.
    """

    name: str

    def submit(self, application: Application, idempotency_key: str) -> str:
        """Hand an application over and return the reference it has there; raise ConnectorError."""
        ...

    def status(self, reference: str, /) -> ApplicationState:
        """Return the state an application has now; raise ConnectorError when it is unknown."""
        ...

    def cancel(self, reference: str, /, reason: str = "") -> bool:
        """Withdraw an application; False when it is too late for that; raise ConnectorError when that is not known."""
        ...

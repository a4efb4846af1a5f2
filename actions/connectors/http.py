"""A department's system over HTTP: it offers what `data/schemas/department-system.openapi.yml` describes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timezone
from typing import Any

from actions.connectors.contract import Contract, WrongAnswer
from actions.connectors.exchange import Answer, Exchange
from actions.connectors.protocol import ConnectorError, Rejected, Unavailable
from storage.agents import agent_of
from storage.application_records import NewFile
from storage.applications import Application, ApplicationState

KEY_HEADER = "Idempotency-Key"
DOCUMENT_SECONDS = 120.0
"""how long one document may take"""
MOST_DOCUMENT_BYTES = 10 * 1024 * 1024
MOST_DOCUMENTS = 10  # as the contract says, like the bytes
MOST_REASON = 500
"""characters of the reason of a withdrawal"""


@dataclass(frozen=True)
class Found:
    """What became of an application over there; `note` is for the citizen to read."""

    state: ApplicationState
    note: str = ""


class HttpConnector:
    """Hands applications to one department's system. What it holds of a citizen is what the flow's fields say."""

    def __init__(self, exchange: Exchange, contract: Contract, fields: Mapping[str, Collection[str]]) -> None:
        """Take the way to the system, its contract, and the names of each item's fields: no others are sent."""
        self.system = exchange.system
        self.name = exchange.system.name
        self._exchange = exchange
        self._contract = contract
        self._fields = fields

    def submit(self, application: Application, idempotency_key: str) -> str:
        """Hand an application over and return the reference it has there.

        Raises:
            Unavailable: the system does not answer, or not for us.
            Rejected: it does not take this application, and would not the next time.
            ConnectorError: it answered wrongly, or is still busy with the same application.
        """
        if application.receipt_number is None:
            raise ConnectorError("A draft cannot be handed over.")
        answer = self._exchange.send("POST", "/applications", self.body_of(application), {KEY_HEADER: idempotency_key})
        if answer.status in (200, 201):
            return str(self._contract.read("Received", answer.body)["reference"])
        if answer.status in (404, 405):  # of a path that is always there: it is the wrong address
            raise Unavailable(f"{self.name} does not know /applications.", f"status_{answer.status}")
        if answer.status in (409, 425):
            raise ConnectorError(f"{self.name} is busy with the same application.", f"status_{answer.status}")
        if answer.status >= 400:
            raise Rejected(f"{self.name} refused an application ({answer.status}).", f"status_{answer.status}")
        raise self._unexpected(answer)

    def status(self, reference: str, /) -> ApplicationState:
        """Return the state an application has now; raise ConnectorError."""
        return self.look(reference).state

    def look(self, reference: str) -> Found:
        """Return what became of an application; raise ConnectorError."""
        answer = self._about(reference, "GET", "")
        found = self._contract.read("Progress", self._done(answer).body)
        if found["reference"] != reference:
            raise WrongAnswer("another application")
        return Found(ApplicationState(found["state"]), found.get("note", ""))

    def documents(self, reference: str) -> tuple[NewFile, ...]:
        """Fetch what was issued, each file held against its size and its hash; raise ConnectorError."""
        answer = self._about(reference, "GET", "/documents")
        listed = self._contract.read("Documents", self._done(answer).body)["documents"]
        return tuple(self._document(reference, described) for described in listed)

    def cancel(self, reference: str, /, reason: str = "") -> bool:
        """Withdraw an application; False when it is too late for that; raise ConnectorError."""
        answer = self._about(reference, "POST", "/withdrawal", body={"reason": reason[:MOST_REASON]} if reason else {})
        if answer.status == 409:
            return False
        if self._contract.read("Progress", self._done(answer).body)["state"] != ApplicationState.WITHDRAWN.value:
            raise WrongAnswer("not withdrawn")
        return True

    def body_of(self, application: Application) -> dict[str, Any]:
        """Return what is sent of an application: what its flow asks for, and where that came from."""
        context, names = application.context, self._fields.get(application.item_id)
        fields = {name: value for name, value in application.fields.items() if names is None or name in names}
        sources = context.get("sources") or {}
        body: dict[str, Any] = {
            "receipt_number": application.receipt_number,
            "item": application.item_id,
            "fields": fields,
            "verified": sorted(name for name in fields if sources.get(name) == "identity"),
        }
        if application.submitted_at is not None:
            body["submitted_at"] = application.submitted_at.astimezone(timezone.utc).isoformat(timespec="seconds")
        if context.get("applicant"):
            body["applicant"] = context["applicant"]
        agent = agent_of(application)
        if agent is not None:
            body["agent"] = agent.as_mapping()
        return body

    def _document(self, reference: str, described: Mapping[str, Any]) -> NewFile:
        path = f"/documents/{described['id']}"
        answer = self._done(
            self._about(reference, "GET", path, most_bytes=MOST_DOCUMENT_BYTES, seconds=DOCUMENT_SECONDS)
        )
        same = len(answer.body) == described["size"]
        if not same or hashlib.sha256(answer.body).hexdigest() != described["sha256"].lower():
            raise WrongAnswer("a document is not the one that was listed")
        return NewFile(described["name"], described["media_type"], answer.body)

    def _about(self, reference: str, method: str, path: str, **how: Any) -> Answer:
        """Ask about one application; its reference is safe in a path, as the contract says."""
        return self._exchange.send(method, f"/applications/{reference}{path}", **how)

    def _done(self, answer: Answer) -> Answer:
        if answer.status in (404, 410):
            raise ConnectorError(f"{self.name} does not know an application.", f"status_{answer.status}")
        if answer.status != 200:
            raise self._unexpected(answer)
        return answer

    def _unexpected(self, answer: Answer) -> ConnectorError:
        return ConnectorError(f"{self.name} answered {answer.status}.", f"status_{answer.status}")

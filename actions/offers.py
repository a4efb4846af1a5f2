"""Offering a person: why, and what the conversation is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker

from actions.services import Services
from storage.handoffs import Handoff, HandoffReason

_QUOTED = 3
"""messages"""


def offer_person(services: Services, tracker: Tracker, reason: HandoffReason) -> Handoff:
    """Note that a person is offered; one that is offered, waited for or there already stays."""
    return services.handoffs.open(tracker.sender_id, reason, summary_of(services, tracker))


def summary_of(services: Services, tracker: Tracker) -> str:
    """Return the item in focus and the citizen's last words, personal data as placeholders."""
    focus: Mapping[str, Any] = tracker.get_slot("focus") or tracker.get_slot("expecting") or {}
    item = services.catalogue.items.get(str(focus.get("item")))
    said = [event["text"] for event in tracker.events if _is_said(event)]
    return "｜".join(part for part in (item.name if item else "", *said[-_QUOTED:]) if part)


def _is_said(event: Mapping[str, Any]) -> bool:
    """Tell whether a citizen's words are in an event; what the gate triggers itself is none of theirs."""
    if event["event"] != "user" or not event.get("text"):
        return False
    return not (event.get("metadata") or {}).get("is_external")

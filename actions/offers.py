"""Offering a person: why, and what the conversation is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker

from actions.services import Services
from storage.handoffs import Handoff, HandoffReason

_QUOTED = 3
"""messages"""
_BESIDE_THE_MATTER = frozenset({"human", "greet", "thanks", "goodbye", "affirm", "deny"})
"""intents that do not tell a person what it is about"""


def offer_person(services: Services, tracker: Tracker, reason: HandoffReason) -> Handoff:
    """Note that a person is offered; one that is offered, waited for or there already stays."""
    return services.handoffs.open(tracker.sender_id, reason, summary_of(services, tracker))


def summary_of(services: Services, tracker: Tracker) -> str:
    """Return the item in focus and the citizen's last words on the matter, personal data as placeholders."""
    focus: Mapping[str, Any] = tracker.get_slot("focus") or tracker.get_slot("expecting") or {}
    item = services.catalogue.items.get(str(focus.get("item")))
    events = [event for event in tracker.events if _is_said(event)]
    said = [event["text"] for event in events if not _is_beside_the_matter(event)] or [one["text"] for one in events]
    return "｜".join(part for part in (item.name if item else "", *said[-_QUOTED:]) if part)


def _is_said(event: Mapping[str, Any]) -> bool:
    """Tell whether a citizen's words are in an event; what the gate triggers itself is none of theirs."""
    if event["event"] != "user" or not event.get("text"):
        return False
    return not (event.get("metadata") or {}).get("is_external")


def _is_beside_the_matter(event: Mapping[str, Any]) -> bool:
    gate = (event.get("parse_data") or {}).get("gate") or {}
    return gate.get("intent") in _BESIDE_THE_MATTER

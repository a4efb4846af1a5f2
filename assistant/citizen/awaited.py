"""What a conversation waits for: the field of an application, or the end of an ID number that proves a number."""

from __future__ import annotations

from actions.flows.steps import Expected, Phase
from actions.services import Services

ID_NUMBER_END = "id_number_end"
"""the type of the last four characters of an ID number"""


def awaited(services: Services, conversation_id: str) -> Expected | None:
    """Return what the next words answer; the end of an ID number goes before what an application waits for."""
    if services.provisional.checks.awaiting(conversation_id) is not None:
        return Expected("", Phase.ASK, ID_NUMBER_END, ID_NUMBER_END)
    return services.engine.expected(conversation_id)

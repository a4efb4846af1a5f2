"""What a conversation is about: the slot that ties the next message to what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from knowledge_base.answers import CaseQuestion

_REMEMBERED = 4
"""earlier items"""


def focus_on(
    before: Mapping[str, Any],
    items: Sequence[str],
    facet: str,
    facts: Mapping[str, Any],
    question: CaseQuestion | None = None,
) -> EventType:
    """Return the event that puts the first item into focus, and beside it what was answered with it.

    `together` are the items that were answered at once, as long as one of them is talked of; `earlier` are those that
    a citizen may go back to, the latest first; `asked` is the number that the answer waits for, `choosing` the
    dimension whose value it offered.
    """
    passed = [before.get("item"), *(before.get("also") or ()), *(before.get("earlier") or ())]
    earlier = [item for item in dict.fromkeys(passed) if item and item not in items]
    focus: dict[str, Any] = {"item": items[0], "facet": facet, "facts": dict(facts)}
    if len(items) > 1:
        focus["also"] = list(items[1:])
    together = items if len(items) > 1 else before.get("together") or ()
    if items[0] in together:
        focus["together"] = list(together)
    if earlier:
        focus["earlier"] = earlier[:_REMEMBERED]
    if question is not None:
        focus["choosing" if question.options else "asked"] = question.about
    return SlotSet("focus", focus)

"""Several wishes in one message, and things held against each other: which items the pieces stand for."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.nlu.decision import Wish
from assistant.nlu.joints import Joint
from assistant.nlu.reading import ConversationState, Part, Reading

_FACET = 0.6
"""probability from which a facet counts as asked for"""
_NAMED = 0.4
"""share of the votes from which an item is taken for the one a piece names"""
_WHOLE = 0.5
"""what the vote of the whole sentence counts beside that of the piece alone"""
_LEAST_IN_SCOPE = 0.3
"""probability of being for the desk below which a piece names no item"""


def several_wishes(reading: Reading) -> tuple[Wish, ...]:
    """Return the wishes of a message that surely holds more than one; none where a piece is not sure.

    A sentence that as a whole is surely about something else holds one wish, told at length.
    """
    parts = reading.parts
    if reading.joint is not Joint.WISHES or any(part.linking.verdict != "answer" for part in parts):
        return ()
    items = [part.linking.best for part in parts]
    whole = reading.linking
    if len(set(items)) < len(items) or (whole.verdict == "answer" and whole.best not in items):
        return ()
    shared = _facet(parts[-1]) if reading.asks_each else None
    return tuple(Wish(str(part.linking.best), shared or _facet(part), part.text) for part in parts)


def compared_items(reading: Reading, state: ConversationState) -> tuple[str, ...]:
    """Return the two or three items that are held against each other; none where it is not clear which."""
    if reading.joint is not Joint.COMPARISON:
        return ()
    named = [part for part in reading.parts if part.text]
    if not named:
        return _at_hand(state)
    items: list[str] = [] if len(named) == len(reading.parts) else list(_at_hand(state)[:1])
    if len(named) < len(reading.parts) and not items:
        return ()
    for part in named:
        item = _meant(part, reading, items)
        if item is None:
            return ()
        items.append(item)
    return tuple(items) if len(items) >= 2 else ()


def _facet(part: Part) -> str:
    return part.linking.facet if part.linking.facet_probability >= _FACET else "general"


def _at_hand(state: ConversationState) -> tuple[str, ...]:
    """Return what the conversation is about: the items offered, else those in focus, the latest first."""
    offered = _distinct(choice.get("item") for choice in state.offered)
    if len(offered) >= 2:
        return offered[:3]
    focus = state.focus
    return _distinct((focus.get("item"), *(focus.get("also") or ()), *(focus.get("earlier") or ())))[:2]


def _distinct(items: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))


def _meant(part: Part, reading: Reading, taken: list[str]) -> str | None:
    """Return the item that a piece names, by its own ranking and that of the whole sentence."""
    if part.linking.in_scope < _LEAST_IN_SCOPE:
        return None
    votes: dict[str, float] = {}
    for weight, linking in ((1.0, part.linking), (_WHOLE, reading.linking)):
        for found in linking.candidates:
            votes[found.item] = votes.get(found.item, 0.0) + weight * found.probability
    own = [found.item for found in part.linking.candidates if found.item not in taken]
    best = max(own, key=lambda item: votes[item], default=None)
    return best if best is not None and votes[best] >= _NAMED else None

"""Several wishes in one message, and things held against each other: which items the pieces stand for."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.nlu.decision import Wish
from assistant.nlu.joints import Joint
from assistant.nlu.reading import ConversationState, Part, Reading
from assistant.nlu.topics import Topics

_LIKELY = 0.6
"""probability and confidence from which a wish is taken up beside a sure one"""
_POSSIBLE = 0.1
"""probability from which a step of the thing named may be meant"""
_FAMILY = 0.7
"""probability that all these steps must have together"""
_FACET = 0.6
"""probability from which a facet counts as asked for"""
_NAMED = 0.4
"""share of the votes from which an item is taken for the one a piece names"""
_WHOLE = 0.5
"""what the vote of the whole sentence counts beside that of the piece alone"""
_LEAST_IN_SCOPE = 0.3
"""probability of being for the desk below which a piece names no item"""


def several_wishes(reading: Reading, topics: Topics) -> tuple[Wish, ...]:
    """Return the wishes of a message that holds more than one: one of them sure, none of them vague.

    A sentence that as a whole is surely about something else holds one wish, told at length.
    """
    parts = reading.parts
    sure = [part for part in parts if part.linking.verdict == "answer"]
    if reading.joint is not Joint.WISHES or not sure:
        return ()
    meant = [_candidates(part, topics) for part in parts]
    items = [candidates[0] for candidates in meant if candidates]
    whole = reading.linking
    if len(set(items)) < len(parts) or (whole.verdict == "answer" and whole.best not in items):
        return ()
    shared = _facet(parts[-1]) if reading.asks_each else None
    wishes = [
        Wish(candidates[0], shared or _facet(part), part.text, candidates if len(candidates) > 1 else ())
        for part, candidates in zip(parts, meant, strict=True)
    ]
    return tuple(sorted(wishes, key=lambda wish: bool(wish.candidates)))


def _candidates(part: Part, topics: Topics) -> tuple[str, ...]:
    """Return the item that a piece surely asks for, or the steps of one thing that it may be; nothing if vague."""
    linking = part.linking
    best = linking.best
    if best is None or linking.verdict == "unsure":
        return ()
    if linking.verdict == "answer" or min(linking.probability_of(best), linking.confidence) >= _LIKELY:
        return (best,)
    family = [found for found in linking.candidates if found.item == best or topics.are_neighbours(best, found.item)]
    likely = [found for found in family if found.probability >= _POSSIBLE]
    return tuple(found.item for found in likely) if sum(found.probability for found in likely) >= _FAMILY else ()


def compared_items(reading: Reading, state: ConversationState, topics: Topics) -> tuple[str, ...]:
    """Return the two or three items that are held against each other; none where it is not clear which."""
    if reading.joint is not Joint.COMPARISON:
        return ()
    named = [part for part in reading.parts if part.text]
    if not named:
        at_hand = _at_hand(state)
        return at_hand if len(at_hand) >= 2 else ()
    items: list[str] = [] if len(named) == len(reading.parts) else list(_at_hand(state)[:1])
    if len(named) < len(reading.parts) and not items:
        return ()
    for part in named:
        item = _meant(part, reading, items, topics)
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


def _meant(part: Part, reading: Reading, taken: list[str], topics: Topics) -> str | None:
    """Return the item that a piece names, by its own ranking and that of the whole sentence.

    A thing that is easily taken for one named before needs less to be meant.
    """
    near = {
        found.item for item in taken for found in part.linking.candidates if topics.are_neighbours(item, found.item)
    }
    if part.linking.in_scope < _LEAST_IN_SCOPE and not near:
        return None
    votes: dict[str, float] = {}
    for weight, linking in ((1.0, part.linking), (_WHOLE, reading.linking)):
        for found in linking.candidates:
            votes[found.item] = votes.get(found.item, 0.0) + weight * found.probability
    for item in near:
        votes[item] += _WHOLE
    own = [found.item for found in part.linking.candidates if found.item not in taken]
    best = max(own, key=lambda item: votes[item], default=None)
    return best if best is not None and votes[best] >= _NAMED else None

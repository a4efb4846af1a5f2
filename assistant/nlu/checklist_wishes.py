"""Messages that ask for the list of everything that is needed (一次性告知单), and of which item."""

from __future__ import annotations

from dataclasses import replace

from actions.checklists import CHECKLIST
from assistant.nlu.decision import Decision, Outcome
from assistant.nlu.reading import ConversationState, Reading
from assistant.nlu.signs import Signs
from assistant.nlu.topics import Topics

_LEAST_NAME = 2
"""characters"""
_ABOUT_AN_ITEM = (Outcome.ANSWER, Outcome.APPLICATION)
_ABOUT_NOTHING = (Outcome.DECLINE, Outcome.NOT_UNDERSTOOD, Outcome.CHAT)


class ChecklistWishes:
    """Turn a decision into one for the list, where that is asked for."""

    def __init__(self, signs: Signs, topics: Topics) -> None:
        """Keep the signs of a message and what the guides tell."""
        self._signs = signs
        self._cues = signs.cues
        self._topics = topics

    def settle(self, decision: Decision, reading: Reading, state: ConversationState) -> Decision:
        """Return the decision as it is, or for the list: it was chosen, or is asked for in words.

        Where nothing is named and nothing was talked of, the list is of no item yet: it is asked which is meant.
        """
        if decision.facet == CHECKLIST and decision.outcome in _ABOUT_AN_ITEM:
            return replace(decision, outcome=Outcome.CHECKLIST)
        if not self._is_asked(decision, reading, state):
            return decision
        item = self._item(decision, reading, state)
        nothing_named = len(self._cues.without_checklist(reading.words)) < _LEAST_NAME
        if item is not None or (nothing_named and decision.outcome in _ABOUT_NOTHING):
            return Decision(Outcome.CHECKLIST, decision.intent, item, CHECKLIST, decision.facts)
        return replace(decision, facet=CHECKLIST) if decision.outcome is Outcome.CLARIFY else decision

    def _is_asked(self, decision: Decision, reading: Reading, state: ConversationState) -> bool:
        """Tell whether the list is asked for; a report of the citizen's own, a harm or a person goes before it."""
        free_text = state.in_application and state.expecting.get("type") == "text"
        if free_text or decision.outcome in (Outcome.PERSON, Outcome.REFUSE, Outcome.MESSAGE):
            return False
        return self._cues.asks_checklist(reading.words) and not self._signs.complains(reading)

    def _item(self, decision: Decision, reading: Reading, state: ConversationState) -> str | None:
        """Return the item that is named, else the one that is applied for or talked of."""
        best = reading.linking.best if reading.linking.verdict == "answer" else None
        talked_of = state.expecting.get("item") if state.in_application else state.focus.get("item")
        if best is not None and (talked_of is None or self._topics.names(reading.words, best, beside=talked_of)):
            return best
        nothing_named = len(self._cues.without_checklist(reading.words)) < _LEAST_NAME
        if talked_of is not None and (nothing_named or decision.item in (None, talked_of)):
            return str(talked_of) if nothing_named or decision.outcome in (*_ABOUT_AN_ITEM, Outcome.REPLY) else None
        return decision.item if decision.outcome in _ABOUT_AN_ITEM else None

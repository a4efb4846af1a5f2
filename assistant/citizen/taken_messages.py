"""The messages that were taken, by the id that the client gave them, so that none is taken twice."""

from __future__ import annotations

from itertools import takewhile

from cachetools import LRUCache

from assistant.citizen.hub import ConversationHub
from assistant.citizen.wire import Event, EventType


class TakenMessages:
    """What each message led to; of the conversations last spoken in it is kept in memory."""

    def __init__(self, hub: ConversationHub, most_conversations: int = 2000) -> None:
        """Keep the hub, whose transcripts tell it after a restart."""
        self._hub = hub
        self._known: LRUCache[str, dict[str, list[Event]]] = LRUCache(maxsize=most_conversations)

    def of(self, conversation_id: str) -> dict[str, list[Event]]:
        """Return what each message id of the conversation led to; whoever takes another message adds it there."""
        taken = self._known.get(conversation_id)
        if taken is None:
            events = self._hub.since(conversation_id, 0)
            taken = {
                event.payload["client_message_id"]: [event, *takewhile(_answers, events[place + 1 :])]
                for place, event in enumerate(events)
                if event.payload.get("client_message_id")
            }
            self._known[conversation_id] = taken
        return taken

    def forget(self, conversation_id: str) -> None:
        """Keep nothing in memory of what was said in a conversation."""
        self._known.pop(conversation_id, None)


def _answers(event: Event) -> bool:
    """Tell whether an event is part of what a message led to at once."""
    return event.type in (EventType.REPLY, EventType.HANDOFF_QUEUED, EventType.RATING_ASKED, EventType.RATED)

"""Whose turn it is: turns that wait, the one the assistant was asked, and what was not understood in a row."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from voice.language.expectation import ANYTHING, Expectation
from voice.session.events import NoticeKind, ReplyGiven
from voice.session.outbox import Outbox
from voice.session.reply import Heard, SpokenReply
from voice.session.requests import AskAssistant
from voice.session.settings import SessionSettings


@dataclass(frozen=True)
class Turn:
    """What a citizen said or typed."""

    text: str = field(repr=False)
    confidence: float
    typed: bool
    reply_heard: Heard


class TurnTaking:
    """Ask the assistant one turn after the other."""

    def __init__(self, settings: SessionSettings, outbox: Outbox, tell: Callable[[NoticeKind], None]) -> None:
        """Keep the limits, where requests and replies go, and how to tell the citizen something else."""
        self.expectation: Expectation = ANYTHING
        self.choices: tuple[str, ...] = ()
        """what the citizen may touch by now"""
        self.with_person = False
        self._settings = settings
        self._outbox = outbox
        self._tell = tell
        self._waiting: deque[Turn] = deque()
        self._asked: int | None = None
        self._given_up: deque[int] = deque(maxlen=settings.turns_waiting)
        self._due = 0.0
        self._not_understood = 0

    @property
    def is_thinking(self) -> bool:
        """Tell whether the assistant was asked and has not answered."""
        return self._asked is not None

    @property
    def is_pending(self) -> bool:
        """Tell whether any turn has no answer yet."""
        return self.is_thinking or bool(self._waiting)

    def add(self, turn: Turn) -> None:
        """Take a turn; when too many wait, the citizen is told that it is lost."""
        self._not_understood = 0
        if len(self._waiting) < self._settings.turns_waiting:
            self._waiting.append(turn)
        else:
            self._tell(NoticeKind.ONE_AT_A_TIME)

    def ask_next(self, now: float) -> bool:
        """Ask the next turn, if there is one and none is asked; tell whether it was."""
        if self._asked is not None or not self._waiting:
            return False
        turn = self._waiting.popleft()
        self._asked, self._due = self._outbox.new_id(), now + self._settings.ask_limit
        self._outbox.put(AskAssistant(self._asked, turn.text, turn.confidence, turn.typed, turn.reply_heard))
        return True

    def take_reply(self, ask_id: int, reply: SpokenReply) -> int | None:
        """Show a reply; return its number if it is to be said.

        A reply that comes after it was given up is shown and not said; any other that nobody waits for is ignored.
        """
        late = ask_id in self._given_up
        if late:
            self._given_up.remove(ask_id)
        elif self._is_asked(ask_id):
            self._asked = None
        else:
            return None
        if reply.sentences or reply.with_person:
            self.expectation, self.choices = reply.expectation, reply.choices
            reply_id = self._show(reply, ask_id)
            return None if late else reply_id
        if not late:
            self._tell(NoticeKind.ASSISTANT_FAILED)
        return None

    def take_unasked(self, reply: SpokenReply) -> int:
        """Show what nobody asked for, as a greeting or a person's words; what is expected stays, unless it says so."""
        if reply.expectation != ANYTHING or reply.choices:
            self.expectation, self.choices = reply.expectation, reply.choices
        return self._show(reply, None)

    def take_failure(self, ask_id: int) -> None:
        """Take it that the assistant could not answer."""
        if self._is_asked(ask_id):
            self._asked = None
            self._tell(NoticeKind.ASSISTANT_FAILED)

    def advance(self, now: float) -> None:
        """Give up waiting for an answer that takes too long."""
        if self._asked is not None and now >= self._due:
            self._given_up.append(self._asked)
            self._asked = None
            self._tell(NoticeKind.ASSISTANT_STALLED)

    def not_understood(self, cause: NoticeKind) -> None:
        """Ask again in other words, or say what was the matter; then offer choices, then a person."""
        self._not_understood += 1
        if self._not_understood == 1 or self.with_person:
            self._tell(cause)
        elif self._not_understood == 2:
            self._tell(NoticeKind.CHOICES_OFFERED)
        else:
            self._tell(NoticeKind.PERSON_OFFERED)

    def close(self) -> None:
        """Forget every turn."""
        self._waiting.clear()
        self._given_up.clear()
        self._asked = None
        self.expectation, self.choices = ANYTHING, ()

    def _is_asked(self, ask_id: int) -> bool:
        return self._asked is not None and ask_id == self._asked

    def _show(self, reply: SpokenReply, ask_id: int | None) -> int:
        self.with_person = reply.with_person
        reply_id = self._outbox.new_id()
        self._outbox.put(ReplyGiven(reply_id, ask_id, reply))
        return reply_id


class OneMoment:
    """Tell once a turn that we are at it, after some silence."""

    def __init__(self, after: float) -> None:
        """Keep the silence in seconds."""
        self._after = after
        self._told = False

    def is_due(self, silent_since: float, now: float) -> bool:
        """Tell whether to say it now."""
        return not self._told and now - silent_since >= self._after

    def told(self) -> None:
        """Take it that the citizen was told."""
        self._told = True

    def next_turn(self) -> None:
        """Begin anew."""
        self._told = False

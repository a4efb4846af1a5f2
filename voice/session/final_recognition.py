"""Finished utterances on their way to a transcript: one at a time, tried again when refused, given up in the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from voice.endpointing.events import Utterance
from voice.language.expectation import Expectation
from voice.recognition.transcript import Transcript
from voice.session.events import NoticeKind
from voice.session.outbox import Outbox
from voice.session.reply import Heard
from voice.session.requests import CancelRecognition, RecognitionKind, Recognize
from voice.session.settings import SessionSettings


@dataclass(frozen=True)
class HeardSpeech:
    """An utterance that is over, with what went on while it was said."""

    utterance_id: int
    utterance: Utterance
    deliberate: bool
    """whether the button was held for it"""
    confirmed: bool
    """whether it was long enough to be meant for sure, or deliberate"""
    over_voice: bool
    """whether we spoke, or were about to, when it began or ended"""
    over_work: bool
    """whether the turn before it was still being worked on when it began"""
    stopped_voice: bool
    """whether it has stopped our voice"""
    reply_heard: Heard

    @property
    def out_of_turn(self) -> bool:
        """Tell whether it was said unbidden while it was not the citizen's turn."""
        return not self.deliberate and (self.over_voice or self.over_work)


@dataclass(frozen=True)
class Judgement:
    """What came of an utterance."""

    heard: HeardSpeech
    transcript: Transcript | None
    cause: NoticeKind = NoticeKind.SAY_AGAIN
    """what the citizen is told when there is no transcript, or none to be relied on"""


@dataclass
class _Ahead:
    """A recognition begun in a pause, in case nothing more is said."""

    utterance: Utterance = field(repr=False)
    request_id: int | None
    transcript: Transcript | None = field(default=None, repr=False)


class FinalRecognition:
    """Ask for the transcripts of utterances, one after the other."""

    def __init__(self, settings: SessionSettings, outbox: Outbox, tell: Callable[[NoticeKind], None]) -> None:
        """Keep the limits, where requests go, and how to tell the citizen that it takes longer."""
        self._settings = settings
        self._outbox = outbox
        self._tell = tell
        self._waiting: deque[HeardSpeech] = deque()
        self._ahead: _Ahead | None = None
        self._current: HeardSpeech | None = None
        self._answer: Transcript | None = None
        self._request_id: int | None = None
        self._due = 0.0
        self._refusals = 0

    @property
    def is_busy(self) -> bool:
        """Tell whether an utterance is on its way."""
        return self._current is not None or bool(self._waiting)

    def begin_ahead(self, utterance_id: int, utterance: Utterance, expectation: Expectation) -> bool:
        """Recognise an utterance that ends with this pause, unless more is said; False while another is on its way."""
        self.drop_ahead()
        if self.is_busy:
            return False
        self._ahead = _Ahead(utterance, self._request(utterance_id, utterance, expectation))
        return True

    def drop_ahead(self) -> None:
        """Forget what was recognised in a pause."""
        if self._ahead is not None and self._ahead.request_id is not None:
            self._outbox.put(CancelRecognition(self._ahead.request_id))
        self._ahead = None

    def take_ahead(self, request_id: int, transcript: Transcript) -> bool:
        """Take the transcript of what was recognised in a pause; False if it is not the one."""
        if self._ahead is None or self._ahead.request_id != request_id:
            return False
        self._ahead.transcript, self._ahead.request_id = transcript, None
        return True

    def add(self, heard: HeardSpeech, now: float) -> bool:
        """Take an utterance that is over; False when too many wait."""
        ahead = self._ahead
        if ahead is not None and ahead.utterance == heard.utterance and not self.is_busy:
            self._ahead = None
            self._take_up(heard, now)
            self._request_id, self._answer = ahead.request_id, ahead.transcript
            self._due = now + self._settings.recognition_limit
            return True
        self.drop_ahead()
        if len(self._waiting) >= self._settings.utterances_waiting:
            return False
        self._waiting.append(heard)
        return True

    def advance(self, expectation: Expectation, now: float) -> Judgement | None:
        """Do what is due; return an utterance that is judged by it."""
        if self._current is None and self._waiting:
            self._take_up(self._waiting.popleft(), now)
        if self._current is None:
            return None
        if self._answer is not None:
            return self._judged(self._answer)
        if self._request_id is None and now >= self._due:
            self._request_id = self._request(self._current.utterance_id, self._current.utterance, expectation)
            self._due = now + self._settings.recognition_limit
        elif self._request_id is not None and now >= self._due:
            self._outbox.put(CancelRecognition(self._request_id))
            return self._judged(None, NoticeKind.RECOGNIZER_STALLED)
        return None

    def take(self, request_id: int, transcript: Transcript | None) -> Judgement | None:
        """Take a transcript, None for a failure; what nobody waits for is ignored."""
        if self._ahead is not None and self._ahead.request_id == request_id:
            self._ahead = None
        return self._judged(transcript) if self._is_awaited(request_id) else None

    def refuse(self, request_id: int, now: float) -> Judgement | None:
        """Keep an utterance that the queue has no place for, to try again; give it up after so many refusals."""
        if self._ahead is not None and self._ahead.request_id == request_id:
            self._ahead = None
        if not self._is_awaited(request_id):
            return None
        self._refusals += 1
        if self._refusals > self._settings.busy_retries:
            return self._judged(None, NoticeKind.RECOGNIZER_BUSY)
        if self._refusals == 1:
            self._tell(NoticeKind.BUSY_WAIT)
        self._request_id, self._due = None, now + self._settings.busy_retry_after
        return None

    def close(self) -> None:
        """Forget every utterance."""
        self.drop_ahead()
        if self._request_id is not None:
            self._outbox.put(CancelRecognition(self._request_id))
        self._waiting.clear()
        self._clear()

    def _is_awaited(self, request_id: int) -> bool:
        return self._request_id is not None and self._request_id == request_id

    def _take_up(self, heard: HeardSpeech, now: float) -> None:
        self._current, self._refusals = heard, 0
        self._due = now

    def _judged(self, transcript: Transcript | None, cause: NoticeKind = NoticeKind.SAY_AGAIN) -> Judgement | None:
        heard = self._current
        self._clear()
        return Judgement(heard, transcript, cause) if heard is not None else None

    def _clear(self) -> None:
        self._current = self._answer = self._request_id = None

    def _request(self, utterance_id: int, utterance: Utterance, expectation: Expectation) -> int:
        request_id = self._outbox.new_id()
        audio = utterance.samples
        self._outbox.put(Recognize(request_id, utterance_id, RecognitionKind.FINAL, audio, expectation))
        return request_id

"""Our voice: sentences to be synthesised in order, clips sent to the client a few at a time, what became of them."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from voice.session.events import AudioClip, Duck, Notice, NoticeKind, Resume, StopAudio
from voice.session.outbox import Outbox
from voice.session.reply import Heard
from voice.session.requests import CancelSynthesis, Synthesize
from voice.session.settings import SessionSettings
from voice.synthesis.clip import Clip


@dataclass(eq=False)
class _Line:
    """One sentence on its way to the ear: waiting, in synthesis (`due`), synthesised (`clip`), sent (`ends_by`)."""

    clip_id: int
    sentence: str | NoticeKind = field(repr=False)
    reply_id: int | None
    due: float | None = None
    clip: Clip | None = field(default=None, repr=False)
    ends_by: float | None = None
    started: bool = False


class Playback:
    """Say sentences one after the other, until they are said, stopped, or the voice is lost."""

    def __init__(self, settings: SessionSettings, outbox: Outbox, enabled: bool) -> None:
        """Keep the limits, where clips and requests go, and whether there is a voice at all."""
        self.connected = True
        """whether there is a client to play anything"""
        self.quiet_since = -math.inf
        """when our voice was last heard"""
        self.reply_heard = Heard.WHOLE
        """how much of the last reply has been given"""
        self._enabled = enabled
        self._settings = settings
        self._outbox = outbox
        self._lines: deque[_Line] = deque()
        self._reply_id: int | None = None
        self._lost = False
        self._ducked = False
        self._next_at = -math.inf

    @property
    def is_active(self) -> bool:
        """Tell whether anything is being said or will be."""
        return bool(self._lines)

    @property
    def has_reply(self) -> bool:
        """Tell whether any sentence of a reply is being said or will be."""
        return any(line.reply_id is not None for line in self._lines)

    @property
    def is_audible(self) -> bool:
        """Tell whether the client has something to play."""
        return bool(self._lines) and self._lines[0].ends_by is not None

    def is_echoing(self, now: float) -> bool:
        """Tell whether a microphone beside the loudspeaker hears our voice."""
        return self.is_audible or now < self.quiet_since + self._settings.echo_tail

    def say(self, sentences: tuple[str | NoticeKind, ...], reply_id: int | None = None) -> None:
        """Add sentences, of a reply or of a notice; without a voice they count as given, for they are shown."""
        audible = self._enabled and self.connected and not self._lost
        free = self._settings.longest_reply - len(self._lines) if audible else 0
        lines = [_Line(self._outbox.new_id(), sentence, reply_id) for sentence in sentences[: max(0, free)]]
        self._lines += lines
        if reply_id is not None:
            self._reply_id, self.reply_heard = reply_id, Heard.NOTHING if lines else Heard.WHOLE
        unsaid = _texts(sentences[len(lines) :])
        if audible and unsaid:
            self._outbox.put(Notice(NoticeKind.REST_ON_SCREEN, unsaid=unsaid))

    def advance(self, held: bool, now: float) -> None:
        """Do what is due: give up what takes too long, ask for the next clips and, unless held, send them."""
        while self.is_audible and (self._lines[0].ends_by or 0.0) <= now:
            self._finish_first(now)
        if any(line.due is not None and line.clip is None and line.due <= now for line in self._lines):
            self._lose()
        for line in islice(self._lines, self._settings.clips_ahead):
            if line.due is None:
                line.due = now + self._settings.synthesis_limit
                self._outbox.put(Synthesize(line.clip_id, line.sentence))
        if not held and now >= self._next_at:
            self._send(now)

    def take_clip(self, clip_id: int, clip: Clip) -> None:
        """Take a synthesised sentence; one without sound, or without end, counts as a failure."""
        line = self._in_synthesis(clip_id)
        if line is None:
            return
        if clip.rate > 0 and 0 < clip.seconds <= self._settings.longest_clip:
            line.clip = clip
        else:
            self.take_failure(clip_id)

    def take_failure(self, clip_id: int) -> None:
        """Take it that a sentence could not be synthesised: the voice is lost for this turn."""
        line = self._in_synthesis(clip_id)
        if line is not None:
            line.due = None
            self._lose()

    def started(self, clip_id: int, now: float) -> None:
        """Take it that the client plays a clip."""
        for line in self._lines:
            if line.clip_id == clip_id and line.clip and line.ends_by is not None and not line.started:
                line.started = True
                line.ends_by = now + line.clip.seconds + self._settings.playback_slack

    def finished(self, clip_id: int, now: float) -> None:
        """Take it that the client has played a clip, and so those before it."""
        if any(line.clip_id == clip_id and line.ends_by is not None for line in self._lines):
            while self._lines[0].clip_id != clip_id:
                self._finish_first(now)
            self._finish_first(now)

    def duck(self) -> None:
        """Play more quietly."""
        if self.is_audible and not self._ducked:
            self._ducked = True
            self._outbox.put(Duck())

    def resume(self) -> None:
        """Play as loud as before."""
        if self._ducked:
            self._ducked = False
            self._outbox.put(Resume())

    def stop(self, now: float) -> None:
        """Drop everything that is not said yet."""
        for line in self._lines:
            self._cancel(line)
        if self.is_audible or self._ducked:
            self.quiet_since = now
            self._outbox.put(StopAudio())
        self._lines.clear()
        self._ducked = False
        self._next_at = -math.inf

    def drop(self, kinds: frozenset[NoticeKind]) -> None:
        """Drop notices that need not be said any more, unless the client has them."""
        for line in [line for line in self._lines if line.ends_by is None and line.sentence in kinds]:
            self._cancel(line)
            self._lines.remove(line)

    def restore(self) -> None:
        """Try the voice again after it was lost."""
        self._lost = False

    def _send(self, now: float) -> None:
        sent = [line for line in self._lines if line.ends_by is not None]
        paced = self._settings.half_duplex and self._settings.listening_pause > 0
        free = (1 if paced else self._settings.clips_at_client) - len(sent)
        begins = max([now, *(line.ends_by or now for line in sent)])
        for line in islice(self._lines, len(sent), len(sent) + max(0, free)):
            if line.clip is None:
                break
            line.ends_by = begins = begins + line.clip.seconds + self._settings.playback_slack
            self._outbox.put(AudioClip(line.clip_id, line.reply_id, line.clip))
            if line.reply_id is not None and line.reply_id == self._reply_id:
                self.reply_heard = Heard.PART

    def _finish_first(self, now: float) -> None:
        line = self._lines.popleft()
        self.quiet_since = now
        if self._settings.half_duplex and self._settings.listening_pause > 0:
            self._next_at = now + self._settings.echo_tail + self._settings.listening_pause
        if line.reply_id == self._reply_id and all(other.reply_id != line.reply_id for other in self._lines):
            self.reply_heard = Heard.WHOLE

    def _lose(self) -> None:
        """Leave what is not sent yet to the screen; what the client has it plays."""
        self._lost = True
        unsent = [line for line in self._lines if line.ends_by is None]
        for line in unsent:
            self._cancel(line)
        self._lines = deque(line for line in self._lines if line.ends_by is not None)
        if any(line.reply_id == self._reply_id for line in unsent):
            self.reply_heard = Heard.WHOLE
        self._outbox.put(Notice(NoticeKind.VOICE_LOST, unsaid=_texts(line.sentence for line in unsent)))

    def _cancel(self, line: _Line) -> None:
        if line.due is not None and line.clip is None:
            self._outbox.put(CancelSynthesis(line.clip_id))

    def _in_synthesis(self, clip_id: int) -> _Line | None:
        waited_for = (line for line in self._lines if line.clip_id == clip_id and line.due is not None)
        return next((line for line in waited_for if line.clip is None), None)


def _texts(sentences: Iterable[str | NoticeKind]) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if not isinstance(sentence, NoticeKind))

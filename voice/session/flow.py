"""How a spoken session stands, and what comes of it as time goes on.

Three parts, each with a module of its own, say what goes on: whether the citizen speaks (`hearing.py`), whether the
assistant was asked (`turn_taking.py`), whether we speak (`playback.py`). The state is the first of these that holds:

===========  =====================================  =========================================================
state        holds while                            ends at the latest
===========  =====================================  =========================================================
CLOSED       the session is over                    never
HEARING      the citizen speaks or holds a button   with the longest utterance, or when no more sound arrives
THINKING     the assistant was asked                after `ask_limit`, with a notice
SPEAKING     sentences are or will be said          when each has had its time to be synthesised and played
RECOGNIZING  an utterance has no transcript yet     after `recognition_limit` or the last retry, with a notice
LISTENING    none of these holds                    with the next word
===========  =====================================  =========================================================

What comes while another thing goes on:

===========  ===============================================================================================
while        comes
===========  ===============================================================================================
HEARING      a reply: shown at once; said after the utterance, unless that is a turn of its own
THINKING     a turn: asked when the one before it has been answered and said
SPEAKING     a sound: ducks our voice; half a second of speech, a touch, typed text: stop it, and what is
             unsaid is dropped; a filler or a noise: ignored, our voice resumes; in half duplex: not heard
RECOGNIZING  an utterance: recognised next
any          what no one waits for, being late or there already: ignored
===========  ===============================================================================================
"""

from __future__ import annotations

import math

import numpy as np

from voice.language.expectation import ExpectationKind
from voice.recognition.transcript import Transcript
from voice.session.barge_in import BargeIn
from voice.session.events import (
    FinalTranscript,
    MicrophoneChanged,
    Notice,
    NoticeKind,
    SessionClosed,
    SessionState,
    StateChanged,
    UtteranceIgnored,
)
from voice.session.final_recognition import FinalRecognition, Judgement
from voice.session.hearing import Hearing
from voice.session.ongoing_speech import Situation
from voice.session.outbox import Outbox
from voice.session.playback import Playback
from voice.session.reply import Heard, SpokenReply
from voice.session.settings import SessionSettings
from voice.session.speech_endpointer import SpeechEndpointer
from voice.session.turn_taking import OneMoment, Turn, TurnTaking
from voice.session.turn_words import TurnWords
from voice.session.verdict import verdict

_SHOWN_ONLY = frozenset({NoticeKind.ONE_AT_A_TIME})
_TURN_GOES_ON = frozenset({NoticeKind.ONE_MOMENT, NoticeKind.BUSY_WAIT})
"""told while something is being worked on, and not worth saying once it is done"""


class SessionFlow:
    """The parts of a session, and what passes between them as time goes on."""

    def __init__(
        self, settings: SessionSettings, endpointer: SpeechEndpointer, words: TurnWords, voice_out: bool
    ) -> None:
        """Wire the parts together."""
        self.now = -math.inf
        self.is_closed = False
        self.reviews = settings.reviews
        self.outbox = Outbox(settings.told_later)
        self.playback = Playback(settings, self.outbox, voice_out)
        self.turns = TurnTaking(settings, self.outbox, self._tell)
        self.finals = FinalRecognition(settings, self.outbox, self._tell)
        self.barge_in = BargeIn(self.playback, settings.false_alarm)
        self.hearing = Hearing(
            settings, endpointer, words, self.outbox, self.finals, self.barge_in, self._situation, self._tell
        )
        self._settings = settings
        self._words = words
        self._one_moment = OneMoment(settings.one_moment_after)
        self._answered_at = -math.inf
        self._told_state: SessionState | None = None
        self._told_deaf = False
        self._gone_since: float | None = None

    @property
    def state(self) -> SessionState:
        """Return what the session is doing."""
        if self.is_closed:
            return SessionState.CLOSED
        if self.hearing.is_speech or self.hearing.is_held:
            return SessionState.HEARING
        if self.turns.is_thinking:
            return SessionState.THINKING
        if self.playback.is_active:
            return SessionState.SPEAKING
        if self.finals.is_busy:
            return SessionState.RECOGNIZING
        return SessionState.LISTENING

    def advance(self) -> None:
        """Do whatever is due by now."""
        if self._gone_since is not None and self.now - self._gone_since >= self._settings.reconnect_limit:
            self.close()
        if self.is_closed:
            return
        while judged := self.finals.advance(self.turns.expectation, self.now):
            self._judge(judged)
        self.turns.advance(self.now)
        self.barge_in.advance(self.now)
        self._say_one_moment()
        self.playback.advance(self.barge_in.holds or self.hearing.is_held, self.now)
        if not self.playback.has_reply and not self.hearing.is_speech and self.turns.ask_next(self.now):
            self.playback.restore()
        self.hearing.expect_short_answer(self.turns.expectation.kind is ExpectationKind.yes_no)
        self.hearing.decode(self.now)
        echoing = self._settings.half_duplex and self.playback.is_echoing(self.now)
        self.hearing.set_deaf(echoing and not self.hearing.is_held, self.now)
        self._tell_state()

    def hear(self, samples: np.ndarray) -> None:
        """Hear sound."""
        if self._gone_since is None:
            self.hearing.feed(samples, self.now)

    def press(self) -> None:
        """Let the citizen talk while the button is held."""
        if self._gone_since is None:
            self.stop_talking()
            self.hearing.press(self.now)

    def take_transcript(self, request_id: int, transcript: Transcript | None) -> None:
        """Take a transcript, None for a failure, for whoever waits for it."""
        text = transcript.text[: self._settings.longest_text] if transcript else None
        if transcript is not None and self.finals.take_ahead(request_id, transcript):
            self.hearing.take_words(text or "", self.now)
        elif not self.hearing.take_partial(request_id, text, self.now):
            self._judge(self.finals.take(request_id, transcript))

    def take_refusal(self, request_id: int) -> None:
        """Take it that the recogniser has no time for a request."""
        if not self.hearing.take_partial(request_id, None, self.now):
            self._judge(self.finals.refuse(request_id, self.now))

    def answer(self, ask_id: int, reply: SpokenReply) -> None:
        """Show and say a reply."""
        reply_id = self.turns.take_reply(ask_id, reply)
        if reply_id is not None:
            self._answered()
            self.playback.drop(_TURN_GOES_ON)
            self.playback.say(reply.sentences, reply_id)

    def announce(self, reply: SpokenReply) -> None:
        """Show and say what nobody asked for."""
        self.playback.restore()
        self.playback.say(reply.sentences, self.turns.take_unasked(reply))

    def type(self, text: str) -> None:
        """Take a turn that was not said, in place of whatever is being said on either side."""
        self.stop_talking()
        self.hearing.abandon(self.now)
        heard = Heard.NOTHING if self._situation().working else Heard.WHOLE
        self.turns.add(Turn(text, 1.0, typed=True, reply_heard=heard))

    def stop_talking(self) -> None:
        """Say nothing more of what is being said."""
        self.playback.stop(self.now)
        if not self.hearing.is_speech:
            self.barge_in.judged()

    def disconnect(self) -> None:
        """Stop both sides' speech; what was asked goes on."""
        if self._gone_since is not None:
            return
        self._gone_since = self.now
        self.outbox.connected = self.playback.connected = False
        self.playback.stop(self.now)
        self.hearing.abandon(self.now)

    def reconnect(self) -> None:
        """Tell what was missed, and how it stands."""
        if self._gone_since is None:
            return
        self._gone_since = None
        self.playback.connected = True
        self.outbox.reconnect()
        self._told_state, self._told_deaf = None, False

    def close(self) -> None:
        """Forget everything, and let go of what is under way."""
        self.playback.stop(self.now)
        self.hearing.abandon(self.now)
        self.finals.close()
        self.turns.close()
        self.outbox.forget()
        self.outbox.put(SessionClosed())
        self.is_closed = True

    def _judge(self, judged: Judgement | None) -> None:
        """Make a turn of an utterance, or tell why it is none."""
        if judged is None:
            return
        heard, transcript = judged.heard, judged.transcript
        found = verdict(judged, self._words, self._settings)
        if found.ignored is not None:
            self.outbox.put(UtteranceIgnored(heard.utterance_id, found.ignored))
        elif found.text and transcript is not None:
            final = FinalTranscript(heard.utterance_id, found.text, transcript.confidence, self.reviews)
            self.outbox.put(final)
            if heard.over_voice:
                self.playback.stop(self.now)
            if not self.reviews:
                self.turns.add(Turn(found.text, transcript.confidence, typed=False, reply_heard=heard.reply_heard))
        else:
            self.turns.not_understood(judged.cause)
        if not self.hearing.is_speech:
            self.barge_in.judged()

    def _say_one_moment(self) -> None:
        working = self.turns.is_thinking or self.finals.is_busy
        somebody_speaks = self.hearing.is_speech or self.playback.is_active
        silent = not (somebody_speaks or self.turns.with_person or self._gone_since is not None)
        since = max(self.hearing.silent_since, self.playback.quiet_since, self._answered_at)
        if working and silent and self._one_moment.is_due(since, self.now):
            self._tell(NoticeKind.ONE_MOMENT)
        elif not working:
            self._one_moment.next_turn()

    def _tell(self, kind: NoticeKind) -> None:
        choices = self.turns.choices if kind is NoticeKind.CHOICES_OFFERED else ()
        self.outbox.put(Notice(kind, choices))
        if kind in _TURN_GOES_ON:
            self._one_moment.told()
        elif kind not in _SHOWN_ONLY:
            self._answered()
        if kind not in _SHOWN_ONLY:
            self.playback.say((kind,))

    def _answered(self) -> None:
        self._one_moment.next_turn()
        self._answered_at = self.now

    def _situation(self) -> Situation:
        working = self.turns.is_pending or self.finals.is_busy
        heard = Heard.NOTHING if working else self.playback.reply_heard
        return Situation(self.playback.is_active, working, heard, self.turns.expectation)

    def _tell_state(self) -> None:
        if self.hearing.deaf != self._told_deaf:
            self._told_deaf = self.hearing.deaf
            self.outbox.put(MicrophoneChanged(self._told_deaf))
        if self.state is not self._told_state:
            self._told_state = self.state
            self.outbox.put(StateChanged(self._told_state))

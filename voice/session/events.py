"""What a spoken session tells the client, and the words it tells it in.

Texts and sound are kept out of `repr`, so that no log of an event holds what a citizen said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar

from voice.session.reply import SpokenReply
from voice.synthesis.clip import Clip


class SpokenEventType(str, Enum):
    """The kinds of event on the wire."""

    STATE = "state"
    MICROPHONE = "microphone"
    SPEECH_STARTED = "speech-started"
    SPEECH_ENDED = "speech-ended"
    SPEECH_IGNORED = "speech-ignored"
    TRANSCRIPT_PARTIAL = "transcript-partial"
    TRANSCRIPT = "transcript"
    REPLY = "reply"
    NOTICE = "notice"
    AUDIO = "audio"
    DUCK = "duck"
    RESUME = "resume"
    STOP_AUDIO = "stop-audio"
    CLOSED = "closed"


class SessionState(str, Enum):
    """What the session is doing, as a page shows it."""

    LISTENING = "listening"
    HEARING = "hearing"
    """the citizen speaks, or holds the button"""
    RECOGNIZING = "recognizing"
    THINKING = "thinking"
    """the assistant was asked"""
    SPEAKING = "speaking"
    CLOSED = "closed"


class NoticeKind(str, Enum):
    """What the citizen is told beside the replies; the wording lives with the driver."""

    ONE_MOMENT = "one_moment"
    SAY_AGAIN = "say_again"
    """not understood: ask for it in other words"""
    CHOICES_OFFERED = "choices_offered"
    """not understood twice in a row: offer choices to touch"""
    PERSON_OFFERED = "person_offered"
    """not understood more often: offer a person"""
    NOTHING_HEARD = "nothing_heard"
    """the button was held and nothing said"""
    ONE_AT_A_TIME = "one_at_a_time"
    """more was said than can wait: this was not taken"""
    BUSY_WAIT = "busy_wait"
    """many people speak: it takes longer"""
    RECOGNIZER_BUSY = "recognizer_busy"
    """too many people speak: this was given up; type, or say it again later"""
    RECOGNIZER_STALLED = "recognizer_stalled"
    """hearing took too long: this was given up; type, or say it again"""
    ASSISTANT_FAILED = "assistant_failed"
    ASSISTANT_STALLED = "assistant_stalled"
    VOICE_LOST = "voice_lost"
    """there is no voice for the rest of this turn: read it"""
    REST_ON_SCREEN = "rest_on_screen"
    """too long to be said aloud: read the rest"""


class IgnoredReason(str, Enum):
    """Why an utterance is no turn, without the citizen being asked again."""

    FILLER = "filler"
    """nothing but 嗯 and the like, said while it was not the citizen's turn"""
    NOISE = "noise"
    """too short and too unclear to be meant, while it was not the citizen's turn"""
    NOT_UNDERSTOOD = "not_understood"
    """not understood, while an answer was on its way anyhow"""
    SUPERSEDED = "superseded"
    """the citizen typed, touched or left instead"""


@dataclass(frozen=True)
class StateChanged:
    """The session does something else."""

    type: ClassVar = SpokenEventType.STATE
    state: SessionState


@dataclass(frozen=True)
class MicrophoneChanged:
    """The microphone hears, or is deaf to our own voice."""

    type: ClassVar = SpokenEventType.MICROPHONE
    deaf: bool


@dataclass(frozen=True)
class UtteranceStarted:
    """The citizen speaks."""

    type: ClassVar = SpokenEventType.SPEECH_STARTED
    utterance_id: int


@dataclass(frozen=True)
class UtteranceEnded:
    """The citizen has spoken; a transcript, a notice or `UtteranceIgnored` follows."""

    type: ClassVar = SpokenEventType.SPEECH_ENDED
    utterance_id: int


@dataclass(frozen=True)
class UtteranceIgnored:
    """What was heard is no turn: take its transcript off the screen."""

    type: ClassVar = SpokenEventType.SPEECH_IGNORED
    utterance_id: int
    reason: IgnoredReason


@dataclass(frozen=True)
class PartialTranscript:
    """The beginning of an utterance by now, in place of an earlier one."""

    type: ClassVar = SpokenEventType.TRANSCRIPT_PARTIAL
    utterance_id: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class FinalTranscript:
    """What was understood; a reply or a notice follows, unless the citizen is to look at it first."""

    type: ClassVar = SpokenEventType.TRANSCRIPT
    utterance_id: int
    text: str = field(repr=False)
    confidence: float
    for_review: bool = False
    """whether it is no turn before the citizen sends it, corrected or not, as typed text"""


@dataclass(frozen=True)
class ReplyGiven:
    """The assistant's answer, to be shown."""

    type: ClassVar = SpokenEventType.REPLY
    reply_id: int
    ask_id: int | None
    """the question it answers, None for what nobody asked"""
    reply: SpokenReply


@dataclass(frozen=True)
class Notice:
    """Something the citizen is told beside the replies."""

    type: ClassVar = SpokenEventType.NOTICE
    kind: NoticeKind
    choices: tuple[str, ...] = field(default=(), repr=False)
    """what may be touched"""
    unsaid: tuple[str, ...] = field(default=(), repr=False)
    """the sentences that will not be said aloud"""


@dataclass(frozen=True)
class AudioClip:
    """A sentence to play after those before it; the client reports when it starts and when it has finished."""

    type: ClassVar = SpokenEventType.AUDIO
    clip_id: int
    reply_id: int | None
    """None for a notice"""
    clip: Clip = field(repr=False)


@dataclass(frozen=True)
class Duck:
    """Play more quietly until `Resume` or `StopAudio`."""

    type: ClassVar = SpokenEventType.DUCK


@dataclass(frozen=True)
class Resume:
    """Play as loud as before."""

    type: ClassVar = SpokenEventType.RESUME


@dataclass(frozen=True)
class StopAudio:
    """Stop playing and forget the clips; what comes after is played as loud as ever."""

    type: ClassVar = SpokenEventType.STOP_AUDIO


@dataclass(frozen=True)
class SessionClosed:
    """The session is over; nothing follows."""

    type: ClassVar = SpokenEventType.CLOSED


ClientEvent = (
    StateChanged
    | MicrophoneChanged
    | UtteranceStarted
    | UtteranceEnded
    | UtteranceIgnored
    | PartialTranscript
    | FinalTranscript
    | ReplyGiven
    | Notice
    | AudioClip
    | Duck
    | Resume
    | StopAudio
    | SessionClosed
)

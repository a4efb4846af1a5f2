"""What a spoken session goes by: how one talks with it, and how long it waits for whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SessionSettings:
    """Times in seconds, confidences from 0 to 1."""

    hands_free: bool = True
    """whether the microphone is open; otherwise only while the button is held"""
    reviews: bool = False
    """whether what was understood is only shown, for the citizen to correct and send"""
    half_duplex: bool = False
    """whether the microphone is deaf while our voice comes from a loudspeaker beside it"""
    echo_tail: float = 0.3
    """how long a half-duplex microphone stays deaf after our voice"""
    listening_pause: float = 0.0
    """how long a half-duplex session listens between two sentences; 0 for not at all"""

    one_moment_after: float = 1.5
    """silence on our side after which the citizen is told that we are at it"""
    false_alarm: float = 1.5
    """how long playback stays ducked for what turns out to be no interruption"""
    short_interruption_confidence: float = 0.6
    """confidence from which a sound too short to be confirmed as speech interrupts, as 对 does"""
    least_confidence: float = 0.35
    """confidence below which nothing was understood"""
    longest_text: int = 500
    """characters of one turn"""

    partial_every: float = 0.5
    """between two draft transcripts; the first is asked for as soon as there is speech, to tell a filler in time"""
    partial_limit: float = 3.0
    """how long a draft transcript may take"""
    recognition_limit: float = 15.0
    """how long a transcript may take"""
    busy_retry_after: float = 1.0
    busy_retries: int = 10
    utterances_waiting: int = 2
    """how many more utterances may wait to be recognised"""

    ask_limit: float = 20.0
    """how long the assistant may take"""
    turns_waiting: int = 3
    """how many turns may wait for the one that is being answered"""

    synthesis_limit: float = 5.0
    """how long a sentence may take to be synthesised"""
    playback_slack: float = 2.0
    """how much longer than it lasts a clip may take to play"""
    clips_ahead: int = 3
    """how many sentences are synthesised before they are needed"""
    clips_at_client: int = 2
    """how many clips the client holds: the one that plays and the next"""
    longest_clip: float = 60.0
    """a sentence that lasts longer is none"""
    longest_reply: int = 40
    """sentences said aloud of one reply; the rest is left on the screen"""

    longest_utterance: float = 60.0
    """how long a citizen may speak, or hold the button"""
    microphone_stalled: float = 3.0
    """without any sound arriving for so long, a held button counts as released"""
    reconnect_limit: float = 60.0
    """how long a session waits for a client that is gone"""
    told_later: int = 16
    """how many transcripts, replies and notices are kept for a client that is gone"""

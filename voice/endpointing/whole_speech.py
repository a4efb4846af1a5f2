"""The speech in a whole clip, with the silence before and after it left out, in one or in utterances."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from voice.audio import SAMPLE_RATE, WINDOW
from voice.endpointing.endpointer import SPEECH_GOES_ON, Endpointer
from voice.endpointing.events import SpeechEnded
from voice.endpointing.settings import EndpointSettings
from voice.endpointing.voice_activity import SpeechModel, VoiceActivity

_USUAL = EndpointSettings()
_IN_ONE_S = 20.0
"""speech that is no longer is one utterance, whatever pauses there are"""
_AT_PAUSES = replace(
    _USUAL,
    patience_s=_USUAL.post_roll_s,
    complete_answer_patience_s=_USUAL.post_roll_s,
    unfinished_digits_patience_s=_USUAL.post_roll_s,
    longest_s=_IN_ONE_S,
)


def speech_in(audio: np.ndarray, model: SpeechModel | None = None) -> np.ndarray:
    """Return float32 samples at 16 kHz from before the first speech to after the last, none where nobody speaks."""
    windows = VoiceActivity(model).feed(np.concatenate([audio, np.zeros(-len(audio) % WINDOW, np.float32)]))
    speech = [place for place, window in enumerate(windows) if window.probability >= SPEECH_GOES_ON]
    if not speech:
        return np.zeros(0, np.float32)
    begin = speech[0] * WINDOW - round(_USUAL.pre_roll_s * SAMPLE_RATE)
    end = (speech[-1] + 1) * WINDOW + round(_USUAL.post_roll_s * SAMPLE_RATE)
    return audio[max(0, begin) : end]


def utterances_in(audio: np.ndarray, model: SpeechModel | None = None) -> list[np.ndarray]:
    """Return what is said in a clip: one utterance, or those between the pauses of a long one; none in silence."""
    speech = speech_in(audio, model)
    if len(speech) <= _IN_ONE_S * SAMPLE_RATE:
        return [speech] if len(speech) else []
    endpointer = Endpointer(_AT_PAUSES, VoiceActivity(model))
    events = endpointer.feed(speech, len(speech) / SAMPLE_RATE) + endpointer.mute()
    return [event.utterance.samples for event in events if isinstance(event, SpeechEnded)]

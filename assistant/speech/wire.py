"""The spoken session on the wire: its events as JSON, a clip's sound as the binary frames after its event."""

from __future__ import annotations

from typing import Any

from voice.opus import OPUS_RATE
from voice.opus_clip import OpusClip
from voice.session.events import (
    AudioClip,
    ClientEvent,
    FinalTranscript,
    MicrophoneChanged,
    Notice,
    PartialTranscript,
    ReplyGiven,
    StateChanged,
    UtteranceIgnored,
)


def event_payload(event: ClientEvent) -> dict[str, Any]:
    """Return what an event says, beside its type."""
    told: dict[str, Any] = {
        name: getattr(event, name) for name in ("utterance_id", "reply_id", "ask_id", "clip_id") if hasattr(event, name)
    }
    match event:
        case StateChanged(state=state):
            told["state"] = state.value
        case MicrophoneChanged(deaf=deaf):
            told["deaf"] = deaf
        case UtteranceIgnored(reason=reason):
            told["reason"] = reason.value
        case PartialTranscript(text=text):
            told["text"] = text
        case FinalTranscript(text=text, confidence=confidence):
            told |= {"text": text, "confidence": round(confidence, 3), "review": event.for_review}
        case ReplyGiven(reply=reply):
            told |= {"sentences": list(reply.sentences), "choices": list(reply.choices)}
            told |= {"expects": reply.expectation.kind.value, "read_back": reply.read_back or None}
            told |= {"input": "keypad" if reply.by_keypad else "speech", "kept": reply.kept}
        case Notice(kind=kind, choices=choices, unsaid=unsaid):
            told |= {"notice": kind.value, "choices": list(choices), "unsaid": list(unsaid)}
        case AudioClip(clip=OpusClip() as clip):
            told |= {"format": "opus", "packets": len(clip.packets), "pre_skip": clip.pre_skip}
            told |= {"rate": OPUS_RATE, "seconds": round(clip.seconds, 3)}
        case AudioClip(clip=clip):
            told |= {"format": "pcm", "rate": clip.rate, "seconds": round(clip.seconds, 3)}
    return told

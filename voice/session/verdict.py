"""What becomes of an utterance: a turn, nothing, or a question to say it again."""

from __future__ import annotations

from dataclasses import dataclass, field

from voice.recognition.transcript import Transcript
from voice.session.events import IgnoredReason
from voice.session.final_recognition import Judgement
from voice.session.settings import SessionSettings
from voice.session.turn_words import TurnWords


@dataclass(frozen=True)
class Verdict:
    """The words of a turn; or why there are none, where nothing needs to be said about it."""

    text: str = field(default="", repr=False)
    ignored: IgnoredReason | None = None


def verdict(judged: Judgement, words: TurnWords, settings: SessionSettings) -> Verdict:
    """Return what becomes of an utterance; neither words nor a reason to ignore it means to ask again.

    Only what was said unbidden while it was not the citizen's turn is ignored, and only if it has not stopped our
    voice: an answer is on its way then, or being said.
    """
    heard, text = judged.heard, _relied_on(judged.transcript, settings)
    if not heard.out_of_turn:
        return Verdict(text)
    if words.is_filler(text):
        text, reason = "", IgnoredReason.FILLER
    elif not heard.confirmed and not (text and _is_sure(judged.transcript, settings)):
        text, reason = "", IgnoredReason.NOISE
    else:
        reason = IgnoredReason.NOT_UNDERSTOOD
    return Verdict(text, None if text or heard.stopped_voice else reason)


def _relied_on(transcript: Transcript | None, settings: SessionSettings) -> str:
    if transcript is None or not transcript.confidence >= settings.least_confidence:
        return ""
    text = transcript.text[: settings.longest_text].strip()
    return text if any(map(str.isalnum, text)) else ""


def _is_sure(transcript: Transcript | None, settings: SessionSettings) -> bool:
    return transcript is not None and transcript.confidence >= settings.short_interruption_confidence

"""Speech that goes on, and what went on when it began."""

from __future__ import annotations

from dataclasses import dataclass

from voice.endpointing.events import Utterance
from voice.language.expectation import Expectation
from voice.session.final_recognition import HeardSpeech
from voice.session.partials import PartialDecoding
from voice.session.reply import Heard


@dataclass(frozen=True)
class Situation:
    """What goes on while a citizen begins to speak."""

    speaking: bool
    """whether we speak or are about to"""
    working: bool
    """whether an earlier turn has no answer yet"""
    reply_heard: Heard
    expectation: Expectation


@dataclass
class OngoingSpeech:
    """An utterance that is not over: what it began in, its drafts, what it has done by now."""

    utterance_id: int
    began_at: float
    situation: Situation
    partials: PartialDecoding
    deliberate: bool
    """whether the button is held for it"""
    confirmed: bool = False
    """whether it is long enough to be meant for sure"""
    stopped_voice: bool = False
    """whether it has stopped our voice"""

    def heard(self, utterance: Utterance, at_its_end: Situation) -> HeardSpeech:
        """Return what was said, now that it is over, with what went on meanwhile."""
        return HeardSpeech(
            utterance_id=self.utterance_id,
            utterance=utterance,
            deliberate=self.deliberate,
            confirmed=self.confirmed or self.deliberate,
            over_voice=self.situation.speaking or at_its_end.speaking,
            over_work=self.situation.working,
            stopped_voice=self.stopped_voice,
            reply_heard=self.situation.reply_heard,
        )

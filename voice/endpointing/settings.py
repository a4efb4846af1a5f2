"""What end-pointing goes by: patience for each situation, what counts as speech, how much is kept around it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class InvalidEndpointSettings(Exception):
    """The settings contradict each other: change the one that is named."""


class PatienceHint(str, Enum):
    """What the words so far say about whether more will come."""

    NONE = "none"
    COMPLETE_ANSWER = "complete-answer"
    """the question is answered whole, as yes or no are"""
    DIGITS_UNFINISHED = "digits-unfinished"
    """a number lacks digits: people pause between its groups"""


@dataclass(frozen=True)
class EndpointSettings:
    """Times in seconds, levels in dB, evidence in nats of log odds for speech."""

    patience_s: float = 0.7
    """silence that ends an utterance"""
    complete_answer_patience_s: float = 0.4
    unfinished_digits_patience_s: float = 1.5
    pre_roll_s: float = 0.5
    """kept from before the first sound of speech, so that a soft first consonant is not lost"""
    post_roll_s: float = 0.3
    """kept after the last sound of speech"""
    longest_s: float = 20.0
    """an utterance is ended there, whatever is being said"""
    longest_held_s: float = 60.0
    """in place of `longest_s` while a button is held"""
    sound_s: float = 0.06
    """sound like speech that lasts so long is reported, so that playback can be ducked"""
    shortest_s: float = 0.2
    """what is shorter is a cough or a click"""
    evidence: float = 11.0
    """summed over the windows: strong speech starts at `shortest_s`, doubtful sound needs longer"""
    short_answer_s: float = 0.09
    """in place of `shortest_s` while a short answer is expected"""
    short_answer_evidence: float = 1.5
    confirmed_s: float = 0.5
    """speech that lasts so long interrupts what is being played"""
    stands_out_db: float = 3.0
    """sound must be so much louder than the room's noise to start an utterance"""
    stalled_s: float = 2.0
    """without any sound arriving for so long, an utterance is over"""

    def __post_init__(self) -> None:
        """Check that each value can be meant.

        Raises:
            InvalidEndpointSettings: a patience below what is kept after speech, or a time out of its order.
        """
        for hint in PatienceHint:
            if self.patience(hint) < self.post_roll_s:
                raise InvalidEndpointSettings(f"the patience ({hint.value}) is below post_roll_s")
        longest_s = min(self.longest_s, self.longest_held_s)
        if not 0 < self.short_answer_s <= self.shortest_s <= self.confirmed_s < longest_s:
            raise InvalidEndpointSettings("short_answer_s, shortest_s, confirmed_s, longest_s must rise from above 0")
        if min(self.pre_roll_s, self.post_roll_s, self.sound_s, self.stalled_s) < 0:
            raise InvalidEndpointSettings("a time is below 0")

    def patience(self, hint: PatienceHint = PatienceHint.NONE) -> float:
        """Return the silence in seconds that ends an utterance."""
        return {
            PatienceHint.NONE: self.patience_s,
            PatienceHint.COMPLETE_ANSWER: self.complete_answer_patience_s,
            PatienceHint.DIGITS_UNFINISHED: self.unfinished_digits_patience_s,
        }[hint]


ELDER_SETTINGS = EndpointSettings(
    patience_s=1.2, complete_answer_patience_s=0.7, unfinished_digits_patience_s=2.2, longest_s=30.0
)
"""for those who speak slowly and pause within a sentence"""

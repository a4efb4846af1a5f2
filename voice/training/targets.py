"""What the network should answer for a batch: tokens for the decoder, syllables for the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import torch
from torch import Tensor

from voice.audio import SAMPLE_RATE
from voice.training.clips import SILENCE, Batch
from voice.training.lines import Line
from voice.training.vocabulary import SECONDS_A_TIMESTAMP, Vocabulary

IGNORED = -100
"""the label that counts for nothing"""
_TIMED_SHARE = 0.03


class Targets:
    """The lines of the corpus in numbers."""

    def __init__(self, lines: Sequence[Line], vocabulary: Vocabulary, seed: int) -> None:
        """Spell every line once; `seed` decides which transcripts bear timestamps."""
        self.vocabulary = vocabulary
        self._characters = vocabulary.spell([line.text for line in lines])
        self.heard = sorted({syllable for line in lines for syllable in line.syllables})
        """the syllables, each in the place of its number"""
        places = {syllable: number for number, syllable in enumerate(self.heard)}
        self._syllables = [[places[one] for one in line.syllables] for line in lines]
        self._random = Random(seed)
        mark = vocabulary.number_of
        self._opening = [mark("<|startoftranscript|>"), mark("<|zh|>"), mark("<|transcribe|>")]
        self._untimed, self._silence = mark("<|notimestamps|>"), mark("<|nospeech|>")

    def tokens(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return what the decoder is given and what it should answer, batch × length, on the CPU.

        Answers beyond a row's own are IGNORED.
        """
        times = torch.stack([batch.starts, batch.ends], 1).float().cpu() / SAMPLE_RATE / SECONDS_A_TIMESTAMP
        rows = [self._row(number, times[place].round().int().tolist()) for place, number in enumerate(batch.numbers)]
        length = max(len(row) for row, _ in rows)
        end = self.vocabulary.end
        inputs = torch.tensor([row + [end] * (length - len(row)) for row, _ in rows])
        labels = torch.tensor([row + [IGNORED] * (length - len(row)) for _, row in rows])
        return inputs, labels

    def _row(self, number: int, times: list[int]) -> tuple[list[int], list[int]]:
        """Return a transcript without its last token, and without its first."""
        end = self.vocabulary.end
        if number == SILENCE:  # Whisper says so right after the first token
            return [*self._opening, self._untimed], [self._silence, *self._opening[2:], self._untimed, end]
        text = self._characters[number]
        if self._random.random() < _TIMED_SHARE:
            first = self.vocabulary.first_timestamp
            whole = [*self._opening, first + times[0], *text, first + times[1], end]
        else:
            whole = [*self._opening, self._untimed, *text, end]
        return whole[:-1], whole[1:]

    def syllables(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return the syllables of the clips one after the other, and how many each has, on the CPU."""
        rows = [[] if number == SILENCE else self._syllables[number] for number in batch.numbers]
        flat = [syllable for row in rows for syllable in row]
        return torch.tensor(flat, dtype=torch.long), torch.tensor([len(row) for row in rows])

    def text_of(self, tokens: Sequence[int]) -> str:
        """Return the characters among tokens."""
        return "".join(self.vocabulary.characters[one] for one in tokens if one < self.vocabulary.end)

    @property
    def syllable_count(self) -> int:
        """Return how many syllables are told apart."""
        return len(self.heard)

    @property
    def prompt(self) -> list[int]:
        """Return what a transcript without timestamps begins with."""
        return [*self._opening, self._untimed]

"""A network in training is measured on clips that it does not learn."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import torch
from torch import Tensor

from voice.training.clips import Clips
from voice.training.features import HOP, LogMel, mel_filters
from voice.training.lines import Line
from voice.training.network import Network
from voice.training.targets import Targets
from voice.training.unseen_check import UnseenCheck


class Knowing:
    """A network that writes the line whose number the encoder reads from how long the clip lasts."""

    def __init__(self, lengths: Sequence[int], targets: Targets, lines: Sequence[Line]) -> None:
        self._lengths = lengths
        self._spelled = targets.vocabulary.spell([line.text for line in lines])
        self._targets = targets

    def eval(self) -> None:
        """Nothing is drawn here."""

    def encoder(self, mels: Tensor) -> list[int]:
        frames = (mels != 0).any(1).sum(1).tolist()
        return [min(range(len(self._lengths)), key=lambda one: abs(self._lengths[one] - count)) for count in frames]

    def decoder(self, tokens: Tensor, heard: list[int]) -> tuple[Tensor, list[Tensor]]:
        place = tokens.shape[1] - len(self._targets.prompt)
        answers = torch.zeros(len(heard), 1, len(self._targets.vocabulary.tokens))
        for row, number in enumerate(heard):
            text = self._spelled[number]
            answers[row, 0, text[place] if place < len(text) else self._targets.vocabulary.end] = 1.0
        return answers, []


@pytest.fixture
def check(clips: Clips, lines: list[Line], targets: Targets) -> UnseenCheck:
    return UnseenCheck(clips, lines, LogMel(mel_filters(), torch.device("cpu")), targets, seconds=30.0)


def test_given_a_network_that_hears_everything_then_nothing_is_wrong(
    check: UnseenCheck, clips: Clips, lines: list[Line], targets: Targets
) -> None:
    frames = {
        number: (int(length) + 160) // HOP
        for batch in clips.each_once(30.0)
        for number, length in zip(batch.numbers, batch.lengths.tolist(), strict=True)
    }
    lengths = [frames[number] for number in range(len(lines))]
    doubtful = sum(len(line.text) for line, length in zip(lines, lengths, strict=True) if lengths.count(length) > 1)

    rate = check.error_rate(Knowing(lengths, targets, lines))  # type: ignore[arg-type]

    assert rate <= 2 * doubtful / sum(len(line.text) for line in lines)
    assert rate < 0.5


def test_given_a_network_that_knows_nothing_then_nearly_all_is_wrong_and_twice_the_same(
    check: UnseenCheck, network: Network
) -> None:
    first = check.error_rate(network)
    assert first > 0.8
    assert check.error_rate(network) == first

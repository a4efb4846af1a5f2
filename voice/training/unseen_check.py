"""How well a network in training hears sentences and voices that it does not learn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from voice.training.clips import Clips
from voice.training.error_rate import character_error_rate
from voice.training.features import LogMel
from voice.training.lines import Line
from voice.training.network import Network
from voice.training.targets import Targets

_FRAMES_AFTER = 10
_MOST_TOKENS = 60


class UnseenCheck:
    """Recognise the same clips again and again."""

    def __init__(self, clips: Clips, lines: Sequence[Line], log_mel: LogMel, targets: Targets, seconds: float) -> None:
        """Keep the clips, what they say, and how many seconds of them are heard at a time."""
        self._clips, self._lines = clips, lines
        self._log_mel, self._targets = log_mel, targets
        self._seconds = seconds

    @torch.inference_mode()
    def error_rate(self, network: Network) -> float:
        """Return the character error rate of all clips together."""
        network.eval()
        return character_error_rate(self._pairs(network))

    def _pairs(self, network: Network) -> Iterator[tuple[str, str]]:
        for batch in self._clips.each_once(self._seconds):
            mels = functional.pad(self._log_mel(batch.waves, batch.lengths), (0, _FRAMES_AFTER))
            for number, tokens in zip(batch.numbers, self._likeliest(network, mels), strict=True):
                yield self._lines[number].text, self._targets.text_of(tokens)

    def _likeliest(self, network: Network, mels: Tensor) -> list[list[int]]:
        """Return the likeliest tokens one by one."""
        heard, end = network.encoder(mels), self._targets.vocabulary.end
        tokens = torch.tensor(self._targets.prompt, device=mels.device).repeat(len(mels), 1)
        first, ended = tokens.shape[1], torch.zeros(len(mels), dtype=torch.bool, device=mels.device)
        for _ in range(_MOST_TOKENS):
            following = network.decoder(tokens, heard)[0][:, -1].argmax(-1)
            following = torch.where(ended, end, following)
            tokens = torch.cat([tokens, following[:, None]], 1)
            ended |= following == end
            if bool(ended.all()):
                break
        rows: list[list[int]] = tokens[:, first:].tolist()
        return rows

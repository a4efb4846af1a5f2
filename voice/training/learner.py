"""One step of learning after the other, from batches of clips."""

from __future__ import annotations

from random import Random

import torch
from torch import Tensor
from torch.nn import functional

from voice.audio import SAMPLE_RATE
from voice.training.augmentation import Augmentation
from voice.training.clips import Batch
from voice.training.features import HOP, LogMel, frames_of
from voice.training.network import Network
from voice.training.plan import Plan
from voice.training.targets import IGNORED, Targets

_WHOLE_WINDOW_SHARE = 0.02
_LONGEST_SILENCE = 400
"""frames of silence added to a batch at the most"""


class Learner:
    """Fit a network to what is said in clips."""

    def __init__(self, network: Network, log_mel: LogMel, targets: Targets, plan: Plan, device: torch.device) -> None:
        """Keep the network, which learns in place."""
        self.steps, self.seen = 0, 0
        """steps made and clips heard"""
        self._network, self._log_mel, self._targets = network, log_mel, targets
        self._plan, self._device = plan, device
        self._augmentation = Augmentation(device, plan.seed)
        self._random = Random(plan.seed)
        self._optimiser = torch.optim.AdamW(
            [parameter for parameter in network.parameters() if parameter.requires_grad],
            betas=(0.9, 0.98),
            weight_decay=0.02,
        )

    def learn(self, batch: Batch, rate: float) -> Tensor:
        """Make a step at this learning rate, and return the decoder's loss, still on the device."""
        self._network.train()
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        answer_loss, syllable_loss = self._losses(batch)
        self._optimiser.zero_grad(set_to_none=True)
        (answer_loss + self._plan.syllable_share * syllable_loss).backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimiser.step()
        self.steps += 1
        self.seen += len(batch.numbers)
        return answer_loss.detach()

    def _losses(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return the cross-entropy of the decoder's tokens and the CTC loss of the encoder's syllables."""
        mels = self._log_mel(self._augmentation(batch.waves, batch.lengths), batch.lengths)
        frames = frames_of(batch.lengths)
        mels = self._in_a_window(self._augmentation.mask(mels, frames))
        inputs, labels = (one.to(self._device) for one in self._targets.tokens(batch))
        spoken, counts = (one.to(self._device) for one in self._targets.syllables(batch))
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._device.type == "cuda"):
            answers, heard = self._network(mels, inputs)
        answer_loss = functional.cross_entropy(answers.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORED)
        syllable_loss = functional.ctc_loss(
            functional.log_softmax(heard.float(), -1).transpose(0, 1),
            spoken,
            (frames + 1) // 2,  # the encoder has a state for two frames
            counts,
            blank=self._targets.syllable_count,
            zero_infinity=True,
        )
        return answer_loss, syllable_loss

    def _in_a_window(self, mels: Tensor) -> Tensor:
        """Add silence of a drawn length, now and then up to Whisper's whole window where memory bears it."""
        clips, _, frames = mels.shape
        longest = 2 * self._network.shape.source_positions
        drawn = self._random.random()
        wished = longest if drawn < _WHOLE_WINDOW_SHARE else frames + int(drawn * _LONGEST_SILENCE)
        affordable = int(2 * self._plan.batch_seconds * SAMPLE_RATE / HOP / clips)
        return functional.pad(mels, (0, max(0, min(wished, affordable, longest) - frames)))

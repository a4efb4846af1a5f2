"""One step of learning after the other, from batches of clips."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor
from torch.nn import functional

from voice.audio import SAMPLE_RATE
from voice.training.alignment import attention_loss, misplacement
from voice.training.augmentation import Augmentation
from voice.training.clips import Batch
from voice.training.features import HOP, LogMel, frames_of
from voice.training.network import Network
from voice.training.plan import Plan
from voice.training.targets import IGNORED, Targets

_WHOLE_WINDOW_SHARE = 0.02
_LONGEST_SILENCE = 50
"""frames of silence added to a batch at the most"""


@dataclass(frozen=True)
class Lesson:
    """A batch made ready for the network, on the device that trains."""

    mels: Tensor
    """batch × mels × frames, changed as rooms, noise and lines change it, with silence behind"""
    states: Tensor
    """how many of the encoder's states each clip fills"""
    inputs: Tensor
    """what the decoder is given, batch × length"""
    labels: Tensor
    """what it should answer"""
    syllables: Tensor
    """those of the clips one after the other"""
    counts: Tensor
    """how many syllables each clip has"""
    cost: Tensor
    """what it costs to look at a state of the encoder, batch × length × states"""


class Teacher:
    """Make lessons of batches."""

    def __init__(self, log_mel: LogMel, targets: Targets, plan: Plan, longest: int, device: torch.device) -> None:
        """Keep what lessons are made with; `longest` is Whisper's whole window in frames."""
        self._log_mel, self._targets = log_mel, targets
        self._plan, self._longest, self._device = plan, longest, device
        self._augmentation = Augmentation(device, plan.seed)
        self._random = Random(plan.seed)

    def lesson(self, batch: Batch, effort: float = 1.0) -> Lesson:
        """Return the batch as it is to be learnt, changed by chance; the less, the smaller the `effort`, 0 to 1."""
        mels = self._log_mel(self._augmentation(batch.waves, batch.lengths, effort), batch.lengths)
        frames = frames_of(batch.lengths)
        mels = self._in_a_window(self._augmentation.mask(mels, frames, effort))
        inputs, labels = (one.to(self._device) for one in self._targets.tokens(batch))
        syllables, counts = (one.to(self._device) for one in self._targets.syllables(batch))
        states = (mels.shape[-1] + 1) // 2
        cost = misplacement(batch, counts, inputs.shape[1], len(self._targets.prompt) - 1, states)
        return Lesson(mels, (frames + 1) // 2, inputs, labels, syllables, counts, cost)

    def _in_a_window(self, mels: Tensor) -> Tensor:
        """Add silence of a drawn length, now and then up to Whisper's whole window where memory bears it."""
        clips, _, frames = mels.shape
        drawn = self._random.random()
        wished = self._longest if drawn < _WHOLE_WINDOW_SHARE else frames + int(drawn * _LONGEST_SILENCE)
        affordable = int(2 * self._plan.batch_seconds * SAMPLE_RATE / HOP / clips)
        return functional.pad(mels, (0, max(0, min(wished, affordable, self._longest) - frames)))


class Learner:
    """Fit a network to lessons."""

    def __init__(self, network: Network, blank: int, plan: Plan, device: torch.device) -> None:
        """Keep the network, which learns in place; `blank` is the number of no syllable."""
        self.steps, self.seen = 0, 0
        """steps made and clips heard"""
        self._network, self._blank, self._plan, self._device = network, blank, plan, device
        self._half = device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
        self._optimiser = torch.optim.AdamW(
            [parameter for parameter in network.parameters() if parameter.requires_grad],
            betas=(0.9, 0.98),
            weight_decay=0.02,
            fused=True,
        )

    def learn(self, lesson: Lesson, rate: float) -> tuple[Tensor, Tensor, Tensor]:
        """Make a step at this learning rate, and return the losses of answers, syllables and looks, on the device."""
        self._network.train()
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        answer_loss, syllable_loss, look_loss = self._losses(lesson)
        self._optimiser.zero_grad(set_to_none=True)
        plan = self._plan
        (answer_loss + plan.syllable_share * syllable_loss + plan.attention_share * look_loss).backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimiser.step()
        self.steps += 1
        self.seen += len(lesson.mels)
        return answer_loss.detach(), syllable_loss.detach(), look_loss.detach()

    def _losses(self, lesson: Lesson) -> tuple[Tensor, Tensor, Tensor]:
        """Return the cross-entropy of the decoder's tokens, the CTC loss of the syllables, and that of the looks."""
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._half):
            answers, heard, looks = self._network(lesson.mels, lesson.inputs)
        answer_loss = functional.cross_entropy(
            answers.float().flatten(0, 1), lesson.labels.flatten(), ignore_index=IGNORED
        )
        syllable_loss = functional.ctc_loss(
            functional.log_softmax(heard.float(), -1).transpose(0, 1),
            lesson.syllables,
            lesson.states,
            lesson.counts,
            blank=self._blank,
            zero_infinity=True,
        )
        return answer_loss, syllable_loss, attention_loss(looks, lesson.cost)

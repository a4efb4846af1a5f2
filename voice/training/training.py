"""The training itself: clips are recorded while the network already learns from the first of them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from voice.training.ahead import ahead
from voice.training.background_recorder import BackgroundRecorder
from voice.training.clips import Clips
from voice.training.features import LogMel, mel_filters
from voice.training.learner import Learner, Lesson, Teacher
from voice.training.lines import Line
from voice.training.network import Network, Shape
from voice.training.plan import Plan
from voice.training.recording import LONGEST_SECONDS, NothingRecorded, record
from voice.training.targets import Targets
from voice.training.unseen_check import UnseenCheck
from voice.training.vocabulary import Vocabulary
from voice.training.voices import CHOSEN_BY, VoiceBank
from voice.training.weights import Weights

Report = Callable[[str, float], None]
"""told what is being done and which share of the time has passed"""
_REPORTED_STEPS = 20
_PARTS_A_DRAW = 6
"""recordings taken in for each drawing of clips, so that recording leaves the machine to the learning"""


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    network: Network
    vocabulary: Vocabulary
    syllables: tuple[str, ...]
    record: dict[str, Any]
    """the plan, the network's shape, and the figures of each check"""

    @property
    def weights(self) -> Weights:
        """Return what is worth keeping."""
        return Weights(self.network.state_dict(), self.vocabulary, self.syllables, self.record)


def train(
    lines: Sequence[Line],
    unseen: Sequence[Line],
    espeak_data: Path,
    plan: Plan,
    report: Report,
    keep: Callable[[Outcome], None] = lambda outcome: None,
    clock: Callable[[], float] = time.monotonic,
    begin_from: Weights | None = None,
) -> Outcome:
    """Train a recogniser on clips of `lines` until the time is up.

    `unseen` lines, spoken by voices held out, are recognised from time to time, and `keep` is given what there is by
    then. `clock` tells the seconds that count: those of the thread, for one, let the training be paused.
    `begin_from` are the weights of an earlier training, of other lines perhaps.

    Raises:
        EspeakMissing: `espeak_data` is no whole espeak-ng-data.
        NothingRecorded: espeak-ng spoke no clip.
    """
    with tempfile.TemporaryDirectory(prefix="wenban-clips-") as folder:
        training = _Training(lines, unseen, VoiceBank.make(espeak_data, Path(folder)), plan, report, keep, clock)
        if begin_from is not None:
            training.begin_from(begin_from)
        return training.run(Path(folder))


class _Training:
    def __init__(
        self,
        lines: Sequence[Line],
        unseen: Sequence[Line],
        bank: VoiceBank,
        plan: Plan,
        report: Report,
        keep: Callable[[Outcome], None],
        clock: Callable[[], float],
    ) -> None:
        self.lines, self.unseen, self.bank, self.plan = lines, unseen, bank, plan
        self.report, self.keep, self.clock = report, keep, clock
        self.began = clock()
        self.figures: list[dict[str, float]] = []
        self.device = _device()
        torch.manual_seed(plan.seed)
        self.vocabulary = Vocabulary.of(line.text for line in (*lines, *unseen))
        self.targets = Targets(lines, self.vocabulary, plan.seed)
        self.shape = Shape(
            tokens=len(self.vocabulary.tokens),
            syllables=self.targets.syllable_count,
            width=plan.width,
            encoder_layers=plan.encoder_layers,
            decoder_layers=plan.decoder_layers,
        )
        self.network = Network(self.shape).to(self.device)
        self.log_mel = LogMel(mel_filters(), self.device)
        longest = 2 * self.shape.source_positions
        self.teacher = Teacher(self.log_mel, self.targets, plan, longest, self.device)
        self.effort = 0.0
        self.learner = Learner(self.network, self.targets.syllable_count, plan, self.device)
        self.clips = Clips(plan.room_hours * 3600, self.device, plan.seed)

    def begin_from(self, weights: Weights) -> None:
        self.network.load_state_dict(weights.carried_into(self.network, self.vocabulary, self.targets.heard))

    def run(self, folder: Path) -> Outcome:
        plan = self.plan
        with BackgroundRecorder(record(self.lines, self.bank, folder, plan.workers, plan.seed)) as recorder:
            check = self._unseen_check(folder)
            for recording in recorder.all():
                self.clips.add(recording)
                self.report(f"recording, {len(self.clips)} clips", self._passed())
                if len(self.clips) >= plan.first_clips:
                    break
            if not len(self.clips):
                raise NothingRecorded(NothingRecorded.__doc__) from recorder.failure
            self._learn(recorder, check)
        outcome = self._outcome()
        self.keep(outcome)
        return outcome

    def _unseen_check(self, folder: Path) -> UnseenCheck:
        """Record the unseen lines in voices that nothing is trained on."""
        clips = Clips(len(self.unseen) * LONGEST_SECONDS, self.device, self.plan.seed)
        for recording in record(self.unseen, self.bank, folder, 1, self.plan.seed + 1, CHOSEN_BY):
            clips.add(recording)
        return UnseenCheck(clips, self.unseen, self.log_mel, self.targets, self.plan.batch_seconds)

    def _learn(self, recorder: BackgroundRecorder, check: UnseenCheck) -> None:
        began, checked = self._passed(), self.clock()
        for lesson in ahead(self._lessons(recorder)):
            share = (self._passed() - began) / max(1e-6, 1.0 - began)
            self.effort = min(1.0, share / self.plan.easy_share)
            loss = self.learner.learn(lesson, self.plan.rate_at(self.learner.steps, share))
            if self.learner.steps % _REPORTED_STEPS == 0:
                losses = " ".join(f"{float(one):.3f}" for one in loss)
                self.report(f"step {self.learner.steps}, {len(self.clips)} clips, losses {losses}", self._passed())
            if self._passed() >= 1.0:
                break
            if self.clock() - checked > self.plan.check_every_minutes * 60:
                checked = self.clock()
                self._check(check)
                self.keep(self._outcome())
        self._check(check)

    def _lessons(self, recorder: BackgroundRecorder) -> Iterator[Lesson]:
        """Yield lessons without end, from more clips as they are recorded."""
        while True:
            for recording in islice(recorder.ready(), _PARTS_A_DRAW):
                self.clips.add(recording)
            for batch in self.clips.batches(self.plan.batch_seconds):
                yield self.teacher.lesson(batch, self.effort)

    def _check(self, check: UnseenCheck) -> None:
        if not self.unseen:
            return
        figures = {
            "minutes": round(self._passed() * self.plan.minutes, 2),
            "steps": self.learner.steps,
            "clips_seen": self.learner.seen,
            "clips": len(self.clips),
            "unseen_voices_character_error_rate": round(check.error_rate(self.network), 4),
        }
        self.figures.append(figures)
        self.report(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items()), self._passed())

    def _passed(self) -> float:
        """Return the share of the time that has passed."""
        return min(1.0, (self.clock() - self.began) / (self.plan.minutes * 60))

    def _outcome(self) -> Outcome:
        record_of_training = {
            "plan": asdict(self.plan),
            "shape": asdict(self.shape),
            "checks": list(self.figures),
            "hours_of_speech": round(self.clips.hours, 1),
            "lines": len(self.lines),
        }
        return Outcome(self.network, self.vocabulary, tuple(self.targets.heard), record_of_training)


def _device() -> torch.device:
    # Nearly every batch has a shape of its own, for each of which cuDNN would make a plan first.
    torch.backends.cudnn.enabled = False
    torch.backends.cuda.enable_cudnn_sdp(False)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")

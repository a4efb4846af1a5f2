"""Training makes of lines and espeak-ng a network that hears, in the time it is given."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from shutil import copytree

import pytest
import torch

from voice.training.__main__ import main
from voice.training.clips import Clips
from voice.training.features import LogMel, mel_filters
from voice.training.learner import Learner, Teacher
from voice.training.lines import Line, write_lines
from voice.training.network import Network
from voice.training.plan import Plan
from voice.training.recording import NothingRecorded
from voice.training.targets import Targets
from voice.training.training import Outcome, train
from voice.training.weights import load_weights

CPU = torch.device("cpu")
QUICK = Plan(
    minutes=1.0,
    workers=1,
    first_clips=20,
    room_hours=0.1,
    batch_seconds=20.0,
    warm_up_steps=2,
    width=32,
    encoder_layers=1,
    decoder_layers=1,
    check_every_minutes=0.2,
)


class Clock:
    """Seconds that pass with every look."""

    def __init__(self, step: float) -> None:
        self.now, self._step = 0.0, step

    def __call__(self) -> float:
        self.now += self._step
        return self.now


def test_given_the_same_clips_again_and_again_then_the_loss_falls(
    clips: Clips, network: Network, targets: Targets
) -> None:
    plan = Plan(batch_seconds=20.0, rate=3e-3, warm_up_steps=3)
    teacher = Teacher(LogMel(mel_filters(), CPU), targets, plan, 2 * network.shape.source_positions, CPU)
    learner = Learner(network, targets.syllable_count, plan, CPU)
    losses = []
    while learner.steps < 24:
        for batch in clips.batches(plan.batch_seconds):
            losses.append(float(learner.learn(teacher.lesson(batch), plan.rate_at(learner.steps, 0.0))[0]))
    assert sum(losses[-3:]) / 3 < 0.75 * losses[0]
    assert learner.seen > 24


def test_given_lines_then_a_network_is_trained_and_what_there_is_is_kept_from_time_to_time(
    lines: list[Line], espeak_data: Path
) -> None:
    told: list[tuple[str, float]] = []
    kept: list[Outcome] = []

    outcome = train(
        lines, lines[:3], espeak_data, QUICK, lambda *one: told.append(one), kept.append, clock=Clock(step=0.8)
    )

    shares = [share for _, share in told]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert len(kept) > 1 and kept[-1] is outcome
    checks = outcome.record["checks"]
    assert len(checks) == len(kept) and checks[-1]["steps"] > checks[0]["steps"] > 0
    assert all(check["unseen_voices_character_error_rate"] > 0.0 for check in checks)
    assert outcome.record["lines"] == len(lines) and outcome.record["plan"]["seed"] == QUICK.seed
    assert set("".join(line.text for line in lines)) <= set(outcome.vocabulary.characters)


def test_given_espeak_cannot_speak_mandarin_then_the_error_says_what_to_see_to(
    lines: list[Line], espeak_data: Path, tmp_path: Path
) -> None:
    data = copytree(espeak_data, tmp_path / "espeak-ng-data", ignore=lambda folder, names: {"cmn-Latn-pinyin"})
    with pytest.raises(NothingRecorded, match="Mandarin"):
        train(lines, (), data, QUICK, lambda *_: None)


def test_given_a_machine_without_the_libraries_for_texts_then_the_command_trains_and_writes_the_weights(
    lines: list[Line], tmp_path: Path
) -> None:
    write_lines(lines, tmp_path / "lines.jsonl")
    write_lines(lines[:2], tmp_path / "unseen.jsonl")
    plan = json.dumps(asdict(replace(QUICK, minutes=0.02)))
    absent = ("pypinyin", "jieba", "yaml", "cn2an", "zhconv", "faster_whisper", "ctranslate2", "transformers", "av")
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({absent})); from voice.training.__main__ import main; main()"
    )
    paths = map(str, (tmp_path / "lines.jsonl", tmp_path / "unseen.jsonl", "-o", tmp_path / "out", "--plan", plan))

    ended = subprocess.run([sys.executable, "-c", script, *paths], capture_output=True, text=True, timeout=120)

    assert ended.returncode == 0, ended.stderr
    assert "unseen voices character error rate" in ended.stderr
    weights = load_weights(tmp_path / "out")
    assert weights.record["plan"]["width"] == 32
    assert weights.record["shape"]["tokens"] == len(weights.vocabulary.tokens)


def test_given_a_plan_with_an_unknown_name_then_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["voice.training", "lines", "unseen", "-o", "out", "--plan", '{"minuets": 8}'])
    with pytest.raises(SystemExit):
        main()
    assert "invalid plan value" in capsys.readouterr().err

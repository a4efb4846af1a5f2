"""What is said is turned into the numbers that a network should answer."""

from __future__ import annotations

import pytest
import torch

from voice.training.clips import SILENCE, Batch
from voice.training.lines import Line
from voice.training.targets import IGNORED, Targets
from voice.training.vocabulary import Vocabulary

LINES = [Line("办证", ("ban4", "zheng4"), "ban4 zheng4"), Line("好", ("hao3",), "hao3")]
VOCABULARY = Vocabulary.of(line.text for line in LINES)


@pytest.fixture
def targets() -> Targets:
    return Targets(LINES, VOCABULARY, seed=1)


def _batch(*numbers: int) -> Batch:
    starts, ends = torch.full((len(numbers),), 3200), torch.full((len(numbers),), 16000)
    return Batch(torch.zeros(len(numbers), 19200), torch.full((len(numbers),), 19200), starts, ends, list(numbers))


def _written(numbers: list[int]) -> str:
    return "".join("." if number == IGNORED else VOCABULARY.tokens[number] for number in numbers)


def test_given_lines_then_the_decoder_answers_each_token_with_the_next(targets: Targets) -> None:
    seen = set()
    for _ in range(40):
        for given, asked in zip(*targets.tokens(_batch(0, 1)), strict=True):
            seen.add((_written(given.tolist()), _written(asked.tolist())))
    opening = "<|startoftranscript|><|zh|><|transcribe|>"
    rest = "<|zh|><|transcribe|>"
    assert (f"{opening}<|notimestamps|>办证", f"{rest}<|notimestamps|>办证<|endoftext|>") in seen
    assert (f"{opening}<|0.20|>办证<|1.00|>", f"{rest}<|0.20|>办证<|1.00|><|endoftext|>") in seen
    assert (f"{opening}<|notimestamps|>好<|endoftext|>", f"{rest}<|notimestamps|>好<|endoftext|>.") in seen


def test_given_many_rows_then_a_few_bear_timestamps_in_order(targets: Targets) -> None:
    given, _ = targets.tokens(_batch(*[0] * 600))
    times = [[one for one in row if one >= VOCABULARY.first_timestamp] for row in given.tolist()]
    assert 0.01 < sum(map(bool, times)) / 600 < 0.06
    assert all(len(row) in (0, 2) and row == sorted(row) for row in times)


def test_given_silence_then_the_first_answer_is_that_nobody_speaks(targets: Targets) -> None:
    given, asked = targets.tokens(_batch(SILENCE))
    assert _written(given[0].tolist()) == "<|startoftranscript|><|zh|><|transcribe|><|notimestamps|>"
    assert _written(asked[0].tolist()) == "<|nospeech|><|transcribe|><|notimestamps|><|endoftext|>"


def test_given_a_batch_then_the_syllables_are_one_a_character(targets: Targets) -> None:
    spoken, counts = targets.syllables(_batch(1, SILENCE, 0))
    assert counts.tolist() == [1, 0, 2]
    assert targets.syllable_count == 3
    assert len(set(spoken.tolist())) == 3 and max(spoken.tolist()) == 2


def test_given_tokens_then_only_characters_are_text(targets: Targets) -> None:
    (text,) = VOCABULARY.spell(["证好"])
    assert targets.text_of([*targets.prompt, *text, VOCABULARY.end, VOCABULARY.first_timestamp]) == "证好"

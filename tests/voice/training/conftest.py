"""What the tests of the training share: a few lines, spoken once by espeak-ng, and a network too small to hear."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import torch

from tests.voice.training.tiny import ITEMS, SENTENCES, shape_for
from voice.training.clips import Clips
from voice.training.corpus import Corpus
from voice.training.espeak_library import EspeakLibrary
from voice.training.lines import Line
from voice.training.network import Network
from voice.training.recording import Recording, record
from voice.training.targets import Targets
from voice.training.vocabulary import Vocabulary
from voice.training.voices import VoiceBank

CPU = torch.device("cpu")


@pytest.fixture(scope="session")
def espeak_data() -> Path:
    return EspeakLibrary().data


@pytest.fixture(scope="session")
def bank(espeak_data: Path, tmp_path_factory: pytest.TempPathFactory) -> VoiceBank:
    return VoiceBank.make(espeak_data, tmp_path_factory.mktemp("voices"))


@pytest.fixture(scope="session")
def library(bank: VoiceBank) -> EspeakLibrary:
    return EspeakLibrary(bank.folder)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return Corpus(SENTENCES, ITEMS, Random(3))


@pytest.fixture(scope="session")
def lines(corpus: Corpus) -> list[Line]:
    return list(corpus.lines(24))


@pytest.fixture(scope="session")
def recordings(lines: list[Line], bank: VoiceBank, tmp_path_factory: pytest.TempPathFactory) -> list[Recording]:
    return list(record(lines, bank, tmp_path_factory.mktemp("recordings"), workers=2, seed=1))


@pytest.fixture
def clips(recordings: list[Recording]) -> Clips:
    filled = Clips(seconds=300.0, device=CPU, seed=1)
    for recording in recordings:
        filled.add(recording)
    return filled


@pytest.fixture(scope="session")
def vocabulary(lines: list[Line]) -> Vocabulary:
    return Vocabulary.of(line.text for line in lines)


@pytest.fixture
def targets(lines: list[Line], vocabulary: Vocabulary) -> Targets:
    return Targets(lines, vocabulary, seed=1)


@pytest.fixture
def network(targets: Targets) -> Network:
    torch.manual_seed(1)
    return Network(shape_for(targets)).eval()

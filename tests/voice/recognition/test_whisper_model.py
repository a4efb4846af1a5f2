"""A folder, or the name of a model that was installed, becomes a recogniser that hears."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.voice.speech import spoken
from tests.voice.training.tiny import exported
from voice.recognition.settings import WhisperSettings
from voice.recognition.transcript import Hypothesis
from voice.recognition.whisper_model import NoSpeechModel, WhisperSpeechModel, folder_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "asr"
    exported(folder)
    return folder


@pytest.fixture(scope="module")
def model(folder: Path) -> WhisperSpeechModel:
    return WhisperSpeechModel(WhisperSettings(str(folder), threads=1, longest_tokens=6))


def test_given_a_clip_then_a_text_and_how_likely_it_is_come_back(model: WhisperSpeechModel) -> None:
    heard = model.hear(spoken("我想办居住证"))
    assert len(heard.text) <= 6
    assert heard.average_log_probability <= 0.0
    assert 0.0 <= heard.no_speech_probability <= 1.0


def test_given_a_clip_longer_than_a_window_then_it_is_heard_in_parts(model: WhisperSpeechModel) -> None:
    heard = model.hear(np.tile(spoken("我想办居住证"), 30)[: 16000 * 35])
    assert len(heard.text) <= 6 * 3


def test_given_a_draft_then_a_single_hypothesis_is_followed(model: WhisperSpeechModel) -> None:
    clip = spoken("公积金怎么提取")
    assert model.hear(clip, draft=True) == model.hear(clip, draft=True)
    assert model.hear(clip).average_log_probability >= model.hear(clip, draft=True).average_log_probability - 0.5


def test_given_several_threads_then_each_gets_what_it_would_get_alone(model: WhisperSpeechModel) -> None:
    clips = [spoken("你好"), spoken("公积金怎么提取")]
    alone = [model.hear(clip) for clip in clips]
    together: dict[int, Hypothesis] = {}

    def hear(place: int) -> Callable[[], None]:
        return lambda: together.__setitem__(place, model.hear(clips[place]))

    threads = [threading.Thread(target=hear(place)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30.0)
    assert [together[place] for place in range(2)] == alone


def test_given_a_model_that_the_project_trained_then_it_says_that_it_knows_synthetic_voices_alone(
    model: WhisperSpeechModel,
) -> None:
    assert model.is_demonstration
    assert "synthetic voices" in model.description and "asr" in model.description


def test_given_another_model_then_its_window_stays_whole(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        if path.name != "training.json":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    real = WhisperSpeechModel(WhisperSettings(str(tmp_path), threads=1, longest_tokens=3))
    assert not real.is_demonstration
    assert "Whisper model" in real.description
    assert len(real.hear(spoken("你好")).text) <= 3


def test_given_a_name_then_the_folder_itself_or_the_installed_one_is_found(tmp_path: Path) -> None:
    for name in ("here", "installed/small"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "model.bin").touch()
    assert folder_of(str(tmp_path / "here"), None) == tmp_path / "here"
    assert folder_of("small", tmp_path / "installed") == tmp_path / "installed" / "small"


def test_given_no_such_model_then_the_error_names_it_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSpeechModel, match=re.compile("wenban voice install.*large-v3-turbo", re.DOTALL)):
        WhisperSpeechModel(WhisperSettings("large-v3-turbo"), installed=tmp_path)

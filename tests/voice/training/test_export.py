"""A network leaves as a folder that faster-whisper loads, and the folder is never half one and half another."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import numpy as np
import pytest
import torch
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from tests.voice.speech import spoken
from tests.voice.training.tiny import exported, record_of
from voice.training.export import WeightsOfAnotherShape, export
from voice.training.network import Network
from voice.training.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Network, Vocabulary]:
    folder = tmp_path_factory.mktemp("models") / "asr"
    return folder, *exported(folder)


@pytest.fixture(scope="module")
def model(made: tuple[Path, Network, Vocabulary]) -> WhisperModel:
    return WhisperModel(str(made[0]), device="cpu", compute_type="float32", cpu_threads=1, local_files_only=True)


def test_given_the_folder_then_faster_whisper_takes_it_for_a_model_of_many_languages(
    model: WhisperModel, made: tuple[Path, Network, Vocabulary]
) -> None:
    vocabulary = made[2]
    tokenizer = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language="zh")
    assert model.model.is_multilingual
    assert tokenizer.eot == vocabulary.end
    assert tokenizer.sot_sequence == [
        vocabulary.number_of(f"<|{name}|>") for name in ("startoftranscript", "zh", "transcribe")
    ]
    assert tokenizer.timestamp_begin == vocabulary.first_timestamp
    assert tokenizer.no_timestamps == vocabulary.number_of("<|notimestamps|>")
    assert tokenizer.decode([*vocabulary.spell(["我想办居住证"])[0], vocabulary.end]) == "我想办居住证"


def test_given_no_network_then_a_clip_is_transcribed(
    made: tuple[Path, Network, Vocabulary], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something calls outside")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    model = WhisperModel(str(made[0]), device="cpu", compute_type="int8", cpu_threads=1)
    segments, found = model.transcribe(
        spoken("你好"), language="zh", beam_size=1, temperature=0.0, without_timestamps=True, max_new_tokens=8
    )
    text = "".join(segment.text for segment in segments)
    assert found.language == "zh"
    assert set(text) <= set(made[2].characters)


@torch.inference_mode()
def test_given_the_same_clip_then_both_networks_expect_the_same_first_token(
    model: WhisperModel, made: tuple[Path, Network, Vocabulary]
) -> None:
    _, network, vocabulary = made
    features = pad_or_trim(model.feature_extractor(spoken("我想办居住证")))
    prompt = [vocabulary.number_of(f"<|{name}|>") for name in ("startoftranscript", "zh", "transcribe", "notimestamps")]

    ours = network(torch.from_numpy(features)[None], torch.tensor([prompt]))[0][0, -1].log_softmax(-1)
    theirs = model.model.generate(
        model.encode(features),
        [prompt],
        beam_size=1,
        max_length=len(prompt) + 1,
        return_logits_vocab=True,
        suppress_blank=False,
        suppress_tokens=[],
    )[0]

    scores = torch.from_numpy(np.array(theirs.logits[0][0]).astype(np.float32)).flatten().log_softmax(-1)
    assert (ours - scores).abs().max() < 0.05
    assert int(ours.argmax()) == int(scores.argmax())


def test_given_a_folder_with_a_card_then_the_card_is_kept_and_the_rest_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "asr"
    exported(folder)
    (folder / "README.md").write_text("# The recogniser\n", encoding="utf-8")
    (folder / "left-over.bin").write_bytes(b"\0")
    before = (folder / "model.bin").read_bytes()

    exported(folder, seed=2)

    assert {path.name for path in folder.iterdir()} == {
        "README.md", "config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "training.json",
        "vocabulary.json",
    }  # fmt: skip
    assert (folder / "README.md").read_text(encoding="utf-8") == "# The recogniser\n"
    assert (folder / "model.bin").read_bytes() != before
    assert json.loads((folder / "training.json").read_text(encoding="utf-8"))["shape"]["width"] == 64
    assert [path.name for path in tmp_path.iterdir()] == ["asr"]


def test_given_weights_of_another_shape_then_the_old_folder_stays(
    made: tuple[Path, Network, Vocabulary], tmp_path: Path
) -> None:
    _, network, vocabulary = made
    record = record_of(network)
    record["shape"] |= {"encoder_layers": 3}
    folder = tmp_path / "asr"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"the old one")

    with pytest.raises(WeightsOfAnotherShape, match="one training"):
        export(network.state_dict(), vocabulary, record, folder)

    assert (folder / "model.bin").read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["asr"]

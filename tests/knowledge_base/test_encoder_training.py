"""Training the encoder: a few steps on a few items."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge_base.corpus import is_held_out
from knowledge_base.encoder import Encoder
from knowledge_base.encoder_training import TrainingPlan, train_encoder

PLAN = TrainingPlan(steps=6, items_a_batch=6, outside_a_batch=4, width=32, layers=1, heads=2, threads=1)


@pytest.fixture(scope="module")
def trained(small: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder") / "encoder"
    train_encoder(small.items, small.asks, small.out_of_scope, folder, lambda stage, share: None, plan=PLAN)
    return folder


def test_given_a_trained_encoder_then_sentence_transformers_loads_it(trained: Path) -> None:
    assert Encoder(trained).encode(["护照过期了"]).shape == (1, 32)


def test_given_the_same_data_and_plan_then_the_same_encoder(small: Any, trained: Path, tmp_path: Path) -> None:
    train_encoder(small.items, small.asks, small.out_of_scope, tmp_path / "again", lambda stage, share: None, plan=PLAN)
    texts = ["护照过期了", "结婚要带什么"]
    assert np.allclose(Encoder(trained).encode(texts), Encoder(tmp_path / "again").encode(texts), atol=1e-4)


def test_given_the_record_then_the_held_out_sentences_were_not_among_the_trained(small: Any, trained: Path) -> None:
    record = json.loads((trained / "training.json").read_text("utf-8"))
    sentences = small.corpus.sentences
    assert record["held_out"] == sum(is_held_out(sentence) for sentence in sentences) > 0
    assert record["sentences"] + record["outside"] + record["held_out"] == len(sentences)


def test_given_a_model_card_then_training_again_leaves_it(small: Any, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    (folder / "README.md").write_text("card", "utf-8")
    stages: list[str] = []
    train_encoder(
        small.items,
        small.asks,
        small.out_of_scope,
        folder,
        lambda stage, share: stages.append(stage),
        plan=TrainingPlan(**{**vars(PLAN), "steps": 1}),
    )
    assert (folder / "README.md").read_text("utf-8") == "card"
    assert stages[0] == "sentences"
    assert stages[-1] == "training"

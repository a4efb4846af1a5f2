"""Files of conversations, run in this process."""

from __future__ import annotations

import json

import pytest

from actions.language_model import ModelAddress
from assistant.batch import run_batch
from tests.model_server import rewords, running_model

pytestmark = pytest.mark.server


def test_given_a_language_model_when_a_batch_is_run_then_answers_are_rephrased(prepared, tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "turns": ["改名去哪里办", "你好"]}) + "\n", encoding="utf-8")

    with running_model(rewords(("要到现场 2 次", "要跑 2 趟现场"))) as model:
        failed = run_batch(prepared.with_(language_model=ModelAddress(model.url, "qwen")), source, out)

    answered, greeted = json.loads(out.read_text(encoding="utf-8"))["replies"]
    assert failed == 0
    assert answered["rephrased"] is True and "要跑 2 趟现场" in answered["text"]
    assert greeted["rephrased"] is False and len(model.requests) == 1

"""The usual gate, to compare with."""

from __future__ import annotations

from assistant.evaluation.softmax_gate import SoftmaxGate
from assistant.nlu import resources

ASKS = [
    ("护照丢了怎么补", "passport"),
    ("护照到期换新的", "passport"),
    ("补办护照要几天", "passport"),
    ("狗证在哪里办", "dog"),
    ("养狗要办什么证", "dog"),
    ("给狗登记要钱吗", "dog"),
]


def test_given_ways_of_asking_when_fitted_then_a_like_question_is_surer_than_a_strange_one(prepared):
    gate = SoftmaxGate(resources.encoder_at(prepared.encoder)).fit(ASKS)

    (item, sure), (_, unsure) = gate.judge(["护照丢了去哪补办", "明天下雨吗"])

    assert item == "passport"
    assert 0.5 < unsure < sure < 1

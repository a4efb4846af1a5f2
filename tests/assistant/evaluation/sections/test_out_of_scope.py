"""Out-of-scope sentences with known replies."""

from __future__ import annotations

from actions.reply import Reply
from actions.status import AnswerStatus
from assistant.evaluation.entries import Stranger
from assistant.evaluation.sections.out_of_scope import section

SAID = [
    (Stranger("银行卡丢了", "near_miss"), Reply(AnswerStatus.ANSWERED, "", item="id-card-reissue", confidence=0.9)),
    (Stranger("宽带断了", "near_miss"), Reply(AnswerStatus.OUT_OF_SCOPE, "")),
    (Stranger("你好", "chat"), Reply(AnswerStatus.SMALLTALK, "", item="id-card-reissue")),
]


def test_given_replies_then_only_an_item_answered_counts():
    measured = section("open", SAID)

    assert [figure.estimate.value for figure in measured.figures] == [1 / 3, 0]
    assert [(row[0], row[1], row[2].value) for row in measured.tables[0].rows] == [
        ("chat", 1, 0.0),
        ("near_miss", 2, 0.5),
    ]
    assert measured.failures.counts == {"answered: near_miss": 1}


def test_given_a_known_failure_then_it_is_marked():
    (failure,) = section("open", SAID, frozenset({"银行卡丢了"})).failures.listed

    assert failure.known and "id-card-reissue" in failure.got

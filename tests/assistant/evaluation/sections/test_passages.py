"""Questions for passages with known replies."""

from __future__ import annotations

from actions.reply import Citation, Reply
from actions.status import AnswerStatus
from assistant.evaluation.entries import PassageQuestion
from assistant.evaluation.sections.passages import section

NAMES = {"hotline": "12345能办什么", "rating": "怎么评价"}


def quoting(name: str) -> Reply:
    cited = Citation(None, name, "passage", "", "sample", None, True)
    return Reply(AnswerStatus.ANSWERED, "", citations=(cited,))


def test_given_replies_then_right_wrong_and_missing_ones_are_told_apart():
    said = [
        (PassageQuestion("一", "hotline"), quoting("12345能办什么")),
        (PassageQuestion("二", "hotline"), quoting("怎么评价")),
        (PassageQuestion("三", "rating"), Reply(AnswerStatus.ANSWERED, "", item="passport-first")),
        (PassageQuestion("四", "rating"), Reply(AnswerStatus.OUT_OF_SCOPE, "")),
    ]

    measured = section("open", said, NAMES, frozenset({"四"}))

    assert [figure.estimate.value for figure in measured.figures] == [0.25, 0.25, 0.25]
    assert [failure.known for failure in measured.failures.listed] == [False, False, True]

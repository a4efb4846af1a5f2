"""Questions that fit several items, with known replies."""

from __future__ import annotations

import pytest

from actions.reply import Choice, Reply
from actions.status import AnswerStatus
from assistant.evaluation.entries import AmbiguousQuestion
from assistant.evaluation.sections.ambiguous import section

ITEMS = ("id-card-renewal", "id-card-reissue", "id-card-first-issue")


def asking_back(*items: str) -> Reply:
    return Reply(AnswerStatus.CLARIFIED, "", choices=tuple(Choice(item, item) for item in items))


def test_given_replies_then_those_asked_back_about_and_those_answered_are_told_apart():
    said = [
        (AmbiguousQuestion("一", ITEMS), asking_back(*ITEMS[:2])),
        (AmbiguousQuestion("二", ITEMS), asking_back(ITEMS[0], "passport-first")),
        (AmbiguousQuestion("三", ITEMS), Reply(AnswerStatus.ANSWERED, "", item=ITEMS[1])),
        (AmbiguousQuestion("四", ITEMS), Reply(AnswerStatus.OUT_OF_SCOPE, "")),
    ]

    measured = section("open", said, frozenset({"四"}))

    assert [figure.estimate.value for figure in measured.figures] == pytest.approx([0.5, 0.5, 0.25, 1.0])
    assert [failure.known for failure in measured.failures.listed] == [False, True]

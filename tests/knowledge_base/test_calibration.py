"""Calibrating an index on questions of other hands."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from knowledge_base import Searcher
from knowledge_base.calibration import (
    Calibration,
    KnownQuestion,
    Line,
    TooFewQuestions,
    calibrate,
    load_known_questions,
)
from knowledge_base.encoder import Encoder
from knowledge_base.index import current_version
from knowledge_base.search import Candidate, SearchResult
from knowledge_base.thresholds import Decision, Risk, Thresholds

NOON = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)


@dataclass
class ShySearcher:
    """A searcher that is right more often than it believes: at confidence c with probability sqrt(c)."""

    item_ids: tuple[str, ...] = ("passport", "id-card")
    manifest: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(version="v1"))

    def search(self, text: str, limit: int = 5) -> SearchResult:
        confidence, found = text.split()
        return SearchResult(
            (Candidate(found, 1.0, 0.9),), float(confidence), float(confidence), 1.0, "general", 1.0, evidence=None
        )


def questions(count: int, strangers: int, about: tuple[str, ...] = ("passport", "id-card")) -> list[KnownQuestion]:
    chance = random.Random(3)
    asked = []
    for number in range(count):
        confidence = chance.random()
        found = "passport" if chance.random() < confidence**0.5 else "nothing"
        asked.append(KnownQuestion(f"{confidence} {found}", "passport" if number % 2 else about[-1]))
        if asked[-1].item != "passport" and found == "passport":
            asked[-1] = KnownQuestion(f"{confidence} {asked[-1].item}", asked[-1].item)
    return asked + [KnownQuestion(f"{chance.random() * 0.3} passport", None) for _ in range(strangers)]


def test_given_a_shy_searcher_when_calibrated_then_its_confidence_is_worth_what_it_says():
    made = calibrate(ShySearcher(), questions(3000, 300), Risk(answers_wrong=0.1), lambda *_: None, lambda: NOON)

    confidences = np.linspace(0.35, 0.9, 12)
    calibrated = [made.apply(one, one)[1] for one in confidences]

    assert np.abs(np.array(calibrated) - confidences**0.5).max() < 0.1
    assert made.thresholds.figures["answers_wrong"] <= 0.1
    assert made.version == "v1"


def test_given_a_lower_risk_when_calibrated_then_less_is_answered():
    shares = [
        calibrate(ShySearcher(), questions(1000, 200), Risk(answers_wrong=risk), lambda *_: None).thresholds.answer
        for risk in (0.02, 0.2)
    ]

    assert shares[0] > shares[1]


@pytest.mark.parametrize(
    "asked",
    [
        questions(100, 100),
        questions(300, 10),
        [KnownQuestion("0.5 unknown", "unknown")] * 300 + questions(0, 100),
    ],
)
def test_given_too_few_questions_when_calibrated_then_it_is_refused(asked):
    with pytest.raises(TooFewQuestions):
        calibrate(ShySearcher(), asked, Risk(), lambda *_: None)


def test_given_questions_about_few_of_many_items_when_calibrated_then_it_is_refused():
    many = ShySearcher(item_ids=("passport", "id-card", *(f"item-{number}" for number in range(10))))

    with pytest.raises(TooFewQuestions):
        calibrate(many, questions(300, 100), Risk(), lambda *_: None)


def test_given_probabilities_when_calibrated_then_their_order_stays_and_confidence_never_exceeds_scope():
    made = Calibration("v1", Line(2.0, -1.0), Line(1.5, 1.0), Thresholds(), "")

    judged = [made.apply(chance, chance) for chance in np.linspace(0, 1, 21)]

    assert judged == sorted(judged)
    assert all(0 <= confidence <= in_scope <= 1 for in_scope, confidence in judged)


def test_given_a_calibration_when_saved_and_loaded_then_it_is_the_same(tmp_path: Path):
    made = calibrate(ShySearcher(), questions(300, 100), Risk(), lambda *_: None, lambda: NOON)
    made.save(tmp_path)

    assert Calibration.load(tmp_path) == made
    assert Calibration.load(tmp_path / "elsewhere") is None


def test_given_files_of_questions_when_loaded_then_strangers_have_no_item(tmp_path: Path):
    (tmp_path / "q.yml").write_text("- {text: 护照丢了, item: passport-reissue, facet: general}\n", encoding="utf-8")
    (tmp_path / "o.yml").write_text("- {text: 讲个笑话, kind: chat}\n", encoding="utf-8")

    assert load_known_questions(tmp_path / "q.yml", tmp_path / "o.yml") == [
        KnownQuestion("护照丢了", "passport-reissue"),
        KnownQuestion("讲个笑话", None),
    ]
    assert load_known_questions(tmp_path / "q.yml", tmp_path / "missing.yml")[1:] == []


def test_given_a_running_searcher_when_its_index_is_calibrated_then_it_takes_that_over(
    index_copy: Path, encoder: Encoder
):
    folder = index_copy
    searcher = Searcher.open(folder, encoder)
    assert not searcher.is_calibrated
    before = searcher.search("护照丢了怎么补").confidence

    version = current_version(folder)
    Calibration(version, Line(), Line(1.0, -2.0), Thresholds(answer=1.0), "").save(folder / version)

    assert searcher.reload_if_changed()
    after = searcher.search("护照丢了怎么补")
    assert searcher.is_calibrated and after.confidence < before
    assert searcher.decide(after) is not Decision.ANSWER
    assert not Searcher.open(folder, encoder, calibrated=False).is_calibrated

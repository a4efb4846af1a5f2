"""Thresholds for a stated risk."""

from __future__ import annotations

from knowledge_base.thresholds import Decision, Judged, Risk, Thresholds, choose_thresholds


def judged(share_wrong: float, strangers: int = 50) -> list[Judged]:
    """Return questions whose wrong ones have low confidence, and strangers with lower still."""
    cases = []
    for number in range(200):
        confidence = number / 200
        cases.append(Judged(confidence, 0.5 + confidence / 2, True, confidence > share_wrong))
    cases += [Judged(number / 200, number / 200, False, False) for number in range(strangers)]
    return cases


def test_given_a_risk_then_the_chosen_threshold_keeps_it() -> None:
    thresholds = choose_thresholds(judged(0.5), Risk(answers_wrong=0.05))
    assert 0.03 < thresholds.figures["answers_wrong"] <= 0.05
    assert thresholds.figures["answered_right"] > 0.4


def test_given_a_lower_risk_then_the_threshold_is_higher() -> None:
    cautious = choose_thresholds(judged(0.7), Risk(answers_wrong=0.0))
    bold = choose_thresholds(judged(0.7), Risk(answers_wrong=0.2))
    assert cautious.answer > bold.answer


def test_given_weights_then_the_risk_is_that_of_the_weighted_questions() -> None:
    likely = [Judged(0.9, 0.9, True, True, weight=9.0), Judged(0.9, 0.9, True, False, weight=1.0)]

    figures = choose_thresholds(likely, Risk(answers_wrong=0.1)).figures

    assert figures["answers_wrong"] == 0.1
    assert choose_thresholds(likely, Risk(answers_wrong=0.09)).answer > 0.9


def test_given_probabilities_then_the_decision_follows_the_thresholds() -> None:
    thresholds = Thresholds(answer=0.8, clarify=0.5)
    assert thresholds.decide(0.85, 0.9) is Decision.ANSWER
    assert thresholds.decide(0.6, 0.9) is Decision.CLARIFY
    assert thresholds.decide(0.1, 0.2) is Decision.UNSURE


def test_given_a_question_that_fits_several_items_then_it_is_asked_back_however_likely_the_first_is() -> None:
    thresholds = Thresholds(answer=0.8, clarify=0.5, clear=0.4)
    assert thresholds.decide(0.95, 0.99, clear=0.4) is Decision.ANSWER
    assert thresholds.decide(0.95, 0.99, clear=0.3) is Decision.CLARIFY


def test_given_how_clear_the_questions_are_then_the_share_told_is_taken_for_clear() -> None:
    cases = [Judged(0.9, 0.9, True, True, clear=number / 100) for number in range(100)]

    chosen = choose_thresholds(cases, Risk(clear_recall=0.9))

    assert chosen.clear == 0.09
    assert chosen.figures["answered_right"] == 0.91
    assert choose_thresholds(cases, clear=0.6).clear == 0.6


def test_given_thresholds_as_plain_values_then_they_come_back() -> None:
    thresholds = choose_thresholds(judged(0.5))
    assert Thresholds.from_dict(thresholds.as_dict()) == thresholds


def test_given_easy_questions_when_a_least_threshold_is_told_then_none_below_it_is_chosen() -> None:
    easy = [Judged(0.9, 0.9, True, True) for _ in range(90)] + [Judged(0.1, 0.1, False, False) for _ in range(10)]

    assert choose_thresholds(easy).answer < 0.5
    assert choose_thresholds(easy, least=0.75).answer == 0.75

"""Fit fusion, confidence and thresholds on sentences that neither the encoder nor the channels have seen."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge_base.channels import Query, Vector
from knowledge_base.channels.bank import ChannelBank
from knowledge_base.confidence import Confidence, Evidence, Judge, gather
from knowledge_base.corpus import OUTSIDE, Corpus, Kind, Sentence, evenly, training_places
from knowledge_base.encoder import Encoder
from knowledge_base.fusion import Fusion, Ranking, Shortlist, shortlist
from knowledge_base.noise import Noise, load_phrases
from knowledge_base.scope import ScopeClassifier
from knowledge_base.stand_ins import stand_ins
from knowledge_base.thresholds import Judged, Risk, Thresholds, choose_thresholds

Progress = Callable[[str, float], None]

_FOLDS = 5
_LEAST_QUESTIONS = 60
_MOST_QUESTIONS = 3000
_MOST_LENT = 1000
_LEAST_AMBIGUOUS = 50

Found = tuple[Evidence, Ranking]


@dataclass(frozen=True)
class Trial:
    """One held-out question, clean or spoiled, with what the channels said about it."""

    sentence: Sentence
    query: Query
    short: Shortlist
    fold: int
    is_spoiled: bool
    is_stand_in: bool = False
    """nobody's words: good for judging how sure to be, not for weighing the channels"""

    @property
    def is_inside(self) -> bool:
        """Tell whether the question is for the desk."""
        return self.sentence.owner != OUTSIDE


@dataclass(frozen=True)
class Fitted:
    """What was fitted; `confidence` is None where there was too little to calibrate on."""

    fusion: Fusion
    confidence: Confidence | None
    thresholds: Thresholds
    figures: dict[str, float]


def run_trials(
    corpus: Corpus, vectors: Vector, encoder: Encoder, progress: Progress
) -> tuple[ChannelBank, list[Trial], ScopeClassifier | None]:
    """Fit the channels without the held-out sentences and question them with these, clean and spoiled.

    Where too little was ever asked, stand-ins are asked beside them.
    """
    train, held = _trial_places(corpus)
    seen = corpus.select(train)
    bank = ChannelBank.fit(seen, vectors[train])
    scope = ScopeClassifier.fit(seen)
    noise = Noise((sentence.text for sentence in corpus.sentences), load_phrases(), seed=11)
    asked_before = sum(corpus.sentences[place].owner != OUTSIDE for place in held)
    made = stand_ins(corpus) if asked_before < _LEAST_QUESTIONS else []
    asked = [*(corpus.sentences[place] for place in held), *made]
    spoiled = noise.spoil_all([sentence.text for sentence in asked])
    progress("trials", 0.0)
    clean_vectors = [*vectors[held], *(encoder.encode([sentence.text for sentence in made]) if made else ())]
    spoiled_vectors = encoder.encode(spoiled)
    trials: list[Trial] = []
    for number, sentence in enumerate(asked):
        fold = zlib.crc32(sentence.text.encode()) % _FOLDS
        variants = ((sentence.text, clean_vectors[number]), (spoiled[number], spoiled_vectors[number]))
        for is_spoiled, (text, vector) in enumerate(variants):
            query = Query(text, vector)
            target = sentence.owner if sentence.owner != OUTSIDE else None
            short = shortlist(bank.read(query), also=target)
            trials.append(Trial(sentence, query, short, fold, bool(is_spoiled), number >= len(held)))
        if number % 100 == 0:
            progress("trials", number / len(asked))
    return bank, trials, scope


def fit(
    corpus: Corpus,
    vectors: Vector,
    encoder: Encoder,
    progress: Progress,
    risk: Risk = Risk(),
    ambiguous: Sequence[str] = (),
) -> Fitted:
    """Fit fusion, confidence and thresholds, each judged on folds it was not fitted on.

    `ambiguous` are normalised questions that fit several items, so that it is known what those look like.
    """
    bank, trials, scope = run_trials(corpus, vectors, encoder, progress)
    inside = [trial for trial in trials if trial.is_inside]
    if len(inside) < _LEAST_QUESTIONS:
        return Fitted(Fusion.default(bank.rows, bank.is_mixed), None, Thresholds(), {})
    progress("fusion", 0.0)
    fusion, found, right = _cross_fuse(bank, trials, scope)
    figures = _figures(trials, right)
    outside = len(trials) - len(inside)
    if outside < _LEAST_QUESTIONS // 2:
        return Fitted(fusion, None, Thresholds(), figures)
    progress("confidence", 0.0)
    asked = [Query(text, vector) for text, vector in zip(ambiguous, encoder.encode(ambiguous), strict=True)]
    unclear = [_evidence(query, shortlist(bank.read(query)), bank, fusion, scope) for query in asked]
    confidence, judged = _cross_judge(trials, found, right, [evidence for evidence, _ in unclear], risk)
    invented = any(trial.is_stand_in for trial in trials)
    thresholds = (
        choose_thresholds(judged, risk, Thresholds.answer, Thresholds.clear)
        if invented
        else choose_thresholds(judged, risk)
    )
    return Fitted(fusion, confidence, thresholds, figures)


def _cross_fuse(
    bank: ChannelBank, trials: Sequence[Trial], scope: ScopeClassifier | None
) -> tuple[Fusion, list[Found], list[bool]]:
    """Return the fusion fitted on all trials, and for each trial what one without its fold found, and if rightly."""

    def fitted(chosen: Sequence[Trial]) -> Fusion:
        known = [trial for trial in chosen if trial.is_inside and not trial.is_stand_in]
        if len(known) < _LEAST_QUESTIONS:
            return Fusion.default(bank.rows, bank.is_mixed)
        return Fusion.fit(bank.rows, [trial.short for trial in known], [trial.sentence.owner for trial in known])

    partial = [fitted([trial for trial in trials if trial.fold != fold]) for fold in range(_FOLDS)]
    found = [_evidence(trial.query, trial.short, bank, partial[trial.fold], scope) for trial in trials]
    right = [
        int(trial.short.places[ranking.order[0]]) == trial.sentence.owner
        for trial, (_, ranking) in zip(trials, found, strict=True)
    ]
    return fitted(trials), found, right


def _evidence(
    query: Query, short: Shortlist, bank: ChannelBank, fusion: Fusion, scope: ScopeClassifier | None
) -> Found:
    ranking = fusion.rank(short)
    return gather(query, short, bank, ranking, scope), ranking


def _cross_judge(
    trials: Sequence[Trial], found: Sequence[Found], right: Sequence[bool], ambiguous: Sequence[Evidence], risk: Risk
) -> tuple[Confidence, list[Judged]]:
    """Return the judges fitted on all trials, and each trial judged by those without its fold."""
    features = np.array([evidence.values for evidence, _ in found])
    unclear = np.array([evidence.values for evidence in ambiguous]).reshape(len(ambiguous), features.shape[1])
    inside = np.array([trial.is_inside for trial in trials])
    answers = np.array(right)
    folds = np.array([trial.fold for trial in trials])
    importance = _importance(inside, np.array([trial.is_spoiled for trial in trials]), risk)

    def fitted(chosen: np.ndarray) -> Confidence:
        for_the_desk = [*inside[chosen], *(True for _ in unclear)]
        weights = np.append(importance[chosen], np.full(len(unclear), importance[chosen & inside].mean()))
        return Confidence(
            Judge.fit(np.vstack([features[chosen], unclear]), for_the_desk, weights),
            Judge.fit(features[chosen], list(answers[chosen]), importance[chosen]),
            _judge_of_clearness(features[chosen & inside], importance[chosen & inside], unclear),
        )

    partial = [fitted(folds != fold) for fold in range(_FOLDS)]
    judged = []
    for place, (evidence, ranking) in enumerate(found):
        said = partial[folds[place]].judge(evidence, ranking)
        truth = bool(inside[place]), bool(answers[place])
        judged.append(Judged(said.right, said.in_scope, *truth, importance[place], said.clear))
    return fitted(np.ones(len(trials), dtype=bool)), judged


def _judge_of_clearness(clear: np.ndarray, importance: np.ndarray, unclear: np.ndarray) -> Judge | None:
    """Fit on questions about one item and on ambiguous ones, both sides weighing the same; None without the latter."""
    if len(unclear) < _LEAST_AMBIGUOUS:
        return None
    weights = np.append(importance / importance.sum(), np.full(len(unclear), 1 / len(unclear)))
    answers = [True] * len(clear) + [False] * len(unclear)
    return Judge.fit(np.vstack([clear, unclear]), answers, weights / weights.mean())


def _importance(inside: np.ndarray, spoiled: np.ndarray, risk: Risk) -> np.ndarray:
    """Return a weight for each trial, of mean 1, that makes of the trials the mixture a desk is asked."""
    weights = np.where(spoiled, risk.spoiled_share, 1 - risk.spoiled_share)
    for side, share in ((inside, 1 - risk.out_of_scope_share), (~inside, risk.out_of_scope_share)):
        weights[side] *= share / weights[side].sum()
    return weights * len(weights)


def _trial_places(corpus: Corpus) -> tuple[list[int], list[int]]:
    """Return the positions to fit the channels on, and those to question them with.

    Of very many held-out asks an even choice is put. Beside them, for the items that nobody wrote asks for, an even
    choice of those items lends an alias each: fusion must not learn that only items with asks are asked about.
    """
    train, held = training_places(corpus)
    asks = [place for place in held if corpus.sentences[place].owner != OUTSIDE]
    lent = {
        corpus.sentences[place].owner: place
        for place in corpus.of_kinds(Kind.ALIAS)
        if corpus.sentences[place].owner not in corpus.asked
    }
    put = evenly(asks, _MOST_QUESTIONS)
    put += evenly(list(lent.values()), min(len(put), _MOST_LENT))
    chosen = set(put)
    questions = [place for place in held if corpus.sentences[place].owner == OUTSIDE]
    return [place for place in train if place not in chosen], sorted([*questions, *chosen])


def _figures(trials: Sequence[Trial], right: Sequence[bool]) -> dict[str, float]:
    """Return the share found first among clean and among spoiled held-out questions."""
    clean = [hit for place, hit in enumerate(right) if trials[place].is_inside and place % 2 == 0]
    spoiled = [hit for place, hit in enumerate(right) if trials[place].is_inside and place % 2 == 1]
    return {
        "held_out_hit_at_1": round(float(np.mean(clean)), 4),
        "held_out_spoiled_hit_at_1": round(float(np.mean(spoiled)), 4),
    }

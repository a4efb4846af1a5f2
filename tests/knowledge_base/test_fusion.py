"""Fusing channel rows into one ranking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge_base.channels import Places, Scores
from knowledge_base.channels.bank import BankReading
from knowledge_base.fusion import Fusion, Shortlist, shortlist

ROWS = ("good", "noise")


@dataclass(frozen=True)
class Matrix:
    """A reading of fixed scores, shape (rows, items + 1)."""

    scores: Scores

    def best(self, count: int) -> Places:
        return np.unique(np.argsort(-self.scores[:, :-1], axis=1)[:, :count])

    def at(self, places: Places) -> Scores:
        return self.scores[:, np.append(places, -1)]


def compared(matrix: np.ndarray, also: int | None = None) -> Shortlist:
    """Return the shortlist of a matrix."""
    return shortlist(BankReading([Matrix(matrix)], np.ones(matrix.shape[1] - 1, dtype=bool), False), also)


def questions(count: int, items: int, seed: int = 0) -> tuple[list[np.ndarray], list[int]]:
    """Return matrices whose first row mostly points to the target and whose second row is noise."""
    chance = np.random.default_rng(seed)
    targets = [int(target) for target in chance.integers(0, items, count)]
    matrices = []
    for target in targets:
        matrix = chance.normal(size=(2, items + 1)).astype(np.float32)
        matrix[0, target] += 3
        matrices.append(matrix)
    return matrices, targets


def test_given_one_telling_row_then_it_outweighs_the_noise() -> None:
    matrices, targets = questions(200, 20)
    fusion = Fusion.fit(ROWS, [compared(matrix) for matrix in matrices], targets)
    assert fusion.weights[0] + fusion.weights[2] > 3 * abs(fusion.weights[1] + fusion.weights[3])


def test_given_a_ranking_then_probabilities_fall_and_sum_to_one() -> None:
    matrices, _ = questions(1, 20)
    ranking = Fusion.default(ROWS).rank(compared(matrices[0]))
    assert np.isclose(ranking.probabilities.sum(), 1)
    assert (np.diff(ranking.probabilities) <= 0).all()


def test_given_many_items_then_only_the_best_of_each_row_and_the_asked_one_are_compared() -> None:
    matrix = np.zeros((2, 2001), dtype=np.float32)
    matrix[0, :2000] = np.arange(2000)
    short = compared(matrix, also=3)
    assert {1999, 1998, 3} <= set(short.places)
    assert len(short.places) < 200


def test_given_nothing_worth_comparing_among_many_then_some_items_are_ranked_all_the_same() -> None:
    class Silent(Matrix):
        def best(self, count: int) -> Places:
            return np.zeros(0, dtype=np.int64)

    silent = BankReading([Silent(np.zeros((2, 2001), dtype=np.float32))], np.ones(2000, dtype=bool), False)
    assert len(shortlist(silent).places) > 0


def test_given_items_with_asks_and_without_then_a_row_may_tell_the_ones_and_mislead_about_the_others() -> None:
    chance = np.random.default_rng(1)
    asked = np.arange(20) < 10
    lists, targets = [], []
    for _ in range(300):
        target = int(chance.integers(0, 20))
        matrix = chance.normal(size=(2, 21)).astype(np.float32)
        matrix[0 if asked[target] else 1, target] += 4
        matrix[0, :-1][~asked] += 4
        lists.append(shortlist(BankReading([Matrix(matrix)], asked, True)))
        targets.append(target)
    fusion = Fusion.fit(ROWS, lists, targets)
    right = [short.places[fusion.rank(short).order[0]] == target for short, target in zip(lists, targets, strict=True)]
    assert np.mean(right) > 0.8


def test_given_a_row_that_says_nothing_then_nothing_breaks() -> None:
    short = compared(np.zeros((2, 6), dtype=np.float32))
    assert np.isfinite(Fusion.default(ROWS).rank(short).logits).all()


def test_given_a_saved_fusion_then_it_loads_as_it_was(tmp_path: Path) -> None:
    fusion = Fusion.default(ROWS)
    fusion.save(tmp_path)
    loaded = Fusion.load(tmp_path)
    assert loaded.rows == ROWS
    assert np.array_equal(loaded.weights, fusion.weights)

"""Fusing channel rows into one ranking."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from knowledge_base.fusion import Fusion, shortlist

ROWS = ("good", "noise")


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
    fusion = Fusion.fit(ROWS, [shortlist(matrix) for matrix in matrices], targets)
    assert fusion.weights[0] + fusion.weights[2] > 3 * abs(fusion.weights[1] + fusion.weights[3])


def test_given_a_ranking_then_probabilities_fall_and_sum_to_one() -> None:
    matrices, _ = questions(1, 20)
    ranking = Fusion.default(ROWS).rank(shortlist(matrices[0]))
    assert np.isclose(ranking.probabilities.sum(), 1)
    assert (np.diff(ranking.probabilities) <= 0).all()


def test_given_many_items_then_only_the_best_of_each_row_and_the_asked_one_are_compared() -> None:
    matrix = np.zeros((2, 2001), dtype=np.float32)
    matrix[0, :2000] = np.arange(2000)
    short = shortlist(matrix, also=3)
    assert {1999, 1998, 3} <= set(short.places)
    assert len(short.places) < 100


def test_given_a_row_that_says_nothing_then_nothing_breaks() -> None:
    short = shortlist(np.zeros((2, 6), dtype=np.float32))
    assert np.isfinite(Fusion.default(ROWS).rank(short).logits).all()


def test_given_a_saved_fusion_then_it_loads_as_it_was(tmp_path: Path) -> None:
    fusion = Fusion.default(ROWS)
    fusion.save(tmp_path)
    loaded = Fusion.load(tmp_path)
    assert loaded.rows == ROWS
    assert np.array_equal(loaded.weights, fusion.weights)

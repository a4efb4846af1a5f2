"""Each channel of the search alone."""

from __future__ import annotations

import numpy as np

from assistant.evaluation.sections.channels import FUSED, channel_ranks, places_of, section
from assistant.nlu import resources


def test_given_scores_then_a_tie_counts_against_the_item():
    scores = np.array([[3, 2, 1], [0, 0, 0], [1, 3, 1]], dtype=np.float32)

    assert places_of(scores, 0) == [1, 3, 3]


def test_given_ranks_then_each_channel_has_its_hits():
    measured = section("open", {"lexical": [1, 3, 4, 0], FUSED: [1, 1, 2, 0]})

    rows = {row[0]: (row[1].value, row[2].value) for row in measured.tables[0].rows}
    assert rows == {"lexical": (0.25, 0.5), FUSED: (0.5, 0.75)}
    assert [figure.estimate.value for figure in measured.figures] == [0.5, 0.75]


def test_given_the_index_when_a_name_is_searched_then_every_row_ranks_its_item(prepared):
    searcher = resources.searcher_at(prepared.index, prepared.encoder)

    ranks = channel_ranks(searcher, "居民身份证遗失补领", "id-card-reissue")

    assert {"lexical", "phonetic", "dense_nearest"} <= set(ranks)
    assert all(1 <= rank <= 5 for rank in ranks.values())

"""Data that nobody here wrote: official answers found by real questions, and what people say to assistants.

The data is not part of the repository: it is looked for in the folder that WENBAN_SHARED names, else in `shared`
beside the project. Without it the section says that it was skipped.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from assistant.evaluation.estimates import Unit, count, resampled, share
from assistant.evaluation.measures import mean_reciprocal_rank
from assistant.evaluation.outcomes import is_committed
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import Figure, Section, Table
from assistant.evaluation.sections.passages import passage_said
from assistant.evaluation.trial import Subject, ask_fresh
from assistant.nlu import resources
from knowledge_base.channels import Query
from knowledge_base.channels.bm25 import Bm25
from knowledge_base.corpus import Corpus
from knowledge_base.encoder import Encoder
from knowledge_base.passages.index import PassageIndex
from knowledge_base.passages.passage import Passage
from knowledge_base.passages.ranking import LOOKED_AT_AGAIN
from knowledge_base.search import LONGEST_TEXT
from knowledge_base.text import Glossary, bare, normalise

NAME = "public"
PUBLIC = "public data"
"""stands where other sections name a part"""
ANSWERS = Path("data") / "beijing_qa" / "qa.jsonl"
UTTERANCES = Path("data") / "smp2017" / "utterances.jsonl"
NEAR_DOMAIN: Mapping[str, str] = {
    "health": "illness, medicine and hospitals; medical insurance and records are the desk's",
    "map": "the way to a place, offices among them",
    "telephone": "numbers and calls, those of offices and hotlines among them",
    "website": "opens a site, that of an authority among them",
}
"""labels that may be for the desk, and why; their utterances are left out"""
UTTERANCES_ASKED = 1000
"""drawn once, with a fixed seed"""
_SEED = 2017


def measure(subject: Subject) -> Section:
    """Search the official answers, and put the utterances to the assistant."""
    shared = Path(os.environ.get("WENBAN_SHARED", subject.settings.home.parent / "shared"))
    figures: list[Figure] = []
    tables: list[Table] = []
    notes: list[str] = []
    if (shared / ANSWERS).is_file():
        pairs = [_pair(row) for row in _rows(shared / ANSWERS)]
        encoder, glossary = resources.encoder_at(subject.settings.encoder), resources.glossary_at(subject.settings.data)
        ours = ranks_of_search(pairs, encoder, glossary)
        figures += answer_figures(ours, ranks_of_bigrams(pairs))
    else:
        notes.append(f"Skipped: there is no {ANSWERS} in the folder of public data.")
    if (shared / UTTERANCES).is_file():
        utterances = [row for row in _rows(shared / UTTERANCES) if row["label"] not in NEAR_DOMAIN]
        asked = random.Random(_SEED).sample(utterances, min(UTTERANCES_ASKED, len(utterances)))
        said = [(row["label"], ask_fresh(subject.assistant, row["text"]).reply) for row in tracked("Utterances", asked)]
        items = [(label, is_committed(reply)) for label, reply in said]
        figures += [
            Figure("utterances answered with an item", share(hit for _, hit in items)),
            Figure("utterances answered from a passage", share(passage_said(reply) is not None for _, reply in said)),
        ]
        tables.append(_by_label(items))
        left_out = "; ".join(f"{label} ({reason})" for label, reason in NEAR_DOMAIN.items())
        notes.append(f"{len(asked)} of {len(utterances)} utterances, drawn with a fixed seed. Left out: {left_out}.")
    else:
        notes.append(f"Skipped: there is no {UTTERANCES} in the folder of public data.")
    return Section(NAME, PUBLIC, "Public data", tuple(figures), tuple(tables), notes=tuple(notes))


def ranks_of_search(pairs: Sequence[tuple[str, str]], encoder: Encoder, glossary: Glossary) -> list[int]:
    """Return the rank of the right answer for each question, 0 beyond those that are ranked; answers alone indexed."""
    passages = [Passage(str(number), "", answer, PUBLIC) for number, (_, answer) in enumerate(pairs)]

    def encode(sentences: Sequence[Any]) -> np.ndarray:
        parts = [sentences[start : start + 64] for start in range(0, len(sentences), 64)]
        return np.concatenate([encoder.encode([one.text for one in part]) for part in tracked("Answers", parts)])

    index = PassageIndex.fit(passages, glossary, Corpus((), ()), encode)
    if index is None:
        return []
    ranks = []
    for question, answer in tracked("Questions", pairs):
        text = normalise(question[:LONGEST_TEXT], glossary)
        found = index.search(Query(text, encoder.encode([text])[0]), date.today(), LOOKED_AT_AGAIN)
        ranks.append(_rank([one.passage.text for one in found], answer))
    return ranks


def ranks_of_bigrams(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """Return the same for BM25 (k1 1.5, b 0.75) over bigrams of characters."""
    answers = [answer for _, answer in pairs]
    index = Bm25.fit([_bigrams(answer) for answer in answers], k1=1.5, b=0.75)
    ranks = []
    for question, answer in pairs:
        order = np.argsort(-index.scores(_bigrams(question)), kind="stable")
        ranks.append(_rank([answers[place] for place in order], answer))
    return ranks


def answer_figures(ours: Sequence[int], theirs: Sequence[int]) -> list[Figure]:
    """Return both rankings' figures and the difference of hit@1, its interval by the paired bootstrap."""
    both = np.array([ours, theirs]).T
    first = (both == 1).astype(float)
    figures = []
    for name, ranks in (("answers", ours), ("answers, BM25 over bigrams", theirs)):
        figures += [
            Figure(f"{name}: hit@1", share(rank == 1 for rank in ranks)),
            Figure(f"{name}: hit@5", share(0 < rank <= 5 for rank in ranks)),
            Figure(f"{name}: MRR", resampled(mean_reciprocal_rank, ranks)),
        ]
    ahead = resampled(lambda rows: float(rows[:, 0].mean() - rows[:, 1].mean()), first, unit=Unit.POINTS)
    return [*figures, Figure("answers: hit@1 above BM25 over bigrams", ahead)]


def _by_label(said: Sequence[tuple[str, bool]]) -> Table:
    labels = sorted({label for label, _ in said})
    rows = tuple(
        (
            label,
            count(sum(one == label for one, _ in said)),
            share(hit for one, hit in said if one == label),
        )
        for label in labels
    )
    return Table("Utterances by label", ("label", "n", "answered with an item"), rows)


def _pair(row: Mapping[str, Any]) -> tuple[str, str]:
    question, answer, *_ = row.values()
    return question, answer


def _rank(ranked: Sequence[str], right: str) -> int:
    return ranked.index(right) + 1 if right in ranked else 0


def _bigrams(text: str) -> list[str]:
    plain = bare(normalise(text))
    return [plain[start : start + 2] for start in range(len(plain) - 1)]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]

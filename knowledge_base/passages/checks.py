"""What is wrong, or doubtful, in the passages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from knowledge_base.checks import ERROR, SAMPLE_SOURCE, WARNING, Finding
from knowledge_base.passages.loading import PassagesInvalid, load_passages
from knowledge_base.passages.passage import Passage
from knowledge_base.text import bare, normalise


def check_passages(folder: Path, data: Path, items: Collection[str]) -> list[Finding]:
    """Return what is found in the passages of a folder; `items` are the ids they may belong to."""
    try:
        passages = load_passages(folder, data)
    except PassagesInvalid as invalid:
        return [Finding(ERROR, folder.name, problem) for problem in invalid.problems]
    return [*(finding for passage in passages for finding in _passage(passage, items)), *_twice(passages)]


def _passage(passage: Passage, items: Collection[str]) -> Iterator[Finding]:
    where = f"passage {passage.passage_id}"
    for item in passage.items:
        if item not in items:
            yield Finding(ERROR, where, f"belongs to {item}, but there is no such item.")
    if passage.sample and passage.source != SAMPLE_SOURCE:
        yield Finding(ERROR, where, f"a sample must have source `{SAMPLE_SOURCE}`, not `{passage.source}`.")
    if passage.sample and passage.checked is not None:
        yield Finding(ERROR, where, "a sample has no source it was checked against: `checked` must be null.")
    if passage.effective and passage.expires and passage.expires <= passage.effective:
        yield Finding(ERROR, where, "expires before it takes effect.")


def _twice(passages: list[Passage]) -> Iterator[Finding]:
    said: dict[str, str] = {}
    for passage in passages:
        title = bare(normalise(passage.name))
        if title in said and not passage.document:
            yield Finding(WARNING, f"passage {passage.passage_id}", f"asks the same as {said[title]}.")
        said.setdefault(title, passage.passage_id)

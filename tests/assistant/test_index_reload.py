"""A new search index is taken over while people are talking."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.status import AnswerStatus
from assistant.nlu import resources

QUESTIONS = ("护照丢了怎么补办？", "居住证签注要带什么材料？", "结婚登记在哪里办？")
CONVERSATIONS = 4
LONGEST_S = 120.0


@pytest.fixture
def index(assistant: Any, tmp_path: Path) -> Iterator[Path]:
    """A copy of the search index that the assistant searches during the test."""
    (tmp_path / "data").symlink_to(assistant.settings.data)
    settings = assistant.settings.with_(home=tmp_path, knowledge=tmp_path / "data")
    shutil.copytree(assistant.settings.index, settings.index)
    resources.use(settings)
    yield settings.index
    resources.use(assistant.settings)


def publish_again(index: Path) -> str:
    """Put the same index beside itself as a version of another name, point to it and return the name."""
    old = (index / "current").read_text("utf-8")
    new = old[::-1]
    shutil.copytree(index / old, index / new)
    manifest = index / new / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**content, "content": new + content["content"][len(new) :]}), "utf-8")
    (index / "pointer").write_text(new, "utf-8")
    (index / "pointer").replace(index / "current")
    return new


def test_given_conversations_under_way_when_a_new_index_is_published_then_every_turn_is_answered(
    assistant: Any, index: Path
):
    searcher = resources.searcher_at(index, assistant.settings.encoder)
    before = searcher.manifest.version
    versions: list[str] = []
    statuses: list[AnswerStatus] = []
    deadline = time.monotonic() + LONGEST_S

    async def talk(first: int, until: str) -> None:
        """Ask until the version has been taken over, and a few times more."""
        conversation, after, turn = assistant.start(), 0, first
        while after < 3 and time.monotonic() < deadline:
            timed = await assistant.turn(conversation, QUESTIONS[turn % len(QUESTIONS)])
            statuses.append(timed.reply.status)
            versions.append(searcher.manifest.version)
            after += versions[-1] == until
            turn += 1

    async def everybody(until: str) -> None:
        await asyncio.gather(*(talk(number, until) for number in range(CONVERSATIONS)))

    asyncio.run(everybody(before))
    published = publish_again(index)
    at_swap = len(versions)
    asyncio.run(everybody(published))

    assert set(statuses) == {AnswerStatus.ANSWERED}
    assert versions[at_swap] == before
    assert versions[-1] == published

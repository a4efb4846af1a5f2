"""Conversations without a page: one question, or a file of them."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.preparation import prepare_all
from assistant.progress import progress
from assistant.quiet import quiet_rasa
from assistant.settings import Settings
from storage.identity import Identity


class BadLine(Exception):
    """A line of the batch is not `{"id", "identity", "turns"}`."""


@contextmanager
def opened(settings: Settings, *, keep: bool = False) -> Iterator[Any]:
    """Open an assistant; unless kept, its storage lives in a folder that is deleted afterwards."""
    prepare_all(settings)
    quiet_rasa()
    from assistant.assistant import Assistant

    if keep:
        yield Assistant.open(settings)
        return
    with tempfile.TemporaryDirectory(prefix="wenban-") as folder:
        var = Path(folder)
        yield Assistant.open(
            settings.with_(
                var=var,
                database_url=f"sqlite:///{var / 'wenban.db'}",
                tracker_url=f"sqlite:///{var / 'tracker.db'}",
                demo=True,
            )
        )


def answer_once(settings: Settings, text: str, identity: str | None) -> dict[str, Any]:
    """Answer one message in a fresh conversation and return its record."""
    from assistant.citizen.wire import reply_record

    with opened(settings) as assistant:
        conversation = assistant.start(assistant.demo_identity(identity) if identity else None)
        answered = asyncio.run(assistant.turn(conversation, text))
        return reply_record(answered.reply, answered.latency_ms)


def search_once(settings: Settings, text: str) -> dict[str, Any]:
    """Search the index and return candidates with names, the facet and the confidence."""
    prepare_all(settings)
    from assistant.nlu import resources
    from knowledge_base.items import load_catalogue

    searcher = resources.searcher_at(settings.index, settings.encoder)
    items = load_catalogue(settings.data, settings.knowledge).items
    result = searcher.search(text, limit=5)
    return {
        "candidates": [
            {
                "item": found.item_id,
                "name": items[found.item_id].name,
                "score": round(float(found.probability), 4),
            }
            for found in result.candidates
            if found.item_id in items
        ],
        "confidence": round(float(result.confidence), 4),
        "in_scope": round(float(result.in_scope), 4),
        "facet": result.facet,
        "verdict": searcher.decide(result).value,
    }


def run_batch(settings: Settings, source: Path, out: Path) -> int:
    """Run each line's conversation and write its replies; return how many lines could not be run.

    Each input line is `{"id", "identity": demo name | {"full_name", "id_number", "phone"} | null, "turns": [text]}`.
    A line that is wrong gets an output line with `error`; the others are run all the same.
    """
    lines = source.read_text(encoding="utf-8").splitlines()
    failed = 0
    beside = out.with_name(out.name + ".part")
    out.parent.mkdir(parents=True, exist_ok=True)
    with opened(settings) as assistant, beside.open("w", encoding="utf-8") as written:
        with progress(f"Running {len(lines)} conversations") as report:
            for number, line in enumerate(lines, start=1):
                report(f"{number} of {len(lines)}" if number % 50 == 0 else "running", number / len(lines))
                if not line.strip():
                    continue
                record = asyncio.run(_run_line(assistant, line, number))
                failed += "error" in record
                written.write(json.dumps(record, ensure_ascii=False) + "\n")
    os.replace(beside, out)
    return failed


async def _run_line(assistant: Any, line: str, number: int) -> dict[str, Any]:
    from assistant.citizen.wire import reply_record

    line_id: Any = None
    try:
        spoken = json.loads(line)
        line_id = spoken.get("id")
        turns = spoken["turns"]
        if not isinstance(turns, list) or not all(isinstance(text, str) for text in turns):
            raise BadLine("`turns` must be a list of texts.")
        conversation = assistant.start(_identity(assistant, spoken.get("identity")))
        replies = []
        for text in turns:
            assistant.services.connector.advance()
            answered = await assistant.turn(conversation, text)
            replies.append(reply_record(answered.reply, answered.latency_ms))
        return {"id": line_id, "replies": replies}
    except Exception as error:
        return {"id": line_id, "line": number, "error": f"{type(error).__name__}: {error}", "replies": []}


def _identity(assistant: Any, named: str | Mapping[str, Any] | None) -> Identity | None:
    if named is None:
        return None
    if isinstance(named, str):
        found: Identity = assistant.demo_identity(named)
        return found
    return Identity.from_mapping(dict(named))

"""Import question-and-answer pairs from a JSONL file, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.passages.loading import SCHEMA_FILE, question_problem
from knowledge_base.text import bare, normalise

_NO_SLUG = re.compile("[^a-z0-9]+")

Progress = Callable[[str, float], None]


class ImportRefused(ValueError):
    """Rows of the file are wrong, so nothing was imported; `problems` has a sentence for each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the problems."""
        super().__init__(f"{len(problems)} row(s) are wrong; nothing was imported.")
        self.problems = problems


@dataclass(frozen=True)
class Names:
    """What the fields are called in the file."""

    question: str = "question"
    answer: str = "answer"
    source: str = "source"


def import_passages(source: Path, folder: Path, data: Path, names: Names, progress: Progress) -> tuple[Path, int]:
    """Write the pairs of a JSONL file into a folder of passages; return the file written and how many it holds.

    The file takes the source's name; imported again it replaces what was imported before, in a single step. The
    identifiers come from question and answer, so that they stay when rows are added. Raises ImportRefused.
    """
    try:
        lines = source.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ImportRefused((f"{source.name} is not UTF-8 text (byte {error.start}); save it as UTF-8.",)) from None
    name = _NO_SLUG.sub("-", source.stem.lower()).strip("-") or "imported"
    rows: dict[str, dict[str, Any]] = {}
    numbers: dict[str, int] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        progress("rows", number / len(lines))
        if not line.strip():
            continue
        try:
            row = _row(json.loads(line), names, name, source.name)
            problem = question_problem(row, data / SCHEMA_FILE)
        except (ValueError, _BadRow) as error:
            problem = f": {error if isinstance(error, _BadRow) else f'no JSON ({error}).'}"
        if problem is None and row["id"] in rows:
            problem = f": the same question and answer as in row {numbers[row['id']]}."
        if problem:
            problems.append(f"Row {number}{problem}")
        else:
            rows[row["id"]], numbers[row["id"]] = row, number
    if not rows and not problems:
        problems.append(f"{source.name} holds no row.")
    if problems:
        raise ImportRefused(tuple(problems))
    target = folder / f"{name}.jsonl"
    _write(target, (json.dumps(row, ensure_ascii=False) for row in rows.values()))
    return target, len(rows)


class _BadRow(Exception):
    """A row lacks what a pair is made of."""


def _row(raw: Any, names: Names, name: str, file: str) -> dict[str, Any]:
    """Return a row as the passages' files hold it; without a source of its own, the file is its source."""
    if not isinstance(raw, dict):
        raise _BadRow("no object with fields.")
    texts = {}
    for field, called in (("question", names.question), ("answer", names.answer)):
        text = raw.get(called)
        if not isinstance(text, str) or not text.strip():
            raise _BadRow(f"the field `{called}` is missing or empty.")
        texts[field] = text.strip()
    if not bare(normalise(texts["question"])) or not bare(normalise(texts["answer"])):
        raise _BadRow("question or answer holds no word.")
    digest = hashlib.sha256(json.dumps(texts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    told = raw.get(names.source)
    return {"id": f"{name}-{digest[:12]}", **texts, "source": str(told).strip() if told else file}


def _write(target: Path, lines: Iterator[str]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    try:
        beside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)

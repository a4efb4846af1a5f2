"""Load the passages of a folder: YAML files that people write, JSONL files that were imported."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge_base.passages.passage import Passage
from knowledge_base.passages.splitting import split_document

SCHEMA_FILE = Path("schemas") / "passages.schema.json"
"""below a data folder"""
_SHARED = ("department", "items", "effective", "expires")


class PassagesInvalid(ValueError):
    """Passages cannot be loaded; `problems` holds a sentence for each thing to mend."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the problems; the message is the first and how many follow."""
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)
        self.problems = problems


def passage_files(folder: Path) -> list[Path]:
    """Return the files of a folder that hold passages; none where there is no such folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".yaml", ".jsonl") and path.is_file())


def load_passages(folder: Path, data: Path) -> list[Passage]:
    """Return the passages of every file of a folder, none where there is no such folder.

    The schema is that of the data folder.

    Raises PassagesInvalid with every problem of every file.
    """
    schema = data / SCHEMA_FILE
    passages: list[Passage] = []
    problems: list[str] = []
    for path in passage_files(folder):
        name = str(path.relative_to(folder))
        try:
            passages += _lines(path, name, schema) if path.suffix == ".jsonl" else _file(path, name, schema)
        except PassagesInvalid as invalid:
            problems += invalid.problems
    seen: set[str] = set()
    for passage in passages:
        if passage.passage_id in seen:
            problems.append(f"The id {passage.passage_id} is used twice.")
        seen.add(passage.passage_id)
    if problems:
        raise PassagesInvalid(tuple(problems))
    return passages


def question_problem(question: Any, schema: Path) -> str | None:
    """Return what is wrong with one imported question, or None."""
    return next(_problems(question, _one_question(schema)), None)


def _file(path: Path, name: str, schema: Path) -> list[Passage]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except (yaml.YAMLError, ValueError) as error:  # a date that there is not is a ValueError
        raise PassagesInvalid((f"{name} is not valid YAML: {' '.join(str(error).split())}.",)) from error
    content = json.loads(json.dumps(content, default=str))  # dates as the schema knows them
    problems = tuple(f"{name}{problem}" for problem in _problems(content, _whole_file(schema)))
    if problems:
        raise PassagesInvalid(problems)
    shared = {"source": content["source"], "checked": content["checked"], "sample": content["sample"]}
    if "document" in content:
        return list(_articles(content["document"], shared))
    return [_question({**shared, **raw}) for raw in content["questions"]]


def _lines(path: Path, name: str, schema: Path) -> list[Passage]:
    passages: list[Passage] = []
    problems: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except UnicodeDecodeError:
        raise PassagesInvalid((f"{name} is not UTF-8 text.",)) from None
    for number, line in enumerate(lines, start=1):
        try:
            raw = json.loads(line)
            problem = question_problem(raw, schema)
        except ValueError as error:
            problem = f": no JSON ({error})."
        if problem:
            problems.append(f"{name}, line {number}{problem}")
        else:
            passages.append(_question({"source": name, **raw}))
    if problems:
        raise PassagesInvalid(tuple(problems))
    return passages


def _question(raw: Mapping[str, Any]) -> Passage:
    rest = {key: value for key, value in raw.items() if key not in ("id", "question", "answer")}
    return Passage.from_json(
        {"passage_id": raw["id"], "title": raw["question"].strip(), "text": raw["answer"].strip(), **rest}
    )


def _articles(document: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[Passage]:
    own = {name: document[name] for name in _SHARED if name in document}
    for number, piece in enumerate(split_document(document["text"]), start=1):
        yield Passage.from_json(
            {
                "passage_id": f"{document['id']}.{number}",
                "title": piece.heading,
                "text": piece.text,
                "document": document["title"],
                **shared,
                **own,
            }
        )


@lru_cache(maxsize=2)
def _whole_file(schema: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(schema.read_text(encoding="utf-8"))
    return content


def _one_question(schema: Path) -> dict[str, Any]:
    return {"$ref": "#/$defs/question", "$defs": _whole_file(schema)["$defs"]}


def _problems(content: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    from jsonschema import Draft202012Validator, FormatChecker

    for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(content):
        where = ".".join(str(step) for step in error.absolute_path)
        yield f"{', ' + where if where else ''}: {error.message[:200]}."

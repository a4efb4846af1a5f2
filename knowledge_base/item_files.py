"""The files that service items are kept in: read whole, held against the schema, names looked up."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCHEMA_FILE = Path("schemas") / "service_items.schema.json"
CASES_FILE = Path("cases.yml")
ITEMS_FOLDER = Path("items")
FORMER_FOLDER = Path(".items-former")
"""the items as they were, for the moment in which new ones are put in their place"""

Content = Mapping[str, Any]
"""what stands in a file: `theme`, `items`, and `dimensions` where it has its own"""


class CatalogueInvalid(ValueError):
    """The items cannot be loaded; `problems` holds a sentence for each thing to mend."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the problems; the message is the first and how many follow."""
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)
        self.problems = problems


class ItemFileInvalid(CatalogueInvalid):
    """An item file is no YAML, or breaks the schema."""


@dataclass(frozen=True)
class UnknownName:
    """A name in an element of an item that stands for nothing known."""

    element: str
    where: str
    """the element, and the number of the case"""
    what: str

    def __str__(self) -> str:
        """Return the sentence."""
        return f"{self.where}: {self.what}."


def load_yaml(path: Path) -> Any:
    """Read a YAML file; raises ItemFileInvalid."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ItemFileInvalid((f"{path.name} is not valid YAML: {' '.join(str(error).split())}.",)) from error


def items_folder(knowledge: Path) -> Path:
    """Return the folder of the item files, also when an import was broken off while it put new ones in place."""
    folder = knowledge / ITEMS_FOLDER
    former = knowledge / FORMER_FOLDER
    return former if former.is_dir() and not folder.is_dir() else folder


def cases_file(data: Path, knowledge: Path) -> Path:
    """Return the file of what may differ between citizens: the knowledge's own, or the data folder's."""
    own = knowledge / CASES_FILE
    return own if own.exists() else data / CASES_FILE


def read_item_files(knowledge: Path, schema: Mapping[str, Any]) -> dict[str, Content]:
    """Read `items/*.yml` by file name, each as the schema wants it; raises ItemFileInvalid."""
    files = {path.name: load_yaml(path) for path in sorted(items_folder(knowledge).glob("*.yml"))}
    problems = tuple(_schema_problems(files, schema))
    if problems:
        raise ItemFileInvalid(problems)
    return files


def read_schema(data: Path) -> dict[str, Any]:
    """Read the schema of item files."""
    schema: dict[str, Any] = json.loads((data / SCHEMA_FILE).read_text(encoding="utf-8"))
    return schema


def _schema_problems(files: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    from jsonschema import Draft202012Validator, FormatChecker

    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for name, content in files.items():
        for error in validator.iter_errors(content):
            path = list(error.absolute_path)
            who = ""
            if len(path) > 1 and path[0] == "items":
                item = content["items"][path[1]]
                named = item.get("item_id") if isinstance(item, dict) else None
                who, path = f", item {named or f'number {int(path[1]) + 1}'}", path[2:]
            where = f", {'.'.join(str(part) for part in path)}" if path else ""
            yield f"{name}{who}{where}: {error.message[:200]}."


def unknown_names(
    raw: Mapping[str, Any],
    items: Collection[str],
    dimensions: Mapping[str, Collection[str]],
    quantities: Collection[str],
) -> Iterator[UnknownName]:
    """Yield what an item names and nobody knows; `dimensions` is key → values, those of its own left out."""
    dimensions = {**dimensions, **{key: one["values"] for key, one in (raw.get("dimensions") or {}).items()}}
    for item_id in raw.get("related") or ():
        if item_id not in items:
            yield UnknownName("related", "related", f"there is no item {item_id}")
    for near in raw.get("neighbours") or ():
        if near["item"] not in items:
            yield UnknownName("neighbours", "neighbours", f"there is no item {near['item']}")
    cases = raw.get("cases") or ()
    for number, case in enumerate(cases, start=1):
        for key, value in case["when"].items():
            if key not in dimensions:
                yield UnknownName("cases", f"case {number}", f"there is no dimension {key}")
            elif value not in dimensions[key]:
                yield UnknownName("cases", f"case {number}", f"dimension {key} has no value {value}")
    in_cases = [one for case in cases for one in case.get("conditions", ())]
    for condition in (*(raw.get("conditions") or ()), *in_cases):
        if isinstance(condition, dict) and condition["quantity"] not in quantities:
            yield UnknownName("conditions", "conditions", f"there is no quantity {condition['quantity']}")


def own_dimensions(content: Content, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the dimensions that an item's cases name and that its theme or itself describes."""
    known = {**(content.get("dimensions") or {}), **(raw.get("dimensions") or {})}
    named = {key for case in raw.get("cases") or () for key in case["when"]}
    return {key: value for key, value in known.items() if key in named}

"""Load the ways of asking, the questions that fit several items, and the sentences that are not for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

OUT_OF_SCOPE_FILE = "out_of_scope.yml"
AMBIGUOUS_FILE = "ambiguous.yml"
BESIDE_THEMES = (OUT_OF_SCOPE_FILE, AMBIGUOUS_FILE)
"""files of the folder that hold no item's ways of asking"""

SERVICES_OF_OTHERS = ("near_miss", "other_service")
"""kinds of what is not for the desk that another desk may well answer"""

Asks = dict[str, dict[str, list[str]]]


def load_asks(folder: Path) -> Asks:
    """Load `data/asks/*.yml` into item_id → facet → sentences; the files beside the themes are left aside."""
    asks: Asks = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name in BESIDE_THEMES:
            continue
        for item_id, facets in _mapping(path).items():
            own = asks.setdefault(str(item_id), {})
            for facet, sentences in (facets or {}).items():
                own.setdefault(str(facet), []).extend(str(sentence) for sentence in sentences or ())
    return asks


def load_out_of_scope(path: Path) -> dict[str, list[str]]:
    """Load the sentences no item answers, as kind → sentences; a missing file means none."""
    if not path.exists():
        return {}
    return {str(kind): [str(text) for text in texts or ()] for kind, texts in _mapping(path).items()}


@dataclass(frozen=True)
class Ambiguous:
    """A question that fits several items, likeliest first, so that it must be asked which is meant."""

    text: str
    items: tuple[str, ...]


def load_ambiguous(path: Path) -> list[Ambiguous]:
    """Load the questions that fit several items; a missing file means none."""
    if not path.exists():
        return []
    return [Ambiguous(str(entry["text"]), tuple(entry["items"])) for entry in _yaml(path) or ()]


def _mapping(path: Path) -> dict[Any, Any]:
    return _yaml(path) or {}


def _yaml(path: Path) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)

"""The sentences that the shipped recogniser is trained on: what citizens may say.

Nothing of `data/eval` is among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.settings import Settings
from knowledge_base.items import load_catalogue

_SAID = ("asks", "emergencies", "flows", "nlu")
_READ = ("items", "passages", "texts")
_SENTENCE_END = re.compile(r"[。！？；\n]")
_NOT_SAID = frozenset({"legal_basis", "code", "source", "checked", "pattern", "patterns", "version", "facet", "type"})


def training_sentences(settings: Settings) -> list[str]:
    """Return every sentence of the data folder that somebody may say, written as it stands there."""
    sentences: list[str] = []
    for folder in _SAID:
        for path in sorted((settings.data / folder).glob("*.yml")):
            sentences += _sentences_of(path)
    return sorted(set(sentences))


def load_stories(folder: Path) -> list[str]:
    """Return what people tell when they come with a wish (`data/spoken`); each is said at a stretch."""
    return sorted({story for path in sorted(folder.glob("*.yml")) for story in yaml.safe_load(path.read_text("utf-8"))})


def guide_sentences(settings: Settings) -> list[str]:
    """Return what is written for citizens to read: the guides, the passages, the replies."""
    paths = (path for folder in _READ for path in sorted((settings.data / folder).glob("**/*.yml")))
    return sorted({sentence for path in paths for sentence in _sentences_of(path)})


def item_names(settings: Settings) -> list[str]:
    """Return the names and aliases of the service items."""
    items = load_catalogue(settings.data, settings.knowledge).items.values()
    return sorted({name for item in items for name in (item.name, *item.aliases)})


def _sentences_of(path: Path) -> Iterator[str]:
    for text in _texts_in(yaml.safe_load(path.read_text(encoding="utf-8"))):
        for sentence in _SENTENCE_END.split(text):
            yield sentence.strip(" -")


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in _NOT_SAID:
                yield from _texts_in(one)

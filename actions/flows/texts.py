"""What the flow engine says, from `data/texts/flows.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from actions.flows.words import FlowWords

CATALOGUE = "flows.yml"
WORDS = "flow_words.yml"


class MissingText(KeyError):
    """A text that the program says is not in the catalogue."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{CATALOGUE} has no text {key!r}.")


class FlowTexts:
    """Texts by key, and beside them the words by which citizens are understood.

    The levels of the file are joined with `_`: `errors: {cn_mobile: {length: …}}` is `errors_cn_mobile_length`.
    """

    def __init__(self, texts: Mapping[str, Any], words: FlowWords) -> None:
        self._texts = dict(_flat(texts))
        self.words = words

    @classmethod
    def load(cls, folder: Path | str) -> FlowTexts:
        """Read the catalogue and the words of a folder of texts."""
        catalogue = yaml.safe_load((Path(folder) / CATALOGUE).read_text("utf-8"))
        return cls(catalogue, FlowWords.load(Path(folder) / WORDS))

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its {named} places filled in; raise MissingText."""
        try:
            text = self._texts[key]
        except KeyError:
            raise MissingText(key) from None
        return text.format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self._texts


def _flat(texts: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}_")
        else:
            yield f"{prefix}{key}", str(value)

"""What the flow engine says, and the words by which it understands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from actions.flows.words import FlowWords
from actions.texts import Texts

CATALOGUE = "flows.yml"
WORDS = "flow_words.yml"


class FlowTexts(Texts):
    """The texts of `flows.yml`, and beside them the words by which citizens are understood."""

    def __init__(self, texts: Mapping[str, Any], words: FlowWords) -> None:
        """Keep the texts and the words."""
        super().__init__(texts, CATALOGUE)
        self.words = words

    @classmethod
    def load(cls, folder: Path | str) -> FlowTexts:
        """Read the catalogue and the words of a folder of texts."""
        catalogue = yaml.safe_load((Path(folder) / CATALOGUE).read_text("utf-8"))
        return cls(catalogue, FlowWords.load(Path(folder) / WORDS))

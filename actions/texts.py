"""The catalogues of what is said: key → text, or key → variants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


class MissingText(Exception):
    """A text that the program says is not in its catalogue."""


class Texts:
    """Fill in the texts of one YAML catalogue.

    The levels of the file are joined with `_`: `errors: {cn_mobile: {length: …}}` is `errors_cn_mobile_length`.
    """

    def __init__(self, texts: Mapping[str, Any], name: str = "") -> None:
        """Keep the texts; `name` is the catalogue's file, for errors."""
        self._texts = dict(_flat(texts))
        self._name = name

    @classmethod
    def load(cls, path: Path) -> Texts:
        """Load a catalogue file."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)

    def __call__(self, key: str, **values: Any) -> str:
        """Return the text with its named fields filled in.

        Raises:
            MissingText: the catalogue has no such key.
        """
        if key not in self._texts:
            raise MissingText(f"{self._name} has no text {key!r}.")
        return self._texts[key].format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def below(self, prefix: str = "") -> dict[str, str]:
        """Return the texts whose keys begin with `prefix`, by the rest of the key, their fields not filled in."""
        return {key[len(prefix) :]: text for key, text in self._texts.items() if key.startswith(prefix)}

    def overlaid(self, other: Texts, prefix: str) -> Texts:
        """Return these texts with those of another catalogue below `prefix` in place of their own."""
        return Texts({**self._texts, **other.below(prefix)}, other._name)


def _flat(texts: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}_")
        else:
            yield f"{prefix}{key}", str(value)


@dataclass(frozen=True)
class SmallTalk:
    """Short replies to greetings, thanks and chatter, chosen by cue words."""

    topics: tuple[tuple[str, tuple[re.Pattern[str], ...], tuple[str, ...]], ...]

    @classmethod
    def load(cls, path: Path) -> SmallTalk:
        """Load topic → {cues, replies} from a catalogue file."""
        raw: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(
            tuple(
                (topic, tuple(re.compile(cue) for cue in entry.get("cues") or ()), tuple(entry["replies"]))
                for topic, entry in raw.items()
            )
        )

    def has_cue(self, text: str) -> bool:
        """Tell whether a cue of any topic is in the text."""
        return any(cue.search(text) for _, cues, _ in self.topics for cue in cues)

    def is_about(self, topic: str, text: str) -> bool:
        """Tell whether a cue of one topic is in the text."""
        return any(cue.search(text) for name, cues, _ in self.topics if name == topic for cue in cues)

    def reply(self, text: str, intent: str, turn: int) -> str:
        """Return a reply to the text; the variant goes round with the number of the turn."""
        by_name = {topic: replies for topic, _, replies in self.topics}
        spoken = next((replies for _, cues, replies in self.topics if any(cue.search(text) for cue in cues)), None)
        replies = spoken or by_name.get(intent) or by_name["default"]
        return replies[turn % len(replies)]

"""Spoil sentences as speech recognition, haste and long stories do, for training and for honest measuring."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

from knowledge_base.text import pinyin_syllables, tokens


@dataclass(frozen=True)
class Phrases:
    """Words that carry no wish: fillers, openings of a story, endings, words of address."""

    fillers: tuple[str, ...]
    openings: tuple[str, ...]
    endings: tuple[str, ...]


def load_phrases() -> Phrases:
    """Load the phrases that ship with this package."""
    import yaml

    source = resources.files("knowledge_base") / "resources" / "noise.yml"
    content = yaml.safe_load(source.read_text(encoding="utf-8"))
    return Phrases(*(tuple(content[part]) for part in ("fillers", "openings", "endings")))


class Noise:
    """Make spoiled variants of sentences; the same seed makes the same variants."""

    def __init__(self, texts: Iterable[str], phrases: Phrases, seed: int = 0) -> None:
        """Learn from `texts` which common characters sound alike."""
        self._random = random.Random(seed)
        self._phrases = phrases
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(unit for unit in tokens(text) if len(unit) == 1 and not unit.isascii())
        groups: dict[str, list[str]] = defaultdict(list)
        for unit, count in counts.items():
            if count >= 3:
                groups[pinyin_syllables(unit)[0]].append(unit)
        self._alike = {unit: group for group in groups.values() if len(group) > 1 for unit in group}

    def homophones(self, text: str, share: float = 0.15) -> str:
        """Replace about `share` of the characters, at least one, by others that sound alike."""
        places = [place for place, unit in enumerate(text) if unit in self._alike]
        if not places:
            return text
        units = list(text)
        for place in self._random.sample(places, max(1, min(len(places), round(len(text) * share)))):
            units[place] = self._random.choice(self._alike[units[place]])
        return "".join(units)

    def slip(self, text: str) -> str:
        """Drop, double or swap one character."""
        if len(text) < 5:
            return text
        place = self._random.randrange(len(text) - 1)
        kind = self._random.randrange(3)
        if kind == 0:
            return text[:place] + text[place + 1 :]
        if kind == 1:
            return text[:place] + text[place] + text[place:]
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    def filler(self, text: str) -> str:
        """Put a filler before, inside or after the sentence."""
        word = self._random.choice(self._phrases.fillers)
        place = self._random.choice((0, 0, len(text), self._random.randrange(len(text) + 1)))
        return text[:place] + word + text[place:]

    def story(self, text: str) -> str:
        """Wrap the sentence into the beginnings and endings of a story."""
        before = self._random.sample(self._phrases.openings, self._random.choice((1, 1, 2)))
        after = self._random.sample(self._phrases.endings, self._random.choice((0, 0, 1)))
        return "".join(f"{part}," for part in before) + ",".join([text, *after])

    def spoil(self, text: str) -> str:
        """Return one variant: a homophone, a slip, a filler or a story, sometimes two of them."""
        variant = self._random.choices((self.homophones, self.slip, self.filler, self.story), (4, 1, 3, 3))[0](text)
        return self.homophones(variant, 0.06) if self._random.random() < 0.15 else variant

    def spoil_all(self, texts: Sequence[str]) -> list[str]:
        """Return one variant of each text."""
        return [self.spoil(text) for text in texts]

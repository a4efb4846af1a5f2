"""A made-up province's catalogue around the real items: as many items as wanted, with names and guides but no asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from knowledge_base.corpus import IndexedItem

FILE = Path(__file__).with_name("province.yml")
ELSEWHERE_SHARE, NEIGHBOUR_SHARE = 0.12, 0.02
"""of the made-up items: a real one in another place; another business about the thing a real one names"""


@dataclass(frozen=True)
class Made:
    """A made-up item, the words it was made of, and the forms in which people ask for it."""

    item: IndexedItem
    words: Mapping[str, str]
    forms: Sequence[str]

    def question(self, random: Random) -> str:
        """Return a question about the item, in other words than its name."""
        return random.choice(self.forms).format_map(self.words)


class Province:
    """Make items from words and a seed; the same seed makes the same items."""

    def __init__(self, real: Sequence[IndexedItem], seed: int = 2026) -> None:
        """Take the real items that others are made near to."""
        self._real = real
        self._seed = seed
        self._words: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))

    def items(self, count: int) -> list[Made]:
        """Return so many items, none named like another or like a real one."""
        taken = {item.name for item in self._real}
        elsewhere, neighbours = int(count * ELSEWHERE_SHARE), int(count * NEIGHBOUR_SHARE)
        made: list[Made] = []
        for source, upto in (
            (self._elsewhere(), elsewhere),
            (self._neighbours(), elsewhere + neighbours),
            (self._others(), count),
        ):
            for words in source:
                if len(made) == upto:
                    break
                name = _name(words)
                if name not in taken:
                    taken.add(name)
                    made.append(Made(self._item(f"made-{len(made)}", words), words, self._words["probes"]))
        return made

    def _item(self, item_id: str, words: Mapping[str, str]) -> IndexedItem:
        from knowledge_base.corpus import IndexedItem

        random = Random(f"{self._seed}:{item_id}")
        said = {**words, "days": str(random.choice((3, 5, 7, 10, 15, 20, 30)))}
        texts = [random.choice(self._words[part]).format_map(said) for part in ("texts", "questions")]
        return IndexedItem(item_id, _name(words), (f"{words['place']}{words['common']}",), tuple(texts))

    def _elsewhere(self) -> Iterator[Mapping[str, str]]:
        """Yield the real items in other places."""
        random = Random(self._seed)
        while True:
            item = random.choice(self._real)
            yield self._filled(random, thing=item.name, common=min((item.name, *item.aliases), key=len), action="")

    def _neighbours(self) -> Iterator[Mapping[str, str]]:
        """Yield other business about the things that real items name."""
        random = Random(self._seed + 1)
        while True:
            item = random.choice(self._real)
            thing = min((item.name, *item.aliases), key=len)
            action = random.choice(self._words["neighbouring"])
            yield self._filled(random, thing=thing, action=action, common=f"{thing}{action}")

    def _others(self) -> Iterator[Mapping[str, str]]:
        """Yield departments × things × actions × places × audiences."""
        random = Random(self._seed + 2)
        while True:
            department, thing = random.choice(self._things)
            action, said = random.choice(self._words["actions"])
            yield self._filled(random, thing=thing, action=action, common=f"{thing}{said}", department=department)

    @cached_property
    def _things(self) -> list[tuple[str, str]]:
        return [(department, thing) for department, things in self._words["sectors"].items() for thing in things]

    def _filled(self, random: Random, **words: str) -> Mapping[str, str]:
        return {
            "place": random.choice(self._words["places"]),
            "who": random.choice(self._words["audiences"] if words["action"] else self._words["anyone"]),
            "department": self._words["any_department"],
            **words,
        }


def _name(words: Mapping[str, str]) -> str:
    action = f"{words['action']}（{words['who']}）" if words["action"] else ""
    return f"{words['place']}{words['thing']}{action}"

"""What the training clips say: sentences of the domain, numbers, dates, names, short answers, and words at random."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from random import Random

import yaml
from zhconv import convert

from voice.language.numerals import by_value
from voice.language.pinyin import syllables
from voice.language.spoken_form import spoken_form
from voice.training.lines import Line
from voice.training.spelling import well_spelled
from voice.training.spoken_values import SpokenValues

_SAID = re.compile(r"[\u4e00-\u9fff，]+")
_PAUSES = re.compile(r"[，。！？；：、…—,.!?;:\s]+")
_LONGEST = 40
_LONG = (25, 60)
"""characters of a long line, at the least and at the most"""
_SHARES: dict[str, float] = {
    "sentence": 0.22,
    "story": 0.22,
    "long": 0.10,
    "item": 0.08,
    "short_answer": 0.10,
    "phone": 0.09,
    "identity_number": 0.02,
    "code": 0.03,
    "date": 0.04,
    "money": 0.02,
    "age": 0.02,
    "name": 0.03,
    "address": 0.02,
    "words": 0.01,
}


class NothingToSay(Exception):
    """None of the sentences, or none of the items, can be said: give some in Chinese characters."""


def speakable(sentence: str) -> str | None:
    """Return a written sentence as it is said, pauses as commas; None where letters, signs or length forbid it."""
    said = _PAUSES.sub("，", spoken_form(convert(sentence, "zh-cn")).replace("〇", "零")).strip("，")
    return said if _SAID.fullmatch(said) and len(said.replace("，", "")) <= _LONGEST else None


class Corpus:
    """Draw lines to say, in fixed shares, from sentences, from what people tell, and from names of items."""

    def __init__(
        self, sentences: Sequence[str], items: Sequence[str], random: Random, stories: Sequence[str] = ()
    ) -> None:
        """Keep what can be said of the sentences and stories (written) and the items' names and aliases.

        Raises:
            NothingToSay: of the one or the other nothing is left.
        """
        self.sentences = well_spelled(sorted({said for one in sentences if (said := speakable(one))}))
        self.stories = sorted({said for one in stories if (said := speakable(one))}) or self.sentences
        self.items = sorted({said for one in items if (said := speakable(one))})
        if not self.sentences or not self.items:
            raise NothingToSay(NothingToSay.__doc__)
        text = resources.files("voice").joinpath("resources/training_texts.yml").read_text(encoding="utf-8")
        self._texts: dict[str, list[str]] = yaml.safe_load(text)
        self._random = random
        values = SpokenValues(self._texts, random)
        self._kinds: dict[str, Callable[[], str]] = {
            "sentence": lambda: random.choice(self.sentences),
            "story": lambda: random.choice(self.stories),
            "long": self._long,
            "item": lambda: self._filled("item_frames", lambda: random.choice(self.items)),
            "short_answer": self._short_answer,
            "phone": lambda: self._filled("phone_frames", values.phone),
            "identity_number": lambda: self._filled("id_frames", values.identity_number),
            "code": lambda: self._filled("code_frames", values.code),
            "date": lambda: self._filled("date_frames", values.date),
            "money": lambda: self._filled("money_frames", values.money),
            "age": lambda: self._filled("age_frames", lambda: by_value(str(random.randint(1, 105)))),
            "name": lambda: self._filled("name_frames", values.name),
            "address": lambda: self._filled("address_frames", values.address),
            "words": self._words,
        }

    def lines(self, count: int) -> Iterator[Line]:
        """Yield this many lines."""
        for kind in self._random.choices(list(_SHARES), list(_SHARES.values()), k=count):
            said = self._kinds[kind]()
            text = said.replace("，", "")
            yield Line(text, tuple(syllables(text)), self._spoken(said))

    def _spoken(self, said: str) -> str:
        """Return the pinyin as synthesisers are given it: tones changed or not, syllables apart or in words."""
        sandhi, five = self._random.random() < 0.5, self._random.random() < 0.5
        joint = self._random.random() < 0.2
        parts = []
        for part in said.split("，"):
            read = syllables(part, sandhi)
            if not five:
                read = [one.rstrip("5") for one in read]
            parts.append(" ".join(self._in_words(read) if joint else read))
        return (", " if self._random.random() < 0.8 else " ").join(parts)

    def _in_words(self, read: list[str]) -> Iterator[str]:
        """Yield the syllables one to three together."""
        place = 0
        while place < len(read):
            size = self._random.choice((1, 2, 2, 2, 3))
            yield "".join(read[place : place + size])
            place += size

    def _filled(self, frames: str, value: Callable[[], str]) -> str:
        return re.sub(r"\{\w+\}", lambda _: value(), self._random.choice(self._texts[frames]))

    def _short_answer(self) -> str:
        answer = self._random.choice(self._texts["short_answers"])
        drawn = self._random.random()
        if drawn < 0.15:
            return f"{self._random.choice(self._texts['answer_openings'])}，{answer}"
        if drawn < 0.25:
            return answer + self._random.choice(self._texts["answer_endings"])
        if drawn < 0.3:
            return f"{answer}，{self._random.choice(self._texts['short_answers'])}"
        return answer

    def _long(self) -> str:
        """Return sentences one after the other, as people who tell a story say them."""
        least, most = _LONG
        said = self._random.choice(self.sentences)
        while len(said) < least or self._random.random() < 0.3:
            added = self._random.choice(self.sentences)
            if len(said) + len(added) > most:
                break
            said += ("，" if self._random.random() < 0.6 else "") + added
        return said

    def _words(self) -> str:
        """Return pieces of sentences in an order nobody would say, so that the ear learns, not only the memory."""
        pieces = []
        for _ in range(self._random.randint(1, 5)):
            sentence = self._random.choice(self.sentences).replace("，", "")
            size = self._random.randint(1, 4)
            start = self._random.randrange(max(1, len(sentence) - size))
            pieces.append(sentence[start : start + size])
        return "".join(pieces)

"""Leave out sentences in which a word is written with other characters of the same sound, as citizens type them.

A recogniser that learns them writes them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import jieba

from voice.language.pinyin import syllables

_OFTEN = 6
"""sentences' words from which a word is well known"""
_LONGEST = 5


def well_spelled(sentences: Sequence[str]) -> list[str]:
    """Return the sentences without a misspelling of a word that stands in many of them."""
    return _Speller(sentences).well_spelled()


class _Speller:
    def __init__(self, sentences: Sequence[str]) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._cutter = jieba.dt
        self._cutter.initialize()
        self._cut = [list(self._cutter.cut(sentence)) for sentence in sentences]
        counts = Counter(word for words in self._cut for word in words if 2 <= len(word) <= _LONGEST)
        self._by_sound: dict[tuple[str, ...], set[str]] = {}
        for word, count in counts.items():
            if count >= _OFTEN and self._is_a_word(word):
                self._by_sound.setdefault(tuple(syllables(word)), set()).add(word)

    def well_spelled(self) -> list[str]:
        return ["".join(words) for words in self._cut if not self._is_misspelled(words)]

    def _is_misspelled(self, words: Iterable[str]) -> bool:
        return any(
            sound in self._by_sound and span not in self._by_sound[sound] and not self._is_a_word(span)
            for run in self._runs(words)
            for span, sound in _spans(run)
        )

    def _runs(self, words: Iterable[str]) -> Iterator[str]:
        """Yield the runs of words that the dictionary does not know, and of single characters."""
        run = ""
        for word in words:
            if len(word) == 1 or not self._is_a_word(word):
                run += word
            else:
                yield run
                run = ""
        yield run

    def _is_a_word(self, text: str) -> bool:
        return bool(self._cutter.FREQ.get(text))


def _spans(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what may be a word in a run, with its sound."""
    sounds = syllables(run)
    if len(sounds) != len(run):
        return
    for start in range(len(run)):
        for end in range(start + 2, min(len(run), start + _LONGEST) + 1):
            yield run[start:end], tuple(sounds[start:end])

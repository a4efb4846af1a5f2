"""One form of a sentence for every channel: normalisation, pinyin, n-grams and clauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

_PLACEHOLDER = re.compile(r"\[([^\[\]\d\s]{1,8})\d*\]")
_SPACES = re.compile(r"\s+")
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_HAN_SPACE = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_REPEATS = re.compile(r"([^\d\[\]])\1{2,}")
_PUNCTUATION = re.compile(r"[^\w\[\]%+-]+|_+")
_TOKENS = re.compile(rf"[{_HAN}]|[a-z]+|\d+|\[[^\[\]]+\]|[^\s]")
_BREAKS = re.compile(r"[,.;!?:，。；！？：、…~\n\s]+")
_WORD = re.compile(r"[a-z]")

# Initials and finals that speech recognition and southern speakers confuse; the second form stands for both.
_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "f": "h", "r": "l"}
_FINALS = (("iang", "ian"), ("uang", "uan"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
_NASAL_FINALS = {"n", "ng", "hm", "hng", "er"}


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


@dataclass(frozen=True)
class Glossary:
    """Words that stand for a standard Chinese word: mixed-in English and dialect."""

    english: Mapping[str, str] = field(default_factory=dict)
    dialect: Mapping[str, str] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        english = {key.lower().strip(): value for key, value in self.english.items()}
        object.__setattr__(self, "english", english)
        parts = [rf"(?<![a-z]){re.escape(word)}(?![a-z])" for word in _longest_first(english)]
        parts += [re.escape(word) for word in _longest_first(self.dialect)]
        if parts:
            object.__setattr__(self, "_pattern", re.compile("|".join(parts)))

    def replace(self, text: str) -> str:
        """Replace every listed word, the longest first, in lower-case simplified text."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._standard(match.group()), text)

    def _standard(self, word: str) -> str:
        return self.english.get(word) or self.dialect.get(word) or word


NO_GLOSSARY = Glossary()


def load_glossary(path: Path) -> Glossary:
    """Load a glossary from a YAML file with the mappings `english` and `dialect`."""
    import yaml

    content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return Glossary(
        english={str(key): str(value) for key, value in (content.get("english") or {}).items()},
        dialect={str(key): str(value) for key, value in (content.get("dialect") or {}).items()},
    )


def normalise(text: str, glossary: Glossary = NO_GLOSSARY) -> str:
    """Return the one form of a sentence that every channel and the encoder see.

    NFKC, lower case, simplified script, glossary words replaced, numbered placeholders made one
    (`[手机号1]` → `[手机号]`), runs of the same sign cut to two, spaces between Chinese characters dropped.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    text = _simplified(text)
    text = _PLACEHOLDER.sub(r"[\1]", text)
    text = _SPACES.sub(" ", text)
    text = _HAN_SPACE.sub("", text)
    text = _REPEATS.sub(r"\1\1", text)
    return glossary.replace(text).strip()


@lru_cache(maxsize=8192)
def normalise_written(text: str) -> str:
    """Return what `normalise` does, remembered: for words of the knowledge, never for what a citizen says."""
    return normalise(text)


def bare(text: str) -> str:
    """Return normalised text without punctuation and spaces, as the character channels read it."""
    return _PUNCTUATION.sub("", text)


def tokens(text: str) -> list[str]:
    """Split normalised text into Chinese characters, Latin words, numbers and placeholders."""
    return _TOKENS.findall(bare_keep_words(text))


def bare_keep_words(text: str) -> str:
    """Return normalised text with punctuation turned into spaces, so that Latin words stay apart."""
    return _PUNCTUATION.sub(" ", text)


def pinyin_syllables(text: str, fuzzy: bool = True) -> list[str]:
    """Return the toneless syllables of normalised text, confusable sounds merged when `fuzzy`.

    Each character has one reading, the same wherever it stands, so that an indexed sentence and its
    homophone meet. Latin words, numbers and placeholders stand for themselves.
    """
    read = _fuzzy_reading if fuzzy else _reading
    return [read(token) for token in tokens(text)]


def ngrams(units: Sequence[str], low: int, high: int, joint: str = "") -> Iterator[str]:
    """Yield every run of `low` to `high` units, joined by `joint`."""
    for length in range(low, high + 1):
        for start in range(len(units) - length + 1):
            yield joint.join(units[start : start + length])


def character_ngrams(text: str, low: int = 1, high: int = 2) -> list[str]:
    """Return the token n-grams of normalised text (a Chinese character or a Latin word is one unit)."""
    return list(ngrams(tokens(text), low, high))


def pinyin_ngrams(text: str, low: int = 1, high: int = 2) -> list[str]:
    """Return the n-grams of the fuzzy syllables of normalised text."""
    return list(ngrams(pinyin_syllables(text), low, high, "'"))


def clauses(text: str, shortest: int = 5, longest: int = 24, limit: int = 6) -> list[str]:
    """Split a long story into clauses of `shortest` to `longest` units, at most `limit`, the last ones kept.

    Punctuation divides; a piece too short joins the next one; a piece without punctuation is read through
    overlapping windows. A text that is short already comes back alone.
    """
    if len(text) <= longest:
        return [text] if text else []
    pieces: list[str] = []
    held = ""
    for piece in _BREAKS.split(text):
        held += piece
        if len(held) >= shortest:
            pieces.extend(_windows(held, longest))
            held = ""
    if held:
        pieces.append(pieces.pop() + held if pieces else held)
    return pieces[-limit:]


def _windows(piece: str, longest: int) -> Iterable[str]:
    if len(piece) <= longest:
        return [piece]
    step = longest // 2
    return [piece[start : start + longest] for start in range(0, len(piece) - step, step)]


def _simplified(text: str) -> str:
    import zhconv

    if text.isascii():
        return text
    return str(zhconv.convert(text, "zh-hans"))


@lru_cache(maxsize=32768)
def _reading(token: str) -> str:
    from pypinyin import lazy_pinyin

    if _WORD.match(token) or token.isdigit() or token.startswith("["):
        return token
    return str(lazy_pinyin(token, errors=lambda other: other)[0]) or token


@lru_cache(maxsize=32768)
def _fuzzy_reading(token: str) -> str:
    syllable = _reading(token)
    if syllable == token or syllable in _NASAL_FINALS:
        return syllable
    initial = syllable[:2] if syllable[:2] in _INITIALS else syllable[:1]
    merged = _INITIALS.get(initial, initial)
    final = syllable[len(initial) :]
    for ending, standing in _FINALS:
        if final.endswith(ending):
            final = final[: -len(ending)] + standing
            break
    return merged + final

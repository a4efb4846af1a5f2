"""The tokens of the recogniser, numbered in the order that faster-whisper counts on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LANGUAGES = [
    "en", "zh", "de", "es", "ru", "ko", "fr", "ja", "pt", "tr", "pl", "ca", "nl", "ar", "sv", "it", "id", "hi", "fi",
    "vi", "he", "uk", "el", "ms", "cs", "ro", "da", "hu", "ta", "no", "th", "ur", "hr", "bg", "lt", "la", "mi", "ml",
    "cy", "sk", "te", "fa", "lv", "bn", "sr", "az", "sl", "kn", "et", "mk", "br", "eu", "is", "hy", "ne", "mn", "bs",
    "kk", "sq", "sw", "gl", "mr", "pa", "si", "km", "sn", "yo", "so", "af", "oc", "ka", "be", "tg", "sd", "gu", "am",
    "yi", "lo", "uz", "fo", "ht", "ps", "tk", "nn", "mt", "sa", "lb", "my", "bo", "tl", "mg", "as", "tt", "haw", "ln",
    "ha", "ba", "jw", "su",
]  # fmt: skip
_TIMESTAMPS = 1501
SECONDS_A_TIMESTAMP = 0.02


@dataclass(frozen=True)
class Vocabulary:
    """Characters, then what Whisper marks a transcript with, then the timestamps."""

    characters: tuple[str, ...]
    """the first is empty: by it faster-whisper knows a model of several languages"""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """Return the vocabulary that spells the texts."""
        return cls(("", " ", *sorted({character for text in texts for character in text} - {" "})))

    @property
    def specials(self) -> list[str]:
        """Return the marks, in order."""
        tasks = ("translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")
        return [f"<|{name}|>" for name in ("endoftext", "startoftranscript", *_LANGUAGES, *tasks)]

    @property
    def tokens(self) -> list[str]:
        """Return every token; its place is its number."""
        times = [f"<|{number * SECONDS_A_TIMESTAMP:.2f}|>" for number in range(_TIMESTAMPS)]
        return [*self.characters, *self.specials, *times]

    def number_of(self, mark: str) -> int:
        """Return the number of a mark, such as `<|zh|>`."""
        return len(self.characters) + self.specials.index(mark)

    @property
    def end(self) -> int:
        """Return the number of the end of a text; what is smaller is a character."""
        return len(self.characters)

    @property
    def first_timestamp(self) -> int:
        """Return the number of `<|0.00|>`."""
        return len(self.characters) + len(self.specials)

    @property
    def languages(self) -> list[int]:
        """Return the numbers of the languages."""
        return [self.number_of(f"<|{language}|>") for language in _LANGUAGES]

    def spell(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the characters' numbers of each text."""
        places = {character: number for number, character in enumerate(self.characters)}
        return [[places[character] for character in text] for text in texts]

"""The lines that the training clips say, and a file of them: one machine knows the texts, another may train."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class UnreadableLines(Exception):
    """The file holds no lines to say: have it written anew."""


@dataclass(frozen=True)
class Line:
    """One thing to say."""

    text: str
    """Chinese characters alone, numbers as they are said"""
    syllables: tuple[str, ...]
    """one a character, with tone numbers: what is heard, before tones change"""
    spoken: str
    """what the synthesiser is given: pinyin with pauses"""


def write_lines(lines: Sequence[Line], path: Path) -> None:
    """Write lines to be read by `read_lines`, on another machine perhaps."""
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            record = [line.text, " ".join(line.syllables), line.spoken]
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def read_lines(path: Path) -> list[Line]:
    """Read lines written by `write_lines`.

    Raises:
        UnreadableLines: the file was not written by it.
    """
    with path.open(encoding="utf-8") as file:
        try:
            return [Line(text, tuple(read.split()), spoken) for text, read, spoken in map(json.loads, file)]
        except (ValueError, TypeError, AttributeError) as error:
            raise UnreadableLines(f"{UnreadableLines.__doc__} {path}: {error}") from error

"""Split a policy text into passages at its articles and paragraphs, and any text into windows of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEAST, MOST = 100, 400
"""characters of a piece of a policy text: shorter neighbours under one heading are joined, longer ones are cut"""
_NUMBER = "[零〇一二三四五六七八九十百千0-9]+"
_CHAPTER = re.compile(rf"^第{_NUMBER}[编章节]\s*.{{0,30}}$")
_ARTICLE = re.compile(rf"^(第{_NUMBER}条)[\s:：]*")
_SENTENCE = re.compile("[^。！？!?；;\n]*[。！？!?；;\n]+|[^。！？!?；;\n]+")


@dataclass(frozen=True)
class Piece:
    """A part of a policy text under its heading: the chapter and the article as far as there are any."""

    heading: str
    text: str


def split_document(text: str) -> list[Piece]:
    """Return the pieces of a policy text in their order.

    An article is a piece of its own, however short. Paragraphs outside articles are joined up to `LEAST` characters;
    what is longer than `MOST` is cut between sentences.
    """
    pieces: list[Piece] = []
    for heading, paragraphs in _sections(text):
        for part in _joined(paragraphs):
            pieces += [Piece(heading, window.strip()) for window in windows(part, MOST)]
    return pieces


def windows(text: str, most: int) -> list[str]:
    """Cut a text between sentences into windows of at most `most` characters; a longer sentence is cut within."""
    found: list[str] = []
    for sentence in sentences(text):
        if found and len(found[-1]) + len(sentence) <= most:
            found[-1] += sentence
        else:
            found += [sentence[start : start + most] for start in range(0, len(sentence), most)]
    return found


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, their ends kept; joined they are the text."""
    return _SENTENCE.findall(text)


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each heading with the paragraphs under it."""
    chapter, heading, held = "", "", []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        article = _ARTICLE.match(line)
        if not article and not _CHAPTER.match(line):
            held.append(line)
            continue
        if held:
            yield heading, held
        if article:
            heading, held = f"{chapter} {article[1]}".strip(), [line[article.end() :] or line]
        else:
            chapter = heading = line
            held = []
    if held:
        yield heading, held


def _joined(paragraphs: Sequence[str]) -> list[str]:
    """Join paragraphs until each part has `LEAST` characters."""
    parts: list[str] = []
    for paragraph in paragraphs:
        if parts and (len(parts[-1]) < LEAST or len(paragraph) < LEAST) and len(parts[-1]) + len(paragraph) < MOST:
            parts[-1] += "\n" + paragraph
        else:
            parts.append(paragraph)
    return parts

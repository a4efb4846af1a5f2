"""The sentences of a passage that answer: the stretch that holds most of the question's words."""

from __future__ import annotations

from collections.abc import Callable

from knowledge_base.passages.splitting import sentences

MOST = 300
"""characters that are said at once"""


def excerpt(text: str, hold: Callable[[str], float], most: int = MOST) -> str:
    """Return the whole text where it is short, else the first stretch of whole sentences for which `hold` is largest.

    A single sentence longer than `most` characters is cut and ends with an ellipsis.
    """
    if len(text) <= most:
        return text
    parts = sentences(text)
    stretches = [_stretch(parts, start, most) for start in range(len(parts))]
    best = max(stretches, key=hold)
    return best if len(best) <= most else best[: most - 1] + "…"


def _stretch(parts: list[str], start: int, most: int) -> str:
    """Return the sentences from `start` on as far as they fit, at least one."""
    stretch = parts[start].lstrip()
    for part in parts[start + 1 :]:
        if len(stretch) + len(part) > most:
            break
        stretch += part
    return stretch.rstrip()
